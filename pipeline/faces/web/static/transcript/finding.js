// Find and replace: what would change is shown line by line, and each line may be left out.
import { ask } from "../asking.js";
import { _, tell } from "../words.js";
import { clock } from "./clock.js";
import { filled, make } from "./page.js";

const PAUSE_MS = 250;

const dialog = document.getElementById("finding");
const form = dialog.querySelector("form");
const list = dialog.querySelector("ol");
const told = dialog.querySelector("[role=status]");
let room;
let found = [];
let timer;
let asked = 0;

export async function openFinding(given) {
  room = given;
  room.rows.finishAll();
  await room.sending.arrived();
  const selected = getSelection().toString().trim();
  if (selected && !selected.includes("\n")) form.elements.find.value = selected;
  dialog.showModal();
  form.elements.find.select();
  look();
}

form.addEventListener("input", (event) => {
  if (event.target.closest("ol")) return count();
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE_MS);
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.value === "close") return;
  event.preventDefault();
  const chosen = found.filter((_each, number) => form.elements[`line-${number}`]?.checked);
  if (!chosen.length || !room.mayEdit) return;
  room.editing.do("text", {
    edits: chosen.map(({ line, version, after }) => ({ on: { line, version }, text: after })),
  });
  dialog.close();
  tell(filled("Changed in {count} lines.", { count: chosen.length }));
});

async function look() {
  const { find, put, match_case: matchCase, whole_words: wholeWords } = form.elements;
  const number = (asked += 1);
  const query = new URLSearchParams({
    find: find.value, put: put.value, match_case: matchCase.checked, whole_words: wholeWords.checked,
  });
  const answer = find.value.trim() ? await ask(`${room.address}/replacements?${query}`) : [];
  if (number !== asked) return;
  found = answer;
  list.replaceChildren(...found.map(shown));
  count();
}

function shown(each, number) {
  const before = make("del", {});
  let at = 0;
  for (const [first, last] of each.found) {
    before.append(each.before.slice(at, first), make("mark", { text: each.before.slice(first, last) }));
    at = last;
  }
  before.append(each.before.slice(at));
  return make(
    "li", {},
    make(
      "label", { class: "across" },
      make("input", { type: "checkbox", name: `line-${number}`, checked: true }),
      make("span", {}, make("span", { class: "hint", text: `${clock(each.start)} ` }), before, make("br"), make("ins", { text: each.after })),
    ),
  );
}

function count() {
  const chosen = list.querySelectorAll("input:checked").length;
  told.textContent = filled("{chosen} of {found} lines", { chosen, found: found.length });
  form.querySelector("[value=replace]").disabled = !chosen || !room.mayEdit;
}
