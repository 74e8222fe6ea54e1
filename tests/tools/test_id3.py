"""Tags are read back by mutagen, by FFmpeg (PyAV) and byte by byte; the audio stays as it is."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import av
import numpy as np
import pytest
from mutagen.id3 import ID3
from PIL import Image

from pipeline.tools.id3 import mp3_seconds, write_tagged_copy
from pipeline.words.chapters import Chapter
from pipeline.words.errors import EpisodeProblem
from pipeline.words.tags import Tags
from tests.mp3_files import write_mp3

TAGS = Tags(
    title="KIM, dari Warga untuk Warga",
    artist="Nur Hidayah",
    album_artist="Redaksi",
    album="Etam Berkesah",
    date=date(2022, 10, 6),
    language="id",
    guid="guid-1",
    feed_url="https://contoh.example/feed.xml",
    number=7,
    season=2,
    comment="Ringkasan.",
    description="Ringkasan.",
    category="Government",
    lyrics="Halo.\nSelamat datang.",
    lyrics_language="id",
    # The titles grow shorter, so that a tag sorted by size has them in the wrong order.
    chapters=(
        Chapter(0.0, "Pembukaan yang panjang sekali"),
        Chapter(1.0, "Bagian tengah"),
        Chapter(2.0, "Akhir"),
    ),
)


@dataclass(frozen=True)
class RawFrame:
    """A frame as a strict reader of ID3v2.4 finds it."""

    id: str
    content: bytes


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of MP3 without tags."""
    return write_mp3(tmp_path_factory.mktemp("audio") / "normalized.mp3", 3.0)


def test_every_frame_is_read_back(audio: Path, tmp_path: Path) -> None:
    tags = ID3(tagged(audio, tmp_path, TAGS))
    texts = {
        "TIT2": "KIM, dari Warga untuk Warga",
        "TPE1": "Nur Hidayah",
        "TPE2": "Redaksi",
        "TALB": "Etam Berkesah",
        "TDRC": "2022-10-06",
        "TRCK": "7",
        "TPOS": "2",
        "TCON": "Podcast",
        "TLAN": "ind",
        "TCAT": "Government",
        "TDES": "Ringkasan.",
        "TGID": "guid-1",
    }
    assert {name: str(tags[name]) for name in texts} == texts
    assert tags["WFED"].url == "https://contoh.example/feed.xml"
    assert tags["COMM::ind"].text == ["Ringkasan."]
    assert tags["USLT::ind"].text == "Halo.\nSelamat datang."
    assert "PCST" in tags
    assert tags.version == (2, 4, 0)


def test_chapters_are_in_time_order_for_ffmpeg(audio: Path, tmp_path: Path) -> None:
    with av.open(str(tagged(audio, tmp_path, TAGS))) as container:
        chapters = container.chapters()
        assert container.metadata["title"] == TAGS.title
    starts = [float(c["start"] * c["time_base"]) for c in chapters]
    assert starts == [0.0, 1.0, 2.0]
    assert [c["metadata"]["title"] for c in chapters] == [c.title for c in TAGS.chapters]


def test_chapter_frames_stand_in_time_order_in_the_bytes(audio: Path, tmp_path: Path) -> None:
    backwards = replace(TAGS, chapters=TAGS.chapters[::-1])
    frames = list(raw_frames(tagged(audio, tmp_path, backwards).read_bytes()))
    chapters = [frame.content for frame in frames if frame.id == "CHAP"]
    times = [content.partition(b"\x00")[2][:8] for content in chapters]
    starts = [int.from_bytes(time[:4], "big") for time in times]
    ends = [int.from_bytes(time[4:], "big") for time in times]
    assert starts == [0, 1000, 2000]
    assert ends[:-1] == starts[1:]
    assert ends[-1] == pytest.approx(mp3_seconds(audio) * 1000, abs=1)


