// A plan as people read it: episode by episode, what goes out and why; what stays, and why.
import { make } from "./making.js";
import { _ } from "./words.js";

export function planShown(plan, slug, label, onYes) {
  const parts = [...plan.parts].sort((a, b) => (b.slug === slug) - (a.slug === slug));
  const button = label && !plan.is_empty
    ? make("button", { class: "button", onclick: (event) => onYes(event.target) }, label)
    : null;
  return make(
    "div",
    { class: "plan" },
    plan.is_empty && label
      ? make("p", { class: "note", tabindex: "-1" }, _("Nothing is to be done: what may be public is public already."))
      : null,
    parts.map((part) => partShown(part, part.slug === slug)),
    plan.parts.length ? make("p", {}, `${_("In all")}: ${plan.size}`) : null,
    listed(_("Worth a look"), plan.warnings, "warning"),
    listed(_("News"), plan.news, "note"),
    listed(_("Stays as it is"), Object.values(plan.left_out), "note"),
    button,
  );
}

function partShown(part, isOpen) {
  return make(
    "details",
    { open: isOpen },
    make("summary", {}, make("strong", {}, part.title), make("span", { class: "quiet" }, `${part.changes.length} ${_("Files").toLowerCase()}, ${part.size}`)),
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, make("th", {}, _("File")), make("th", {}, _("Why")), make("th", {}, _("Size")))),
      make("tbody", {}, part.changes.map(({ key, reason, size }) =>
        make("tr", {}, make("td", {}, key), make("td", {}, reason), make("td", {}, size)))),
    ),
  );
}

function listed(title, sentences, kind) {
  if (!sentences.length) return null;
  return make("div", { class: kind }, make("strong", {}, title), make("ul", {}, sentences.map((each) => make("li", {}, each))));
}

export function publicationsShown(saved, onChosen) {
  if (!saved.length) return make("p", { class: "quiet" }, _("Nothing."));
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  return make(
    "ul",
    { class: "publications" },
    saved.map((each, index) =>
      make(
        "li",
        {},
        make("strong", {}, each.published_at ? moment.format(new Date(each.published_at)) : each.id),
        ` · ${each.episodes} ${_("episodes")} · ${each.differs.join(", ") || "–"} `,
        index === 0
          ? make("span", { class: "badge good" }, _("this is public now"))
          : make("button", { class: "button plain", onclick: () => onChosen(each.id) }, _("Look at the way back")),
      )),
  );
}
