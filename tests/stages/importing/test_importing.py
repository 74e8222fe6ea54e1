"""A show at another host is taken over: its identity is kept, and nothing here is touched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.faces.errors import exit_code
from pipeline.ground.workspace import Workspace
from pipeline.stages.importing import Source, show_settings, take_in
from pipeline.stages.importing.categories import apple_categories
from pipeline.stages.publish.records import record_path
from pipeline.tools.rss.reading import read_feed
from pipeline.tools.web import downloading
from pipeline.words.errors import PipelineError
from tests.mp3_files import write_mp3
from tests.old_feeds import CHANNEL, old_feed, old_item
from tests.shows import make_show
from tests.tools.old_host import OldHost, serve_old_host

FIRST, SECOND = "https://old.example.org/?p=1", "Buzzsprout-2/../../x"


@dataclass
class Move:
    """A show at `host`, and a folder into which it moves."""

    host: OldHost
    folder: Path

    def etam(self, *arguments: str) -> tuple[int, dict[str, Any], str]:
        """The exit code, what is printed as JSON, and what is said when nothing could be done."""
        command = ["-C", str(self.folder), "import", *arguments, "--json"]
        done = CliRunner().invoke(app, command)
        if isinstance(done.exception, PipelineError):
            return exit_code([done.exception]), {}, str(done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, json.loads(done.stdout), ""

    def take_over(self, *arguments: str) -> tuple[int, dict[str, Any], str]:
        return self.etam(f"{self.host.address}/feed.xml", *arguments)

    def feed(self, *items: str, **settings: str) -> None:
        self.host.files["/feed.xml"] = old_feed(*items, **settings)

    def folder_of(self, slug: str) -> Path:
        return self.folder / "episodes" / slug


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_mp3(tmp_path_factory.mktemp("sound") / "a.mp3", 3).read_bytes()


@pytest.fixture
def move(tmp_path: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Move]:
    monkeypatch.setattr(downloading, "_PAUSE_SECONDS", 0.0)
    with serve_old_host() as host:
        host.files["/1.mp3"] = host.files["/dua.mp3"] = sound
        moved = Move(host, tmp_path)
        moved.feed(
            old_item("Dua", f"{host.address}/dua.mp3", guid=SECOND, date=FRIDAY),
            old_item("Satu: Ahmad", f"{host.address}/1.mp3", guid=FIRST),
        )
        yield moved


FRIDAY = "Fri, 14 Oct 2022 23:30:00 +0000"
NEW = ("--base-url", "https://new.example.org/etam")


def test_a_new_workspace_is_made_and_keeps_identities_and_dates(move: Move) -> None:
    code, said, _ = move.take_over("--audio", *NEW)
    assert code == 0
    show = Workspace(move.folder)
    assert [item["outcome"] for item in said["items"]] == ["new", "new"]
    recordings = {slug: show.recording(slug) for slug in show.slugs()}
    assert list(recordings) == ["2022-10-06-satu-ahmad", "2022-10-15-dua"]
    assert [each.guid for each in recordings.values()] == [FIRST, SECOND]
    second = recordings["2022-10-15-dua"]
    assert second.published_at == datetime(2022, 10, 14, 23, 30, tzinfo=UTC)
    assert second.files[0].name == "dua.mp3"
    assert show.episode("2022-10-06-satu-ahmad").details.title == "Satu: Ahmad"


def test_what_the_old_feed_says_of_the_show_is_in_a_commented_show_toml(move: Move) -> None:
    move.take_over(*NEW)
    show = Workspace(move.folder).show.show
    assert (show.title, show.author, show.language) == ("Etam Bercerita", "Redaksi Etam", "id-ID")
    assert show.categories == ["Government", "Society & Culture > Documentary"]
    assert show.podcast_guid == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert show.owner_name == "Redaksi"
    assert show.link == "https://old.example.org/"
    text = (move.folder / "feed" / "show.toml").read_text(encoding="utf-8")
    assert "# One to three, in Apple's spelling" in text
    assert "# link" not in text


def test_running_it_again_adds_only_what_is_new(move: Move, sound: bytes) -> None:
    move.take_over("--audio", *NEW)
    toml = move.folder_of("2022-10-15-dua") / "episode.toml"
    toml.write_text('title = "Diubah"\ndate = 2022-10-15\n', encoding="utf-8")
    before = _tree(move.folder / "episodes")
    move.host.asked.clear()
    code, said, _ = move.take_over("--audio")
    assert code == 0
    assert [item["outcome"] for item in said["items"]] == ["known", "known"]
    assert _tree(move.folder / "episodes") == before
    assert [path for path, _ in move.host.asked] == ["/feed.xml"]
    move.host.files["/3.mp3"] = sound
    move.feed(
        old_item("Tiga", f"{move.host.address}/3.mp3", guid="3", date=FRIDAY),
        old_item("Lain judul", f"{move.host.address}/dua.mp3", guid=SECOND, date=FRIDAY),
    )
    said = move.take_over("--audio")[1]
    assert [item["outcome"] for item in said["items"]] == ["known", "new"]
    assert said["fetched"] == ["2022-10-15-tiga"]
    assert "Diubah" in toml.read_text(encoding="utf-8")


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_audio_the_identities_wait_for_their_recordings(move: Move) -> None:
    code, said, _ = move.take_over(*NEW)
    assert code == 0
    assert len(said["without_recording"]) == 2
    show = Workspace(move.folder)
    assert show.slugs() == []  # nothing that the stages could trip over
    assert "2 of 2 have no recording here" in said["left_to_do"][0]
    said = move.take_over("--audio")[1]
    assert [item["outcome"] for item in said["items"]] == ["known", "known"]
    assert len(said["fetched"]) == 2
    assert {show.recording(slug).guid for slug in show.slugs()} == {FIRST, SECOND}


def test_a_better_recording_in_the_folder_is_taken_instead(move: Move, tmp_path: Path) -> None:
    move.take_over(*NEW)
    write_mp3(move.folder_of("2022-10-15-dua") / "studio.mp3", 5)
    said = move.take_over("--audio")[1]
    assert len(said["fetched"]) == 2
    recording = Workspace(move.folder).recording("2022-10-15-dua")
    assert recording.files[0].name == "studio.mp3"
    assert recording.guid == SECOND
    assert "/dua.mp3" not in [path for path, _ in move.host.asked]


def test_one_bad_item_stops_no_other(move: Move) -> None:
    address = move.host.address
    move.host.files["/login.mp3"] = b"<html>Please log in</html>" * 100
    move.feed(
        old_item("Tanpa suara", "", guid="a"),
        old_item("Tanpa tanggal", f"{address}/1.mp3", guid="b", date="kemarin"),
        old_item("Hilang", f"{address}/gone.mp3", guid="c"),
        old_item("Halaman", f"{address}/login.mp3", guid="d"),
        old_item("Kembar", f"{address}/1.mp3", guid="e"),
        old_item("Kembar", f"{address}/1.mp3", guid="e"),
        old_item("Diam-diam", "file:///etc/passwd", guid="f"),
        old_item("Baik", f"{address}/1.mp3", guid="g"),
    )
    code, said, _ = move.take_over("--audio", *NEW)
    assert code == 3
    assert said["fetched"] == ["2022-10-06-baik", "2022-10-06-kembar"]
    problems = " ".join(problem for problem, _ in said["problems"])
    for word in ("“Tanpa suara”", "“Tanpa tanggal”", "404", "login.mp3", "“Kembar”", "“Diam-diam”"):
        assert word in problems
    assert not (move.folder_of("2022-10-06-halaman") / "login.mp3").exists()
    move.host.files["/gone.mp3"] = move.host.files["/login.mp3"] = move.host.files["/1.mp3"]
    assert (
        move.take_over("--audio")[1]["fetched"] == ["2022-10-06-hilang", "2022-10-06-halaman"][::-1]
    )


def test_a_show_that_is_here_is_never_overwritten_but_compared(move: Move) -> None:
    show = make_show(move.folder)
    before = show.show_file.read_bytes()
    code, said, _ = move.take_over()
    assert code == 0
    assert show.show_file.read_bytes() == before
    assert said["different"]["title"] == {"old": "Etam Bercerita", "present": "Etam Berkesah"}
    assert "podcast_guid" in said["different"]
    assert not (show.feed_folder / "artwork.jpg").exists()


def test_artwork_is_taken_when_directories_accept_it(move: Move) -> None:
    _picture(move, "/art.png", 1400, "PNG")
    _picture(move, "/small.jpg", 300, "JPEG")
    address = move.host.address
    move.feed(
        old_item("Satu", f"{address}/1.mp3", guid="1", more=_image(address + "/art.png")),
        old_item("Dua", f"{address}/1.mp3", guid="2", more=_image(address + "/small.jpg")),
        channel=CHANNEL + _image(address + "/art.png"),
    )
    code, said, _ = move.take_over(*NEW)
    assert code == 0  # a picture is no reason to fail
    show = Workspace(move.folder)
    assert (show.feed_folder / "artwork.png").is_file()
    assert show.show.show.artwork == "artwork.png"
    assert not (show.feed_folder / "artwork.jpg").exists()
    assert not list(move.folder_of("2022-10-06-satu").glob("cover.*"))  # the show's own
    assert any("small.jpg is not used" in problem for problem, _ in said["problems"])


def _picture(move: Move, path: str, pixels: int, kind: str) -> None:
    file = move.folder / "picture"
    Image.new("RGB", (pixels, pixels), (10, 90, 110)).save(file, kind)
    move.host.files[path] = file.read_bytes()
    file.unlink()


def _image(address: str) -> str:
    return f'<itunes:image href="{address}"/>'


def test_artwork_that_directories_refuse_is_kept_beside(move: Move) -> None:
    _picture(move, "/small.jpg", 300, "JPEG")
    move.feed(channel=CHANNEL + _image(move.host.address + "/small.jpg"))
    code, said, _ = move.take_over(*NEW)
    feed = move.folder / "feed"
    assert code == 0
    assert (feed / "artwork-old").read_bytes() == move.host.files["/small.jpg"]
    assert Image.open(feed / "artwork.jpg").size == (1600, 1600)
    assert "The old artwork" in said["problems"][0][0]


def test_what_the_old_host_said_is_kept_byte_for_byte(move: Move) -> None:
    move.take_over(*NEW)
    kept = list((move.folder / "feed" / "imported").iterdir())
    assert [path.read_bytes() for path in kept] == [move.host.files["/feed.xml"]]


@pytest.mark.parametrize("killed_at", ["/1.mp3", "/dua.mp3"])
def test_an_import_that_is_killed_while_it_downloads_goes_on(move: Move, killed_at: str) -> None:
    command = [sys.executable, "-m", "pipeline", "import", f"{move.host.address}/feed.xml"]
    process = subprocess.Popen(
        [*command, "--audio", *NEW], cwd=move.folder, env={**os.environ}, stdout=subprocess.DEVNULL
    )
    move.host.cut_after[killed_at] = 5000
    move.host.when_cut[killed_at] = lambda: os.kill(process.pid, signal.SIGKILL)
    move.host.cuts[killed_at] = 1
    assert process.wait(60) == -signal.SIGKILL
    _must_be_completed(move)
    assert move.host.ranges_of(killed_at)[-1] == "bytes=5000-"


# Ends its own process before or after one of its renames: folders, files and records.
DYING = """
import os, signal, sys
from pathlib import Path
from pipeline.faces.cli import main

