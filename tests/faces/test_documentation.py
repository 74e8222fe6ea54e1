"""Documentation that cannot drift: each command, option and setting is in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from pipeline.ground.cluster_settings import Cluster
from pipeline.ground.config import Article, Audio, Publish, ShowInfo, Transcription
from pipeline.ground.episode_file import EpisodeFile
from pipeline.ground.feed_settings import Feed
from pipeline.ground.grounding_settings import Grounding
from pipeline.ground.language_model_settings import LanguageModel
from pipeline.ground.wordpress_settings import WordPress

DOCS = Path(__file__).parents[2] / "docs"


def test_the_command_reference_is_what_the_program_says(tmp_path: Path) -> None:
    command = "from typer.cli import app; app()"
    arguments = ["pipeline.faces.cli", "utils", "docs", "--name", "etam"]
    output = ["--output", str(tmp_path / "cli.md")]
    subprocess.run(
        [sys.executable, "-c", command, *arguments, *output],
        check=True,
        capture_output=True,
        cwd=DOCS.parent,
    )
    fresh = (tmp_path / "cli.md").read_text(encoding="utf-8")
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == fresh, "run `make docs`"


@pytest.mark.parametrize(
    "section",
    [
        ShowInfo,
        Audio,
        Transcription,
        Cluster,
        Article,
        LanguageModel,
        Grounding,
        Feed,
        WordPress,
        Publish,
        EpisodeFile,
    ],
)
def test_every_setting_is_documented(section: type[BaseModel]) -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    missing = [
        key for key in section.model_fields if f"`{key}`" not in text and f"`{key} =" not in text
    ]
    assert missing == []


def test_every_make_target_is_in_its_help() -> None:
    makefile = DOCS.parent / "Makefile"
    phony = next(
        line for line in makefile.read_text().splitlines() if line.startswith(".PHONY:")
    ).split()[1:]
    shown = subprocess.run(
        ["make", "help"], cwd=DOCS.parent, check=True, capture_output=True, text=True
    ).stdout
    described = {line.split()[0] for line in shown.splitlines()}
    parts_of_check = {"lint", "types", "imports", "coverage"}
    assert set(phony) - parts_of_check <= described
