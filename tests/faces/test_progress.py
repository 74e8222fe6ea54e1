"""What people see while the runner works."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from pipeline.faces.progress import ProgressBars
from pipeline.running.plan import Reason, Step, Verdict

SLUG = "2026-11-05-rapat"
STEP = Step("transcribe", Verdict.RUN, Reason.NEVER_RUN)


def shown(tmp_path: Path, *told: str, terminal: bool = True) -> str:
    out = io.StringIO()
    console = Console(file=out, force_terminal=terminal, width=80, color_system=None)
    with ProgressBars(console, tmp_path / "log", set()) as bars:
        bars.started(SLUG, STEP)
        for text in told:
            bars.told(SLUG, "transcribe", text)
        bars.progressed(SLUG, "transcribe", 0.5)
    return out.getvalue()


def test_the_latest_words_stand_below_the_name(tmp_path: Path) -> None:
    seen = shown(tmp_path, "Selamat pagi.", "Apa kabar?")
    assert f"{SLUG} transcribe" in seen
    assert "Apa kabar?" in seen


def test_of_long_words_the_end_is_shown(tmp_path: Path) -> None:
    seen = shown(tmp_path, "Ini kalimat yang panjang sekali, sampai ke ujung.")
    assert "…g sekali, sampai ke ujung." in seen
    assert "Ini kalimat" not in seen


def test_words_that_look_like_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    assert "[/] [red]x\\" in shown(tmp_path, "[/] [red]x\\")


def test_a_log_does_not_hold_what_was_said(tmp_path: Path) -> None:
    assert "kabar" not in shown(tmp_path, "Apa kabar?", terminal=False)


def test_publishing_is_shown_in_bytes(tmp_path: Path) -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100, color_system=None)
    with (
        ProgressBars(console, tmp_path / "log", set()) as bars,
        bars.bar("publishing", 200_000_000) as report,
    ):
        report(1.0)
        bars._bars.refresh()
    assert "200.0/200.0 MB" in out.getvalue()
