// Lists in a form: rows made of a template, added and removed; `changed` bubbles as an input event.
import { readAll, writeAll } from "./fields.js";

export const listOf = (container, key) => container.querySelector(`[data-rows="${key}"]`);
export const rowsOf = (list) => [...list.querySelectorAll(":scope > .row-list > .row")];

export function addRow(list, values = {}, { focus = false } = {}) {
  const row = list.querySelector("template").content.firstElementChild.cloneNode(true);
  list.querySelector(".row-list").append(row);
  writeAll(row, values);
  row.querySelector(".remove").addEventListener("click", () => {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("input, select") ?? list.querySelector(".add")).focus();
    changed(list);
  });
  if (focus) row.querySelector("input, select, textarea").focus();
  return row;
}

export function readRows(list) {
  return rowsOf(list).map((row) => readAll(row));
}

export function writeRows(list, entries) {
  list.querySelector(".row-list").replaceChildren();
  for (const entry of entries ?? []) addRow(list, entry);
}

export function changed(list) {
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

export function prepareLists(container) {
  for (const list of container.querySelectorAll("[data-rows]")) {
    list.querySelector(".add").addEventListener("click", () => {
      addRow(list, {}, { focus: true });
      changed(list);
    });
  }
}
