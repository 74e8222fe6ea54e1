// Search in what was said. A filter for each episode tells whether it may have all the words; they
// are loaded year by year, the newest first. Whether it has them, and when, is in its transcript.

const base = new URL(".", import.meta.url);
const SHOWN_AT_A_TIME = 10;
const LOADED_AT_A_TIME = 40;
const PASSAGES = 3;
const HASHES = 7;

// Those of words/search_terms.py: each is tried once, in this order, with how many letters must be
// left.
const RULES = [
  [/^(?:meng|peng|meny|peny|mem|pem|men|pen|ter|ber|per|me|pe|di|ke(?=\w+an(?:nya)?$))/, 4],
  [/(?:lah|kah|pun)$/, 5],
  [/nya$/, 4],
  [/(?:kan|an|i)$/, 4],
];
const LOST_IN_PREFIXES = /^[kpts](?=[aeiou])/;
const LOST = [[/^[mp]eng[aeiou]/, "k"], [/^[mp]eny[aeiou]/, "s"], [/^[mp]em[aeiou]/, "p"], [/^[mp]en[aeiou]/, "t"]];

const section = document.querySelector("#said");
const asked = wordsOf(new URLSearchParams(location.search).get("q") ?? "");
if (section && asked.length) lookBack(section, asked);

function lookBack(section, asked) {
  const [status, list, more] = ["[role=status]", "ol", "button"].map((part) => section.querySelector(part));
  const found = lookedThrough(asked, section.dataset.years.split(" ").filter(Boolean));
  const goOn = async () => {
    more.hidden = true;
    status.textContent = status.dataset.looking;
    try {
      more.hidden = await showSome(found, list);
      const count = list.childElementCount;
      status.textContent = count ? status.dataset.some.replace("{count}", count) : status.dataset.none;
    } catch {
      status.textContent = status.dataset.failed;
    }
  };
  section.hidden = false;
  more.addEventListener("click", goOn);
  goOn();
}

// Whether there is nothing further back.
async function showSome(found, list) {
  for (let shown = 0, read = 0; shown < SHOWN_AT_A_TIME && read < LOADED_AT_A_TIME; read += 1) {
    const { value, done } = await found.next();
    if (done) return true;
    if (!value.passages.length) continue;
    list.append(entry(value));
    shown += 1;
  }
  return false;
}

// Each episode that may have all the words, with the passages in which it has them, or none.
async function* lookedThrough(asked, years) {
  for (const year of years) {
    const { episodes } = await loaded(`said-${year}.json`);
    for (const episode of episodes) {
      const bits = Uint8Array.from(atob(episode.said), (character) => character.charCodeAt(0));
      if (!asked.every((word) => mayHave(bits, word.term))) continue;
      const { segments } = await loaded(episode.transcript);
      yield { episode, passages: passagesWith(asked, segments) };
    }
  }
}

async function loaded(key) {
  const answer = await fetch(new URL(key, base));
  if (!answer.ok) throw new Error(`${key}: ${answer.status}`);
  return answer.json();
}

// The best passages in the order in which they are said; none unless all words are said somewhere.
// Each word is in one of them, where there is room.
function passagesWith(asked, segments) {
  const passages = segments.map((segment) => {
    const said = wordsOf(segment.body);
    const hits = asked.map((word) => Math.max(0, ...said.map((other) => likeness(word, other))));
    return { segment, hits, worth: hits.reduce((sum, hit) => sum + hit, 0) };
  }).filter(({ worth }) => worth > 0);
  if (!asked.every((_word, at) => passages.some(({ hits }) => hits[at] > 0))) return [];
  const chosen = [];
  while (chosen.length < Math.min(PASSAGES, passages.length)) chosen.push(next(passages, chosen));
  return chosen
    .map(({ segment }) => segment)
    .sort((one, other) => one.startTime - other.startTime);
}

// The passage that adds the most words to the chosen ones; among equals the best by itself.
function next(passages, chosen) {
  const isNew = (at) => !chosen.some(({ hits }) => hits[at] > 0);
  const gain = ({ hits, worth }) => hits.filter((hit, at) => hit > 0 && isNew(at)).length * 1000 + worth;
  return passages
    .filter((passage) => !chosen.includes(passage))
    .reduce((best, passage) => (gain(passage) > gain(best) ? passage : best));
}

function entry({ episode, passages }) {
  const item = element("li");
  const title = element("a", episode.title);
  title.href = new URL(episode.page, base);
  const day = element("p", episode.day, "facts");
  const said = element("ul", "", "passages");
  said.append(...passages.map((segment) => passage(episode, segment)));
  item.append(title, day, said);
  return item;
}

function passage(episode, segment) {
  const seconds = Math.floor(segment.startTime);
  const item = element("li");
  const time = element("a", clock(seconds), "time");
  time.href = new URL(`${episode.page}?t=${seconds}`, base);
  item.append(time, " ", ...(segment.speaker ? [element("cite", segment.speaker), " "] : []));
  item.append(...marked(segment.body));
  return item;
}

// The words that were asked for stand out; what is said is text and never markup.
function marked(body) {
  return body.split(/([\p{L}\p{N}\p{M}]+)/u).map((piece) => {
    const isAsked = wordsOf(piece).some((word) => asked.some((other) => likeness(word, other) > 0));
    return isAsked ? element("mark", piece) : piece;
  });
}

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

// Words

function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(taken);
}

// A word as it is, its possible roots, and the term under which it is in the filter.
function taken(word) {
  const stem = RULES.reduce((left, [rule, least]) => {
    const shorter = left.replace(rule, "");
    return shorter.length >= least ? shorter : left;
  }, word);
  const lost = LOST.filter(([rule]) => stem !== word && rule.test(word)).map(([, letter]) => letter + stem);
  return { word, roots: [stem, ...lost], term: stem.replace(LOST_IN_PREFIXES, "") };
}

// 2 for the same word, 1 for one of the same root.
function likeness(one, other) {
  if (one.word === other.word) return 2;
  return one.roots.some((root) => other.roots.includes(root)) ? 1 : 0;
}

// The filter of words/term_filter.py.

function mayHave(bits, term) {
  if (!bits.length) return false;
  const first = fnv(new TextEncoder().encode(term));
  const second = (mixed(first) | 1) >>> 0;
  const places = Array.from({ length: HASHES }, (_nothing, number) => (first + number * second) % (8 * bits.length));
  return places.every((place) => bits[place >> 3] >> (place & 7) & 1);
}

function fnv(bytes) {
  return bytes.reduce((value, byte) => Math.imul(value ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
}

function mixed(value) {
  let left = Math.imul(value ^ value >>> 16, 0x85ebca6b);
  left = Math.imul(left ^ left >>> 13, 0xc2b2ae35);
  return (left ^ left >>> 16) >>> 0;
}
