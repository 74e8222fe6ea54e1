// The caret in a line's text, as a number of characters.

export function caretIn(element) {
  const selection = getSelection();
  if (!selection.rangeCount || !element.contains(selection.focusNode)) return null;
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(selection.focusNode, selection.focusOffset);
  return range.toString().length;
}

export function placeCaret(element, offset) {
  const node = element.firstChild;
  getSelection().collapse(node ?? element, node ? Math.min(offset, node.length) : 0);
}

export function isCollapsed() {
  return getSelection().isCollapsed;
}

// Where a caret is after the text around it changed.
export function shifted(caret, before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  if (caret <= head) return caret;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (caret >= before.length - tail) return after.length - (before.length - caret);
  return Math.min(caret, after.length - tail);
}

// How many words begin before an offset: the number of the word in which it lies, or is at.
export function wordAt(text, offset) {
  const before = text.slice(0, offset);
  const begun = before.split(/\s+/).filter(Boolean).length;
  return /\S$/.test(before) ? begun - 1 : begun;
}

// Where a cut at the caret falls: the number of words that stay in front.
export function wordsBefore(text, offset) {
  const before = text.slice(0, offset).split(/\s+/).filter(Boolean).length;
  return /\S$/.test(text.slice(0, offset)) && /^\S/.test(text.slice(offset)) ? before - 1 : before;
}
