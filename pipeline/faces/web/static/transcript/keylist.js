// The keys and what they do; each can be given another one.
import { _ } from "../words.js";
import { KEYS, combination } from "./keys.js";
import { make } from "./page.js";

const dialog = document.getElementById("keylist");
const table = dialog.querySelector("tbody");
let room;

export function openKeyList(given) {
  room = given;
  show();
  dialog.showModal();
}

dialog.querySelector("[data-reset]").addEventListener("click", () => {
  room.keys.reset();
  show();
});

function show() {
  table.replaceChildren(...KEYS.map(row));
}

function row([action, , label]) {
  const button = make("button", { class: "button plain small", type: "button", data: { action } });
  button.append(make("kbd", { text: room.keys.of(action) || "—" }), make("span", { class: "visually-hidden", text: ` ${_("change")}` }));
  button.addEventListener("click", () => wait(button, action));
  return make("tr", {}, make("td", { text: _(label) }), make("td", {}, button));
}

// The next key that is pressed is the new one; Tab leaves it as it is.
function wait(button, action) {
  button.textContent = _("Press a key…");
  const done = () => {
    button.removeEventListener("keydown", pressed);
    show();
    table.querySelector(`[data-action="${action}"]`).focus();
  };
  const pressed = (event) => {
    const key = combination(event);
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    if (key !== "Tab") room.keys.choose(action, key);
    done();
  };
  button.addEventListener("keydown", pressed);
  button.addEventListener("blur", () => button.removeEventListener("keydown", pressed), { once: true });
}
