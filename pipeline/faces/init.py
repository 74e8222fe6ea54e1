"""Makes a new workspace: the folders, a commented show.toml, a first cover."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from pipeline.ground.config import show_of
from pipeline.ground.files import remove_leftovers, write_text
from pipeline.ground.workspace import Workspace
from pipeline.tools.artwork import draw_artwork
from pipeline.tools.editing import write_sting
from pipeline.words.errors import SetupProblem

_READMES = {
    "episodes/inbox/README.md": "Taruh rekaman di sini. / Drop recordings here: one file, or one "
    "folder of files, is one episode.\n",
    "episodes/README.md": "One folder per episode: the recording as it was received, "
    "`episode.toml` to edit, and the audio that the pipeline makes.\n",
    "transcripts/README.md": "One folder per episode: transcript, captions and the article draft. "
    "Editors correct `transcript.txt` and write `article.md`; `review.jsonl` holds their "
    "changes.\n",
    "feed/README.md": "`show.toml`, the artwork and the glossary are yours; `public/` is what "
    "listeners get.\n",
    ".gitignore": ".cache/\n",
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new show needs to be told."""

    title: str
    author: str
    owner_email: str
    base_url: str
    description: str = ""
    language: str = "id"
    categories: tuple[str, ...] = ("Government",)
    model: str = "auto"
    approval: str = "editor"
    host: str = ""
    outlet: str = ""
    place: str = ""
    sting: bool = False
    artwork: str = "artwork.jpg"
    """In `feed/`; drawn where there is none."""
    more: Mapping[str, object] = field(default_factory=dict)
    """Further keys of `[show]`."""


def init_workspace(root: Path, answers: Answers) -> Workspace:
    """Make a workspace in `root`.

    Raises SetupProblem when there is one already, when `root` is a file, and when an answer is
    not what a show needs; then nothing was made.
    """
    workspace = Workspace(root.resolve())
    if workspace.show_file.exists():
        raise SetupProblem(
            f"{workspace.root} already holds a show: {workspace.show_file}.",
            "Edit that file, or choose another folder.",
        )
    if any(place.is_file() for place in (workspace.root, *workspace.root.parents)):
        raise SetupProblem(f"{workspace.root} is no folder.", "Choose a folder, or a new name.")
    text_of_show = _show_text(answers)
    show_of(text_of_show, workspace.show_file)
    for name, text in _READMES.items():
        remove_leftovers((workspace.root / name).parent)
        if not (workspace.root / name).exists():
            write_text(workspace.root / name, text)
    _write_feed_folder(workspace, answers, text_of_show)
    return workspace


def _write_feed_folder(workspace: Workspace, answers: Answers, text_of_show: str) -> None:
    """Write show.toml last: a folder without it is no workspace, so a kill can be repeated."""
    feed = workspace.feed_folder
    for name in ("glossary.toml", "prompts/article.md"):
        _write_once(feed / name, _shipped(name))
    if not (feed / answers.artwork).exists():
        draw_artwork(feed / answers.artwork, answers.title, answers.author)
    if answers.sting:
        write_sting(feed / "intro.wav")
    write_text(workspace.show_file, text_of_show)


def _write_once(path: Path, text: str) -> None:
    if not path.exists():
        write_text(path, text)


def _shipped(name: str) -> str:
    return (files("pipeline") / "init" / name).read_text(encoding="utf-8")


def _show_text(answers: Answers) -> str:
    def quoted(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)  # JSON strings and lists are TOML too

    def line(key: str, value: str) -> str:
        return f"{key} = {quoted(value)}\n" if value else f'# {key} = "…"\n'

    text = _shipped("show.toml").format(
        title=quoted(answers.title),
        description=quoted(answers.description or answers.title),
        author=quoted(answers.author),
        owner_email=quoted(answers.owner_email),
        language=quoted(answers.language),
        categories=quoted(list(answers.categories)),
        model=quoted(answers.model),
        hotwords=quoted(answers.model != "demo"),  # which met no hint in training
        approval=quoted(answers.approval),
        host=line("host", answers.host),
        base_url=quoted(answers.base_url),
        stings=line("intro", "intro.wav" if answers.sting else ""),
        article=line("outlet", answers.outlet) + line("place", answers.place),
    )
    more = {"artwork": answers.artwork, **answers.more}
    return _with_more(text, {key: quoted(value) for key, value in more.items()})


def _with_more(text: str, more: Mapping[str, str]) -> str:
    """The text with further keys of `[show]`: on their own line where it has one, else at its end.

    A line of the template that stands behind a # counts.
    """
    head, audio, rest = text.partition("\n[audio]")
    lines = head.split("\n")
    for key, value in more.items():
        said = f"{key} = {value}"
        places = [n for n, old in enumerate(lines) if re.match(rf"(# )?{key} = ", old)]
        if places:
            lines[places[0]] = said
        else:
            lines.insert(len(lines) - 1, said)
    return "\n".join(lines) + audio + rest
