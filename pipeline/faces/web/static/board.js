// The board as it changes: rows are asked for again when something happened to their episode.
import { listen } from "./events.js";
import { _ } from "./words.js";
import { narrow, recount } from "./narrowing.js";

const rows = document.getElementById("rows");
const names = {
  normalize: "Sound",
  transcribe: "Transcript",
  caption: "Captions",
  tag: "Chapters and tags",
  draft: "Article draft",
  illustrate: "Picture",
};
const waiting = new Map();

// Several things happen to an episode within a moment; it is asked for once.
function renewSoon(slug) {
  if (!slug || waiting.has(slug)) return;
  waiting.set(slug, setTimeout(() => renew(slug).finally(() => waiting.delete(slug)), 250));
}

async function renew(slug) {
  const answer = await fetch(`/board/rows/${encodeURIComponent(slug)}`);
  if (answer.status === 401 || answer.redirected) return location.reload();
  const before = document.getElementById(`row-${slug}`);
  if (!answer.ok) {
    if (answer.status === 404) before?.remove();
    return recount();
  }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const after = holder.content.querySelector(".row");
  if (!before) rows.prepend(after);
  else {
    const hadFocus = before.contains(document.activeElement) ? document.activeElement.className : null;
    before.replaceWith(after);
    if (hadFocus !== null) (after.querySelector(`a[class="${hadFocus}"]`) ?? after.querySelector("a")).focus();
  }
  recount();
  narrow();
}

function progress({ slug, stage, share, text }) {
  const row = document.getElementById(`row-${slug}`);
  const bar = row?.querySelector("progress");
  if (!bar || row.querySelector(".doing").textContent !== _(names[stage] ?? stage)) return renewSoon(slug);
  bar.value = share;
  row.querySelector(".share").textContent = `${Math.floor(share * 100)} %`;
  if (text) row.querySelector(".latest").textContent = text;
}

async function renewPart(address, id) {
  const answer = await fetch(address);
  if (answer.ok && !answer.redirected) document.getElementById(id).innerHTML = await answer.text();
}

const renewed = ({ slug }) => renewSoon(slug);
listen(
  {
    started: renewed,
    finished: renewed,
    failed: renewed,
    changed: renewed,
    arrived: renewed,
    progress,
    inbox: () => renewPart("/board/inbox", "inbox"),
    trouble: () => location.reload(),
  },
  { onBack: () => location.reload() },
);
