// What the article said before: compared with the present text, and brought back.
import { ask } from "../asking.js";
import { make } from "../making.js";
import { _ } from "../words.js";

const list = document.getElementById("versions");
const at = document.getElementById("version-shown");

export async function showVersions(slug, onBack) {
  const address = `/api/episodes/${encodeURIComponent(slug)}/article/versions`;
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const versions = await ask(address);
  if (!versions.length) list.replaceChildren(make("li", { class: "quiet" }, _("No earlier text was kept yet.")));
  else {
    list.replaceChildren(...versions.map((each) =>
      make(
        "li",
        {},
        `${moment.format(new Date(each.at))} · ${each.by === "article.md" ? _("another program") : each.by} `,
        make("button", { type: "button", class: "button plain", onclick: () => compare(`${address}/${each.digest}`, onBack) }, _("Compare and bring back")),
      )));
  }
}

async function compare(address, onBack) {
  const { text, difference } = await ask(address);
  const looks = { out: "del", in: "ins" };
  at.replaceChildren(
    make("div", { class: "comparison", tabindex: "0" }, difference.map(([sign, words]) => (looks[sign] ? make(looks[sign], {}, words) : words))),
    onBack
      ? make("p", {}, make("button", { type: "button", class: "button", onclick: () => {
        at.replaceChildren();
        onBack(text);
      } }, _("Bring this text back")))
      : "",
  );
  at.firstElementChild.focus();
}
