// Chapters and soundbites on the waveform; the fields below say the same and work without it.
import { ask } from "../asking.js";
import { make } from "../making.js";
import { _ } from "../words.js";
import { clockOf, round } from "./clock.js";
import { readField, writeField } from "./fields.js";
import { addRow, changed, listOf, rowsOf } from "./rows.js";

const SOUNDBITE_SECONDS = 30;

export async function prepareMarks(form) {
  const container = document.getElementById("waveform");
  const audio = make("audio", { preload: "metadata", src: container.dataset.audio });
  container.after(audio);
  sound(audio);
  adding(form, audio);
  const wave = await draw(container, audio);
  if (wave) regions(form, wave);
}

function sound(audio) {
  const play = document.getElementById("play");
  const now = document.getElementById("now");
  play.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()));
  audio.addEventListener("play", () => (play.textContent = _("Pause")));
  audio.addEventListener("pause", () => (play.textContent = _("Play")));
  audio.addEventListener("timeupdate", () => (now.textContent = clockOf(Math.round(audio.currentTime * 10) / 10)));
}

function adding(form, audio) {
  const add = (button, key, entry) =>
    document.getElementById(button).addEventListener("click", () => {
      const list = listOf(form, key);
      const row = addRow(list, entry());
      changed(list);
      row.querySelector('[data-key="title"]').focus();
    });
  const here = () => round(audio.currentTime);
  add("chapter-here", "chapters", () => ({ start_seconds: here() }));
  add("soundbite-here", "soundbites", () => ({ start_seconds: here(), duration_seconds: SOUNDBITE_SECONDS }));
}

async function draw(container, audio) {
  try {
    const [{ default: WaveSurfer }, { bars, duration }] = await Promise.all([
      import("../vendor/wavesurfer/wavesurfer.esm.js"),
      ask(container.dataset.peaks),
    ]);
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
    return WaveSurfer.create({
      container, media: audio, duration, peaks: [bars.map((bar) => bar / 100)], maxPeak: 1,
      height: 96, barWidth: 2, barGap: 1, cursorWidth: 2, dragToSeek: true,
      waveColor: colour("--strong-edge"), progressColor: colour("--link"), cursorColor: colour("--ink"),
      cspNonce: document.getElementById("details").dataset.nonce,
    });
  } catch (error) {
    container.replaceChildren(make("p", { class: "hint" }, error.problem ?? _("The connection to the server is lost.")));
    return null;
  }
}

async function regions(form, wave) {
  const { default: Regions } = await import("../vendor/wavesurfer/regions.esm.js");
  const plugin = wave.registerPlugin(Regions.create());
  let isOurs = false;
  const redraw = () => {
    if (isOurs) return;
    plugin.clearRegions();
    for (const row of rowsOf(listOf(form, "chapters"))) mark(plugin, row, false);
    for (const row of rowsOf(listOf(form, "soundbites"))) mark(plugin, row, true);
  };
  plugin.on("region-updated", (region) => {
    isOurs = true; // the fields follow the mark; redrawing it would take it out of the hand
    writeField(region.row.querySelector('[data-key="start_seconds"]'), round(region.start));
    const lasts = region.row.querySelector('[data-key="duration_seconds"]');
    if (lasts) writeField(lasts, Math.round((region.end - region.start) * 10) / 10);
    changed(region.row.closest("[data-rows]"));
    isOurs = false;
  });
  plugin.on("region-clicked", (region, event) => {
    event.stopPropagation();
    wave.setTime(region.start);
  });
  wave.on("ready", redraw);
  form.addEventListener("input", redraw);
  redraw();
}

function mark(plugin, row, isBite) {
  const value = (key) => readField(row.querySelector(`[data-key="${key}"]`));
  const start = value("start_seconds");
  if (typeof start !== "number") return;
  const lasts = isBite ? value("duration_seconds") : 0;
  const text = make("span", {}, value("title") ?? (isBite ? _("Soundbite") : _("Chapter")));
  Object.assign(text.style, { fontSize: "0.75rem", padding: "0 0.25rem", whiteSpace: "nowrap" });
  const region = plugin.addRegion({
    start, end: isBite && typeof lasts === "number" ? start + lasts : undefined, drag: true, resize: isBite,
    content: text, color: isBite ? "rgb(240 160 40 / 0.3)" : "#c2410c",
  });
  region.row = row;
}
