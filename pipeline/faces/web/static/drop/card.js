// One drop on its way: how far it is, what is wrong with it, and its form.
import { ask } from "../asking.js";
import { _, say } from "../words.js";
import { Form } from "./form.js";
import { Sending } from "./sending.js";

const inMegabytes = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
const amount = (bytes) => (bytes >= 1e9 ? `${inMegabytes.format(bytes / 1e9)} GB` : `${inMegabytes.format(bytes / 1e6)} MB`);

export class Card {
  // gone: called when the drop is no longer on its way
  constructor(drop, gone) {
    this.drop = drop;
    this.gone = gone;
    this.sendings = new Map();
    this.isPaused = false;
    this.isLost = false;
    const template = document.getElementById("drop-card");
    this.element = template.content.firstElementChild.cloneNode(true);
    this.part = (name) => this.element.querySelector(name);
    this.part("h2").textContent = drop.name;
    this.part("progress").setAttribute("aria-label", drop.name);
    this.form = new Form(this.part("form"), drop);
    this.part(".remove").addEventListener("click", () => this.remove());
    this.part(".pause").addEventListener("click", () => this.#pauseOrGoOn());
    this.part(".hand-over").addEventListener("click", () => this.handOver(!this.drop.is_ready));
    this.part(".again input").addEventListener("change", (event) => this.bring([...event.target.files]));
    this.show();
  }

  get isSending() {
    return [...this.sendings.values()].some((each) => !each.isDone);
  }

  // Go on with these files, where they are the ones that are missing.
  bring(files) {
    for (const said of this.drop.files) {
      const file = files.find((each) => each.size === said.size && (each.name === said.name || this.drop.files.length === 1));
      if (!file || this.sendings.has(said.id) || said.arrived >= said.size) continue;
      const sending = new Sending(said, file, {
        moved: () => this.show(),
        accepted: () => {
          this.isLost = false;
          this.show();
        },
        lost: () => {
          this.isLost = true;
          this.show();
        },
        failed: (problem) => this.#wrong(problem),
        done: () => this.show(),
      });
      this.sendings.set(said.id, sending);
      this.startedAt ??= { ms: performance.now(), bytes: this.arrived };
      sending.start();
    }
    this.show();
  }

  get arrived() {
    return this.drop.files.reduce((sum, said) => sum + (this.sendings.get(said.id)?.arrived ?? said.arrived), 0);
  }

  renew(drop) {
    this.drop = drop;
    this.show();
  }

  show() {
    const all = this.drop.files.reduce((sum, said) => sum + said.size, 0);
    const arrived = this.arrived;
    this.part("progress").value = all ? arrived / all : 0;
    this.part("progress").hidden = this.drop.state !== "coming";
    const isComing = this.drop.state === "coming" && arrived < all;
    this.part(".amount").textContent = isComing
      ? _("Sending: {done} of {all}").replace("{done}", amount(arrived)).replace("{all}", amount(all)) + this.#left(all - arrived)
      : amount(all);
    const [text, tone] = this.#state(isComing);
    const state = this.part(".state");
    if (state.textContent !== text) state.textContent = text;
    state.className = `state ${tone}`;
    this.part(".again").hidden = !isComing || this.#hasAllFiles();
    this.part(".pause").hidden = !isComing || !this.isSending;
    this.part(".pause").textContent = this.isPaused ? _("Go on") : _("Pause");
    const handOver = this.part(".hand-over");
    handOver.hidden = this.drop.state === "refused";
    handOver.textContent = this.drop.is_ready ? _("Not yet") : _("Hand over");
    handOver.classList.toggle("plain", this.drop.is_ready);
    this.part("form").hidden = this.drop.state === "refused";
    if (this.drop.problem) this.#wrong(`${this.drop.problem} ${this.drop.remedy}`);
  }

  async handOver(wanted) {
    try {
      await this.form.settle();
      await ask(`/api/drops/${this.drop.id}/hand-over`, { method: "POST", body: { wanted } });
      this.drop.is_ready = wanted;
      this.show();
    } catch (refusal) {
      this.#wrong(`${refusal.message} ${refusal.remedy ?? ""}`);
    }
  }

  async remove() {
    const name = this.drop.name;
    if (this.drop.state !== "refused" && !confirm(_("Remove “{name}” and what has arrived of it?").replace("{name}", name))) return;
    await Promise.all([...this.sendings.values()].map((sending) => sending.stop()));
    await ask(`/api/drops/${this.drop.id}`, { method: "DELETE" }).catch((refusal) => refusal.status === 404 || this.#wrong(refusal.message));
    this.gone(this);
  }

  leftForTheNewsroom() {
    say(`${this.drop.name}: ${_("It is in the newsroom now.")}`);
    this.gone(this);
  }

  #hasAllFiles() {
    return this.drop.files.every((said) => said.arrived >= said.size || this.sendings.has(said.id));
  }

  #state(isComing) {
    if (this.drop.state === "refused") return [_("Not accepted"), "badge bad"];
    if (this.drop.state === "usable") return [_("It can be used."), "good"];
    if (isComing && !this.#hasAllFiles()) return [_("Choose the same file again to go on."), ""];
    if (isComing && this.isPaused) return [_("Paused."), ""];
    if (isComing && this.isLost) return [_("No connection. It goes on by itself."), ""];
    if (!isComing) return [_("Listening whether it is whole…"), ""];
    return this.drop.is_ready ? [_("It goes to the newsroom as soon as it is whole."), ""] : ["", ""];
  }

  #left(bytes) {
    const seconds = (performance.now() - (this.startedAt?.ms ?? performance.now())) / 1000;
    const sent = this.arrived - (this.startedAt?.bytes ?? 0);
    if (seconds < 3 || sent <= 0) return "";
    return ` · ${_("{minutes} min left").replace("{minutes}", Math.max(1, Math.ceil((bytes * seconds) / sent / 60)))}`;
  }

  async #pauseOrGoOn() {
    this.isPaused = !this.isPaused;
    for (const sending of this.sendings.values()) {
      if (sending.isDone) continue;
      if (this.isPaused) await sending.stop();
      else sending.start();
    }
    this.show();
  }

  #wrong(text) {
    const wrong = this.part(".wrong");
    wrong.textContent = text;
    wrong.hidden = false;
  }
}
