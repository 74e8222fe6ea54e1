// The only script of the public pages: a player that starts at a linked time, a transcript that
// follows it, search, related episodes. Every page also works without it.

const base = new URL(".", import.meta.url);
const calm = matchMedia("(prefers-reduced-motion: reduce)");

const audio = document.querySelector("#player");
if (audio) followAndSeek(audio);

const results = document.querySelector("#results");
if (results) search(results);

const related = document.querySelector("#related");
if (related) whenNear(document.querySelector("footer"), () => showRelated(related));

// Player

function followAndSeek(audio) {
  const lines = [...document.querySelectorAll("[data-start]")];
  const follow = document.querySelector("#follow");
  if (follow) follow.closest("[hidden]").hidden = false;
  document.addEventListener("click", (event) => seekByLink(audio, event));
  for (const transcript of document.querySelectorAll(".transcript")) {
    transcript.classList.add("clickable");
    transcript.addEventListener("click", (event) => seekByLine(audio, event));
  }
  audio.addEventListener("timeupdate", () => mark(lines, audio, follow));
  audio.addEventListener("seeked", () => mark(lines, audio, follow));
  const start = linkedSeconds();
  if (start !== null) seek(audio, start);
}

// `?t=` or `#t=`: 65, 1:05 or 1m5s.
function linkedSeconds() {
  const asked = new URLSearchParams(location.search).get("t")
    ?? new URLSearchParams(location.hash.slice(1)).get("t");
  return asked === null ? null : secondsOf(asked);
}

function secondsOf(text) {
  const spelled = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(text);
  const parts = spelled ? spelled.slice(1).map((part) => part ?? "0") : text.split(":");
  const seconds = parts.reduce((sum, part) => sum * 60 + Number(part), 0);
  return text !== "" && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

function seek(audio, seconds) {
  if (audio.readyState >= HTMLMediaElement.HAVE_METADATA) {
    audio.currentTime = Math.min(seconds, audio.duration);
    return;
  }
  audio.addEventListener("loadedmetadata", () => seek(audio, seconds), { once: true });
  audio.preload = "metadata";
}

function seekByLink(audio, event) {
  const link = event.target.closest("a[data-seek]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  playFrom(audio, Number(link.dataset.seek));
}

function seekByLine(audio, event) {
  const line = event.target.closest("[data-start]");
  if (!line || event.target.closest("a") || String(getSelection())) return;
  playFrom(audio, Number(line.dataset.start));
}

function playFrom(audio, seconds) {
  seek(audio, seconds);
  audio.play().catch(() => audio.focus());
  const here = new URL(location.href);
  here.searchParams.set("t", String(Math.floor(seconds)));
  here.hash = "";
  history.replaceState(null, "", here);
}

// The transcript

function mark(lines, audio, follow) {
  const now = audio.currentTime + 0.05;
  const line = lines.findLast((candidate) => Number(candidate.dataset.start) <= now);
  const before = document.querySelector("[data-start][aria-current]");
  if (line === before) return;
  before?.removeAttribute("aria-current");
  line?.setAttribute("aria-current", "true");
  if (line && follow?.checked && !audio.paused) {
    line.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }
}

// Search

async function search(results) {
  document.querySelector("#unscripted").hidden = true;
  const asked = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  document.querySelector("#q").value = asked;
  if (!asked) return;
  const status = document.querySelector("#found");
  try {
    const found = ranked(await episodes(), wordsOf(asked));
    status.textContent = found.length
      ? status.dataset.some.replace("{count}", found.length)
      : status.dataset.none;
    list(results, found.slice(0, 100));
  } catch {
    status.textContent = status.dataset.failed;
  }
}

async function episodes() {
  const answer = await fetch(new URL("search.json", base));
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  return (await answer.json()).episodes;
}

function wordsOf(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// Each word must begin a word of the episode; where it does decides how much that counts.
const WEIGHTS = { title: 8, people: 6, topics: 5, place: 4, about: 2 };

function ranked(all, asked) {
  return all
    .map((episode) => ({ episode, score: scoreOf(episode, asked) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ episode }) => episode);
}

function scoreOf(episode, asked) {
  const fields = Object.entries(WEIGHTS).map(([name, weight]) =>
    [wordsOf([episode[name]].flat().join(" ")), weight]);
  const scores = asked.map((word) => Math.max(...fields.map(([words, weight]) =>
    words.some((said) => said.startsWith(word)) ? weight : 0)));
  return asked.length && scores.every(Boolean) ? scores.reduce((sum, score) => sum + score) : 0;
}

// Related episodes: the list of all may be long, so it is loaded for who reads to the end only.

function whenNear(element, act) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    act();
  }, { rootMargin: "300px" });
  observer.observe(element);
}

async function showRelated(section) {
  const all = await episodes().catch(() => []);
  const here = all.find((episode) => episode.page === section.dataset.page);
  const near = here ? nearest(all, here) : [];
  list(section.querySelector("ol"), near);
  section.hidden = near.length === 0;
}

// A topic or guest that few episodes share says more than one that all have.
function nearest(all, here) {
  const marks = (episode) => new Set([...episode.topics, ...episode.guests]);
  const counts = new Map();
  for (const episode of all) {
    for (const mark of marks(episode)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  const own = marks(here);
  return all
    .filter((episode) => episode !== here)
    .map((episode) => ({
      episode,
      score: [...marks(episode)].filter((mark) => own.has(mark))
        .reduce((sum, mark) => sum + Math.log(1 + all.length / counts.get(mark)), 0),
    }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .slice(0, 4)
    .map(({ episode }) => episode);
}

function list(ol, episodes) {
  ol.replaceChildren(...episodes.map(({ title, page, day, about }) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(page, base);
    link.textContent = title;
    entry.append(link, paragraph(day, "facts"), paragraph(about, ""));
    return entry;
  }));
}

function paragraph(text, className) {
  const made = document.createElement("p");
  made.textContent = text;
  if (className) made.className = className;
  return made;
}
