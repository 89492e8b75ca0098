// Runs in the page before anything of its own: counts its animation frames, and what happened in each.
(() => {
  const counted = { frames: 0, asked: 0, timers: 0, mutations: 0, crossings: 0, puts: 0, putBytes: 0, draws: 0 };
  window.counted = counted;
  // How the counts stood when each frame began.
  window.frameCounts = [];

  const ask = window.requestAnimationFrame;
  window.requestAnimationFrame = (use) => {
    counted.asked += 1;
    return ask.call(window, (now) => {
      counted.frames += 1;
      if (window.keepsFrameCounts) window.frameCounts.push({ ...counted });
      use(now);
    });
  };
})();
