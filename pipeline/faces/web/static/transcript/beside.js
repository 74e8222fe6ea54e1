// What there is to know and to do about the line with the caret: doubts, suggestions, who speaks,
// notes.
import { _, say } from "../words.js";
import { clock, momentOf } from "./clock.js";
import { make } from "./page.js";

const part = (name) => document.getElementById(`beside-${name}`);

export class Beside {
  #room;
  #id;
  #shown;

  constructor(room) {
    this.#room = room;
    document.getElementById("lines").addEventListener("focusin", (event) => {
      const row = room.rows.of(event.target);
      if (row) this.#choose(row.line.id);
    });
    room.standing.addEventListener("change", () => this.#show());
    part("speaker").addEventListener("change", () => this.#setSpeaker());
    part("note").addEventListener("submit", (event) => this.#addNote(event));
    document.getElementById("lines").addEventListener("change", (event) => {
      const row = room.rows.of(event.target);
      if (row && event.target === row.heard) room.editing.setReviewed(row.line, row.heard.checked);
    });
    document.getElementById("lines").addEventListener("click", (event) => {
      const row = room.rows.of(event.target);
      if (row && event.target === row.who) {
        this.#choose(row.line.id);
        this.chooseSpeaker();
      }
    });
  }

  get line() {
    return this.#room.standing.line(this.#id);
  }

  chooseSpeaker() {
    document.getElementById("beside").hidden = false;
    part("speaker").focus();
    part("speaker").select();
  }

  writeNote() {
    part("note").querySelector("textarea").focus();
  }

  #choose(id) {
    if (this.#id !== id) this.#room.rows.get(this.#id)?.element.classList.remove("chosen");
    this.#id = id;
    this.#room.rows.get(id)?.element.classList.add("chosen");
    this.#show();
  }

  #show() {
    const { line } = this;
    document.getElementById("beside").classList.toggle("is-empty", !line);
    if (!line || line === this.#shown) return;
    const isOther = this.#shown?.id !== line.id;
    this.#shown = line;
    part("time").textContent = `${clock(line.start)}–${clock(line.end)}`;
    if (isOther || document.activeElement !== part("speaker")) part("speaker").value = line.speaker;
    part("reasons").replaceChildren(...line.reasons.map((reason) => make("li", { text: reason })));
    part("suggestions").replaceChildren(...line.suggestions.map((each) => this.#suggestion(line, each)));
    part("notes").replaceChildren(...line.notes.map((note) => this.#note(line, note)));
    part("by").textContent = line.reviewed_by ? `✓ ${line.reviewed_by}` : "";
  }

  #suggestion(line, suggestion) {
    const { editing, rows, mayEdit } = this.#room;
    const act = (what) => () => {
      rows.finish(rows.get(line.id));
      what(this.#room.standing.line(line.id), suggestion);
      rows.focus(line.id);
    };
    return make(
      "li", {},
      make("span", { text: `${_("Perhaps")} “${suggestion.text}” ` }),
      mayEdit && make("button", {
        class: "button plain small", type: "button", text: _("Take"), onclick: act((...a) => editing.take(...a)),
      }),
      mayEdit && make("button", {
        class: "button plain small", type: "button", text: _("Refuse"), onclick: act((...a) => editing.refuse(...a)),
      }),
    );
  }

  #note(line, note) {
    const remove = () => this.#room.editing.removeNote(this.#room.standing.line(line.id), note.id);
    return make(
      "li", {},
      make("p", { text: note.text }),
      make("span", { class: "hint", text: `${note.author}, ${momentOf(note.at)} ` }),
      this.#room.mayEdit && make("button", {
        class: "button plain small", type: "button", text: _("Remove"), onclick: remove,
      }),
    );
  }

  #setSpeaker() {
    const { line } = this;
    const name = part("speaker").value.trim();
    if (!line || !this.#room.mayEdit || name === line.speaker) return;
    this.#room.editing.setSpeaker(line, name);
    this.#room.rows.focus(line.id);
  }

  #addNote(event) {
    event.preventDefault();
    const field = part("note").querySelector("textarea");
    const text = field.value.trim();
    if (!text || !this.line) return;
    this.#room.editing.note(this.line, text);
    field.value = "";
    say(_("The note was added."));
  }
}
