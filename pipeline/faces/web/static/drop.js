// Bringing recordings: what is dropped or chosen, and what is on its way already.
import { ask } from "./asking.js";
import { listen } from "./events.js";
import { Card } from "./drop/card.js";
import { chosenFiles, chosenFolder, droppedThings } from "./drop/things.js";

const zone = document.getElementById("zone");
const list = document.getElementById("drops");
const refused = document.getElementById("refused");
const cards = new Map();

function add(drop) {
  const card = new Card(drop, gone);
  cards.set(drop.id, card);
  list.prepend(card.element);
  offerAll();
  return card;
}

function gone(card) {
  cards.delete(card.drop.id);
  card.element.remove();
  offerAll();
}

function offerAll() {
  document.querySelector(".all-over").hidden = cards.size < 2;
}

// The same thing again goes on where it was.
function knownAs(thing) {
  return [...cards.values()].find(
    ({ drop }) =>
      drop.state === "coming" &&
      drop.is_folder === thing.isFolder &&
      drop.files.length === thing.files.length &&
      drop.files.every((said) => thing.files.some((file) => file.size === said.size && (!said.modified_ms || file.lastModified === said.modified_ms))),
  );
}

export async function bring(things) {
  refused.replaceChildren();
  for (const thing of things) {
    const known = knownAs(thing);
    if (known) {
      known.bring(thing.files);
      continue;
    }
    const files = thing.files.map((file) => ({ name: file.name, size: file.size, modified_ms: file.lastModified }));
    try {
      const body = { name: thing.name, is_folder: thing.isFolder, files };
      const drop = await ask("/api/drops", { method: "POST", body });
      const card = cards.get(drop.id) ?? add(drop);
      card.bring(thing.files);
    } catch (refusal) {
      refuse(thing.name, refusal);
    }
  }
}

function refuse(name, refusal) {
  const said = document.createElement("p");
  said.className = "problem";
  said.textContent = `${refusal.problem ?? `${name}: ${refusal.message}`} ${refusal.remedy ?? ""}`;
  refused.append(said);
}

let asked = Promise.resolve();
// One question at a time: what is answered later is newer.
function renew() {
  asked = asked.then(renewNow).catch(() => {});
  return asked;
}

async function renewNow() {
  const { drops } = await ask("/api/drops");
  for (const drop of drops) {
    const card = cards.get(drop.id);
    if (card) card.renew(drop);
    else add(drop);
  }
  for (const card of [...cards.values()]) {
    if (!drops.some((drop) => drop.id === card.drop.id)) card.leftForTheNewsroom();
  }
}


for (const kind of ["dragenter", "dragover"]) {
  addEventListener(kind, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  });
}
addEventListener("dragleave", (event) => event.relatedTarget ?? zone.classList.remove("over"));
addEventListener("drop", async (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  zone.classList.remove("over");
  await bring(await droppedThings(event.dataTransfer));
});
document.getElementById("files").addEventListener("change", async ({ target }) => {
  await bring(chosenFiles(target.files));
  target.value = "";
});
document.getElementById("folder").addEventListener("change", async ({ target }) => {
  await bring(chosenFolder(target.files));
  target.value = "";
});
document.getElementById("all-over").addEventListener("click", async () => {
  for (const card of [...cards.values()]) if (card.drop.state !== "refused") await card.handOver(true);
});
addEventListener("beforeunload", (event) => {
  if ([...cards.values()].some((card) => card.isSending)) event.preventDefault();
});
listen({ drops: renew }, { onBack: renew });
await renew();
