// The script of the public pages: a player that starts at a linked time, a transcript and chapters
// that follow it, search, related episodes. Every page also works without it.

const base = new URL(".", import.meta.url);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const SPEEDS = [1, 1.25, 1.5, 1.75, 2, 0.75];

const audio = document.querySelector("#player");
if (audio) followAndSeek(audio);

for (const button of document.querySelectorAll("button[data-copy]")) offerCopy(button);

const results = document.querySelector("#results");
if (results) search(results);

const related = document.querySelector("#related");
if (related) whenNear(document.querySelector("footer"), () => showRelated(related));

// Player

function followAndSeek(audio) {
  const follow = document.querySelector("#follow");
  if (follow) follow.closest("[hidden]").hidden = false;
  const lines = [...document.querySelectorAll("[data-start]")];
  const chapters = [...document.querySelectorAll("[data-follows] [data-seek]")];
  const keepUp = () => {
    const line = mark(lines, "start", audio, (line) => line);
    mark(chapters, "seek", audio, (link) => link.closest("li"));
    if (line && follow?.checked && !audio.paused) {
      line.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    }
  };
  document.addEventListener("click", (event) => seekByLink(audio, event));
  for (const transcript of document.querySelectorAll(".transcript")) {
    transcript.classList.add("clickable");
    transcript.addEventListener("click", (event) => seekByLine(audio, event));
  }
  audio.addEventListener("timeupdate", keepUp);
  audio.addEventListener("seeked", keepUp);
  offerControls(audio, document.querySelector(".controls"));
  audio.addEventListener("play", () => tellTheLockScreen(audio), { once: true });
  const start = linkedSeconds();
  if (start !== null) seek(audio, start);
}

function offerControls(audio, controls) {
  if (!controls) return;
  controls.hidden = false;
  for (const button of controls.querySelectorAll("[data-skip]")) {
    button.addEventListener("click", () => skip(audio, Number(button.dataset.skip)));
  }
  const speed = controls.querySelector("[data-speed]");
  speed.addEventListener("click", () => {
    audio.playbackRate = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length];
  });
  audio.addEventListener("ratechange", () => {
    const said = `${audio.playbackRate.toLocaleString(document.documentElement.lang)}×`;
    speed.textContent = said;
    speed.setAttribute("aria-label", `${speed.dataset.label}: ${said}`);
  });
}

function skip(audio, seconds) {
  seek(audio, Math.max(0, audio.currentTime + seconds));
}

// The title, the picture and the keys of a phone's lock screen and of a keyboard.
function tellTheLockScreen(audio) {
  if (!("mediaSession" in navigator)) return;
  const picture = document.querySelector(".hero img, .embed img, .show img");
  navigator.mediaSession.metadata = new MediaMetadata({
    title: document.querySelector("h1").textContent,
    artist: document.querySelector(".show span")?.textContent ?? "",
    artwork: picture ? [{ src: picture.src }] : [],
  });
  navigator.mediaSession.setActionHandler("seekbackward", () => skip(audio, -15));
  navigator.mediaSession.setActionHandler("seekforward", () => skip(audio, 30));
}

// A page that is not served securely may not write to the clipboard; there is no button then.
function offerCopy(button) {
  if (!navigator.clipboard) {
    button.hidden = true;
    return;
  }
  const [status, label] = [button.parentElement.querySelector("[role=status]"), button.textContent];
  button.closest("li[hidden]")?.removeAttribute("hidden");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy || momentAddress(audio.currentTime));
    button.textContent = status.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = label;
      status.textContent = "";
    }, 2000);
  });
}

function momentAddress(seconds) {
  const here = new URL(location.href);
  here.searchParams.set("t", String(Math.floor(seconds)));
  here.hash = "";
  return here.href;
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
  history.replaceState(null, "", momentAddress(seconds));
}

// The transcript and the chapters

// The last of `parts` that has begun, when it is another one than before; `shown` of it is marked.
function mark(parts, name, audio, shown) {
  const now = audio.currentTime + 0.05;
  const part = parts.findLast((candidate) => Number(candidate.dataset[name]) <= now);
  const before = parts.find((candidate) => shown(candidate).hasAttribute("aria-current"));
  if (part === before) return null;
  if (before) shown(before).removeAttribute("aria-current");
  if (part) shown(part).setAttribute("aria-current", "true");
  return part;
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
    link.dir = "auto";
    entry.append(link, paragraph(day, "facts"), paragraph(about, ""));
    return entry;
  }));
}

function paragraph(text, className) {
  const made = document.createElement("p");
  made.textContent = text;
  if (className) made.className = className;
  else made.dir = "auto";
  return made;
}
