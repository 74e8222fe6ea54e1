// The waveform above the text: drawn of what the server measured, never of two decoded hours.
import { ask } from "../asking.js";

const HEIGHT = 56;
const PIXELS_A_SECOND = 24;

export async function drawWaveform(container, audio, address, nonce) {
  // Loaded when the text is there: nobody waits for a picture to begin.
  const loading = import("../vendor/wavesurfer/wavesurfer.esm.js");
  const { bars, duration } = await ask(address);
  const { default: WaveSurfer } = await loading;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
  const colours = () => ({
    waveColor: colour("--strong-edge"),
    progressColor: colour("--link"),
    cursorColor: colour("--ink"),
  });
  const wave = WaveSurfer.create({
    ...colours(),
    container,
    media: audio,
    duration,
    peaks: [bars.map((bar) => bar / 100)],
    maxPeak: 1,
    height: HEIGHT,
    minPxPerSec: PIXELS_A_SECOND,
    barWidth: 2,
    barGap: 1,
    hideScrollbar: false,
    dragToSeek: true,
    cursorWidth: 2,
    cspNonce: nonce,
  });
  // It may have been asked for another place before the waveform was there.
  wave.on("ready", () => audio.paused && audio.currentTime && wave.setTime(audio.currentTime));
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => wave.setOptions(colours()));
  return wave;
}
