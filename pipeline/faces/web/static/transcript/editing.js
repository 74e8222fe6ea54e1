// What an editor does to lines, each as one operation.
import { caretIn, wordsBefore } from "./caret.js";
import { seen } from "./operations.js";

export class Editing {
  constructor({ standing, sending, rows, operations, keeping }) {
    this.standing = standing;
    this.sending = sending;
    this.rows = rows;
    this.operations = operations;
    rows.addEventListener("text", ({ detail }) => {
      const operation = operations.make("text", { edits: [detail] });
      keeping.keepDraft(detail.on.line, { operation });
      sending.add(operation).then(() => keeping.forgetDraft(detail.on.line, operation.id));
    });
  }

  do(kind, what) {
    const operation = this.operations.make(kind, what);
    this.sending.add(operation);
    return operation;
  }

  split(row) {
    const caret = caretIn(row.text) ?? 0;
    this.rows.finish(row);
    const { line } = row;
    const cut = wordsBefore(line.text, caret);
    if (cut < 1 || cut >= line.times.length / 2) return false;
    const { id } = this.do("split", { on: seen(line), before_word: cut });
    this.rows.focus(id);
    return true;
  }

  // Joins a line to the one before it; the caret stays between the same words.
  merge(row) {
    this.rows.finish(row);
    const before = this.standing.lines[this.standing.at(row.line.id) - 1];
    if (!before) return;
    const caret = before.text.length + (before.text && row.line.text ? 1 : 0);
    this.do("merge", { lines: [before.id, row.line.id] });
    this.rows.focus(before.id, caret);
  }

  mergeNext(row) {
    const after = this.standing.lines[this.standing.at(row.line.id) + 1];
    if (after) this.merge(this.rows.get(after.id));
  }

  delete(row) {
    this.rows.finish(row);
    const at = this.standing.at(row.line.id);
    this.do("delete", { lines: [seen(row.line)] });
    const next = this.standing.lines[Math.min(at, this.standing.lines.length - 1)];
    if (next) this.rows.focus(next.id);
  }

  insert(after, start, end, text, speaker) {
    const { id } = this.do("insert", { after: after?.id ?? "", start, end, text, speaker });
    this.rows.focus(id, -1);
    return id;
  }

  setReviewed(line, reviewed) {
    this.rows.finish(this.rows.get(line.id));
    this.do("reviewed", { lines: [seen(this.standing.line(line.id))], reviewed });
  }

  setSpeaker(line, speaker) {
    this.do("speaker", { lines: [seen(line)], speaker });
  }

  rename(names, to) {
    this.do("rename", { names, to });
  }

  take(line, { key, first, last, text }) {
    this.do("take", {
      on: seen(line), suggestion: key, first_word: first, last_word: last, text,
    });
  }

  refuse(line, { key }) {
    this.do("refuse", { on: seen(line), suggestion: key });
  }

  note(line, text) {
    this.do("note", { on: seen(line), text });
  }

  removeNote(line, note) {
    this.do("remove_note", { on: seen(line), note });
  }

  // False when there is nothing to take back.
  async undo() {
    this.rows.finishAll();
    if (this.sending.state !== "offline") await this.sending.arrived();
    return this.#takeBack(this.standing.undo);
  }

  async redo() {
    this.rows.finishAll();
    if (this.sending.state !== "offline") await this.sending.arrived();
    return this.#takeBack(this.standing.redo);
  }

  #takeBack(operation) {
    if (operation) this.do("undo", { operation });
    return Boolean(operation);
  }
}
