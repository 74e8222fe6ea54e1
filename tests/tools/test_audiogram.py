"""An audiogram plays everywhere: the stretch asked for, with its words while they are said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from pipeline.tools.artwork import draw_artwork
from pipeline.tools.artwork.clip import CANVASES
from pipeline.tools.audio.decoding import UndecodableError, decoded
from pipeline.tools.audio.film import comment_of
from pipeline.tools.audio.samples import RATE_HZ
from pipeline.tools.audiogram import MADE_BY, Audiogram, Order, make_audiogram
from pipeline.words.clips import Shape, Stretch
from pipeline.words.transcript import Segment, Transcript, Word
from tests.media import write_sound

STRETCH = Stretch(4.0, 8.02)
SAID = ((4.5, "Air bersih sudah mengalir."), (6.5, "Warga tidak lagi mengantre."))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of stereo in which each moment is like no other: chirps and noise."""
    noise = np.random.default_rng(7)
    seconds = np.arange(12 * RATE_HZ) / RATE_HZ
    tone = 0.2 * np.sin(2 * np.pi * (200 + 150 * seconds) * seconds)
    rough = 0.05 * noise.standard_normal(len(seconds)) * (1 + np.sin(3 * seconds))
    path = tmp_path_factory.mktemp("sound") / "enclosure.mp3"
    signal = np.stack([tone + rough, tone - rough], axis=1)
    return write_sound(path, signal, "libmp3lame")


@pytest.fixture(scope="module")
def order(sound: Path) -> Order:
    segments = []
    for number, (start, text) in enumerate(SAID):
        words = tuple(
            Word(start + 0.25 * n, start + 0.25 * n + 0.2, word, 0.9)
            for n, word in enumerate(text.split())
        )
        segments.append(Segment(number, start, words[-1].end, text, words, speaker="Ahmad"))
    artwork = sound.with_name("artwork.jpg")
    draw_artwork(artwork, "Etam Berkesah", "Redaksi")
    return Order(
        audio=sound,
        transcript=Transcript("id", 12.0, "m", {}, tuple(segments)),
        stretch=STRETCH,
        shape=Shape.SQUARE,
        show="Etam Berkesah",
        title="Air bersih",
        about="Ahmad Rianto · 6 Oktober 2022",
        cover=artwork,
    )


