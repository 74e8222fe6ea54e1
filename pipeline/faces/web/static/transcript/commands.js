// What keys and buttons do: one table for both.
import { _, tell } from "../words.js";
import { caretIn } from "./caret.js";
import { doubtsOf, nextDoubt } from "./doubts.js";
import { openFinding } from "./finding.js";
import { openGlossary } from "./glossary.js";
import { layOnSound, openHearing } from "./hearing.js";
import { openHistory } from "./history.js";
import { openKeyList } from "./keylist.js";
import { isWriting } from "./page.js";
import { openSpeakers } from "./speakers.js";

const LEAD_SECONDS = 0.5;
const NEW_LINE_SECONDS = 2;

export class Commands {
  #room;
  #doubtAt = -1;

  constructor(room) {
    this.#room = room;
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.run(button.dataset.do);
    });
    // A button that acts on the line leaves the caret where it is.
    document.addEventListener("mousedown", (event) => {
      if (event.target.closest("[data-do]") && room.rows.focused) event.preventDefault();
    });
    room.rows.addEventListener("enter", () => this.run("split"));
  }

  run(action) {
    const does = DOES[action];
    if (!does || (CHANGES.has(action) && !this.#room.mayEdit)) return false;
    return does(this.#room, this) !== false;
  }

  #pressed(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const row = this.#room.rows.of(event.target);
    if (this.#natural(event, row)) return event.preventDefault();
    if (event.key === "?" && !isWriting(event.target)) this.run("keys");
    const action = this.#room.keys.action(event);
    if (!action) return;
    if (IN_TEXT.has(action) && !(row && event.target === row.text)) return;
    if (event.key === "Escape" && isWriting(event.target) && !row) return;
    event.preventDefault();
    this.run(action);
  }

  // What keys do at the edges of a line, as in one text.
  #natural(event, row) {
    if (!row || event.target !== row.text || event.ctrlKey || event.altKey || event.metaKey) return false;
    const { rows, standing, editing, mayEdit } = this.#room;
    const caret = caretIn(row.text);
    const [isFirst, isLast] = [caret === 0, caret === row.text.textContent.length];
    const collapsed = getSelection().isCollapsed;
    const at = standing.at(row.line.id);
    const [before, after] = [standing.lines[at - 1], standing.lines[at + 1]];
    if (event.shiftKey || !collapsed) return false;
    if (mayEdit && event.key === "Backspace" && isFirst && before) return editing.merge(row), true;
    if (mayEdit && event.key === "Delete" && isLast && after) return editing.mergeNext(row), true;
    if (event.key === "ArrowLeft" && isFirst && before) return rows.focus(before.id, -1), true;
    if (event.key === "ArrowRight" && isLast && after) return rows.focus(after.id), true;
    const edge = edgeOf(row.text);
    if (event.key === "ArrowUp" && edge.top && before) return rows.focus(before.id, caret), true;
    if (event.key === "ArrowDown" && edge.bottom && after) return rows.focus(after.id, caret), true;
    return false;
  }

  toDoubt(direction) {
    const { standing, player, rows, beside } = this.#room;
    const from = beside.line && this.#doubtAt >= beside.line.start && this.#doubtAt <= beside.line.end
      ? this.#doubtAt
      : beside.line?.start ?? player.seconds;
    const found = nextDoubt(doubtsOf(standing), this.#doubtAt < 0 ? from - 0.02 : from, direction);
    if (!found) return tell(_("Nothing is in doubt any more."));
    this.#doubtAt = found.start;
    player.seek(Math.max(0, found.start - LEAD_SECONDS));
    player.play();
    const line = found.line ?? standing.lineAt(found.gap.start) ?? standing.lines[0];
    if (line) rows.focus(line.id);
  }
}

// Whether the caret is on the first or last visual line of an element.
function edgeOf(element) {
  const range = getSelection().getRangeAt(0).cloneRange();
  const caret = range.getClientRects()[0] ?? element.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const height = parseFloat(getComputedStyle(element).lineHeight) || 24;
  return { top: caret.top - box.top < height * 0.9, bottom: box.bottom - caret.bottom < height * 0.9 };
}

function step({ standing, rows, beside, following }, direction) {
  const line = beside.line ?? following.line;
  const next = standing.lines[(line ? standing.at(line.id) : -1) + direction];
  if (next) rows.focus(next.id);
}

function withLine(what) {
  return (room) => {
    const line = room.beside.line ?? room.following.line;
    if (!line) return false;
    return what(room, room.standing.line(line.id), room.rows.get(line.id));
  };
}

const DOES = {
  play: ({ player }) => player.toggle(),
  back: ({ player }) => player.step(-1),
  forward: ({ player }) => player.step(1),
  slower: ({ player }) => player.changeSpeed(-1),
  faster: ({ player }) => player.changeSpeed(1),
  replay: withLine(({ player }, line) => {
    player.seek(line.start);
    player.play();
  }),
  loop: withLine(({ player }, line) => {
    player.setLoop(player.loop ? null : { start: line.start, end: line.end });
    if (player.loop) player.play();
  }),
  doubt: (_room, commands) => commands.toDoubt(1),
  "doubt-back": (_room, commands) => commands.toDoubt(-1),
  next: (room) => step(room, 1),
  previous: (room) => step(room, -1),
  heard: withLine((room, line) => {
    room.editing.setReviewed(line, true);
    step(room, 1);
  }),
  split: withLine(({ editing }, _line, row) => {
    if (!editing.split(row)) tell(_("Put the caret between two words."));
  }),
  merge: withLine(({ editing }, _line, row) => editing.merge(row)),
  insert: withLine(({ editing, standing, rows }, line, row) => {
    rows.finish(row);
    const next = standing.lines[standing.at(line.id) + 1];
    const latest = next?.start ?? standing.kept.duration;
    const start = Math.min(line.end, latest);
    const end = Math.min(Math.max(latest, start + 0.2), start + NEW_LINE_SECONDS, standing.kept.duration);
    if (end <= start) return tell(_("There is no time left for a line here."));
    selectAll(rows.get(editing.insert(line, start, end, "…", line.speaker)));
  }),
  delete: withLine(({ editing }, _line, row) => editing.delete(row)),
  speaker: withLine(({ beside }) => beside.chooseSpeaker()),
  take: withLine(({ editing, rows, standing }, line, row) => {
    rows.finish(row);
    const now = standing.line(line.id);
    if (!now.suggestions.length) return tell(_("No spelling is suggested here."));
    editing.take(now, now.suggestions[0]);
  }),
  refuse: withLine(({ editing }, line) => {
    if (!line.suggestions.length) return tell(_("No spelling is suggested here."));
    editing.refuse(line, line.suggestions[0]);
  }),
  hear: withLine((room, line) => openHearing(room, line)),
  align: withLine((room, line) => layOnSound(room, line)),
  glossary: withLine((room, _line, row) => openGlossary(room, row)),
  note: withLine(({ beside }) => beside.writeNote()),
  undo: async ({ editing }) => (await editing.undo()) || tell(_("There is nothing to undo.")),
  redo: async ({ editing }) => (await editing.redo()) || tell(_("There is nothing to redo.")),
  find: (room) => openFinding(room),
  speakers: (room) => openSpeakers(room),
  history: (room) => openHistory(room),
  keys: (room) => openKeyList(room),
};

const CHANGES = new Set([
  "heard", "split", "merge", "insert", "delete", "speaker", "take", "refuse", "note", "undo", "redo",
  "hear", "align", "glossary",
]);
const IN_TEXT = new Set(["split"]);

export function selectAll(row) {
  if (row) getSelection().selectAllChildren(row.text);
}
