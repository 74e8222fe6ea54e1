// The text area and the marks that lie behind it.
import { make } from "../making.js";
import { moved } from "./offsets.js";

const area = document.getElementById("text");
const backdrop = document.querySelector(".backdrop");
let marks = [];
let shown = "";

export const text = () => area.value;
export const field = area;

// Replaces everything; the caret stays as near as it can, and so does what undo remembers of before.
export function setText(value) {
  if (value === area.value) return;
  const { selectionStart, selectionEnd } = area;
  area.value = value;
  area.setSelectionRange(Math.min(selectionStart, value.length), Math.min(selectionEnd, value.length));
  draw();
}

// As if it was typed, so that the browser's own undo takes it back.
export function insert(words, start = area.selectionStart, end = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, words)) {
    area.setRangeText(words, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function select(start, end) {
  area.focus();
  area.setSelectionRange(start, end);
  const mark = [...backdrop.querySelectorAll("mark")].find((each) => Number(each.dataset.start) === start);
  (mark ?? area).scrollIntoView({ block: "center", behavior: "auto" });
}

export function setMarks(found) {
  marks = found;
  draw();
}

export function draw() {
  const value = area.value;
  if (value !== shown) marks = moved(marks, shown, value);
  shown = value;
  const pieces = [];
  let at = 0;
  for (const { start, end, kind } of [...marks].sort((a, b) => a.start - b.start)) {
    if (start < at || end > value.length) continue;
    pieces.push(value.slice(at, start), make("mark", { class: `v-${kind}`, "data-start": start }, value.slice(start, end)));
    at = end;
  }
  pieces.push(value.slice(at), "\n "); // a last empty line has a height in the text area too
  backdrop.replaceChildren(...pieces);
}

area.addEventListener("input", draw);
