// A line heard again by the machine, with another model or another hint: shown beside what stands
// there, and taken only when somebody says so.
import { ask } from "../asking.js";
import { _, tell } from "../words.js";
import { clock } from "./clock.js";
import { seen } from "./operations.js";
import { make } from "./page.js";

// The line before and after may be cut a little wrongly.
const MARGIN_SECONDS = 0.15;

const dialog = document.getElementById("hearing");
const form = dialog.querySelector("form");
const shown = dialog.querySelector(".heard-text");
let room;
let line;
let heard;

export async function openHearing(given, chosen) {
  room = given;
  room.rows.finishAll();
  line = room.standing.line(chosen.id);
  heard = null;
  form.querySelector(".place").textContent = `${clock(line.start)}–${clock(line.end)}: ${line.text}`;
  shown.replaceChildren();
  form.querySelector("[value=take]").disabled = true;
  dialog.showModal();
  const { model } = form.elements;
  if (model.options.length > 1) return;
  const names = await ask(`${room.address}/models`);
  model.append(...names.map((name) => make("option", { value: name, text: name })));
}

form.addEventListener("submit", (event) => {
  if (event.submitter?.value === "close") return;
  if (event.submitter?.value === "take") return take();
  event.preventDefault();
  listenAgain();
});

async function listenAgain() {
  const { model, hint } = form.elements;
  const button = form.querySelector("[value=hear]");
  button.disabled = true;
  shown.replaceChildren(make("p", { class: "hint", text: _("The machine is listening…") }));
  try {
    heard = await ask(`${room.address}/hear`, {
      method: "POST",
      body: {
        start: Math.max(0, line.start - MARGIN_SECONDS), end: line.end + MARGIN_SECONDS,
        model: model.value, hint: hint.value.trim() || null,
      },
    });
    shown.replaceChildren(
      make("p", { text: heard.text || _("It hears no words here.") }),
      heard.left_out && make("p", { class: "hint", text: `${_("Not believed:")} ${heard.left_out}` }),
    );
    form.querySelector("[value=take]").disabled = !heard.text || heard.text === line.text;
  } catch (error) {
    shown.replaceChildren(make("p", { class: "problem", text: `${error.problem ?? error.message} ${error.remedy ?? ""}` }));
  } finally {
    button.disabled = false;
  }
}

function take() {
  const { words, text } = heard;
  room.editing.do("text", { edits: [{ on: seen(line), text, words }] });
  room.rows.focus(line.id);
}

// The words of a line laid on the sound by the model, so that each has its own time.
export async function layOnSound(given, chosen) {
  given.rows.finishAll();
  const now = given.standing.line(chosen.id);
  try {
    const { start, end, text } = now;
    const words = await ask(`${given.address}/align`, { method: "POST", body: { start, end, text } });
    if (!words.length) return tell(_("The machine does not find these words here."));
    given.editing.do("text", { edits: [{ on: seen(now), text, words }] });
    tell(_("Each word has its time now."));
  } catch (error) {
    tell(`${error.problem ?? error.message} ${error.remedy ?? ""}`);
  }
}
