// A verdict for each quote and fact: what is behind it, how it differs, and the sound of it.
import { clockOf } from "../details/clock.js";
import { make } from "../making.js";
import { _ } from "../words.js";
import { insert, select, setMarks } from "./paper.js";
import { unitsOf } from "./offsets.js";
import { play } from "./sound.js";

const list = document.getElementById("evidence");
const verdicts = document.getElementById("verdicts");
const here = document.getElementById("here");
const KINDS = ["blocked", "not-found", "check", "edited", "exact", "note"];
const LOOKS = { exact: "good", edited: "good", check: "doubt", note: "", blocked: "bad", "not-found": "bad" };
let items = [];
let sentences = [];

export function showChecked(checked, text, isEditable) {
  const units = unitsOf(text);
  const place = ({ start, end }) => ({ start: units(start), end: units(end) });
  const quotes = checked.quotes.map((quote) => ({ ...quote, ...place(quote), kind: quote.verdict.replace(" ", "-") }));
  const findings = checked.findings.map((found) => ({
    ...found, ...place(found), about: found.kind, kind: found.weight === "blocked" ? "blocked" : found.weight, reasons: [found.reason],
  }));
  sentences = checked.sentences.map((sentence) => ({ ...sentence, ...place(sentence) }));
  items = [...quotes, ...findings].sort((a, b) => a.start - b.start);
  // Where a finding lies in a quote the heavier one is shown.
  const heavier = [...items].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  const free = [];
  for (const item of heavier) {
    if (free.every((other) => item.end <= other.start || item.start >= other.end)) free.push(item);
  }
  setMarks(free);
  list.replaceChildren(...items.map((item) => shown(item, isEditable)));
  tellVerdicts();
}

function tellVerdicts() {
  const counted = KINDS.map((kind) => [kind, items.filter((item) => item.kind === kind).length]);
  const badges = counted
    .filter(([, count]) => count)
    .map(([kind, count]) => make("span", { class: `badge ${LOOKS[kind]}` }, `${count} ${_(kind.replace("-", " "))}`));
  verdicts.replaceChildren(...(badges.length ? badges : [_("All quotes and facts have support.")]));
}

function shown(item, isEditable) {
  const [passage] = item.passages;
  return (item.element = make(
    "li",
    { class: `v-${item.kind}` },
    make(
      "div",
      { class: "head" },
      make("span", { class: `badge ${LOOKS[item.kind]}` }, _(item.kind.replace("-", " "))),
      passage ? make("span", { class: "quiet" }, `${clockOf(Math.floor(passage.start))} ${passage.speaker}`) : null,
      item.source ? make("span", { class: "quiet" }, item.source) : null,
      ...item.passages.map((each) => playButton(each)),
    ),
    make("p", {}, make("button", { type: "button", class: "excerpt", onclick: () => select(item.start, item.end) }, short(item.text))),
    item.difference?.some(([sign]) => sign !== "same") ? make("p", {}, differenceShown(item.difference)) : null,
    item.reasons.map((reason) => make("p", {}, reason)),
    item.instead && isEditable ? insteadButton(item) : null,
  ));
}

const short = (text) => (text.length > 160 ? `${text.slice(0, 157)}…` : text || "…");

function playButton({ start, end }) {
  const button = make("button", { type: "button", class: "button plain" }, `▶ ${_("Play")}`);
  button.setAttribute("aria-label", `${_("Play")} ${clockOf(Math.floor(start))}`);
  button.addEventListener("click", () => play(start, end, button));
  return button;
}

function differenceShown(parts) {
  const looks = { out: "del", in: "ins" };
  return parts.flatMap(([sign, words]) => [looks[sign] ? make(looks[sign], {}, words) : words, " "]);
}

function insteadButton(item) {
  return make(
    "button",
    { type: "button", class: "button plain", onclick: () => insert(item.instead, item.start, item.end) },
    `${_("Use")} “${item.instead}”`,
  );
}

// What is behind the sentence in which the caret stands.
export function showHere(caret) {
  for (const item of items) item.element?.classList.toggle("is-here", item.start <= caret && caret <= item.end);
  const sentence = sentences.find(({ start, end }) => start <= caret && caret <= end);
  if (!sentence) {
    here.replaceChildren();
    return;
  }
  const { sources } = sentence;
  here.replaceChildren(
    ...(sentence.passages.length || sources.length
      ? [`${_("This sentence is supported by")} `, ...sources.map((each) => `${each} `), ...sentence.passages.slice(0, 4).map((each) => playButton(each))]
      : [_("Nothing in the recording supports this sentence.")]),
  );
}
