// Two people wrote at once: their words are joined, and where both changed the same ones, one chooses.
import { ask } from "../asking.js";
import { make } from "../making.js";
import { _ } from "../words.js";

const at = document.getElementById("meeting");

// Answers what the text is then: `{ text, base, mark }`, after a choice where one is needed.
export async function meet(slug, base, mine) {
  const address = `/api/episodes/${encodeURIComponent(slug)}/article/join`;
  const { joints, mark, has_clash: hasClash } = await ask(address, { method: "POST", body: { base, mine } });
  const theirs = joints.map((joint) => joint.theirs).join("");
  const chosen = hasClash ? await choices(joints) : joints.map(ours);
  if (!hasClash) tellJoined(joints);
  return { text: chosen.join(""), base: theirs, mark };
}

const ours = (joint) => (["theirs", "base"].includes(joint.side) ? joint.theirs : joint.mine);

function tellJoined(joints) {
  const theirs = joints.filter((joint) => joint.side === "theirs");
  at.replaceChildren(
    make("p", {}, make("strong", {}, _("Joined with what a colleague wrote:"))),
    make("ul", {}, theirs.map((joint) => make("li", {}, difference(joint.base, joint.theirs)))),
  );
  at.hidden = theirs.length === 0;
}

const difference = (before, after) => [
  before.trim() ? make("del", {}, before) : null,
  " ",
  after.trim() ? make("ins", {}, after) : null,
].filter(Boolean);

function choices(joints) {
  return new Promise((resolve) => {
    const texts = joints.map(ours);
    const clashes = joints.map((joint, index) => (joint.side === "clash" ? clash(joint, index, texts) : null));
    at.replaceChildren(
      make("p", { tabindex: "-1" }, make("strong", {}, _("Both of you changed the same words. Which shall stand?"))),
      ...clashes.filter(Boolean),
      make("button", { type: "button", class: "button", onclick: () => {
        at.hidden = true;
        resolve(texts);
      } }, _("Use these")),
    );
    at.hidden = false;
    at.querySelector("p").focus();
  });
}

function clash(joint, index, texts) {
  const choice = (label, value, isChosen) =>
    make(
      "label",
      {},
      make("input", { type: "radio", name: `clash-${index}`, checked: isChosen, onchange: () => (texts[index] = value) }),
      make("strong", {}, label),
      make("q", {}, value.trim() || `(${_("empty")})`),
    );
  const both = /\s$/.test(joint.theirs) ? joint.theirs + joint.mine : `${joint.theirs} ${joint.mine}`;
  return make(
    "div",
    { class: "clash", role: "radiogroup", "aria-label": _("Both of you changed the same words. Which shall stand?") },
    make("span", { class: "quiet" }, joint.base.trim() || `(${_("empty")})`),
    choice(_("Mine"), joint.mine, true),
    choice(_("Theirs"), joint.theirs, false),
    choice(_("Both, theirs first"), both, false),
  );
}
