// The server counts characters, the browser UTF-16 units; they differ after an emoji.
export function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const units = [0];
  let at = 0;
  for (const character of text) units.push((at += character.length));
  return (offset) => units[Math.min(offset, units.length - 1)];
}

// Where marks are after an edit: those before it stay, those behind it move, those in it go.
export function moved(marks, before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const end = before.length - tail;
  const grown = after.length - before.length;
  return marks
    .filter((mark) => mark.end <= head || mark.start >= end)
    .map((mark) => (mark.end <= head ? mark : { ...mark, start: mark.start + grown, end: mark.end + grown }));
}
