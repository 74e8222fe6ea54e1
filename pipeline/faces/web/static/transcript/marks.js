// What is marked within the text without touching it (CSS Custom Highlight API): the word that is
// said, words in doubt, words for which the glossary knows another spelling.

const HAS = "highlights" in CSS;
const NAMES = ["unsure", "suggested", "said"];

export class Marks {
  #rows;
  #ofRow = new Map();
  #sets = Object.fromEntries(NAMES.map((name) => [name, HAS ? new Highlight() : null]));

  constructor(rows, standing) {
    this.#rows = rows;
    if (!HAS) return;
    for (const name of NAMES) CSS.highlights.set(name, this.#sets[name]);
    this.#sets.said.priority = 1;
    rows.addEventListener("shown", () => this.#follow(standing.lines));
  }

  // The word of a line that is being said; null: none.
  say(line, word) {
    if (!HAS) return;
    this.#sets.said.clear();
    const row = line && this.#rows.get(line.id);
    if (!row || row.isTyped) return;
    const range = rangeOf(row.text, word, word);
    if (range) this.#sets.said.add(range);
  }

  #follow(lines) {
    const gone = new Set(this.#ofRow.keys());
    for (const line of lines) {
      gone.delete(line.id);
      if (this.#ofRow.get(line.id)?.line === line) continue;
      this.#forget(line.id);
      if (line.unsure.length || line.suggestions.length) this.#mark(line);
    }
    for (const id of gone) this.#forget(id);
  }

  #mark(line) {
    const { text } = this.#rows.get(line.id);
    const made = [
      ...line.unsure.map((word) => ["unsure", rangeOf(text, word, word)]),
      ...line.suggestions.map(({ first, last }) => ["suggested", rangeOf(text, first, last)]),
    ].filter(([, range]) => range);
    for (const [name, range] of made) this.#sets[name].add(range);
    this.#ofRow.set(line.id, { line, made });
  }

  #forget(id) {
    for (const [name, range] of this.#ofRow.get(id)?.made ?? []) this.#sets[name].delete(range);
    this.#ofRow.delete(id);
  }
}

// The words `first` to `last` of an element's text.
export function rangeOf(element, first, last) {
  const node = element.firstChild;
  if (!node) return null;
  const words = [...node.data.matchAll(/\S+/g)];
  if (!words[first] || !words[last]) return null;
  const range = document.createRange();
  range.setStart(node, words[first].index);
  range.setEnd(node, words[last].index + words[last][0].length);
  return range;
}
