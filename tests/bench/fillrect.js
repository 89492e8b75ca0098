// The plainest way to draw pods, which the page is compared with: one fillRect for each, in every frame.
const canvas = document.querySelector("canvas");
const context = canvas.getContext("2d");
const COLOURS = ["#2f6fb3", "#c2570a", "#8a8f98", "#d8dbe0", "#1f7a4d"];
let playing = false;

function draw(pods, frame) {
  const columns = Math.ceil(Math.sqrt(pods * 2));
  const size = canvas.width / columns;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let pod = 0; pod < pods; pod += 1) {
    context.fillStyle = COLOURS[(pod * 7 + frame) % COLOURS.length];
    context.fillRect((pod % columns) * size, Math.floor(pod / columns) * size, size - 0.5, size - 0.5);
  }
}

// Named as what drives it asks for.
window.play = (pods) => {
  playing = true;
  let frame = 0;
  const next = () => {
    if (!playing) return;
    draw(pods, (frame += 1));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
};
window.pause = () => {
  playing = false;
};
