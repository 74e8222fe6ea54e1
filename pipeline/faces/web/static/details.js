// The form of an episode: filled in, saved beside whoever else changes the file, shown as apps do.
import { ask, Refusal } from "./asking.js";
import { prepareConsents } from "./details/consents.js";
import { prepareCover } from "./details/cover.js";
import { clearFaults } from "./details/fields.js";
import { readForm, showFaults, writeForm } from "./details/form.js";
import { prepareMarks } from "./details/marks.js";
import { clashesShown, merged, same } from "./details/merging.js";
import { showOffers } from "./details/offers.js";
import { showPreview } from "./details/preview.js";
import { prepareLists } from "./details/rows.js";
import { make } from "./making.js";
import { _ } from "./words.js";

const form = document.getElementById("details");
const { slug } = form.dataset;
const address = `/api/episodes/${encodeURIComponent(slug)}/details`;
const find = (id) => document.getElementById(id);
const given = JSON.parse(find("state").textContent);
let mark = given.mark;

prepareLists(form);
writeForm(form, given.details);
let base = readForm(form);
showOffers(form, JSON.parse(find("offers").textContent));
showPreview(base);
prepareCover(slug);
prepareConsents(slug);
prepareMarks(form);

const isDirty = () => !same(readForm(form), base);

form.addEventListener("input", () => {
  showPreview(readForm(form));
  tell(isDirty() ? _("Not saved yet") : "");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (isDirty()) event.preventDefault();
});

function tell(text) {
  const at = find("saved-state");
  if (at) at.textContent = text;
}

async function save() {
  const button = find("save");
  if (!button || button.disabled) return;
  button.disabled = true;
  find("form-problem").hidden = true;
  clearFaults(form);
  tell(_("Saving…"));
  const mine = readForm(form);
  try {
    const saved = await ask(address, { method: "PUT", body: { seen: mark, details: mine } });
    mark = saved.mark;
    base = mine;
    find("conflict").hidden = true;
    tell(isDirty() ? _("Not saved yet") : _("Saved."));
  } catch (error) {
    refused(error, mine);
  } finally {
    button.disabled = false;
  }
}

function refused(error, mine) {
  tell(_("Not saved yet"));
  if (error instanceof Refusal && error.status === 409 && error.rest.there) {
    meet(error.rest.there, mine);
    return;
  }
  const at = find("form-problem");
  at.textContent = error instanceof Refusal
    ? `${error.problem} ${error.remedy}`
    : _("The connection to the server is lost.");
  at.hidden = false;
  const isShown = error instanceof Refusal && error.rest.fields && showFaults(form, error.rest.fields);
  if (!isShown) at.focus();
}

// Somebody saved meanwhile: what only they changed is taken over, what both changed is asked.
function meet(there, mine) {
  writeForm(form, there.details);
  const theirs = readForm(form);
  const { result, taken, clashes } = merged(base, mine, theirs);
  writeForm(form, result);
  mark = there.mark;
  base = theirs;
  const choose = (key, value) => {
    result[key] = value;
    writeForm(form, { ...readForm(form), [key]: value });
  };
  const at = find("conflict");
  at.className = "warning";
  at.replaceChildren(
    make("p", { tabindex: "-1" }, make("strong", {}, _("Somebody changed this meanwhile. What shall it say?"))),
    taken.length ? make("p", {}, `${_("Taken over from a colleague:")} ${taken.map(labelOf).join(", ")}`) : "",
    ...clashesShown(clashes, mine, theirs, labelOf, choose),
    make("p", {}, _("Choose, then save again.")),
  );
  at.hidden = false;
  at.querySelector("p").focus();
  showPreview(readForm(form));
}

function labelOf(key) {
  const list = form.querySelector(`[data-rows="${key}"]`);
  if (list) return list.getAttribute("aria-label");
  const input = form.querySelector(`[data-key="${key}"]`);
  return input?.closest("label").querySelector("span").firstChild.textContent.trim() ?? key;
}
