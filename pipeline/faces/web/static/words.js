// What scripts say to people, in their language: message ids are English, as in the templates.
const words = JSON.parse(document.getElementById("words").textContent);

export const _ = (message) => words[message] ?? message;

export function say(text) {
  document.getElementById("said").textContent = text;
}
