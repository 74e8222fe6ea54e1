// Quotes words of the transcript into the article, with who says them; the check tells when, beside it.
import { ask } from "../asking.js";
import { clockOf } from "../details/clock.js";
import { make } from "../making.js";
import { _ } from "../words.js";
import { field, insert, text } from "./paper.js";
import { play } from "./sound.js";

const VERBS = {
  id: { said: ["ujar", "kata", "jelas", "tutur", "ungkap"], asked: "tanya", unknown: "…" },
  en: { said: ["said"], asked: "asked", unknown: "…" },
};
const list = document.getElementById("said-lines");
const button = document.getElementById("quote");
let lines = null;

export async function showSaid(slug, language, isEditable) {
  if (lines) return;
  try {
    lines = await ask(`/api/episodes/${encodeURIComponent(slug)}/article/said`);
  } catch (error) {
    list.replaceChildren(make("li", {}, error.problem ?? _("There is no transcript yet.")));
    return;
  }
  list.replaceChildren(...lines.map((line, index) => lineShown(line, index, language, isEditable)));
  document.addEventListener("selectionchange", () => button && (button.disabled = !selected()));
  button?.addEventListener("click", () => {
    const chosen = selected();
    if (chosen) quote(chosen.words, lines[chosen.index], language);
  });
}

function lineShown(line, index, language, isEditable) {
  const isTurn = index === 0 || lines[index - 1].speaker !== line.speaker;
  const listen = make("button", { type: "button", class: "button plain time" }, `▶ ${clockOf(Math.floor(line.start))}`);
  listen.addEventListener("click", () => {
    play(line.start, line.end, listen);
    listen.textContent = `▶ ${clockOf(Math.floor(line.start))}`;
  });
  return make(
    "li",
    { "data-line": index },
    isTurn && line.speaker ? make("span", { class: "who" }, line.speaker) : null,
    listen,
    make("span", { class: "line" }, line.text),
    isEditable
      ? make("button", { type: "button", class: "button plain", "aria-label": `${_("Quote")}: ${line.text.slice(0, 60)}`, onclick: () => quote(line.text, line, language) }, _("Quote"))
      : null,
  );
}

// The words that are selected in the transcript, without the names and buttons between them.
function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !list.contains(selection.anchorNode) || !list.contains(selection.focusNode)) return null;
  const range = selection.getRangeAt(0);
  const parts = [...list.querySelectorAll(".line")].filter((line) => range.intersectsNode(line));
  const words = parts.map((line) => {
    const inside = range.cloneRange();
    if (!line.contains(range.startContainer)) inside.setStart(line, 0);
    if (!line.contains(range.endContainer)) inside.setEnd(line, line.childNodes.length);
    return inside.toString().trim();
  }).filter(Boolean);
  if (!words.length) return null;
  return { words: words.join(" "), index: Number(parts[0].closest("li").dataset.line) };
}

function quote(words, line, language) {
  const before = text().slice(0, field.selectionEnd);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = text().slice(field.selectionEnd);
  const after = rest.startsWith("\n\n") ? "" : "\n\n";
  insert(`${gap}${attributed(words, line, language)}${after}`, field.selectionEnd, field.selectionEnd);
}

export function attributed(words, { speaker }, language) {
  const verbs = VERBS[language.slice(0, 2)] ?? VERBS.en;
  const said = words[0].toUpperCase() + words.slice(1);
  const isQuestion = said.endsWith("?");
  const inside = /[?!…]$/.test(said) ? said : `${said.replace(/[.,;:]+$/, "")},`;
  const verb = isQuestion ? verbs.asked : leastUsed(verbs.said);
  return `“${inside}” ${verb} ${nameOf(speaker) || verbs.unknown}.`;
}

const leastUsed = (verbs) => {
  const count = (verb) => text().split(`” ${verb} `).length;
  return verbs.reduce((best, verb) => (count(verb) < count(best) ? verb : best));
};

// The whole name at its first mention, the last word of it afterwards; a numbered voice has none.
function nameOf(speaker) {
  if (!speaker || /\d$/.test(speaker)) return "";
  const plain = speaker.split(",")[0].trim();
  return text().includes(plain) ? plain.split(/\s+/).at(-1) : plain;
}
