// The sound: play, seek, speed, a loop over one line, and a little rewind when it goes on.
import { clock } from "./clock.js";

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const STEP_SECONDS = 5;
const REWIND_SECONDS = 1;
const REWIND_AFTER_MS = 1500;

export class Player extends EventTarget {
  #audio;
  #loop = null;
  #pausedAt = 0;
  #frame = 0;

  constructor(audio) {
    super();
    this.#audio = audio;
    audio.addEventListener("play", () => this.#run());
    audio.addEventListener("pause", () => {
      this.#pausedAt = Date.now();
      cancelAnimationFrame(this.#frame);
      this.#tell("state");
    });
    audio.addEventListener("seeked", () => this.#tell("time"));
    audio.addEventListener("loadedmetadata", () => this.#tell("time"));
    audio.addEventListener("ratechange", () => this.#tell("state"));
    audio.addEventListener("error", () => this.#tell("lost"));
  }

  get seconds() {
    return this.#audio.currentTime;
  }

  get isPlaying() {
    return !this.#audio.paused;
  }

  get speed() {
    return this.#audio.playbackRate;
  }

  get loop() {
    return this.#loop;
  }

  get text() {
    return clock(this.seconds);
  }

  toggle() {
    return this.isPlaying ? this.#audio.pause() : this.play();
  }

  // Going on after a pause, one hears again what was said last.
  play() {
    const hasRested = this.#pausedAt && Date.now() - this.#pausedAt > REWIND_AFTER_MS;
    if (hasRested) this.seek(Math.max(this.#loop?.start ?? 0, this.seconds - REWIND_SECONDS));
    return this.#audio.play().catch((error) => {
      if (error.name !== "AbortError") this.#tell("lost");
    });
  }

  pause() {
    this.#audio.pause();
  }

  seek(seconds) {
    this.#pausedAt = 0;
    this.#audio.currentTime = Math.max(0, seconds);
    this.#tell("time");
  }

  step(direction) {
    this.seek(this.seconds + direction * STEP_SECONDS);
  }

  setSpeed(speed) {
    this.#audio.playbackRate = speed;
  }

  // The next slower or faster speed.
  changeSpeed(direction) {
    const nearest = SPEEDS.findIndex((speed) => speed >= this.speed - 0.01);
    this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, nearest + direction))]);
  }

  // Plays a stretch again and again, until it is given null.
  setLoop(stretch) {
    this.#loop = stretch;
    if (stretch && (this.seconds < stretch.start || this.seconds >= stretch.end)) {
      this.seek(stretch.start);
    }
    this.#tell("state");
  }

  #run() {
    this.#tell("state");
    const step = () => {
      if (this.#loop && this.seconds >= this.#loop.end) this.#audio.currentTime = this.#loop.start;
      this.#tell("time");
      if (this.isPlaying) this.#frame = requestAnimationFrame(step);
    };
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(step);
  }

  #tell(kind) {
    this.dispatchEvent(new Event(kind));
  }
}
