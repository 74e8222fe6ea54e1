// The places to listen to, in order of time: lines with a doubt or a suggestion, and gaps.

export function doubtsOf(standing) {
  const lines = standing.lines
    .filter((line) => line.reasons.length || line.suggestions.length)
    .map((line) => ({ start: startOf(line), line }));
  const gaps = standing.kept.gaps.map((gap) => ({ start: gap.start, gap }));
  return [...lines, ...gaps].sort((one, other) => one.start - other.start);
}

// The nearest one after (1) or before (-1) a time; round the corner when there is none.
export function nextDoubt(doubts, seconds, direction) {
  const [ahead, first] =
    direction > 0
      ? [doubts.find(({ start }) => start > seconds + 0.01), doubts[0]]
      : [doubts.findLast(({ start }) => start < seconds - 0.01), doubts.at(-1)];
  return ahead ?? first;
}

function startOf({ start, times, unsure, suggestions }) {
  const words = [...unsure, ...suggestions.map(({ first }) => first)];
  const first = words.length ? times[2 * Math.min(...words)] : undefined;
  return first ?? start;
}
