// The board as it changes: rows are asked for again when something happened to their episode.
import { listen } from "./events.js";
import { narrow, recount } from "./narrowing.js";
import { showProgress } from "./stage_progress.js";

const rows = document.getElementById("rows");
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

function progress(told) {
  if (!showProgress(document.getElementById(`row-${told.slug}`), told)) renewSoon(told.slug);
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
