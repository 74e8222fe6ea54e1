// The lines on the page: one row each, with text that is edited where it stands. Rows follow the
// standing; a row whose text is being typed is left alone until its text was sent.
import { _ } from "../words.js";
import { clock } from "./clock.js";
import { oneLine } from "./optimism.js";
import { caretIn, placeCaret, shifted } from "./caret.js";

const PAUSE_MS = 400;
const LONGEST_MS = 4000;

export class Rows extends EventTarget {
  #list;
  #standing;
  #template = document.getElementById("line").content.firstElementChild;
  #rows = new Map();
  #mayEdit;
  #keeping;
  #isComposing = false;

  constructor(list, standing, keeping, mayEdit) {
    super();
    this.#list = list;
    this.#standing = standing;
    this.#keeping = keeping;
    this.#mayEdit = mayEdit;
    standing.addEventListener("change", () => this.#follow());
    list.addEventListener("input", (event) => this.#typed(this.of(event.target)));
    list.addEventListener("compositionstart", () => (this.#isComposing = true));
    list.addEventListener("compositionend", (event) => {
      this.#isComposing = false;
      this.#typed(this.of(event.target));
    });
    list.addEventListener("focusout", (event) => this.finish(this.of(event.target)));
    list.addEventListener("beforeinput", (event) => this.#beforeInput(event));
    addEventListener("pagehide", () => this.finishAll());
  }

  get(id) {
    return this.#rows.get(id);
  }

  // The row that an element is in.
  of(element) {
    return this.#rows.get(element?.closest?.(".line")?.dataset.id);
  }

  // Whether something is being typed that is no operation yet.
  get isTyped() {
    return [...this.#rows.values()].some((row) => row.isTyped);
  }

  get focused() {
    return this.of(document.activeElement);
  }

  // Puts the caret into a line; `offset` counts characters, negative ones from the end.
  focus(id, offset = 0) {
    const row = this.#rows.get(id);
    if (!row) return;
    row.text.focus();
    placeCaret(row.text, offset < 0 ? row.text.textContent.length + 1 + offset : offset);
    this.show(id);
  }

  // Scrolls to a line if it is out of sight, and does not move the page otherwise. Lines that were never
  // drawn have guessed heights, so after a jump one looks again where the line has come to be.
  show(id, looks = 5) {
    const row = this.#rows.get(id);
    if (!row) return;
    const place = row.element.getBoundingClientRect();
    const [top, bottom] = inSight();
    if (place.top >= top && place.bottom <= bottom) return;
    const isNear = Math.abs(place.top) < 2 * innerHeight;
    const isSmooth = isNear && matchMedia("(prefers-reduced-motion: no-preference)").matches;
    scrollTo({
      top: scrollY + place.top - top - Math.min(120, (bottom - top) / 4),
      behavior: isSmooth ? "smooth" : "instant",
    });
    if (!isSmooth && looks) onceDrawn(() => this.show(id, looks - 1));
  }

  // What was typed becomes an operation now and not after a pause.
  finish(row) {
    if (!row || !row.isTyped) return;
    clearTimeout(row.timer);
    row.isTyped = false;
    const text = oneLine(row.text.textContent);
    if (text === row.line.text) {
      this.#keeping.forgetDraft(row.line.id);
      this.dispatchEvent(new Event("typed"));
      return;
    }
    const on = { line: row.line.id, version: row.line.version };
    this.dispatchEvent(new CustomEvent("text", { detail: { on, text } }));
  }

  finishAll() {
    for (const row of this.#rows.values()) this.finish(row);
  }

  #typed(row) {
    if (!row) return;
    if (row.text.childNodes.length > 1) this.#makePlain(row);
    if (!row.isTyped) {
      row.isTyped = true;
      row.since = Date.now();
      this.dispatchEvent(new Event("typed"));
    }
    const { id: line, version } = row.line;
    this.#keeping.keepDraft(line, { on: { line, version }, text: row.text.textContent });
    clearTimeout(row.timer);
    if (this.#isComposing) return;
    const wait = Math.max(0, Math.min(PAUSE_MS, row.since + LONGEST_MS - Date.now()));
    row.timer = setTimeout(() => this.finish(row), wait);
  }

  #makePlain(row) {
    const caret = caretIn(row.text);
    row.text.textContent = row.text.textContent;
    if (caret !== null) placeCaret(row.text, caret);
  }

  // A line has no lines of its own, and undo is ours: it knows what was sent.
  #beforeInput(event) {
    const row = this.of(event.target);
    if (!row) return;
    if (/^history/.test(event.inputType)) {
      event.preventDefault();
    } else if (/^insertFrom(Paste|Drop)|^insertReplacementText/.test(event.inputType)) {
      const text = event.dataTransfer?.getData("text/plain") ?? event.data;
      if (!text || !/[\r\n\t]/.test(text)) return;
      event.preventDefault();
      document.execCommand("insertText", false, oneLine(text));
    } else if (/^insert(Paragraph|LineBreak)/.test(event.inputType)) {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("enter", { detail: { row } }));
    }
  }

  #follow() {
    const { order, lines } = this.#standing.shown;
    const focused = this.focused?.line.id;
    for (const [id, row] of this.#rows) {
      if (lines.has(id)) continue;
      queueMicrotask(() => this.finish(row));
      row.element.remove();
      this.#rows.delete(id);
    }
    let before = null;
    const made = document.createDocumentFragment();
    for (const id of order) {
      const line = lines.get(id);
      let row = this.#rows.get(id);
      if (!row) {
        row = this.#make(line);
        this.#rows.set(id, row);
      } else if (row.line !== line) this.#update(row, line);
      before = this.#place(row.element, before, made);
    }
    this.#list.append(made);
    if (focused && !this.#rows.has(focused)) this.dispatchEvent(new Event("lost"));
    this.dispatchEvent(new Event("shown"));
  }

  // New rows at the end are laid down all at once.
  #place(element, before, made) {
    const expected = before ? before.nextElementSibling : this.#list.firstElementChild;
    if (element === expected || (element.parentNode === made && before?.parentNode === made)) {
      return element;
    }
    if (!element.isConnected && !expected) made.append(element);
    else if (before?.parentNode === made) made.append(element);
    else if (before) before.after(element);
    else this.#list.prepend(element);
    return element;
  }

  #make(line) {
    const element = this.#template.cloneNode(true);
    const [when, who, text, heard] = element.children;
    element.dataset.id = line.id;
    const row = { element, when, who, text, heard: heard.firstElementChild, line: null };
    if (!this.#mayEdit) {
      text.contentEditable = "false";
      text.setAttribute("aria-readonly", "true");
      row.heard.disabled = who.disabled = true;
    }
    this.#update(row, line);
    return row;
  }

  #update(row, line) {
    const old = row.line;
    // Words of others do not go under those being typed: these are sent first and joined there.
    if (row.isTyped && old && line.text !== old.text) {
      return queueMicrotask(() => this.finish(row));
    }
    row.line = line;
    if (!row.isTyped && row.text.textContent !== line.text) this.#write(row, line.text);
    if (old?.start !== line.start) row.when.textContent = clock(line.start);
    if (old?.speaker !== line.speaker || old.is_guess !== line.is_guess) {
      row.who.textContent = line.speaker ? line.speaker + (line.is_guess ? " (?)" : "") : "—";
    }
    const doubtful = line.reasons.length > 0 || line.suggestions.length > 0;
    row.element.classList.toggle("doubtful", doubtful);
    row.element.classList.toggle("noted", line.notes.length > 0);
    row.element.classList.toggle("is-reviewed", Boolean(line.reviewed_by));
    row.heard.checked = Boolean(line.reviewed_by);
    row.heard.title = line.reviewed_by;
    const place = `${clock(line.start)} ${line.speaker}`;
    row.text.setAttribute("aria-label", doubtful ? `${place}, ${_("to be checked")}` : place);
    row.heard.setAttribute("aria-label", `${_("Listened to and correct")}: ${place}`);
  }

  #write(row, text) {
    const caret = row.text === document.activeElement ? caretIn(row.text) : null;
    const before = row.text.textContent;
    row.text.textContent = text;
    if (caret !== null) placeCaret(row.text, shifted(caret, before, text));
  }
}

// From where to where lines can be seen: below what stays above, and above what lies below.
function inSight() {
  const above = [...document.querySelectorAll(".player, .controls")];
  const beside = document.getElementById("beside");
  const isBelow = getComputedStyle(beside).position === "fixed" && beside.offsetHeight;
  return [
    Math.max(...above.map((each) => each.getBoundingClientRect().bottom)) + 8,
    (isBelow ? beside.getBoundingClientRect().top : innerHeight) - 8,
  ];
}

// What comes into sight is drawn in the frame after the one that scrolls.
const onceDrawn = (what) => requestAnimationFrame(() => requestAnimationFrame(what));