def test_the_table_of_contents_names_the_chapters_in_order(audio: Path, tmp_path: Path) -> None:
    frames = list(raw_frames(tagged(audio, tmp_path, TAGS).read_bytes()))
    ids = [f.content.partition(b"\x00")[0] for f in frames if f.id == "CHAP"]
    (contents,) = [f.content for f in frames if f.id == "CTOC"]
    element, _, rest = contents.partition(b"\x00")
    assert element == b"toc"
    assert rest[0] == 0b11  # top level, ordered
    assert rest[1] == len(ids)
    assert rest[2:].rstrip(b"\x00").split(b"\x00") == ids
    names = [frame.id for frame in frames]
    assert names.index("CTOC") < names.index("CHAP")


def test_the_audio_is_copied_byte_for_byte(audio: Path, tmp_path: Path) -> None:
    copy = tagged(audio, tmp_path, TAGS).read_bytes()
    assert sha256(after_tag(copy)) == sha256(audio.read_bytes())


def test_retagging_a_tagged_file_keeps_its_audio_and_has_one_tag(
    audio: Path, tmp_path: Path
) -> None:
    first = tagged(audio, tmp_path, TAGS)
    second = tmp_path / "second.mp3"
    write_tagged_copy(first, second, replace(TAGS, title="Baru"))
    assert sha256(after_tag(second.read_bytes())) == sha256(audio.read_bytes())
    assert second.read_bytes().count(b"ID3\x04") == 1
    assert str(ID3(second)["TIT2"]) == "Baru"


def test_the_same_tags_give_the_same_bytes(audio: Path, tmp_path: Path) -> None:
    cover = picture(tmp_path / "cover.jpg")
    one = tagged(audio, tmp_path, replace(TAGS, cover=cover)).read_bytes()
    other = tagged(audio, tmp_path, replace(TAGS, cover=cover)).read_bytes()
    assert one == other


@pytest.mark.parametrize(("suffix", "mime"), [("jpg", "image/jpeg"), ("png", "image/png")])
def test_the_cover_is_a_picture_of_its_own_kind(
    audio: Path, tmp_path: Path, suffix: str, mime: str
) -> None:
    # The name lies about the kind; the bytes decide.
    cover = picture(tmp_path / f"cover.{suffix}").rename(tmp_path / "cover.jpeg")
    copy = tagged(audio, tmp_path, replace(TAGS, cover=cover))
    (frame,) = ID3(copy).getall("APIC")
    assert (frame.mime, frame.type) == (mime, 3)
    assert frame.data == cover.read_bytes()
    with av.open(str(copy)) as container:
        assert container.streams.video[0].width == 64


def test_a_cover_that_is_no_picture_is_said_so(audio: Path, tmp_path: Path) -> None:
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(b"GIF89a")
    with pytest.raises(EpisodeProblem, match=r"cover\.jpg .* neither JPEG nor PNG"):
        tagged(audio, tmp_path, replace(TAGS, cover=cover))
    assert not (tmp_path / "enclosure.mp3").exists()


def test_what_is_not_known_makes_no_frame(audio: Path, tmp_path: Path) -> None:
    bare = Tags(
        title="Judul",
        artist="",
        album_artist="",
        album="",
        date=date(2022, 10, 6),
        language="xx",
        guid="g",
        feed_url="http://127.0.0.1:8000/feed.xml",
    )
    names = [frame.id for frame in raw_frames(tagged(audio, tmp_path, bare).read_bytes())]
    assert names == ["TIT2", "TDRC", "TCON", "TLAN", "PCST", "WFED", "TGID"]


HOSTILE = "Judul\x00\x07 \ud800<b>&\u202e\ufffe\n📻 “ya”" + "x" * 300


