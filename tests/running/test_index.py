"""The archive is searched: by root, by beginning, across lines; the index follows the files."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import write_json
from pipeline.ground.workspace import Workspace
from pipeline.running.index import Archive, EpisodeHits, Kind
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.transcript import Segment, Transcript
from tests.episodes_on_disk import DETAILS
from tests.shows import make_episode, make_show


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_show(tmp_path / "show")
    write(workspace, "air", "Air bersih", "Pengiriman air ke desa Loa Ipuh.", "Anak-anak senang.")
    write(workspace, "jalan", "Jalan rusak", "Warga mengirim surat ke PDAM.", "Ibu Dewi marah.")
    return workspace


@pytest.fixture
def archive(show: Workspace) -> Archive:
    archive = Archive(show.root)
    assert archive.refresh()
    return archive


def write(workspace: Workspace, slug: str, title: str, *lines: str) -> None:
    if not (workspace.episodes_folder / slug).exists():
        make_episode(workspace, slug, slug.encode())
    details = EpisodeDetails(title, DETAILS.date, (Guest("Budi Santoso", "Kepala Bidang"),))
    write_episode_file(workspace.episodes_folder / slug / "episode.toml", details)
    segments = [
        asdict(Segment(n, 10.0 * n, 10.0 * n + 9, line, speaker="Siti"))
        for n, line in enumerate(lines)
    ]
    transcript = asdict(Transcript("id", 60.0, "demo", {}, ()))
    said = {"version": 1, **transcript, "segments": segments}
    write_json(workspace.transcripts_folder / slug / "transcript.json", said)


def slugs(hits: list[EpisodeHits]) -> list[str]:
    return [each.slug for each in hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kirim", {"air", "jalan"}),  # the root of pengiriman and of mengirim
        ("dikirim", {"air", "jalan"}),
        ("surat pdam", {"jalan"}),
        ("pda", {"jalan"}),  # the beginning of a word
        ("anak", {"air"}),
        ("anak-anak", {"air"}),
        ("loa ipuh", {"air"}),
        ("“ke desa loa”", {"air"}),
        ("“desa ke loa”", set()),
        ("budi santoso", {"air", "jalan"}),
        ("rusak dewi", {"jalan"}),  # in the title and in a line
        ("air pdam", set()),
        ("tidakada", set()),
    ],
)
def test_what_is_found(archive: Archive, query: str, found: set[str]) -> None:
    assert set(slugs(archive.look(query))) == found


def test_a_hit_has_its_second_its_speaker_and_its_marks(archive: Archive) -> None:
    (episode,) = archive.look("senang")
    (hit,) = episode.hits
    assert (hit.kind, hit.start_seconds, hit.speaker) == (Kind.LINE, 10.0, "Siti")
    assert [piece.text for piece in hit.pieces if piece.is_hit] == ["senang"]


def test_a_title_comes_before_lines(archive: Archive, show: Workspace) -> None:
    write(show, "lain", "Lain", "rusak rusak rusak.")
    archive.refresh()
    assert slugs(archive.look("rusak")) == ["jalan", "lain"]


def test_articles_are_found_without_their_signs(archive: Archive, show: Workspace) -> None:
    texts = show.transcripts_folder / "air"
    (texts / "article.md").write_text(
        "# Judul\n\nSebuah **jembatan** baru [di sini](https://x.id)."
    )
    archive.refresh()
    (episode,) = archive.look("jembatan")
    said = "".join(piece.text for piece in episode.hits[0].pieces)
    assert said == "Sebuah jembatan baru di sini."
    assert archive.look("https") == []


def test_the_index_follows_what_changes_and_what_goes(archive: Archive, show: Workspace) -> None:
    write(show, "air", "Air bersih", "Sekarang tentang sungai.")
    assert archive.refresh()
    assert slugs(archive.look("sungai")) == ["air"]
    assert slugs(archive.look("senang")) == []
    for path in (show.episodes_folder / "air").iterdir():
        path.unlink()
    assert archive.refresh()
    assert archive.look("sungai") == []


def test_an_unchanged_episode_is_not_read_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def must_not(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("pipeline.running.index.archive.readable", must_not)
    assert archive.refresh()


@pytest.mark.parametrize("damage", ["gone", "no database", "cut"])
def test_a_lost_or_damaged_index_is_made_again(
    archive: Archive, show: Workspace, damage: str
) -> None:
    path = show.cache / "index.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = path.read_bytes()
    path.unlink()
    if damage == "no database":
        path.write_bytes(b"x" * 10_000)
    if damage == "cut":
        path.write_bytes(content[: len(content) // 2])
    again = Archive(show.root)
    again.refresh()
    again.refresh()
    assert set(slugs(again.look("kirim"))) == {"air", "jalan"}


def test_an_episode_that_cannot_be_read_hides_no_other(archive: Archive, show: Workspace) -> None:
    (show.episodes_folder / "air" / "episode.toml").write_text("title = ")
    archive.refresh()
    assert slugs(archive.look("kirim")) == ["jalan"]


def test_what_does_not_fit_into_the_time_is_left_for_later(show: Workspace) -> None:
    archive = Archive(show.root)
    assert not archive.refresh(patience_seconds=-1)
    assert archive.look("kirim") == []
    assert archive.refresh()
    assert len(archive.look("kirim")) == 2


QUERIES = ('"', "'", "*", "a*", "(", ")", "^a", "a:b", "words : x", "{a b} : c", "NOT", "a AND",
           "OR", "NEAR(a b, 5)", "-", "--", ";DROP TABLE terms", "\x00", "\ud800", "😀", "a" * 5000,
           "“", "ß", "ﬀ", "١٢", "%", "\\", "a\"b'c")  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_is_an_error(archive: Archive, query: str) -> None:
    assert isinstance(archive.look(query), list)
