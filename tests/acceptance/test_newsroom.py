"""A newsroom's day: drop, run, approve, publish, correct, approve again."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest

from pipeline.ground.workspace import Workspace
from tests.acceptance.conftest import Etam
from tests.acceptance.recordings import few_seconds_of_talk, write_recording

QUESTIONS = (
    "--title", "Kabar Kukar",
    "--author", "Redaksi",
    "--email", "redaksi@example.org",
    "--base-url", "https://podcast.example.org/kabar",
    "--model", "demo",
)  # fmt: skip


class Newsroom:
    """A show with one episode that was run and waits for its editor."""

    def __init__(self, folder: Path) -> None:
        self.etam = Etam(folder)
        self.etam("init", "show", *QUESTIONS)
        self.workspace = Workspace((folder / "show").resolve())
        dropped = folder / "2026-11-20 Sari Dewi - Bank Sampah.wav"
        write_recording(dropped, few_seconds_of_talk())
        self("add", str(dropped))
        self("run")
        (self.slug,) = self.workspace.slugs()

    def __call__(self, *arguments: str, code: int | None = 0) -> str:
        return self.etam("-C", "show", *arguments, code=code).stdout

    @property
    def feed(self) -> list[tuple[str, str]]:
        """Title and identity of each item that listeners see."""
        path = self.workspace.public / "feed.xml"
        if not path.exists():
            return []
        return [(item.title, item.id) for item in feedparser.parse(path.read_bytes()).entries]

    def retitle(self, title: str) -> None:
        file = self.workspace.episodes_folder / self.slug / "episode.toml"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("title =")]
        file.write_text(f'title = "{title}"\n' + "".join(kept), encoding="utf-8")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("newsroom"))


def test_nothing_is_public_before_an_editor_signs(newsroom: Newsroom) -> None:
    assert "nobody has approved it" in newsroom("publish")
    assert newsroom.feed == []
    assert not list(newsroom.workspace.public.rglob("*.mp3"))
    row = json.loads(newsroom("status", "--json"))["episodes"][0]
    assert row["waits"] == f"an editor: etam approve {newsroom.slug}"


def test_what_is_signed_is_published_and_what_changes_waits_for_a_new_signature(
    newsroom: Newsroom,
) -> None:
    newsroom("approve", newsroom.slug, "--by", "Ibu Redaktur")
    planned = newsroom("publish", "--dry-run")
    assert "would upload feed.xml" in planned
    assert newsroom.feed == []
    newsroom("publish")
    ((title, guid),) = newsroom.feed
    assert title == "Bank Sampah"

    newsroom.retitle("Bank Sampah Desa")
    assert "the stage tag must run: settings changed: title" in newsroom("publish")
    done = newsroom.etam("-C", "show", "approve", newsroom.slug, "--by", "Ibu Redaktur", code=3)
    assert "cannot be approved yet" in done.stderr
    newsroom("run")
    assert "it changed after it was approved" in newsroom("publish")
    assert newsroom.feed == [("Bank Sampah", guid)]

    newsroom("approve", newsroom.slug, "--by", "Ibu Redaktur")
    newsroom("publish")
    assert newsroom.feed == [("Bank Sampah Desa", guid)]


def test_the_signature_names_who_and_what(newsroom: Newsroom) -> None:
    approval = json.loads(newsroom.workspace.episode(newsroom.slug).approval_json.read_text())
    assert approval["by"] == "Ibu Redaktur"
    assert all(len(digest) == 64 for digest in approval["digests"].values())


def test_an_article_of_the_editor_is_never_written_over(newsroom: Newsroom) -> None:
    episode = newsroom.workspace.episode(newsroom.slug)
    episode.article_md.write_text("# Tulisan saya\n", encoding="utf-8")
    newsroom("run", "--force", "draft", "--force", "transcribe")
    assert episode.article_md.read_text(encoding="utf-8") == "# Tulisan saya\n"
    episode.article_md.unlink()


def test_the_plan_gives_the_reason_of_each_step(newsroom: Newsroom) -> None:
    newsroom("run")
    newsroom.retitle("Judul lain")
    (steps,) = json.loads(newsroom("plan", "--json"))["episodes"].values()
    reasons = {step["stage"]: (step["verdict"], step["detail"]) for step in steps}
    assert reasons["normalize"][0] == "up to date"
    assert reasons["transcribe"][0] == "up to date"
    assert reasons["tag"] == ("run", "title")
    newsroom("run")


def test_the_same_recording_dropped_again_makes_no_second_episode(newsroom: Newsroom) -> None:
    copy = newsroom.etam.folder / "salinan.wav"
    copy.write_bytes(newsroom.workspace.episode(newsroom.slug).recordings[0].read_bytes())
    newsroom("add", str(copy))
    newsroom("run", code=None)
    assert newsroom.workspace.slugs() == [newsroom.slug]
    note = newsroom.workspace.inbox / "salinan.wav.masalah.txt"
    assert newsroom.slug in note.read_text(encoding="utf-8")
    (newsroom.workspace.inbox / "salinan.wav").unlink()
    newsroom("run")
    assert not note.exists()


def test_the_doctor_finds_what_is_missing(newsroom: Newsroom) -> None:
    findings = {f["about"]: f for f in json.loads(newsroom("doctor", "--json"))}
    assert all(finding["ok"] for finding in findings.values())
    toml = newsroom.workspace.show_file.read_text(encoding="utf-8")
    try:
        newsroom.workspace.show_file.write_text(toml.replace('"demo"', '"no-such-folder/x/y"'))
        findings = {f["about"]: f for f in json.loads(newsroom("doctor", "--json", code=4))}
        assert not findings["model"]["ok"]
        assert "no-such-folder" in findings["model"]["sentence"]
    finally:
        newsroom.workspace.show_file.write_text(toml, encoding="utf-8")


def test_a_mistake_in_the_settings_stops_before_any_work(newsroom: Newsroom) -> None:
    toml = newsroom.workspace.show_file.read_text(encoding="utf-8")
    try:
        newsroom.workspace.show_file.write_text(toml.replace("author =", "autor ="))
        done = newsroom.etam("-C", "show", "run", code=4)
        assert "“show.autor” is unknown; did you mean “author”?" in done.stderr
    finally:
        newsroom.workspace.show_file.write_text(toml, encoding="utf-8")


def test_a_second_init_touches_nothing(newsroom: Newsroom) -> None:
    before = newsroom.workspace.show_file.read_bytes()
    done = newsroom.etam("init", "show", *QUESTIONS, code=4)
    assert "already holds a show" in done.stderr
    assert newsroom.workspace.show_file.read_bytes() == before


def test_an_unknown_episode_is_a_sentence(newsroom: Newsroom) -> None:
    done = newsroom.etam("-C", "show", "approve", "../etc", "--by", "X", code=3)
    assert "There is no episode “../etc”" in done.stderr
