// The episode as apps show it: a row of a list, one line on a lock screen, the page of the episode.
import { _ } from "../words.js";

const SHOWN_IN_A_LIST = 60;

export function showPreview(values) {
  const title = values.title ?? "";
  const summary = values.summary ?? "";
  const date = values.date ? new Date(`${values.date}T12:00:00`) : null;
  const day = date && !Number.isNaN(date.valueOf())
    ? new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" }).format(date)
    : "";
  for (const at of document.querySelectorAll(".app-title, .lock-screen")) at.textContent = title;
  document.querySelector(".app-date").textContent = day;
  document.querySelector(".app-summary").textContent = summary.replace(/\s+/g, " ");
  document.querySelector(".app-notes").textContent = summary;
  document.getElementById("title-length").textContent =
    `${[...title].length} ${_("characters; a list shows about 60.")}`;
  document.getElementById("title-length").classList.toggle("warning", [...title].length > SHOWN_IN_A_LIST);
}

export function showNewCover() {
  const cover = document.getElementById("cover");
  cover.src = `${cover.src.split("?")[0]}?${Date.now()}`;
}
