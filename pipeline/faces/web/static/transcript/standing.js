// Where the transcript stands: what the server keeps and, on top of it, what was not sent yet.
import { applied } from "./optimism.js";

const NOTHING = {
  epoch: "", count: 0, lines: new Map(), order: [], gaps: [], conflicts: [],
  undo: null, redo: null, duration: 0,
};

export class Standing extends EventTarget {
  kept = NOTHING;
  pending = [];
  shown = { lines: new Map(), order: [] };

  // Lines in order, as people see them.
  get lines() {
    return this.shown.order.map((id) => this.shown.lines.get(id));
  }

  line(id) {
    return this.shown.lines.get(id);
  }

  at(id) {
    return this.shown.order.indexOf(id);
  }

  // The line that is said at a time, or was said last before it.
  lineAt(seconds) {
    const { order, lines } = this.shown;
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines.get(order[middle]).start <= seconds) low = middle + 1;
      else high = middle;
    }
    return lines.get(order[low - 1]);
  }

  get speakers() {
    const counts = new Map();
    for (const { speaker } of this.lines) {
      if (speaker) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
    }
    return counts;
  }

  add(operation) {
    this.pending = [...this.pending, operation];
    this.#show();
  }

  // What the server answered; `sent` are the ids of operations that it keeps now.
  take(answer, sent = []) {
    const gone = new Set(sent);
    this.pending = this.pending.filter(({ id }) => !gone.has(id));
    const lines = answer.is_whole ? new Map() : new Map(this.kept.lines);
    for (const line of answer.lines) lines.set(line.id, line);
    const order = answer.order ?? this.kept.order;
    if (answer.order && !answer.is_whole) {
      const there = new Set(order);
      for (const id of lines.keys()) if (!there.has(id)) lines.delete(id);
    }
    this.kept = { ...answer, lines, order, gaps: answer.gaps ?? this.kept.gaps };
    this.#show();
  }

  // An operation that will never be kept is taken back.
  drop(id) {
    this.pending = this.pending.filter((operation) => operation.id !== id);
    this.#show();
  }

  // What Ctrl+Z takes back: the last thing done, whether or not it was sent.
  get undo() {
    return this.#last(this.kept.undo, (kind) => kind !== "undo");
  }

  get redo() {
    return this.pending.length ? null : this.kept.redo;
  }

  #last(kept, wanted) {
    const undone = new Set(
      this.pending.filter(({ kind }) => kind === "undo").map(({ operation }) => operation),
    );
    const mine = this.pending.filter(({ id, kind }) => wanted(kind) && !undone.has(id));
    return mine.at(-1)?.id ?? (undone.has(kept) ? null : kept);
  }

  #show() {
    const undone = new Set(
      this.pending.filter(({ kind }) => kind === "undo").map(({ operation }) => operation),
    );
    const before = this.shown;
    let state = { lines: this.kept.lines, order: this.kept.order };
    for (const operation of this.pending) {
      if (!undone.has(operation.id)) state = applied(state, operation);
    }
    this.shown = state;
    this.dispatchEvent(new CustomEvent("change", { detail: { before } }));
  }
}
