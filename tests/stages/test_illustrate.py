"""Each episode gets a picture for sharing that shows how it sounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.stage import Job
from pipeline.stages.illustrate import ILLUSTRATE
from pipeline.tools.artwork import draw_artwork
from pipeline.words.episode import Guest
from pipeline.words.errors import EpisodeProblem, SetupProblem
from tests.mp3_files import write_mp3
from tests.shows import make_episode, make_show


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """An episode with two seconds of sound, in a show without artwork."""
    workspace = make_show(tmp_path / "show")
    make_episode(workspace, "kim")
    episode = workspace.episode("kim")
    write_mp3(episode.normalized, 2.0)
    return Job(episode, workspace.show, workspace.root, tmp_path, lambda _share: None)


def drawn(job: Job) -> bytes:
    ILLUSTRATE.run(job)
    return job.episode.share_picture.read_bytes()


def test_the_picture_is_what_open_graph_asks_for_and_small(job: Job) -> None:
    assert len(drawn(job)) < 300_000  # WhatsApp shows none that is larger
    with Image.open(job.episode.share_picture) as image:
        assert (image.size, image.mode, image.format) == ((1200, 630), "RGB", "JPEG")


def test_the_same_episode_gives_the_same_bytes(job: Job) -> None:
    assert drawn(job) == drawn(job)


@pytest.mark.parametrize(
    "change",
    [
        lambda job: replace(job.episode.details, title="Lain"),
        lambda job: replace(job.episode.details, guests=(Guest("Dewi"),)),
        lambda job: replace(job.episode.details, date=job.episode.details.date.replace(day=9)),
    ],
    ids=["title", "guests", "date"],
)
def test_what_it_says_is_in_its_settings(job: Job, change: Callable) -> None:
    other = replace(job.episode, details=change(job))
    assert ILLUSTRATE.settings(job.episode, job.show) != ILLUSTRATE.settings(other, job.show)
    assert drawn(job) != drawn(replace(job, episode=other))


def test_the_artwork_is_in_it_and_among_the_inputs(job: Job) -> None:
    without = drawn(job)
    artwork = job.episode.feed_folder / "artwork.jpg"
    draw_artwork(artwork, "Etam", "Redaksi")
    assert artwork in ILLUSTRATE.inputs(job.episode, job.show)
    assert drawn(job) != without
    cover = job.episode.folder / "cover.png"
    Image.new("RGB", (1400, 1400), (200, 10, 10)).save(cover)
    assert cover in ILLUSTRATE.inputs(job.episode, job.show)
    drawn(job)
    with Image.open(job.episode.share_picture) as image:
        red, green, _ = image.getpixel((1000, 200))  # type: ignore[misc]
    assert red > 180 > 40 > green


def test_louder_passages_have_higher_bars(job: Job) -> None:
    from pipeline.tools.artwork.sharing import Wording, draw_share_picture

    levels = [0.1] * 49 + [1.0] * 49
    draw_share_picture(job.episode.share_picture, Wording("", "", "", ""), levels, None)
    with Image.open(job.episode.share_picture) as image:
        row = np.asarray(image.convert("L"), float)[440, 64:-64]
    quiet, loud = row[: len(row) // 2 - 10], row[len(row) // 2 + 10 :]
    assert quiet.std() < 3 < 30 < loud.std()


def test_guests_whose_letters_cannot_be_drawn_leave_the_date_alone(job: Job) -> None:
    from pipeline.tools.artwork.sharing import Wording, draw_share_picture

    pictures = []
    for guests in ("أحمد", ""):
        wording = Wording("Etam", "Judul", guests, "6 Oktober 2022")
        draw_share_picture(job.episode.share_picture, wording, [0.5] * 98, None)
        pictures.append(job.episode.share_picture.read_bytes())
    assert pictures[0] == pictures[1]


def test_progress_is_told_up_to_the_end(job: Job) -> None:
    told: list[float] = []
    ILLUSTRATE.run(replace(job, report=told.append))
    assert told[-1] == 1.0
    assert len(told) > 1


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"\xff\xfb" * 40])
def test_sound_that_cannot_be_decoded_is_said(job: Job, content: bytes) -> None:
    job.episode.normalized.write_bytes(content)
    with pytest.raises(EpisodeProblem, match=r"normalized\.mp3 of “kim”"):
        drawn(job)
    assert not job.episode.share_picture.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 no picture", b"GIF89a"])
def test_a_cover_that_cannot_be_read_is_said(job: Job, content: bytes) -> None:
    (job.episode.folder / "cover.jpg").write_bytes(content)
    with pytest.raises(EpisodeProblem, match=r"cover\.jpg"):
        drawn(job)


def test_artwork_that_cannot_be_read_is_the_operators(job: Job) -> None:
    (job.episode.feed_folder / "artwork.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    with pytest.raises(SetupProblem, match=r"artwork\.jpg"):
        drawn(job)


def test_hostile_titles_are_drawn(job: Job) -> None:
    for title in ("", "\x00\x07", "🎙️🎉", "中文播客", "اخبار", "A" * 400, "kata-" * 90, "﷽" * 30):
        details = replace(job.episode.details, title=title, guests=(Guest("🎉"), Guest("x" * 300)))
        drawn(replace(job, episode=replace(job.episode, details=details)))


def test_an_edited_title_is_a_reason_to_draw_again(job: Job) -> None:
    details = replace(job.episode.details, title="Judul baru")
    write_episode_file(job.episode.folder / "episode.toml", details)
    assert ILLUSTRATE.settings(replace(job.episode, details=details), job.show)["title"] == (
        "Judul baru"
    )
