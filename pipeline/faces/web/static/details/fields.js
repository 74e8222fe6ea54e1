// One field of a form: what stands in it as JSON, and back. Kinds are told by `data-kind`.
import { clockOf, secondsOf } from "./clock.js";

const numberOr = (text) => {
  const value = Number(text.replace(",", "."));
  return text.trim() === "" ? null : Number.isFinite(value) ? value : text;
};

const READ = {
  text: (input) => input.value || null,
  url: (input) => input.value.trim() || null,
  date: (input) => input.value || null,
  moment: (input) => input.value || null,
  int: (input) => numberOr(input.value),
  seconds: (input) => numberOr(input.value),
  clock: (input) => secondsOf(input.value),
  bool: (input) => (input.value === "" ? null : input.value === "true"),
  tags: (input) => {
    const tags = input.value.split(",").map((tag) => tag.trim()).filter(Boolean);
    return tags.length ? tags : null;
  },
};

const WRITE = {
  bool: (value) => (value === null ? "" : String(value)),
  clock: (value) => (typeof value === "number" ? clockOf(value) : String(value ?? "")),
  tags: (value) => (value ?? []).join(", "),
  moment: (value) => String(value ?? "").slice(0, 16), // the server gives it on the show's clocks
};

export function readField(input) {
  return READ[input.dataset.kind](input);
}

export function writeField(input, value) {
  const write = WRITE[input.dataset.kind] ?? ((given) => String(given ?? ""));
  input.value = write(value ?? null) || input.dataset.default || "";
}

// A set of check boxes with one key is a list of the values that are ticked.
export function readAll(container) {
  const values = {};
  for (const input of ownFields(container)) {
    const { key, kind } = input.dataset;
    if (kind === "check") {
      values[key] ??= [];
      if (input.checked) values[key].push(input.value);
    } else values[key] = readField(input);
  }
  return values;
}

export function writeAll(container, values) {
  for (const input of ownFields(container)) {
    const { key, kind } = input.dataset;
    if (kind === "check") input.checked = (values[key] ?? []).includes(input.value);
    else writeField(input, values[key]);
  }
}

// The fields of a form without those of its rows, or those of one row.
function ownFields(container) {
  return [...container.querySelectorAll("[data-key]")].filter(
    (input) => (input.closest(".row") ?? null) === (container.closest(".row") ?? null),
  );
}

export function showFault(input, sentence) {
  input.setAttribute("aria-invalid", "true");
  const fault = input.closest(".field")?.querySelector(".fault");
  if (!fault) return;
  fault.textContent = sentence;
  fault.hidden = false;
  fault.id ||= `fault-${crypto.randomUUID?.() ?? Math.random().toString(36).slice(2)}`;
  input.setAttribute("aria-describedby", fault.id);
}

export function clearFaults(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  for (const fault of form.querySelectorAll(".fault")) fault.hidden = true;
}
