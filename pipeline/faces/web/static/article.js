// The article editor: what is written is saved as it is written, and checked against the recording.
import { ask, Refusal } from "./asking.js";
import { listen } from "./events.js";
import { showChecked, showHere } from "./article/evidence.js";
import { meet } from "./article/meeting.js";
import { draw, field, setText, text } from "./article/paper.js";
import { showSaid } from "./article/quoting.js";
import { Saving } from "./article/saving.js";
import { prepareTabs } from "./article/tabs.js";
import { showVersions } from "./article/versions.js";
import { _, say, tell } from "./words.js";

const CHECK_PAUSE_MS = 500;
const desk = document.getElementById("desk");
const { slug, me, language } = desk.dataset;
const isEditable = desk.dataset.may === "yes";
const find = (id) => document.getElementById(id);
const address = `/api/episodes/${encodeURIComponent(slug)}/article`;
const article = JSON.parse(find("state-json").textContent);
let shownTab = "evidence";
let checkTimer = 0;
let asking = null;

const saving = new Saving({ slug, article, text, told: tellState, meet: meetColleague, saved: afterSaving });
function tellState(state, error) {
  const said = {
    saved: article.exists || text() ? `✓ ${_("Saved")}` : "",
    waiting: _("Not saved yet"),
    saving: _("Saving…"),
    lost: error instanceof Refusal ? _("Not saved yet") : _("Not saved: the connection is lost. Your words are kept in this browser."),
    refused: _("Not saved yet"),
    reading: _("Read only: your role does not allow changes."),
  };
  const at = find("state");
  if (at.textContent !== said[state]) at.textContent = said[state];
  at.classList.toggle("lost", state === "lost" || state === "refused");
  const problem = find("writing-problem");
  const isRefused = state === "refused" || (state === "lost" && error instanceof Refusal);
  problem.hidden = !isRefused;
  if (isRefused) problem.textContent = error instanceof Refusal ? `${error.problem} ${error.remedy}` : "";
}

function tellLength() {
  const words = text().split(/\s+/).filter(Boolean).length;
  find("length").textContent = `${words} ${_("words")}`;
}

async function bringBackWhatWasLeft() {
  const left = isEditable && saving.left();
  if (!left) return;
  find("beginning")?.remove();
  if (left.mark === saving.mark) {
    setText(left.text);
    saving.changed();
    tell(_("Words that were not saved are back."));
  } else await meetColleague(left.base, left.text);
}

// Somebody else saved since: both texts become one, with a choice where they clash.
async function meetColleague(base, mine) {
  saving.isHeld = true;
  try {
    const met = await meet(slug, base, mine);
    saving.standsOn({ mark: met.mark, text: met.base });
    const sinceThen = text();
    setText(sinceThen === mine || sinceThen === article.text ? met.text : met.text + addedAfter(mine, sinceThen));
  } finally {
    saving.isHeld = false;
  }
  tellLength();
  if (saving.isClean) saving.rest();
  else saving.changed();
  check();
}

// What was typed while somebody chose, when it was typed at the end.
const addedAfter = (before, now) => (now.startsWith(before) ? now.slice(before.length) : "");

function afterSaving() {
  article.exists = true;
  find("beginning")?.remove();
  if (shownTab === "preview") showPreview();
  if (shownTab === "versions") showVersions(slug, isEditable ? bringBack : null);
}

function checkSoon() {
  clearTimeout(checkTimer);
  checkTimer = setTimeout(check, CHECK_PAUSE_MS);
}

async function check() {
  asking?.abort();
  asking = new AbortController();
  const checkedText = text();
  if (!checkedText.trim()) {
    find("verdicts").textContent = "";
    find("evidence").replaceChildren();
    return;
  }
  try {
    const checked = await ask(`${address}/check`, { method: "POST", body: { text: checkedText }, signal: asking.signal });
    if (text() !== checkedText) return;
    showChecked(checked, checkedText, isEditable);
    showHere(field.selectionStart);
  } catch (error) {
    if (error.name !== "AbortError") find("verdicts").textContent = error.problem ?? "";
  }
}

function showPreview() {
  const frame = find("preview");
  frame.src = `${frame.dataset.src}?${saving.mark.slice(0, 12)}`;
}

function bringBack(old) {
  setText(old);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

field.addEventListener("input", () => {
  saving.changed();
  tellLength();
  checkSoon();
});
document.addEventListener("selectionchange", () => document.activeElement === field && showHere(field.selectionStart));
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saving.save();
  }
});
window.addEventListener("online", () => saving.save());
window.addEventListener("focus", lookAtTheFile);
document.addEventListener("visibilitychange", () => document.hidden && saving.save());

prepareTabs(desk, (name) => {
  shownTab = name;
  if (name === "said") showSaid(slug, language, isEditable);
  if (name === "preview") saving.save().then(showPreview);
  if (name === "versions") showVersions(slug, isEditable ? bringBack : null);
});

find("begin")?.addEventListener("click", async () => {
  const begun = await ask(`${address}/begin`, { method: "POST" }).catch((error) => tellState("refused", error));
  if (begun) take(begun);
});
find("begin-empty")?.addEventListener("click", () => {
  find("beginning").remove();
  field.focus();
});

// A text that is newer than ours and clashes with nothing.
function take(newer) {
  saving.standsOn(newer);
  article.exists = newer.exists;
  setText(newer.text);
  find("beginning")?.remove();
  tellState("saved");
  tellLength();
  check();
}

async function lookAtTheFile() {
  if (saving.isBusy || saving.isHeld) return;
  const there = await ask(address).catch(() => null);
  if (!there || there.mark === saving.mark || saving.isBusy) return;
  if (saving.isClean) {
    take(there);
    say(_("A colleague saved a newer text:"));
  } else saving.save();
}

listen(
  { article: (said) => said.slug === slug && said.mark !== saving.mark && !(said.by === me && saving.isBusy) && lookAtTheFile() },
  { onBack: () => saving.save().then(lookAtTheFile) },
);

setText(article.text);
draw();
tellLength();
tellState(isEditable ? "saved" : "reading");
bringBackWhatWasLeft();
check();
