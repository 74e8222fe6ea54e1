"""`etam evaluate`: how right the transcripts are, per episode, by model and over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.faces.errors import sentences
from pipeline.faces.report import print_json
from pipeline.ground.accuracy_file import read_measurements
from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.tools.accuracy.evaluating import evaluate_episode
from pipeline.tools.accuracy.references import how_to_give_one, reference_file
from pipeline.words.accuracy import Measurement
from pipeline.words.episode import Episode
from pipeline.words.errors import SetupProblem
from pipeline.words.standings import (
    Measured,
    Standing,
    doubtful_episodes,
    on_the_same_episodes,
    standings,
)

_CONFUSIONS_SHOWN = 8


@dataclass(slots=True)
class Evaluation:
    """What was measured now (`now`), all that is known (`known`), and what went wrong."""

    now: dict[str, Measurement] = field(default_factory=dict)
    known: list[Measured] = field(default_factory=list)
    errors: dict[str, Exception] = field(default_factory=dict)


def evaluate(workspace: Workspace, slugs: Sequence[str], reference: Path | None) -> Evaluation:
    """Measure the episodes `slugs`, or all that have a reference; one hides no other."""
    evaluation = Evaluation()
    for slug in workspace.slugs():
        try:
            episode = workspace.episode(slug)
            if slug in slugs or (not slugs and reference_file(episode)):
                evaluation.now[slug] = evaluate_episode(workspace, episode, reference)
            evaluation.known.extend(_known_of(episode))
        except Exception as error:  # noqa: BLE001 - one episode hides no other
            evaluation.errors[slug] = error
    workspace.digests.save()
    return evaluation


def draw_evaluation(workspace: Workspace, evaluation: Evaluation, path: Path) -> None:
    """Write an SVG of the figures over time. Raises SetupProblem when there are none."""
    from pipeline.tools.accuracy.picture import accuracy_picture

    if path.suffix.lower() != ".svg":
        raise SetupProblem(f"{path} is no SVG file.", "Give the picture a name that ends in .svg.")
    found = standings(evaluation.known)
    if not found:
        raise SetupProblem("There are no figures to draw yet.", how_to_give_one("SLUG"))
    show = workspace.show.show
    write_text(path, accuracy_picture(found, show.title, show.language))


def show_evaluation(workspace: Workspace, evaluation: Evaluation, *, as_json: bool) -> None:
    """Print the figures as tables for people, or as JSON for a program."""
    if as_json:
        print_json(_to_json(workspace, evaluation))
        return
    for slug, measurement in evaluation.now.items():
        _show_episode(slug, measurement)
    if not evaluation.known and not evaluation.errors:
        typer.echo(f"No episode has a text to measure against. {how_to_give_one('SLUG')}")
    if found := standings(evaluation.known):
        _show_standings(found)
    for pair in on_the_same_episodes(evaluation.known):
        rates = zip(pair.models, pair.word_error_rates, strict=True)
        said = ", ".join(f"{model} {rate:.1%}" for model, rate in rates)
        typer.echo(f"On the {pair.episodes} episode(s) that both heard: {said} word errors.")
    for slug in sorted(doubtful_episodes(evaluation.known)):
        typer.echo(f"{slug} does not count: hardly a word of its reference was found.")


def _known_of(episode: Episode) -> list[Measured]:
    day = episode.details.date
    return [Measured(episode.slug, day, each) for each in read_measurements(episode)]


def _to_json(workspace: Workspace, evaluation: Evaluation) -> dict[str, Any]:
    log = workspace.cache / "etam.log"
    return {
        "episodes": {slug: each.to_json() for slug, each in evaluation.now.items()},
        "standings": [asdict(each) for each in standings(evaluation.known)],
        "same_episodes": [asdict(each) for each in on_the_same_episodes(evaluation.known)],
        "problems": {slug: sentences(error, log) for slug, error in evaluation.errors.items()},
    }


def _show_episode(slug: str, measurement: Measurement) -> None:
    console = Console()
    errors, names = measurement.errors, measurement.names
    console.print(Text(slug, style="bold"), soft_wrap=True)
    lines = [
        f"{measurement.model} against {measurement.reference_name}, {errors.words:,} words",
        f"word error rate {errors.word_error_rate:.1%}, "
        f"character error rate {errors.character_error_rate:.1%} "
        f"(as written, with case and punctuation: {measurement.raw.word_error_rate:.1%})",
        f"{errors.substitutions} wrong, {errors.deletions} missing, {errors.insertions} too many",
    ]
    if names.said:
        missed = ", ".join(f"{name} ×{times}" for name, times in names.missed[:5])
        lines.append(
            f"names of the glossary: {names.right} of {names.said} right"
            + (f"; wrong: {missed}" if missed else "")
        )
    if confusions := measurement.confusions[:_CONFUSIONS_SHOWN]:
        said = "; ".join(f"{c.said} → {c.heard} ×{c.times}" for c in confusions)
        lines.append(f"most often confused: {said}")
    if measurement.is_doubtful:
        lines.append("hardly a word agrees: is this reference of this episode?")
    for line in lines:
        console.print(Text(f"  {line}"), soft_wrap=True)


def _show_standings(found: Sequence[Standing]) -> None:
    table = Table("model", "month", "episodes", "words", "word errors", "character errors")
    for column in table.columns[2:]:
        column.justify = "right"
    for each in found:
        table.add_row(
            Text(each.model),
            each.month or "all",
            str(each.episodes),
            f"{each.words:,}",
            f"{each.word_error_rate:.1%}",
            f"{each.character_error_rate:.1%}",
            style="" if each.month else "bold",
        )
    Console().print(table)
