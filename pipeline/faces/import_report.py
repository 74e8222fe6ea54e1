"""What an import did and what is left to do, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import typer

from pipeline.faces.importing import Import
from pipeline.stages.importing import Took, imported_episodes
from pipeline.stages.publish.records import record_path
from pipeline.words.feed import FEED_KEY


def show_import(done: Import, *, as_json: bool) -> None:
    """Print it; problems are said too, since they belong to single items."""
    if as_json:
        typer.echo(json.dumps(_to_json(done), ensure_ascii=False, indent=1))
        return
    new = [each for each in done.taken if each.took is Took.NEW]
    known = sum(each.took is Took.KNOWN for each in done.taken)
    if done.is_new_show:
        typer.echo(f"A new workspace: {done.workspace.root}. Look through feed/show.toml.")
    for each in new:
        typer.echo(f"new: {each.slug}")
    typer.echo(
        f"“{done.feed.title}”: {len(new)} new episode(s), {known} known, "
        f"{len(done.fetched)} recording(s) fetched."
    )
    for error in (*done.errors, *done.notes):
        typer.echo(f"{error.problem} {error.remedy}")
    for sentence in done.guesses:
        typer.echo(sentence)
    for key, (old, present) in done.different.items():
        typer.echo(f"show.toml keeps {key} = {present!r}; the old feed says {old!r}.")
    for number, step in enumerate(_left_to_do(done), start=1):
        typer.echo(f"{number}. {step}")


def _left_to_do(done: Import) -> Iterator[str]:
    everything = imported_episodes(done.workspace)
    public = sum(record_path(done.workspace, each.guid).is_file() for each in everything)
    address = f"{done.workspace.show.publish.base_url}{FEED_KEY}"
    if waiting := done.waiting:
        yield (
            f"{len(waiting)} of {len(everything)} have no recording here: run this again with "
            "--audio, or put a better one into an episode's folder first."
        )
    if public < len(everything):
        yield (
            f"{public} of {len(everything)} are in the new feed: `etam run`, look at them, "
            "`etam approve`, `etam publish`. Do not redirect before all are."
        )
    known = done.feed.own_address or done.feed.address
    old = known if known.startswith("http") else "the feed"
    yield (
        f"Then, at the old host, redirect {old} to {address} (301 where it can), and let it say "
        f"<itunes:new-feed-url>{address}</itunes:new-feed-url>."
    )
    yield (
        f"In feed/show.toml write [feed] new_feed_url = “{address}”, and publish; leave both for "
        "at least four weeks. Keep the old host until its statistics show nobody there."
    )


def _to_json(done: Import) -> dict[str, object]:
    return {
        "title": done.feed.title,
        "workspace": str(done.workspace.root),
        "items": [
            {
                "title": each.title,
                "outcome": str(each.took),
                "slug": each.slug,
                "problem": each.problem.problem if each.problem else None,
            }
            for each in done.taken
        ],
        "fetched": done.fetched,
        "without_recording": [each.slug for each in done.waiting],
        "problems": [[each.problem, each.remedy] for each in (*done.errors, *done.notes)],
        "guessed": done.guesses,
        "different": {key: {"old": a, "present": b} for key, (a, b) in done.different.items()},
        "left_to_do": list(_left_to_do(done)),
    }
