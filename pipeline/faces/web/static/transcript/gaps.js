// Where somebody seems to speak and nothing is written: shown under the line before it.
import { _ } from "../words.js";
import { clock } from "./clock.js";
import { selectAll } from "./commands.js";
import { make } from "./page.js";

export class Gaps {
  #room;
  #shown = "";

  constructor(room) {
    this.#room = room;
    room.rows.addEventListener("shown", () => this.#show());
  }

  #show() {
    const { gaps } = this.#room.standing.kept;
    const open = gaps.filter(({ start, end }) => !this.#isWritten(start, end));
    const now = JSON.stringify([open, open.map(({ start }) => this.#before(start)?.id)]);
    if (now === this.#shown) return;
    this.#shown = now;
    for (const old of document.querySelectorAll(".gap")) old.remove();
    for (const gap of open) {
      const row = this.#room.rows.get(this.#before(gap.start)?.id);
      row?.element.append(this.#make(gap));
    }
  }

  #isWritten(start, end) {
    const { pending } = this.#room.standing;
    return pending.some((each) => each.kind === "insert" && each.start < end && each.end > start);
  }

  #before(start) {
    const { standing } = this.#room;
    return standing.lineAt(start) ?? standing.lines[0];
  }

  #make(gap) {
    const { player, mayEdit } = this.#room;
    const listen = () => {
      player.seek(gap.start);
      player.play();
    };
    return make(
      "div", { class: "gap" },
      make("p", {}, `${clock(gap.start)}–${clock(gap.end)} `, gap.reason, gap.text && ` “${gap.text}”`),
      make("button", { class: "button plain small", type: "button", text: _("Listen"), onclick: listen }),
      mayEdit && make("button", {
        class: "button plain small", type: "button", text: _("Write a line here"),
        onclick: () => this.#write(gap),
      }),
    );
  }

  #write({ start, end, text }) {
    const { editing, standing, rows } = this.#room;
    const before = standing.lineAt(start);
    const next = standing.lines[before ? standing.at(before.id) + 1 : 0];
    const begins = Math.min(start, next?.start ?? start);
    selectAll(rows.get(editing.insert(before, begins, end, text || "…", before?.speaker ?? "")));
  }
}
