// Narrows the board to what somebody looks for; the choice stays in the address.
import { _, say } from "./words.js";

const rows = document.getElementById("rows");
const chips = [...document.querySelectorAll(".chip")];
const find = document.getElementById("find");
const order = document.getElementById("order");
const chosen = new URLSearchParams(location.hash.slice(1));
const tones = { bad: 0, doubt: 1, "": 2, good: 3 };
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const byDay = (a, b) => b.dataset.day.localeCompare(a.dataset.day);
const orders = {
  day: byDay,
  title: (a, b) => a.dataset.title.localeCompare(b.dataset.title),
  tone: (a, b) => tones[a.dataset.tone] - tones[b.dataset.tone] || byDay(a, b),
};

export function narrow() {
  const group = chosen.get("show") ?? "all";
  const wanted = plain(find.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows.children) {
    const text = plain(`${row.dataset.title} ${row.dataset.slug}`);
    const isIn = row.dataset.groups.split(" ").includes(group) && wanted.every((word) => text.includes(word));
    row.hidden = !isIn;
    shown += isIn;
  }
  for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset.group === group));
  document.getElementById("nothing").hidden = shown > 0;
  return shown;
}

export function recount() {
  for (const chip of chips) {
    const count = [...rows.children].filter((row) => row.dataset.groups.split(" ").includes(chip.dataset.group)).length;
    chip.querySelector(".count").textContent = count;
  }
}

function sort() {
  rows.append(...[...rows.children].sort(orders[order.value] ?? byDay));
}

function choose(key, value) {
  if (value && value !== "all" && value !== "day") chosen.set(key, value);
  else chosen.delete(key);
  history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname);
}

function tell() {
  say(_("{count} episodes shown").replace("{count}", narrow()));
}

for (const chip of chips) {
  chip.addEventListener("click", () => {
    choose("show", chip.dataset.group);
    tell();
  });
}
find.addEventListener("input", () => {
  choose("find", find.value);
  tell();
});
order.addEventListener("change", () => {
  choose("order", order.value);
  sort();
});
find.value = chosen.get("find") ?? "";
order.value = chosen.get("order") ?? "day";
if (order.value !== "day") sort();
narrow();
