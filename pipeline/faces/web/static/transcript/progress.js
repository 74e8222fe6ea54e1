// What is kept, how far the review is, and what the player does: said in words above the text.
import { _, say, tell } from "../words.js";
import { clock } from "./clock.js";
import { doubtsOf } from "./doubts.js";
import { filled, make } from "./page.js";

const STATES = {
  kept: () => _("Saved"),
  sending: () => _("Saving…"),
  offline: (unsent) => filled("Not sent yet ({unsent}). It is kept in this browser.", { unsent }),
  "signed-out": (unsent) => filled("You are signed out. Kept in this browser: {unsent}", { unsent }),
};

export class Progress {
  #room;
  #told = "kept";
  #counting;

  constructor(room) {
    this.#room = room;
    room.sending.addEventListener("state", () => this.#state());
    room.rows.addEventListener("typed", () => this.#state());
    room.sending.addEventListener("refused", ({ detail }) => this.#refused(detail));
    room.sending.addEventListener("unkept", () => tell(_("This browser keeps nothing: do not close it.")));
    // A letter is not kept waiting for the counting of all lines.
    room.standing.addEventListener("change", () => {
      clearTimeout(this.#counting);
      this.#counting = setTimeout(() => this.#count());
    });
    for (const kind of ["time", "state"]) room.player.addEventListener(kind, () => this.#player());
    room.player.addEventListener("lost", () => this.#silent());
    document.getElementById("speed").addEventListener("change", ({ target }) => {
      room.player.setSpeed(Number(target.value));
    });
  }

  // What is being typed is not saved yet, even if all that was sent is.
  #state() {
    const { sending, standing, rows } = this.#room;
    const state = sending.state === "kept" && rows.isTyped ? "sending" : sending.state;
    const unsent = standing.pending.length;
    const shown = document.getElementById("state");
    shown.dataset.state = state;
    shown.replaceChildren(STATES[state](unsent));
    if (state === "signed-out") {
      const here = encodeURIComponent(location.pathname);
      shown.append(" ", make("a", { href: `/sign-in?next=${here}`, text: _("Sign in again") }));
    }
    const told = state === "sending" ? this.#told : state;
    if (told !== this.#told) say(STATES[told](unsent));
    this.#told = told;
  }

  // What could not be kept is given back, so that it can be written again.
  #refused({ operation, error }) {
    const text = operation.edits?.map((edit) => edit.text).join(" ") ?? operation.text ?? "";
    const told = [error.problem, error.remedy, text && `“${text}”`].filter(Boolean).join(" ");
    const shown = make("div", { class: "problem", text: told, role: "alert" });
    shown.append(
      " ", make("button", { class: "button plain", text: _("Close"), onclick: () => shown.remove() }),
    );
    document.getElementById("refused").append(shown);
  }

  // Said once for however many times somebody presses play.
  #silent() {
    const at = document.getElementById("refused");
    if (at.querySelector("[data-silent]")) return;
    const text = _("The sound cannot be loaded.");
    at.append(make("p", { class: "problem", "data-silent": "", role: "alert", text }));
  }

  #count() {
    const { lines } = this.#room.standing;
    const done = lines.filter((line) => line.reviewed_by).length;
    const bar = document.getElementById("reviewed");
    bar.max = lines.length || 1;
    bar.value = done;
    const told = { done, all: lines.length };
    document.getElementById("reviewed-words").textContent = filled("{done} of {all} lines checked", told);
    document.getElementById("doubts").textContent = doubtsOf(this.#room.standing).length;
    document.getElementById("undo").disabled = !this.#room.standing.undo;
    document.getElementById("redo").disabled = !this.#room.standing.redo;
  }

  #player() {
    const { player, standing } = this.#room;
    document.getElementById("time").textContent = `${player.text} / ${clock(standing.kept.duration)}`;
    const play = document.getElementById("play");
    play.classList.toggle("is-playing", player.isPlaying);
    const label = player.isPlaying ? _("Pause") : _("Play");
    if (play.getAttribute("aria-label") !== label) play.setAttribute("aria-label", label);
    document.getElementById("loop").setAttribute("aria-pressed", String(Boolean(player.loop)));
    const speed = document.getElementById("speed");
    if (Number(speed.value) !== player.speed) speed.value = String(player.speed);
  }
}
