// The whole form as JSON, and back; faults beside their fields.
import { clearFaults, readAll, showFault, writeAll } from "./fields.js";
import { listOf, readRows, rowsOf, writeRows } from "./rows.js";

const lists = (form) => [...form.querySelectorAll("[data-rows]")];

export function readForm(form) {
  const values = readAll(form);
  for (const list of lists(form)) {
    const rows = readRows(list).map(withoutEmpty);
    values[list.dataset.rows] = rows.length ? rows : null;
  }
  return values;
}

const withoutEmpty = (row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

export function writeForm(form, values) {
  writeAll(form, values);
  for (const list of lists(form)) writeRows(list, values[list.dataset.rows]);
}

// `faults` by dotted names such as "guests.0.name"; the first one gets the focus.
export function showFaults(form, faults) {
  clearFaults(form);
  let first = null;
  for (const [name, sentence] of Object.entries(faults)) {
    const input = inputOf(form, name.split("."));
    if (!input) continue;
    if (input.matches("[data-key]")) showFault(input, sentence);
    else Object.assign(input.querySelector(":scope > .fault"), { textContent: sentence, hidden: false });
    first ??= input.matches("[data-key]") ? input : input.querySelector(".add");
  }
  first?.closest("details")?.setAttribute("open", "");
  first?.focus();
  return first !== null;
}

function inputOf(form, [key, index, inner]) {
  const list = listOf(form, key);
  if (!list) return form.querySelector(`[data-key="${key}"]`);
  const row = rowsOf(list)[Number(index)];
  return row?.querySelector(`[data-key="${inner}"]`) ?? list;
}