def test_hostile_words_do_not_break_the_tag(audio: Path, tmp_path: Path) -> None:
    hostile = replace(
        TAGS,
        title=HOSTILE,
        artist=HOSTILE,
        comment=HOSTILE,
        lyrics=HOSTILE * 2000,
        feed_url="https://contöh.example/ümlaut 日本/feed.xml",
        chapters=(Chapter(0.0, HOSTILE), Chapter(1.0, "")),
    )
    copy = tagged(audio, tmp_path, hostile)
    tags = ID3(copy)
    assert str(tags["TIT2"]).startswith("Judul <b>&")
    assert "\x00" not in str(tags["TIT2"])
    assert (
        tags["WFED"].url
        == "https://xn--conth-mua.example/%C3%BCmlaut%20%E6%97%A5%E6%9C%AC/feed.xml"
    )
    assert sha256(after_tag(copy.read_bytes())) == sha256(audio.read_bytes())
    with av.open(str(copy)) as container:
        assert len(container.chapters()) == 2
        assert sum(1 for _ in container.decode(audio=0)) > 50


@pytest.mark.parametrize("title", ["a" * 125, "a" * 126, "é" * 62 + "a", "é" * 63, "📻" * 200])
def test_a_long_chapter_title_does_not_lose_the_chapter(
    audio: Path, tmp_path: Path, title: str
) -> None:
    chapters = (Chapter(0.0, title), Chapter(1.0, "Dua"))
    with av.open(str(tagged(audio, tmp_path, replace(TAGS, chapters=chapters)))) as container:
        shown = [chapter["metadata"]["title"] for chapter in container.chapters()]
    assert len(shown) == 2
    assert shown[0] == title if len(title.encode()) <= 125 else shown[0].endswith("…")


def test_chapters_past_the_end_are_left_out(audio: Path, tmp_path: Path) -> None:
    late = replace(TAGS, chapters=(*TAGS.chapters, Chapter(99.0, "Terlambat")))
    assert len(ID3(tagged(audio, tmp_path, late)).getall("CHAP")) == 3


def test_what_is_no_mp3_is_said_so(tmp_path: Path) -> None:
    text = tmp_path / "normalized.mp3"
    text.write_text("bukan mp3")
    with pytest.raises(EpisodeProblem, match=r"normalized\.mp3 .* not an MP3"):
        mp3_seconds(text)


def test_a_lyrics_frame_of_two_hours_of_talk_is_whole(audio: Path, tmp_path: Path) -> None:
    lyrics = "informasi publik " * 14_768
    copy = tagged(audio, tmp_path, replace(TAGS, lyrics=lyrics))
    assert ID3(copy)["USLT::ind"].text == lyrics.strip()
    with av.open(str(copy)) as container:
        assert len(container.chapters()) == 3


def tagged(audio: Path, folder: Path, tags: Tags) -> Path:
    write_tagged_copy(audio, folder / "enclosure.mp3", tags)
    return folder / "enclosure.mp3"


def picture(path: Path) -> Path:
    content = io.BytesIO()
    pixels = np.zeros((64, 64, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(content, "PNG" if path.suffix == ".png" else "JPEG")
    path.write_bytes(content.getvalue())
    return path


def raw_frames(mp3: bytes) -> Iterator[RawFrame]:
    """The frames of an ID3v2.4 tag, read by the specification's section 4 and no library."""
    assert mp3[:6] == b"ID3\x04\x00\x00"
    tag, at = mp3[10 : 10 + synchsafe(mp3[6:10])], 0
    while at < len(tag):
        name, size, flags = tag[at : at + 4], synchsafe(tag[at + 4 : at + 8]), tag[at + 8 : at + 10]
        assert name.isalnum()
        assert name.isupper()
        assert flags == b"\x00\x00"
        assert at + 10 + size <= len(tag)
        yield RawFrame(name.decode("ascii"), tag[at + 10 : at + 10 + size])
        at += 10 + size


def synchsafe(four: bytes) -> int:
    assert all(byte < 0x80 for byte in four)
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]


def after_tag(mp3: bytes) -> bytes:
    return mp3[10 + synchsafe(mp3[6:10]) :]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
