// Which key does what: a table that each person may change, kept in that person's browser.

const STORE = "etam-keys";

export const KEYS = [
  ["play", "Escape", "Play or pause"],
  ["play2", "Ctrl+Space", "Play or pause"],
  ["back", "F1", "Five seconds back"],
  ["forward", "F2", "Five seconds forward"],
  ["slower", "F3", "Slower"],
  ["faster", "F4", "Faster"],
  ["replay", "Alt+P", "Play this line from its start"],
  ["loop", "Alt+L", "Repeat this line"],
  ["doubt", "Alt+N", "Next doubtful place"],
  ["doubt-back", "Alt+Shift+N", "Previous doubtful place"],
  ["next", "Alt+ArrowDown", "Next line"],
  ["previous", "Alt+ArrowUp", "Previous line"],
  ["heard", "Ctrl+Enter", "This line is correct; to the next"],
  ["split", "Enter", "Split the line at the caret"],
  ["merge", "Alt+J", "Join to the line before"],
  ["insert", "Alt+I", "New line after this one"],
  ["delete", "Ctrl+Delete", "Delete the line"],
  ["speaker", "Alt+S", "Who speaks in this line"],
  ["take", "Alt+A", "Take the suggested spelling"],
  ["refuse", "Alt+R", "Refuse the suggested spelling"],
  ["hear", "Alt+T", "Transcribe the line again"],
  ["align", "Alt+W", "Find the times of the words"],
  ["glossary", "Alt+G", "Add to the glossary"],
  ["note", "Alt+M", "Note for colleagues"],
  ["undo", "Ctrl+Z", "Undo"],
  ["redo", "Ctrl+Shift+Z", "Redo"],
  ["redo2", "Ctrl+Y", "Redo"],
  ["find", "Ctrl+H", "Find and replace"],
  ["keys", "Ctrl+/", "Keyboard shortcuts"],
];

export class Keys {
  #chosen = JSON.parse(localStorage[STORE] ?? "{}");

  of(action) {
    return this.#chosen[action] ?? KEYS.find(([name]) => name === action)[1];
  }

  // The action of an event, or nothing.
  action(event) {
    const pressed = combination(event);
    return KEYS.find(([name]) => this.of(name) === pressed)?.[0].replace(/2$/, "");
  }

  // Gives an action another key; whoever had that one loses it.
  choose(action, pressed) {
    for (const [name] of KEYS) if (this.of(name) === pressed) this.#chosen[name] = "";
    this.#chosen[action] = pressed;
    localStorage[STORE] = JSON.stringify(this.#chosen);
  }

  reset() {
    this.#chosen = {};
    localStorage.removeItem(STORE);
  }
}

const MODIFIERS = ["Control", "Shift", "Alt", "Meta", "AltGraph"];

// "Ctrl+Shift+Z": letters and digits by their place on the keyboard, as Alt changes what they write.
export function combination(event) {
  if (MODIFIERS.includes(event.key) || event.getModifierState?.("AltGraph")) return "";
  const key = event.code === "Space" ? "Space" : letter(event.code) ?? event.key;
  return [
    (event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", key,
  ].filter(Boolean).join("+");
}

function letter(code) {
  return code?.match(/^(?:Key|Digit)(.)$/)?.[1];
}
