"""An episode on disk as tagging leaves it: the interview of `tests/golden/`."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import write_json
from pipeline.ground.workspace import Workspace
from pipeline.words.chapters import chapters_to_json
from pipeline.words.subjects import subjects_to_json
from tests.drafts import DETAILS, PUBLICATION, SHIPPED_GLOSSARY, material_of
from tests.shows import SHOW_TOML, make_episode, make_show
from tests.talks import talk

TOML = SHOW_TOML.replace(
    "[publish]",
    'host = "Sari Melati"\n\n'
    '[article]\noutlet = "Portal Contoh"\n'
    'place = "Kutai Kartanegara"\nlabel = "ADV"\n\n[publish]',
).replace("http://127.0.0.1:8000/", "https://contoh.example/")


def tagged_interview(root: Path, toml: str = TOML) -> Workspace:
    """A workspace with the episode “kim”."""
    workspace = make_show(root, toml)
    make_episode(workspace, "kim")
    write_episode_file(workspace.episodes_folder / "kim" / "episode.toml", DETAILS["interview"])
    shutil.copy(SHIPPED_GLOSSARY, workspace.feed_folder / "glossary.toml")
    episode = workspace.episode("kim")
    material = material_of(talk("interview"), episode.details, PUBLICATION)
    episode.texts.mkdir()
    write_json(episode.transcript_json, material.transcript.to_json())
    write_json(episode.topics_json, subjects_to_json(material.subjects))
    write_json(episode.chapters_json, chapters_to_json(material.chapters))
    return workspace
