// What was done so far: steps to look at word by word, to give a name, and to go back to.
import { ask } from "../asking.js";
import { _, tell } from "../words.js";
import { clock, momentOf } from "./clock.js";
import { filled, make } from "./page.js";

const dialog = document.getElementById("history");
const steps = dialog.querySelector(".steps");
const changes = dialog.querySelector(".changes");
let room;

export async function openHistory(given) {
  room = given;
  room.rows.finishAll();
  await room.sending.arrived();
  dialog.showModal();
  await show();
}

dialog.querySelector(".name-version").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = event.target.elements.name;
  if (!field.value.trim() || !room.mayEdit) return;
  room.editing.do("version", { name: field.value.trim() });
  field.value = "";
  await room.sending.arrived();
  await show();
});

async function show() {
  const moments = await ask(`${room.address}/moments`);
  const machine = { operation: "", name: _("As the machine wrote it"), lines: 0 };
  const all = [machine, ...moments];
  steps.replaceChildren(...all.map((moment, number) => step(moment, all[number - 1])).reverse());
  changes.replaceChildren();
}

function step(moment, before) {
  const who = moment.author ? `${moment.author}, ${momentOf(moment.until)}` : "";
  const what = moment.lines ? filled("{lines} lines changed", moment) : "";
  const name = moment.is_machines ? _("The machine transcribed again") : moment.name;
  const button = (text, onclick) => make("button", { class: "button plain small", type: "button", text, onclick });
  return make(
    "li", {},
    name && make("strong", { text: `${name} ` }),
    make("span", { class: "hint", text: [who, what].filter(Boolean).join(" · ") }),
    make(
      "div", { class: "buttons" },
      before && button(_("What was changed"), () => compare(before.operation, moment.operation)),
      button(_("Compare with now"), () => compare(moment.operation)),
      room.mayEdit && button(_("Go back to this"), () => restore(moment)),
    ),
  );
}

async function compare(before, after) {
  const query = new URLSearchParams(after === undefined ? { before } : { before, after });
  const found = await ask(`${room.address}/differences?${query}`);
  changes.replaceChildren(
    make("h3", { text: found.length ? filled("{count} lines differ", { count: found.length }) : _("Nothing differs.") }),
    ...found.map(difference),
  );
  changes.scrollIntoView({ block: "nearest" });
}

const SIGNS = { same: "span", out: "del", in: "ins" };

function difference(each) {
  const speakers = each.speaker_before !== each.speaker_after && !each.is_new && !each.is_gone;
  return make(
    "p", {},
    make("span", { class: "hint", text: `${clock(each.start)} ` }),
    speakers && make("del", { text: each.speaker_before || "—" }),
    speakers && make("ins", { text: ` ${each.speaker_after || "—"}: ` }),
    ...each.parts.flatMap(({ sign, text }) => [make(SIGNS[sign], { text }), " "]),
  );
}

function restore(moment) {
  room.editing.do("restore", { to: moment.operation });
  dialog.close();
  tell(_("It is as it was then. Undo takes this back."));
}
