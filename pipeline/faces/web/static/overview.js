// An episode at a glance, as it changes; "try again" asks the worker.
import { ask } from "./asking.js";
import { listen } from "./events.js";
import { showProgress } from "./stage_progress.js";
import { _, say } from "./words.js";

const main = document.getElementById("main");
const slug = document.getElementById("glance").dataset.slug;
let timer = 0;

function renewSoon() {
  clearTimeout(timer);
  timer = setTimeout(renew, 300);
}

async function renew() {
  const answer = await fetch(location.pathname);
  if (!answer.ok || answer.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  main.replaceChildren(...page.getElementById("main").childNodes);
  if (focused) document.getElementById(focused)?.focus();
}

main.addEventListener("click", async (event) => {
  if (event.target.id !== "again") return;
  event.target.disabled = true;
  try {
    await ask(`/api/episodes/${slug}/run`, { method: "POST" });
    say(_("It is tried again."));
  } catch (refusal) {
    say(refusal.message);
    event.target.disabled = false;
  }
});

const ours = (handle) => (said) => said.slug === slug && handle(said);
listen(
  {
    started: ours(renewSoon),
    finished: ours(renewSoon),
    failed: ours(renewSoon),
    changed: ours(renewSoon),
    progress: ours((told) => showProgress(main, told) || renewSoon()),
  },
  { onBack: renewSoon },
);