@pytest.fixture(scope="module")
def film(order: Order, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "clip.mp4"
    assert isinstance(make_audiogram(order, path, lambda _share: None), Audiogram)
    return path


def pictures(path: Path) -> list[npt.NDArray[np.int16]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray").astype(np.int16) for frame in
                container.decode(video=0)]  # fmt: skip


def test_it_is_h264_and_aac_as_phones_play_them(film: Path) -> None:
    with av.open(str(film)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.profile) == ("h264", "High")
        assert video.codec_context.pix_fmt == "yuv420p"
        assert (video.width, video.height, video.average_rate) == (1080, 1080, 25)
        assert (audio.codec_context.name, audio.profile, audio.rate) == ("aac", "LC", 48_000)
        assert audio.channels == 2
    head = film.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")  # it plays before all of it has arrived


def test_it_is_as_long_as_the_stretch_within_a_frame(film: Path) -> None:
    with av.open(str(film)) as container:
        assert container.duration is not None
        assert abs(container.duration / 1e6 - STRETCH.seconds) <= 1 / 25
        for stream in container.streams:
            assert stream.duration is not None
            assert abs(float(stream.duration * stream.time_base) - STRETCH.seconds) <= 1 / 25


def test_the_sound_is_that_stretch_at_its_loudness(film: Path, sound: Path) -> None:
    whole = np.concatenate(list(decoded(sound, 2)))[:, 0]
    heard = np.concatenate(list(decoded(film, 2)))[:, 0]
    start = round(STRETCH.start * RATE_HZ)
    part = whole[start : start + 3 * RATE_HZ]
    spectrum = np.fft.rfft(part, 2**18) * np.conj(np.fft.rfft(heard[: 3 * RATE_HZ], 2**18))
    lag = int(np.argmax(np.fft.irfft(spectrum)))
    lag = lag if lag < 2**17 else lag - 2**18
    assert abs(lag) <= RATE_HZ // 100
    same = heard[RATE_HZ : 2 * RATE_HZ]
    there = part[RATE_HZ + lag : 2 * RATE_HZ + lag]
    assert np.corrcoef(same, there)[0, 1] > 0.98
    assert 20 * np.log10(same.std() / there.std()) == pytest.approx(0, abs=0.3)


def test_captions_are_there_while_they_are_said_and_only_then(film: Path) -> None:
    shown = pictures(film)
    canvas = CANVASES[Shape.SQUARE]
    rows = slice(canvas.top + canvas.artwork + 10, canvas.bars_top - 10)

    def words(seconds: float) -> npt.NDArray[np.int16]:
        return shown[round(seconds * 25)][rows]

    nothing, first, still_first, second = words(0.1), words(1.0), words(1.2), words(3.0)
    assert np.abs(first - nothing).max() > 120
    assert np.abs(second - first).max() > 120
    assert np.abs(still_first - first).max() < 40
    assert np.mean(np.abs(first - nothing) > 60) > 0.01


def test_the_bars_fill_as_the_sound_goes_on(film: Path) -> None:
    shown = pictures(film)
    canvas = CANVASES[Shape.SQUARE]
    rows = slice(canvas.bars_top, canvas.bars_top + canvas.bars_height)
    brightness = [picture[rows].mean() for picture in (shown[0], shown[50], shown[-1])]
    assert brightness == sorted(brightness)
    assert brightness[2] > brightness[0] + 5
    left, right = np.split(np.abs(shown[50] - shown[0])[rows], 2, axis=1)
    assert left.max() > 60 > 20 > right[:, 40:].max()


def test_nothing_is_outside_the_margins(film: Path) -> None:
    canvas = CANVASES[Shape.SQUARE]
    picture = pictures(film)[30]
    edge = np.concatenate([picture[:, : canvas.left - 4], picture[:, -canvas.right + 4 :]], axis=1)
    assert (edge.max(axis=1) - edge.min(axis=1)).max() < 12


def test_the_same_order_gives_the_same_bytes(order: Order, film: Path, tmp_path: Path) -> None:
    make_audiogram(order, tmp_path / "again.mp4", lambda _share: None)
    assert (tmp_path / "again.mp4").read_bytes() == film.read_bytes()


@pytest.mark.parametrize("shape", [Shape.PORTRAIT, Shape.LANDSCAPE])
def test_other_shapes(order: Order, tmp_path: Path, shape: Shape) -> None:
    other = replace(order, shape=shape, stretch=Stretch(4.0, 5.0), cover=None)
    make_audiogram(other, tmp_path / "clip.mp4", lambda _share: None)
    size = pictures(tmp_path / "clip.mp4")[0].shape
    assert size == {"portrait": (1920, 1080), "landscape": (1080, 1920)}[shape]


def test_a_stretch_that_outlasts_the_sound_ends_with_it(order: Order, tmp_path: Path) -> None:
    late = replace(order, stretch=Stretch(11.0, 20.0))
    made = make_audiogram(late, tmp_path / "clip.mp4", lambda _share: None)
    assert made is not None
    assert made.seconds == pytest.approx(1.0, abs=0.1)
    gone = replace(order, stretch=Stretch(15.0, 20.0))
    assert make_audiogram(gone, tmp_path / "none.mp4", lambda _share: None) is None
    assert not (tmp_path / "none.mp4").exists()


def test_progress_goes_from_nothing_to_all(order: Order, tmp_path: Path) -> None:
    told: list[float] = []
    make_audiogram(replace(order, stretch=Stretch(4.0, 5.0)), tmp_path / "c.mp4", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_it_says_of_itself_that_it_was_made_here(film: Path, sound: Path, tmp_path: Path) -> None:
    assert comment_of(film) == MADE_BY
    assert comment_of(sound) == ""
    (tmp_path / "x.mp4").write_bytes(b"\x00\x00\x00\x18ftypisom")
    assert comment_of(tmp_path / "x.mp4") == ""


def test_words_that_cannot_be_drawn_are_counted(order: Order, tmp_path: Path) -> None:
    segment = Segment(0, 4.1, 4.9, "中文 播客", (Word(4.1, 4.9, "中文播客", 0.9),))
    other = replace(
        order,
        transcript=Transcript("zh", 12.0, "m", {}, (segment,)),
        stretch=Stretch(4.0, 5.0),
    )
    made = make_audiogram(other, tmp_path / "clip.mp4", lambda _share: None)
    assert made is not None
    assert len(made.undrawn) == 1


@pytest.mark.parametrize(
    "break_it",
    [lambda path: path.write_bytes(b"nothing"), lambda path: path.unlink()],
    ids=["damaged", "gone"],
)
def test_sound_that_cannot_be_decoded_leaves_no_film(
    order: Order, tmp_path: Path, break_it: Callable[[Path], object]
) -> None:
    audio = tmp_path / "enclosure.mp3"
    audio.write_bytes(order.audio.read_bytes())
    break_it(audio)
    with pytest.raises(UndecodableError):
        make_audiogram(replace(order, audio=audio), tmp_path / "c.mp4", lambda _share: None)
    assert not list(tmp_path.glob("*.mp4"))
