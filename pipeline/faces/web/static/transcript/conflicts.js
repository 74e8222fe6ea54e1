// Changes that could not be joined: shown word by word, until somebody decides.
import { _, say } from "../words.js";
import { clock } from "./clock.js";
import { seen } from "./operations.js";
import { filled, make } from "./page.js";

const SIDES = { theirs: "As it stands", mine: "The other change", both: "Both" };

export class Conflicts {
  #room;
  #shown = "";
  #count = 0;

  constructor(room) {
    this.#room = room;
    room.standing.addEventListener("change", () => this.#show());
  }

  #show() {
    const { pending, kept } = this.#room.standing;
    const settled = new Set(pending.filter(({ kind }) => kind === "resolve").map(({ conflict }) => conflict));
    const open = kept.conflicts.filter(({ id }) => !settled.has(id));
    const now = JSON.stringify(open);
    if (now === this.#shown) return;
    this.#shown = now;
    if (open.length > this.#count) say(_("Two changes of the same words wait for a decision."));
    this.#count = open.length;
    const section = document.getElementById("conflicts");
    section.hidden = !open.length;
    section.querySelector(".cards").replaceChildren(...open.map((each) => this.#card(each)));
  }

  #card(conflict) {
    const form = make("form", { class: "conflict", data: { conflict: conflict.id } });
    const show = () => {
      this.#room.rows.focus(conflict.line);
      this.#room.player.seek(conflict.start);
    };
    form.append(
      make(
        "p", {},
        make("button", { class: "when", type: "button", text: clock(conflict.start), onclick: show }),
        ` ${conflict.why} `,
        make("span", { class: "hint", text: filled("The other change is by {author}.", conflict) }),
      ),
    );
    if (conflict.pieces.length) form.append(this.#words(conflict));
    if (conflict.can_take_mine && conflict.mine_speaker !== conflict.theirs_speaker) {
      form.append(make("p", { class: "hint", text: `${conflict.theirs_speaker || "—"} / ${conflict.mine_speaker || "—"}` }));
    }
    if (this.#room.mayEdit) form.append(this.#buttons(conflict, form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#settle(conflict, "text", chosenText(conflict, form));
    });
    return form;
  }

  // The text from end to end; where both changed it there is a choice.
  #words(conflict) {
    const shown = make("div", { class: "pieces" });
    conflict.pieces.forEach((piece, number) => {
      if (piece.side !== "clash") {
        const text = piece.side === "mine" ? piece.mine : piece.theirs;
        shown.append(make("span", { text: `${text} ` }));
        return;
      }
      const choice = make("fieldset", {}, make("legend", { class: "visually-hidden", text: _("Which words?") }));
      for (const [side, label] of Object.entries(SIDES)) {
        const text = wordsOf(piece, side);
        choice.append(
          make(
            "label", { class: "across" },
            make("input", { type: "radio", name: `piece-${number}`, value: side, checked: side === "theirs", disabled: !this.#room.mayEdit }),
            make("span", { class: "hint", text: `${_(label)}: ` }),
            make(text ? "strong" : "em", { text: text || _("nothing") }),
          ),
        );
      }
      shown.append(choice);
    });
    return shown;
  }

  #buttons(conflict, form) {
    const clashes = conflict.pieces.some(({ side }) => side === "clash");
    const button = (text, onclick, names = "button plain") => make("button", { class: names, type: "button", text, onclick });
    const isThere = Boolean(this.#room.standing.line(conflict.line));
    return make(
      "div", { class: "buttons" },
      clashes && isThere && make("button", { class: "button", text: _("Use these words") }),
      button(_("Leave it as it stands"), () => this.#settle(conflict, "theirs")),
      conflict.can_take_mine && button(_("Take the other change"), () => this.#settle(conflict, "mine")),
    );
  }

  #settle(conflict, choice, text = "") {
    const { standing, rows, editing } = this.#room;
    const row = rows.get(conflict.line);
    if (row) rows.finish(row);
    const line = standing.line(conflict.line) ?? { id: conflict.line, version: conflict.version };
    editing.do("resolve", { conflict: conflict.id, on: seen(line), choice, text });
    document.getElementById("lines").querySelector(".said")?.focus({ preventScroll: true });
    if (row) rows.focus(conflict.line);
  }
}

function chosenText(conflict, form) {
  return conflict.pieces
    .map((piece, number) => {
      if (piece.side !== "clash") return piece.side === "mine" ? piece.mine : piece.theirs;
      return wordsOf(piece, form.elements[`piece-${number}`].value);
    })
    .filter(Boolean)
    .join(" ");
}

const wordsOf = (piece, side) =>
  side === "both" ? [piece.theirs, piece.mine].filter(Boolean).join(" ") : piece[side];
