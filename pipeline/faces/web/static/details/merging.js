// What somebody else saved meanwhile, field by field: taken over where only they changed it.
import { make } from "../making.js";
import { _ } from "../words.js";

export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

// Returns what the form shall say, the fields that were taken over, and those that both changed.
export function merged(base, mine, theirs) {
  const result = {};
  const taken = [];
  const clashes = [];
  for (const key of Object.keys(mine)) {
    if (same(mine[key], base[key]) && !same(theirs[key], base[key])) {
      result[key] = theirs[key] ?? null;
      taken.push(key);
    } else {
      result[key] = mine[key];
      if (!same(theirs[key], base[key]) && !same(theirs[key], mine[key])) clashes.push(key);
    }
  }
  return { result, taken, clashes };
}

export function clashesShown(clashes, mine, theirs, labelOf, onChosen) {
  return clashes.map((key) => {
    const name = `choice-${key}`;
    const side = (label, value, isMine) =>
      make(
        "label",
        {},
        make("span", {}, make("input", { type: "radio", name, checked: isMine, onchange: () => onChosen(key, value) }), ` ${label}`),
        make("pre", {}, inWords(value)),
      );
    return make(
      "fieldset",
      { class: "choice-of-two" },
      make("legend", {}, labelOf(key)),
      make("div", { class: "both" }, side(_("Mine"), mine[key], true), side(_("Theirs"), theirs[key], false)),
    );
  });
}

function inWords(value) {
  if (value === null || value === undefined || value === "") return `(${_("empty")})`;
  if (!Array.isArray(value)) return String(value);
  return value
    .map((each) => (typeof each === "object" ? Object.values(each).join(" · ") : each))
    .join("\n");
}
