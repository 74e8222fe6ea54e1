"""How quickly two hours of transcript open, and how quickly typed letters appear, beside two peers.

    tests/browser/run.sh python -m tests.browser.review.benchmark

The peers hold the same 14,768 words: a page with an element for each word, as many editors have it,
and one plain text field for all. They neither save nor follow any sound. All three are opened and
typed into in turn, each in a window of its own: first with an empty cache, then again, as on every
later day. The server shares the machine with the browser; processor time is that of both together.
"""

from __future__ import annotations

import html
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from pipeline.faces.web.visitors import COOKIE
from pipeline.ground.files import write_json
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Role
from pipeline.words.transcript import Flag, Segment, Transcript, Word
from tests.browser.review.shown import AIR, Reviewing, ServerProcess, make_reviewed_show

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEGMENTS, WORDS = 540, 14_768
HOURS = 2.0
ROUNDS = 5
LETTERS = 40
_SAID = "warga informasi publik air bersih di Tenggarong sudah kami layanan yang dan"
_VOCABULARY = tuple(_SAID.split())

_OPEN = "#editor[aria-busy=false], body > p:nth-of-type(540), body > textarea"

# From the key to the frame that shows it: what a person waits.
_WATCH = """() => {
  window.waits = [];
  addEventListener("keydown", (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.waits.push(performance.now() - pressed);
      port2.postMessage(0);
    });
  }, true);
}"""


def main() -> None:
    """Print medians and ratios."""
    from playwright.sync_api import sync_playwright

    scratch = Path(tempfile.mkdtemp(prefix="etam-editor-"))
    workspace = make_reviewed_show(scratch / "show")
    transcript = two_hours()
    _put(workspace, transcript)
    peers = {name: _written(scratch, name, page(transcript)) for name, page in PEERS.items()}
    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    server = ServerProcess(workspace)
    reviewing = Reviewing(server.address, workspace, Sessions(workspace))
    reviewing.sign_in(Role.EDITOR, "Ani")  # a process reads its sessions when it starts
    try:
        server.start()
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=rooted
            )
            _compare(chromium, reviewing, peers)
            chromium.close()
    finally:
        server.stop()
        shutil.rmtree(scratch)


