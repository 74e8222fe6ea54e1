"""What the grounding check says of an episode's article, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from pipeline.faces.report import print_json
from pipeline.ground.workspace import Workspace
from pipeline.tools.grounding.episodes import article_to_check, check_file
from pipeline.tools.translations import translator
from pipeline.words.captions import text_time
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.grounding.checked import (
    Checked,
    CheckedQuote,
    Finding,
    Verdict,
    Weight,
    checked_to_json,
)
from pipeline.words.review.history import Sign

_STYLES = {
    Verdict.EXACT: "green",
    Verdict.EDITED: "green",
    Verdict.CHECK: "yellow",
    Verdict.BLOCKED: "bold red",
    Verdict.NOT_FOUND: "bold red",
}
_WEIGHTS = {Weight.NOTE: "", Weight.CHECK: "yellow", Weight.BLOCKED: "bold red"}
_SIGNS = {Sign.SAME: ("", "", ""), Sign.OUT: ("[-", "-]", "red"), Sign.IN: ("{+", "+}", "green")}
_MOST_CHARACTERS = 90


def check_episode(workspace: Workspace, slug: str, *, as_json: bool) -> int:
    """Print a verdict for each quote and every finding; the exit code for the process.

    It is that of an episode's problem when a quote is blocked or not found, or when something else
    has no support.
    """
    episode = workspace.episode(slug)
    path = article_to_check(episode)
    checked = check_file(path, episode, workspace.show)
    if as_json:
        # Programs read English; the review app shows these sentences in its reader's language.
        print_json({"file": path.name, **checked_to_json(checked, translator("en"))})
    else:
        _show(episode, path, checked)
    return EpisodeProblem.exit_code if checked.open else 0


def _show(episode: Episode, path: Path, checked: Checked) -> None:
    console = Console()
    for quote in checked.quotes:
        for line in _quote(quote):
            console.print(line, soft_wrap=True)
    for finding in checked.findings:
        console.print(_finding(finding), soft_wrap=True)
    supported = sum(bool(s.passages or s.sources) for s in checked.sentences)
    typer.echo(
        f"{path.name} of “{episode.slug}”: {len(checked.quotes)} quotes, {len(checked.open)} "
        f"things that keep it from being approved; {supported} of {len(checked.sentences)} other "
        "sentences have support."
    )


def _quote(quote: CheckedQuote) -> Iterator[Text]:
    """The verdict with the place to listen to; then the reasons, and the difference if any."""
    who = f" — {quote.attributed}" if quote.attributed else ""
    place = ", ".join(f"{_clock(p.start)}–{_clock(p.end)}" for p in quote.passages)
    heading = Text(f"{quote.verdict.value:<10}", style=_STYLES[quote.verdict])
    heading.append(f"{place or quote.source or '—'}  “{_short(quote.text)}”{who}", style="")
    if quote.is_open:
        heading.append(f"  ({quote.id})", style="dim")
    yield heading
    for reason in quote.reasons:
        yield Text(f"    {reason.told()}")
    if quote.difference and quote.verdict is not Verdict.EXACT:
        yield _difference(quote)


def _difference(quote: CheckedQuote) -> Text:
    text = Text("    ")
    for part in quote.difference:
        opening, closing, style = _SIGNS[part.sign]
        shown = _middle_left_out(part.text) if part.sign is Sign.SAME else part.text
        text.append(f"{opening}{shown}{closing} ", style=style or None)
    return text


def _middle_left_out(text: str) -> str:
    """The words beside a change are enough to find it."""
    words = text.split()
    return text if len(words) <= 8 else f"{' '.join(words[:4])} … {' '.join(words[-4:])}"


def _finding(finding: Finding) -> Text:
    text = Text(f"{finding.weight.name.lower():<10}", style=_WEIGHTS[finding.weight])
    text.append(f"{finding.kind.value}: “{_short(finding.text)}” {finding.reason.told()}", style="")
    if finding.is_open:
        text.append(f"  ({finding.id})", style="dim")
    return text


def _clock(seconds: float) -> str:
    return text_time(seconds).strip("[]")


def _short(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    return text[:_MOST_CHARACTERS].rpartition(" ")[0] + " …"
