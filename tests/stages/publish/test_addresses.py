"""Where an episode is heard is known before and after it is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish, withdraw
from pipeline.stages.publish.addresses import public_addresses
from pipeline.words.errors import SetupProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace

BASE = "https://podcast.example.org/etam/"


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path)
    add_episode(workspace, "satu")
    return workspace


def publish_now(workspace: Workspace) -> None:
    bucket = open_bucket(workspace.show, workspace)
    publish(workspace, bucket, plan_publication(workspace, bucket, NOW), lambda _share: None)


def test_before_publication_only_the_page_has_an_address(show: Workspace) -> None:
    found = public_addresses(show, show.episode("satu"))
    assert found.page == f"{BASE}episodes/satu/index.html"
    assert found.enclosure == ""


def test_a_public_enclosure_is_the_file_that_listeners_get(show: Workspace) -> None:
    publish_now(show)
    found = public_addresses(show, show.episode("satu"))
    key = found.enclosure.removeprefix(BASE)
    assert (show.public / key).read_bytes() == show.episode("satu").enclosure.read_bytes()
    assert found.enclosure_bytes == (show.public / key).stat().st_size
    assert (show.public / found.page.removeprefix(BASE)).is_file()


def test_a_renamed_episode_keeps_its_page(show: Workspace) -> None:
    publish_now(show)
    for folder in (show.episodes_folder, show.transcripts_folder):
        (folder / "satu").rename(folder / "lain")
    found = public_addresses(show, show.episode("lain"))
    assert found.page == f"{BASE}episodes/satu/index.html"


def test_a_withdrawn_episode_is_heard_nowhere(show: Workspace) -> None:
    publish_now(show)
    withdraw(show, "satu", open_bucket(show.show, show))
    assert public_addresses(show, show.episode("satu")).enclosure == ""
    publish_now(show)
    assert public_addresses(show, show.episode("satu")).enclosure == ""


def test_a_damaged_record_is_said(show: Workspace) -> None:
    publish_now(show)
    guid = show.episode("satu").recording.guid
    (show.published / f"{guid}.json").write_text("{")
    with pytest.raises(SetupProblem, match="cannot be read"):
        public_addresses(show, show.episode("satu"))
