// Plays a stretch of the recording; one at a time, stopped where it ends.
import { _ } from "../words.js";

const audio = document.getElementById("sound");
let until = Infinity;
let button = null;

export function play(start, end, pressed) {
  if (button === pressed && !audio.paused) {
    audio.pause();
    return;
  }
  rest();
  button = pressed;
  until = end;
  const begin = () => {
    audio.currentTime = Math.max(0, start);
    audio.play().catch(() => rest());
  };
  if (audio.readyState >= 1) begin();
  else {
    audio.addEventListener("loadedmetadata", begin, { once: true });
    audio.load();
  }
  button.textContent = `■ ${_("Stop")}`;
}

function rest() {
  if (button) button.textContent = `▶ ${_("Play")}`;
  button = null;
}

audio.addEventListener("timeupdate", () => audio.currentTime >= until && audio.pause());
audio.addEventListener("pause", rest);
audio.addEventListener("ended", rest);
