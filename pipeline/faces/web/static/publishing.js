// Approval and publishing: sign what is shown, look at the plan, let it go out, follow it.
import { ask, Refusal } from "./asking.js";
import { listen } from "./events.js";
import { make } from "./making.js";
import { planShown, publicationsShown } from "./plan.js";
import { _, say } from "./words.js";

const room = document.getElementById("publishing");
const { slug, mark } = room.dataset;
const find = (id) => document.getElementById(id);
const episode = `/api/episodes/${encodeURIComponent(slug)}`;

async function attempt(button, problemAt, work) {
  const at = find(problemAt);
  at.hidden = true;
  if (button) button.disabled = true;
  try {
    return await work();
  } catch (error) {
    at.textContent = error instanceof Refusal
      ? `${error.problem} ${error.remedy}`
      : _("The connection to the server is lost.");
    at.hidden = false;
    return undefined;
  } finally {
    if (button) button.disabled = false;
  }
}

function onClick(id, problemAt, work) {
  const button = find(id);
  button?.addEventListener("click", () => attempt(button, problemAt, work));
}

onClick("approve", "approval-problem", async () => {
  const reasons = [...document.querySelectorAll("[data-finding]")]
    .map((input) => [input.dataset.finding, input.value.trim()])
    .filter(([, reason]) => reason);
  await ask(`${episode}/approval`, { method: "PUT", body: { seen: mark, accepted: Object.fromEntries(reasons) } });
  location.reload();
});
onClick("take-back", "approval-problem", async () => {
  await ask(`${episode}/approval`, { method: "DELETE" });
  location.reload();
});
onClick("plan", "publishing-problem", () => showPlan({}));
onClick("give-back", "publishing-problem", async () =>
  follow(await ask(`${episode}/withdrawal`, { method: "DELETE" })));
onClick("list-publications", "publishing-problem", async () => {
  const saved = await ask("/api/publications");
  find("publications").replaceChildren(
    publicationsShown(saved, (id) =>
      attempt(null, "publishing-problem", () => showPlan({ publication: id }))),
  );
});
onClick("send", "publishing-problem", () => send({}));
find("withdraw")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  attempt(form.querySelector("button"), "publishing-problem", async () => {
    const body = { reason: form.elements.reason.value };
    follow(await ask(`${episode}/withdrawal`, { method: "PUT", body }));
  });
});

async function send(wish) {
  const at = find("sent");
  try {
    const sent = await ask(`${episode}/wordpress`, { method: "POST", body: wish });
    at.replaceChildren(
      make("p", { class: "good" }, `${_("It is there as a draft:")} `, make("a", { href: sent.edit_link, rel: "noreferrer" }, _("Open it there"))),
      ...sent.notes.map((note) => make("p", { class: "note" }, note)),
    );
  } catch (error) {
    if (!(error instanceof Refusal) || !error.rest.differences) throw error;
    const choose = (label, prefer) =>
      make("button", { class: "button plain", onclick: (event) => attempt(event.target, "publishing-problem", () => send({ prefer })) }, label);
    at.replaceChildren(
      make("p", { class: "warning" }, _("Both sides changed the post. Whose words shall stand?")),
      ...Object.entries(error.rest.differences).map(([name, text]) => make("p", { class: "piece" }, `${name}: ${text}`)),
      make("p", {}, choose(_("Ours"), "ours"), " ", choose(_("Theirs"), "theirs")),
    );
  }
}

async function showPlan(wish) {
  const at = find("plan-shown");
  at.hidden = false;
  at.replaceChildren(make("p", { class: "quiet" }, _("Looking…")));
  try {
    const plan = await ask("/api/publishing/plan", { method: "POST", body: wish });
    const label = wish.publication ? _("Bring this back") : _("Publish this");
    at.replaceChildren(planShown(plan, slug, label, (button) => publish(plan, button)));
    at.querySelector("button, p")?.focus();
  } catch (error) {
    at.hidden = true;
    throw error;
  }
}

function publish(plan, button) {
  attempt(button, "publishing-problem", async () => {
    const address = `/api/publishing?slug=${encodeURIComponent(slug)}`;
    follow(await ask(address, { method: "POST", body: { plan: plan.plan } }));
    find("plan-shown").hidden = true;
  });
}

let wasRunning = false;

function follow(now) {
  if (now.is_running) find("press-done").hidden = true;
  if (now.is_running || wasRunning) progress(now);
  if (wasRunning && !now.is_running) ended();
  wasRunning = now.is_running;
}

function progress({ is_running: isRunning, share, who }) {
  find("press").hidden = !isRunning;
  find("press-share").value = share;
  find("press-said").textContent = `${who} ${_("is publishing")}: ${Math.round(share * 100)} %`;
}

async function ended() {
  const now = await ask("/api/publishing");
  if (now.problem) {
    const at = find("publishing-problem");
    at.textContent = `${now.problem} ${now.remedy}`;
    at.hidden = false;
    return;
  }
  say(_("Done."));
  sessionStorage.setItem(`done ${slug}`, JSON.stringify(now));
  location.reload(); // approval, links and the trail are others now
}

function showWhatWasDone() {
  const kept = sessionStorage.getItem(`done ${slug}`);
  if (!kept) return;
  sessionStorage.removeItem(`done ${slug}`);
  const now = JSON.parse(kept);
  const links = Object.entries(now.links).map(([title, address]) =>
    make("li", {}, make("a", { href: address, rel: "noreferrer" }, title)));
  const at = find("press-done");
  at.replaceChildren(
    make("p", { class: "good" }, _("Done.")),
    make("ul", {}, links),
    planShown(now.done, slug, "", null),
  );
  at.hidden = false;
}

showWhatWasDone();
const catchUp = async () => follow(await ask("/api/publishing"));
listen({ publishing: follow }, { onBack: catchUp });
catchUp();
