// Small things for making pieces of the page.
import { _ } from "../words.js";

// An element: make("button", { class: "button", text: "…", onclick }, child, …).
export function make(name, { text, class: names, data, ...rest } = {}, ...children) {
  const element = document.createElement(name);
  if (names) element.className = names;
  if (text !== undefined) element.textContent = text;
  Object.assign(element.dataset, data);
  for (const [key, value] of Object.entries(rest)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

// A message with names in braces filled in.
export const filled = (message, values) =>
  _(message).replace(/\{([a-z_]+)\}/g, (whole, name) => values[name] ?? whole);

// Whether somebody is writing: then a plain letter is a letter.
export const isWriting = (element) =>
  element?.isContentEditable || element?.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
