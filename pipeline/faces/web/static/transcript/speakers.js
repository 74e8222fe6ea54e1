// Everybody who speaks: give a name everywhere; two with one name become one.
import { say } from "../words.js";
import { filled, make } from "./page.js";

const dialog = document.getElementById("speaking");
const form = dialog.querySelector("form");
const list = dialog.querySelector(".names");
let room;

export function openSpeakers(given) {
  room = given;
  room.rows.finishAll();
  list.replaceChildren(...[...room.standing.speakers].map(shown));
  dialog.showModal();
  list.querySelector("input")?.select();
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.value === "close" || !room.mayEdit) return;
  const renamed = new Map();
  for (const input of list.querySelectorAll("input")) {
    const [old, name] = [input.dataset.name, input.value.trim()];
    if (name && name !== old) renamed.set(name, [...(renamed.get(name) ?? []), old]);
  }
  for (const [name, names] of renamed) room.editing.rename(names, name);
  if (renamed.size) say(filled("Renamed: {names}", { names: [...renamed.keys()].join(", ") }));
});

function shown([name, count]) {
  const input = make("input", { value: name, maxLength: 120, disabled: !room.mayEdit, autocomplete: "off", data: { name } });
  input.setAttribute("list", "known-names");
  return make("label", {}, make("span", { class: "hint", text: filled("{name}: {count} lines", { name, count }) }), input);
}
