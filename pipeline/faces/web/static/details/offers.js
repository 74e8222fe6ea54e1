// What the draft offers, to be taken over one by one.
import { make } from "../making.js";
import { _ } from "../words.js";
import { clockOf } from "./clock.js";
import { addRow, changed, listOf } from "./rows.js";

const field = (form, key) => form.querySelector(`:scope [data-key="${key}"]`);

export function showOffers(form, offers) {
  const into = (key, value) => {
    const input = field(form, key);
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  };
  const addTag = (tag) => {
    const tags = field(form, "tags").value.split(",").map((each) => each.trim()).filter(Boolean);
    into("tags", [...new Set([...tags, tag])].join(", "));
  };
  const row = (list) => (entry) => {
    addRow(listOf(form, list), entry, { focus: true });
    changed(listOf(form, list));
  };
  show(form, "titles", offers.titles, (text) => text, (text) => into("title", text));
  show(form, "summaries", offers.summaries, (text) => text, (text) => into("summary", text));
  show(form, "tags", offers.tags, (text) => text, addTag);
  show(form, "chapters", offers.chapters, (each) => `${clockOf(each.start_seconds)} ${each.title}`, row("chapters"), true);
  show(form, "soundbites", offers.soundbites, biteInWords, ({ start_seconds, duration_seconds, title }) =>
    row("soundbites")({ start_seconds, duration_seconds, title }));
}

const biteInWords = (each) =>
  `${clockOf(each.start_seconds)} (${Math.round(each.duration_seconds)} s) ${each.text || each.title}`;

function show(form, kind, offered, inWords, onUse, hasAll = false) {
  const at = form.querySelector(`[data-offer="${kind}"]`);
  if (!offered.length || form.dataset.may === "") return;
  const all = hasAll
    ? make("button", { type: "button", class: "button plain", onclick: () => offered.forEach(onUse) }, _("Add all"))
    : null;
  at.replaceChildren(
    make("div", { class: "offer" }, make("strong", {}, _("Offered by the draft")), all),
    ...offered.map((each) =>
      make(
        "div",
        { class: "offer" },
        make("span", {}, inWords(each)),
        make("button", { type: "button", class: "button plain", "aria-label": `${_("Use")}: ${inWords(each)}`, onclick: () => onUse(each) }, _("Use")),
      )),
  );
}