def two_hours() -> Transcript:
    """540 segments with 14,768 words, every tenth segment in doubt."""
    segments, said = [], 0
    each = HOURS * 3600 / SEGMENTS
    for number in range(SEGMENTS):
        count = WORDS // SEGMENTS + (number < WORDS % SEGMENTS)
        start = number * each
        words = tuple(
            Word(
                round(start + n * each / count, 2),
                round(start + (n + 1) * each / count, 2),
                _VOCABULARY[(said + n) % len(_VOCABULARY)],
                0.4 if number % 10 == 0 and n % 5 == 0 else 0.95,
            )
            for n in range(count)
        )
        said += count
        flags = (Flag.LOW_CONFIDENCE,) if number % 10 == 0 else ()
        text = " ".join(word.text for word in words)
        speaker = ("Siti Aminah", "Ahmad Rianto")[number // 3 % 2]
        segments.append(
            Segment(number, words[0].start, words[-1].end, text, words, speaker, flags=flags)
        )
    return Transcript("id", HOURS * 3600, "demo", {}, tuple(segments))


def word_elements(transcript: Transcript) -> str:
    """Each word an element that knows its time."""
    lines = (
        "<p contenteditable spellcheck=false>"
        + " ".join(
            f'<span data-start="{word.start}" data-end="{word.end}">{html.escape(word.text)}</span>'
            for word in segment.words
        )
        + "</p>"
        for segment in transcript.segments
    )
    return "".join(lines)


def one_field(transcript: Transcript) -> str:
    """All the text in one field."""
    return f"<textarea rows=40 cols=120 spellcheck=false>{html.escape(transcript.text)}</textarea>"


PEERS: dict[str, Callable[[Transcript], str]] = {
    "an element a word": word_elements,
    "one text field": one_field,
}


def _compare(chromium: Browser, reviewing: Reviewing, peers: dict[str, str]) -> None:
    loads: dict[str, list[float]] = {name: [] for name in ("etam review", *peers)}
    firsts: dict[str, list[float]] = {name: [] for name in loads}
    waits: dict[str, list[float]] = {name: [] for name in loads}
    work: dict[str, list[float]] = {name: [] for name in loads}
    for _ in range(ROUNDS):
        for name, address in (("etam review", ""), *peers.items()):
            with chromium.new_context(viewport={"width": 1280, "height": 800}) as window:
                token = reviewing.sign_in(Role.EDITOR, "Ani")
                window.add_cookies([{"name": COOKIE, "value": token, "url": reviewing.address}])
                page = window.new_page()
                firsts[name].append(_opened(page, address or _editor_of(reviewing)))
                before = _processor_seconds()
                loads[name].append(_opened(page, address or _editor_of(reviewing)))
                work[name].append(_processor_seconds() - before)
                waits[name].extend(_typed(page))
    ours = statistics.median(loads["etam review"]), _p95(waits["etam review"])
    print(f"{SEGMENTS} segments, {WORDS} words, {ROUNDS} rounds of {LETTERS} letters each")
    for name, seconds in loads.items():
        load, typing = statistics.median(seconds), _p95(waits[name])
        print(
            f"{name:18} opens in {load:5.2f} s (worst {max(seconds):.2f}), "
            f"{load / ours[0]:4.1f} × ours, the first time in "
            f"{statistics.median(firsts[name]):5.2f} s (worst {max(firsts[name]):.2f}); "
            f"{statistics.median(work[name]):.2f} s of processor; "
            f"a letter in {statistics.median(waits[name]):5.1f} ms, p95 {typing:5.1f} ms, "
            f"{typing / ours[1]:4.1f} × ours"
        )


def _processor_seconds() -> float:
    """What the server and the browser have used so far."""
    used = 0.0
    for process in psutil.Process().children(recursive=True):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        used += times.user + times.system
    return used


def _opened(page: Page, address: str) -> float:
    """Seconds from asking for the page until the text can be typed into and is painted."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector(
        "#editor[aria-busy=false], body > p:nth-of-type(540), body > textarea", state="attached"
    )
    return float(
        page.evaluate(
            "new Promise(done => requestAnimationFrame(() => setTimeout("
            "() => done(performance.now() / 1000))))"
        )
    )


def _typed(page: Page) -> list[float]:
    """Milliseconds from each key to the frame that shows its letter, in the middle of the text."""
    page.evaluate(
        """() => {
          const field = document.querySelector("body > textarea");
          if (field) { field.focus(); field.setSelectionRange(46000, 46000); return; }
          const line = document.querySelectorAll(".said, p[contenteditable]")[270];
          line.scrollIntoView({ block: "center" });
          line.focus();
          const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          getSelection().collapse(walk.nextNode(), 2);
        }"""
    )
    page.wait_for_timeout(500)
    page.evaluate(_WATCH)
    page.keyboard.type("percakapan ini " * (LETTERS // 15 + 1), delay=80)
    page.wait_for_timeout(200)
    return [float(wait) for wait in page.evaluate("window.waits")][:LETTERS]


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _editor_of(reviewing: Reviewing) -> str:
    return f"{reviewing.address}/episodes/{AIR}/transcript"


def _put(workspace: Workspace, transcript: Transcript) -> None:
    episode = workspace.episode(AIR)
    write_json(episode.transcript_json, transcript.to_json())
    write_json(episode.reviewed_json, transcript.to_json())


def _written(folder: Path, name: str, body: str) -> str:
    path = folder / f"{name.replace(' ', '-')}.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>{name}</title>{body}", "utf-8")
    return path.as_uri()


if __name__ == "__main__":
    main()
