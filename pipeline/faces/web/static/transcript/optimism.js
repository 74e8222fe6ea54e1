// What an operation will do, shown before the server has done it. The server's answer replaces it.
// A state is { lines: Map of id → line, order: ids }; neither is changed, a new one is returned.

const LETTER_SECONDS = 0.07;

export const wordsOf = (text) => text.split(/\s+/).filter(Boolean);
export const oneLine = (text) => wordsOf(text).join(" ");

export function applied(state, operation) {
  const apply = APPLY[operation.kind];
  if (!apply) return state;
  const next = { lines: new Map(state.lines), order: state.order };
  apply(next, operation);
  return next;
}

const APPLY = {
  text(state, { id, edits }) {
    for (const { on, text } of edits) change(state, on.line, (line) => withText(line, text, id));
  },
  split(state, { id, on, before_word: cut }) {
    const line = state.lines.get(on.line);
    const words = line ? wordsOf(line.text) : [];
    if (!line || cut < 1 || cut >= words.length) return;
    const [first, second] = [line.times.slice(0, 2 * cut), line.times.slice(2 * cut)];
    state.lines.set(line.id, {
      ...plain(line, id), text: words.slice(0, cut).join(" "), times: first, end: first.at(-1),
    });
    state.lines.set(id, {
      ...plain(line, id), id, text: words.slice(cut).join(" "), times: second, start: second[0],
      notes: [],
    });
    insertAfter(state, line.id, id);
  },
  merge(state, { id, lines: names }) {
    const lines = names.map((name) => state.lines.get(name));
    if (lines.includes(undefined)) return;
    const [first] = lines;
    const isReviewed = lines.every((line) => line.reviewed_by === first.reviewed_by);
    state.lines.set(first.id, {
      ...plain(first, id),
      text: oneLine(lines.map((line) => line.text).join(" ")),
      times: lines.flatMap((line) => line.times),
      end: Math.max(...lines.map((line) => line.end)),
      reviewed_by: isReviewed ? first.reviewed_by : "",
      notes: lines.flatMap((line) => line.notes),
    });
    remove(state, names.slice(1));
  },
  delete(state, { lines }) {
    remove(state, lines.map((seen) => seen.line));
  },
  insert(state, { id, after, start, end, text, speaker }) {
    state.lines.set(id, {
      id, version: id, start, end, speaker, text: oneLine(text),
      times: shared(wordsOf(text), start, end),
      is_guess: false, unsure: [], reasons: [], reviewed_by: "", notes: [], suggestions: [],
    });
    insertAfter(state, after, id);
  },
  retime(state, { id, on, start, end }) {
    change(state, on.line, (line) => {
      const stretch = (end - start) / (line.end - line.start || 1);
      const times = line.times.map((time) => start + (time - line.start) * stretch);
      return { ...line, version: id, start, end, times };
    });
  },
  rename(state, { id, names, to }) {
    for (const line of [...state.lines.values()]) {
      if (names.includes(line.speaker) && line.speaker !== to) {
        state.lines.set(line.id, { ...line, version: id, speaker: to, is_guess: false });
      }
    }
  },
  speaker(state, { id, lines, speaker }) {
    for (const seen of lines) {
      change(state, seen.line, (line) => ({ ...line, version: id, speaker, is_guess: false }));
    }
  },
  take(state, { id, on, suggestion, first_word: first, last_word: last, text }) {
    change(state, on.line, (line) => {
      const words = wordsOf(line.text);
      const written = [...words.slice(0, first), text, ...words.slice(last + 1)].join(" ");
      const others = line.suggestions.filter((each) => each.key !== suggestion);
      return { ...withText(line, written, id), suggestions: others };
    });
  },
  refuse(state, { id, on, suggestion }) {
    change(state, on.line, (line) => ({
      ...line, version: id, suggestions: line.suggestions.filter((each) => each.key !== suggestion),
    }));
  },
  reviewed(state, { id, author, lines, reviewed }) {
    for (const seen of lines) {
      change(state, seen.line, (line) => ({
        ...line, version: id, reviewed_by: reviewed ? author : "",
        reasons: reviewed ? [] : line.reasons, unsure: reviewed ? [] : line.unsure,
      }));
    }
  },
  note(state, { id, author, at, on, text }) {
    change(state, on.line, (line) => ({
      ...line, version: id, notes: [...line.notes, { id, author, at, text }],
    }));
  },
  remove_note(state, { id, on, note }) {
    change(state, on.line, (line) => ({
      ...line, version: id, notes: line.notes.filter((each) => each.id !== note),
    }));
  },
};

function change(state, name, how) {
  const line = state.lines.get(name);
  if (line) state.lines.set(name, how(line));
}

// Places of words are no longer known; the server finds them again.
function plain(line, version) {
  return { ...line, version, suggestions: [], unsure: [] };
}

function withText(line, text, version) {
  const [old, words] = [wordsOf(line.text), wordsOf(text)];
  const head = common(old, words);
  const tail = common(old.slice(head).reverse(), words.slice(head).reverse());
  const start = head ? line.times[2 * head - 1] : line.times[0] ?? line.start;
  const end = tail ? line.times[2 * (old.length - tail)] : line.times.at(-1) ?? line.end;
  const middle = words.slice(head, words.length - tail);
  const isWordByWord = middle.length === old.length - head - tail;
  const times = isWordByWord
    ? line.times
    : [
        ...line.times.slice(0, 2 * head),
        ...shared(middle, start, Math.max(end, start + (tail ? 0 : room(middle)))),
        ...line.times.slice(2 * (old.length - tail)),
      ];
  return { ...plain(line, version), text: words.join(" "), times };
}

const room = (words) => LETTER_SECONDS * words.join("").length;

function shared(words, start, end) {
  const letters = words.join("").length || 1;
  const times = [];
  let said = 0;
  for (const word of words) {
    times.push(start + ((end - start) * said) / letters);
    said += word.length;
    times.push(start + ((end - start) * said) / letters);
  }
  return times;
}

function common(one, other) {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count += 1;
  return count;
}

function insertAfter(state, after, id) {
  const at = after ? state.order.indexOf(after) + 1 : 0;
  state.order = [...state.order.slice(0, at), id, ...state.order.slice(at)];
}

function remove(state, names) {
  const gone = new Set(names);
  for (const name of names) state.lines.delete(name);
  state.order = state.order.filter((name) => !gone.has(name));
}
