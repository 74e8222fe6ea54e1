// The transcript editor, put together.
import { listen } from "./events.js";
import { _, tell } from "./words.js";
import { Beside } from "./transcript/beside.js";
import { caretIn, isCollapsed, wordAt } from "./transcript/caret.js";
import { Commands } from "./transcript/commands.js";
import { Conflicts } from "./transcript/conflicts.js";
import { Editing } from "./transcript/editing.js";
import { Following } from "./transcript/following.js";
import { Gaps } from "./transcript/gaps.js";
import { Keeping } from "./transcript/keeping.js";
import { Keys } from "./transcript/keys.js";
import { Marks } from "./transcript/marks.js";
import { Operations } from "./transcript/operations.js";
import { oneLine } from "./transcript/optimism.js";
import { Player } from "./transcript/player.js";
import { Progress } from "./transcript/progress.js";
import { Rows } from "./transcript/rows.js";
import { Sending } from "./transcript/sending.js";
import { Standing } from "./transcript/standing.js";
import { drawWaveform } from "./transcript/waveform.js";

const NEWS_EVERY_MS = 30_000;

const editor = document.getElementById("editor");
const { slug, author, nonce } = editor.dataset;
const mayEdit = editor.dataset.mayEdit === "true";
const address = `/api/episodes/${slug}/transcript`;
const audio = document.getElementById("audio");

const standing = new Standing();
const keeping = new Keeping(slug, author);
const rows = new Rows(document.getElementById("lines"), standing, keeping, mayEdit);
const sending = new Sending(address, standing, keeping);
const operations = new Operations(author);
const editing = new Editing({ standing, sending, rows, operations, keeping });
const player = new Player(audio);
const keys = new Keys();
const room = {
  slug, author, address, mayEdit, standing, sending, rows, editing, player, keys, keeping,
};
room.marks = new Marks(rows, standing);
room.following = new Following(room);
room.beside = new Beside(room);
room.progress = new Progress(room);
room.commands = new Commands(room);
new Conflicts(room);
new Gaps(room);

document.getElementById("lines").addEventListener("click", (event) => {
  const row = rows.of(event.target);
  if (!row) return;
  if (event.target === row.text && isCollapsed()) {
    const word = wordAt(row.text.textContent, caretIn(row.text) ?? 0);
    player.seek(row.line.times[2 * word] ?? row.line.start);
  } else if (event.target === row.when) {
    player.seek(row.line.start);
    player.play();
  }
});

await begin();

async function begin() {
  standing.pending = mayEdit ? await keeping.operations() : [];
  sending.news();
  await sending.arrived();
  editor.setAttribute("aria-busy", "false");
  adoptDrafts();
  setTimeout(adoptDrafts, 10_000);
  goToAskedTime();
  listen(
    {
      transcript: ({ slug: changed, count, epoch }) => {
        const { kept } = standing;
        if (changed === slug && (epoch !== kept.epoch || count > kept.count)) sending.news();
      },
    },
    { onBack: () => sending.news() },
  );
  setInterval(() => document.visibilityState === "visible" && sending.news(), NEWS_EVERY_MS);
  addEventListener("online", () => sending.now());
  addEventListener("focus", () => sending.news());
  drawWaveform(
    document.getElementById("waveform"), audio, `/api/episodes/${slug}/waveform`, nonce,
  ).catch(() => (document.getElementById("waveform").hidden = true));
}

// What was being typed when a window closed or a browser was killed.
function adoptDrafts() {
  if (!mayEdit) return;
  for (const { line, on, text, operation } of keeping.drafts()) {
    if (rows.get(line)?.isTyped) continue;
    keeping.forgetDraft(line);
    if (operation) {
      if (standing.pending.every(({ id }) => id !== operation.id)) sending.add(operation);
    } else if (standing.line(line)?.text !== oneLine(text)) {
      editing.do("text", { edits: [{ on, text: oneLine(text) }] });
      tell(_("What you typed last was found again."));
    }
  }
}

function goToAskedTime() {
  const asked = new URLSearchParams(location.search).get("t");
  const seconds = Number(asked);
  if (!asked || !Number.isFinite(seconds) || seconds < 0) return;
  const line = standing.lineAt(seconds);
  if (line) rows.show(line.id);
  if (audio.readyState > 0) player.seek(seconds);
  else audio.addEventListener("loadedmetadata", () => player.seek(seconds), { once: true });
}
