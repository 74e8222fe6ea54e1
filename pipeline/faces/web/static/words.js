// What scripts say to people, in their language: message ids are English, as in the templates.
const words = JSON.parse(document.getElementById("words").textContent);

export const _ = (message) => words[message] ?? message;

const SHOWN_MS = 7_000;
let shown;

// For who hears the page; who sees it sees it elsewhere too.
export function say(text) {
  document.getElementById("said").textContent = text;
}

// For everybody: what nothing else on the page shows.
export function tell(text) {
  say(text);
  shown?.remove();
  shown = document.createElement("p");
  shown.className = "told";
  shown.ariaHidden = "true"; // it is said already
  shown.textContent = text;
  document.body.append(shown);
  const mine = shown;
  setTimeout(() => mine.remove(), SHOWN_MS);
}
