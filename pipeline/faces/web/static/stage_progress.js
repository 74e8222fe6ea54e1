// How far a stage is, as the server tells it: names of stages, and the bar in a part of a page.
import { _ } from "./words.js";

const names = {
  normalize: "Sound",
  transcribe: "Transcript",
  caption: "Captions",
  tag: "Chapters and tags",
  draft: "Article draft",
  illustrate: "Picture",
};

// False where the part shows no bar of this stage: it must be asked for again.
export function showProgress(part, { stage, share, text }) {
  const bar = part?.querySelector("progress");
  if (!bar || part.querySelector(".doing").textContent !== _(names[stage] ?? stage)) return false;
  bar.value = share;
  part.querySelector(".share").textContent = `${Math.floor(share * 100)} %`;
  if (text) part.querySelector(".latest").textContent = text;
  return true;
}
