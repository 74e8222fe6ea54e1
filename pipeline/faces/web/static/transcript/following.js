// The text follows the sound: the line and the word that are said are marked, and kept in sight.

const TYPING_MS = 5000;

export class Following {
  #room;
  #row;
  #typedAt = 0;
  isOn = true;

  constructor(room) {
    this.#room = room;
    const box = document.getElementById("follow");
    this.isOn = box.checked;
    box.addEventListener("change", () => (this.isOn = box.checked));
    room.player.addEventListener("time", () => this.#now());
    document.getElementById("lines").addEventListener("input", () => (this.#typedAt = Date.now()));
  }

  // The line that is heard at this moment.
  get line() {
    return this.#room.standing.lineAt(this.#room.player.seconds);
  }

  #now() {
    const { player, rows, marks } = this.#room;
    const line = this.line;
    const row = line && rows.get(line.id);
    if (row !== this.#row) {
      this.#row?.element.classList.remove("current");
      row?.element.classList.add("current");
      this.#row = row;
      if (row && this.isOn && player.isPlaying && !this.#isTyping(row)) rows.show(line.id);
    }
    marks.say(line, line ? wordNow(line, player.seconds) : -1);
  }

  #isTyping(row) {
    const { focused } = this.#room.rows;
    return focused && focused !== row && Date.now() - this.#typedAt < TYPING_MS;
  }
}

// The word that began last; -1 outside of the line.
function wordNow({ times, end }, seconds) {
  if (seconds > end + 0.5) return -1;
  let [low, high] = [0, times.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[2 * middle] <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
