// The form about an episode: filled in while its recording is on its way, and kept as it is typed.
import { ask } from "../asking.js";
import { _ } from "../words.js";

const CALM_MS = 600;

function field(label, name, value, type = "text") {
  const wrapped = document.createElement("label");
  const input = document.createElement("input");
  wrapped.append(label, input);
  Object.assign(input, { name, value, type, autocomplete: "off", maxLength: 255 });
  return wrapped;
}

export class Form {
  constructor(element, drop) {
    this.element = element;
    this.drop = drop;
    this.guests = element.querySelector(".guests .list");
    this.tracks = element.querySelector(".tracks .list");
    this.kept = element.querySelector(".kept");
    this.#fill(drop.said);
    this.timer = 0;
    element.addEventListener("input", () => this.#keepSoon());
    element.addEventListener("submit", (event) => event.preventDefault());
    element.querySelector(".add-guest").addEventListener("click", () => {
      this.#addGuest({ name: "", role: "" });
      this.guests.lastElementChild.querySelector("input").focus();
    });
  }

  get said() {
    const value = (name) => this.element.elements[name].value.trim();
    return {
      title: value("title"),
      date: value("date"),
      place: value("place"),
      host: value("host"),
      layout: value("layout"),
      tags: value("tags").split(",").map((tag) => tag.trim()).filter(Boolean),
      guests: [...this.guests.children]
        .map((row) => ({ name: row.querySelector("[name=guest]").value.trim(), role: row.querySelector("[name=role]").value.trim() }))
        .filter((guest) => guest.name),
      speakers: [...this.tracks.querySelectorAll("input")]
        .map((input) => ({ track: input.dataset.track, name: input.value.trim() }))
        .filter((speaker) => speaker.name),
    };
  }

  // What was typed last is kept before anything else happens with the drop.
  async settle() {
    clearTimeout(this.timer);
    if (this.isDirty) await this.#keep();
  }

  #fill(said) {
    for (const name of ["title", "date", "place", "host", "layout"]) this.element.elements[name].value = said[name] ?? "";
    this.element.elements.tags.value = said.tags.join(", ");
    for (const guest of said.guests.length ? said.guests : [{ name: "", role: "" }]) this.#addGuest(guest);
    const sounds = this.drop.files.filter((file) => !/\.(jpe?g|png|txt|md|pdf|docx|odt|srt|vtt)$/i.test(file.name));
    this.element.querySelector(".tracks").hidden = sounds.length < 2;
    for (const file of sounds.length > 1 ? sounds : []) {
      const name = said.speakers.find((speaker) => speaker.track === file.name)?.name ?? "";
      const label = field(_("Who speaks in “{name}”").replace("{name}", file.name), "speaker", name);
      label.querySelector("input").dataset.track = file.name;
      this.tracks.append(label);
    }
  }

  #addGuest({ name, role }) {
    const number = this.guests.children.length + 1;
    const row = document.createElement("div");
    row.className = "guest";
    const remove = document.createElement("button");
    Object.assign(remove, { type: "button", className: "button plain", textContent: "×" });
    remove.setAttribute("aria-label", _("Remove guest {number}").replace("{number}", number));
    remove.addEventListener("click", () => {
      row.remove();
      this.#keepSoon();
    });
    row.append(
      field(_("Guest {number}").replace("{number}", number), "guest", name),
      field(_("Role of guest {number}").replace("{number}", number), "role", role),
      remove,
    );
    this.guests.append(row);
  }

  #keepSoon() {
    this.isDirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#keep().catch(() => {}), CALM_MS);
  }

  async #keep() {
    this.isDirty = false;
    try {
      await ask(`/api/drops/${this.drop.id}/details`, { method: "PUT", body: this.said });
      this.kept.textContent = _("Kept.");
    } catch (refusal) {
      this.isDirty = true;
      this.kept.textContent = `${_("Not kept yet.")} ${refusal.message}`;
      throw refusal;
    }
  }
}
