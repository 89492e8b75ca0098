// The least that a frame of the playback can be: an element is shifted, a picture is put, and that is all.
const shifted = document.querySelector("div");
shifted.style.willChange = "transform";
const { width, height } = document.querySelector("canvas");
const context = document.querySelector("canvas").getContext("2d");
const picture = new ImageData(width, height);
let playing = false;

// Named as what drives it asks for.
window.play = () => {
  playing = true;
  let frame = 0;
  const next = () => {
    if (!playing) return;
    frame += 1;
    shifted.style.transform = `translate(${frame % width}px)`;
    picture.data[(frame * 4 + 3) % picture.data.length] = 255;
    context.putImageData(picture, 0, 0);
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
};
window.pause = () => {
  playing = false;
};