left = {renames}

def dying(rename):
    def renaming(path, target):
        global left
        left -= 1
        result = None if left == 0 and {before} else rename(path, target)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return renaming

Path.rename, Path.replace = dying(Path.rename), dying(Path.replace)
sys.argv = ["etam", "import", *{arguments}]
main()
"""


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("renames", [1, 8, 9, 11, 12, 14, 17, 19])
def test_an_import_that_is_killed_anywhere_is_completed_by_the_next(
    move: Move, renames: int, before: bool
) -> None:
    arguments = [f"{move.host.address}/feed.xml", "--audio", *NEW]
    program = DYING.format(renames=renames, before=before, arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=move.folder, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    _must_be_completed(move)


def _must_be_completed(move: Move) -> None:
    code, said, stderr = move.take_over("--audio", *NEW)
    assert code == 0, (said, stderr)
    show = Workspace(move.folder)
    assert {show.recording(slug).guid for slug in show.slugs()} == {FIRST, SECOND}
    assert len(list(show.episodes_folder.glob("2022*"))) == 2
    left = [path for path in show.root.rglob("*") if ".part" in path.name or ".etam" in path.name]
    assert left == []


def test_older_pages_are_taken_too_and_a_ring_of_pages_ends(move: Move) -> None:
    address = move.host.address
    items = [old_item(str(n), f"{address}/1.mp3", guid=str(n)) for n in range(3)]

    def linked(path: str) -> str:
        return CHANNEL + f'<atom:link rel="next" href="{address}{path}"/>'

    move.feed(items[0], channel=linked("/2.xml"))
    move.host.files["/2.xml"] = old_feed(items[1], channel=linked("/3.xml"))
    move.host.files["/3.xml"] = old_feed(items[2], channel=linked("/feed.xml"))
    said = move.take_over(*NEW)[1]
    assert [item["title"] for item in said["items"]] == ["2", "1", "0"]


def test_a_file_does_as_well_as_an_address(move: Move) -> None:
    file = move.folder / "old.xml"
    file.write_bytes(move.host.files["/feed.xml"])
    code, said, _ = move.etam(str(file), *NEW)
    assert code == 0
    assert len(said["items"]) == 2
    code, said, _ = move.etam(str(file), "--audio")
    assert code == 3  # a file that says to fetch from this machine is not obeyed
    assert "its own network" in str(said["problems"])


def test_what_is_left_to_do_is_said_with_the_addresses(move: Move) -> None:
    said = move.take_over("--audio", *NEW)[1]
    steps = " ".join(said["left_to_do"])
    assert "0 of 2 are in the new feed" in steps
    assert "<itunes:new-feed-url>https://new.example.org/etam/feed.xml" in steps
    assert f"redirect {move.host.address}/feed.xml" in steps


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.xml",), "cannot be read"),
        (("http://127.0.0.1:1/feed.xml",), "could not be fetched"),
    ],
)
def test_no_feed_makes_no_workspace(move: Move, arguments: tuple[str, ...], said: str) -> None:
    code, _, stderr = move.etam(*arguments, *NEW)
    assert code in (3, 75)
    assert said in stderr
    assert not (move.folder / "feed").exists()


def test_outside_of_a_workspace_an_address_is_asked_for(move: Move) -> None:
    code, _, stderr = move.take_over()
    assert code == 4
    assert "--base-url" in stderr


@pytest.mark.parametrize(
    ("said", "found", "is_sure"),
    [
        (["News & Politics"], ["News > Politics"], True),
        (["news"], ["News"], True),
        (["Society & Culture > Something"], ["Society & Culture"], True),
        (["Podcasting", "Politik"], ["News > Politics"], False),
        ([], ["News"], False),
    ],
)
def test_categories_become_apples(said: list[str], found: list[str], is_sure: bool) -> None:
    categories, notes = apple_categories(said)
    assert set(found) <= set(categories)
    assert bool(notes) is not is_sure


def test_a_show_without_an_identity_gets_the_one_of_its_old_address() -> None:
    feed = read_feed(old_feed(channel="<title>x</title>"), "https://podnews.net/rss")
    settings, _ = show_settings(feed)
    assert settings["podcast_guid"] == "9b024349-ccf0-5f69-a609-6b82873eab3c"


@pytest.mark.parametrize(
    "guid", ["show", "../../x", "é", "a/b", "x" * 1500, "..", "CON", "show.json"]
)
def test_records_of_odd_guids_stay_in_their_folder_and_apart(tmp_path: Path, guid: str) -> None:
    show = make_show(tmp_path / "show")
    path = record_path(show, guid)
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    assert path.resolve().parent == show.published
    assert path.name != "show.json"
    assert path != record_path(show, guid + "x")


def test_titles_that_play_tricks_become_plain_folders(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    titles = ["../../../etc/passwd", "inbox", ".hidden", "x" * 400, "\u202egnp.exe", "CON"]
    items = [old_item(t, "http://x.example/a.mp3", guid=f"g{n}") for n, t in enumerate(titles)]
    feed = read_feed(old_feed(*items), "http://x.example/feed")
    taken = take_in(show, Source(feed, (), from_outside=True))
    assert all(each.problem is None for each in taken)
    folders = {path for path in show.episodes_folder.iterdir() if path.name != "inbox"}
    assert {path.name for path in folders} == {each.slug for each in taken}
    assert len(folders) == len(titles)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["show"]
