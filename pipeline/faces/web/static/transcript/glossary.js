// A name for the glossary: what is selected, or the word at the caret, to be spelled once for all.
import { ask } from "../asking.js";
import { _, tell } from "../words.js";
import { caretIn, wordAt } from "./caret.js";
import { wordsOf } from "./optimism.js";

const dialog = document.getElementById("remembering");
const form = dialog.querySelector("form");
const told = dialog.querySelector("[role=status]");
let room;

export function openGlossary(given, row) {
  room = given;
  const selected = getSelection().toString().trim();
  const word = row && wordsOf(row.text.textContent)[wordAt(row.text.textContent, caretIn(row.text) ?? 0)];
  form.elements.name.value = (selected || word || "").replace(/^[\p{P}\s]+|[\p{P}\s]+$/gu, "");
  form.elements.heard_as.value = "";
  told.textContent = "";
  dialog.showModal();
  form.elements.name.select();
}

form.addEventListener("submit", async (event) => {
  if (event.submitter?.value === "close") return;
  event.preventDefault();
  const { kind, name, heard_as: heardAs } = form.elements;
  try {
    const { is_new: isNew } = await ask(`${room.address}/glossary`, {
      method: "POST", body: { kind: kind.value, name: name.value, heard_as: heardAs.value },
    });
    dialog.close();
    tell(isNew ? _("The glossary knows it now.") : _("The glossary knew it already."));
  } catch (error) {
    told.textContent = `${error.problem ?? error.message} ${error.remedy ?? ""}`;
  }
});
