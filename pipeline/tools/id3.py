"""ID3v2.4 tags in front of MP3 audio that is copied byte for byte (mutagen).

mutagen's own `save()` sorts frames by size, which puts chapters out of time order; so each frame is
made by mutagen alone, and the tag is put together here in our order.
Sources: id3.org "ID3v2.4 structure" and "frames", "ID3v2 Chapter Frame Addendum 1.0".
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

import mutagen.id3
import mutagen.mp3
from mutagen import MutagenError

from pipeline.ground.files import temporary_beside
from pipeline.words.chapters import Chapter
from pipeline.words.errors import EpisodeProblem
from pipeline.words.languages import three_letter_code
from pipeline.words.plain_text import one_line, without_controls
from pipeline.words.tags import Tags
from pipeline.words.web_text import ascii_url

# mutagen carries a py.typed mark but few annotations.
_id3: Any = mutagen.id3
_mp3: Any = mutagen.mp3

_UTF8 = 3
_HEADER_BYTES = 10
_COPY_BYTES = 1 << 20
_NO_OFFSET = 0xFFFFFFFF  # "the offset is not used": times alone say where a chapter is
_MOST_CHAPTERS = 255  # CTOC counts its entries in one byte
# FFmpeg (libavformat/id3v2.c, read_chapter) takes the size of a frame inside CHAP for a plain
# integer, so that it loses every chapter whose title frame is longer than 127 bytes.
_MOST_CHAPTER_TITLE_BYTES = 125
_MAGIC = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def write_tagged_copy(audio: Path, tagged: Path, tags: Tags) -> None:
    """Make `tagged`: the tags, then the MPEG frames of `audio` as they are.

    The same input gives the same bytes. Raises EpisodeProblem when `audio` is no MP3 or the cover
    is neither JPEG nor PNG.
    """
    frames = _in_order(tags, mp3_seconds(audio))
    tag = _tag(frames)
    with temporary_beside(tagged) as hidden, audio.open("rb") as source, hidden.open("wb") as copy:
        copy.write(tag)
        _skip_tag(source)
        shutil.copyfileobj(source, copy, _COPY_BYTES)


def mp3_seconds(audio: Path) -> float:
    """How long an MP3 plays, from its headers. Raises EpisodeProblem when it is no MP3."""
    try:
        return float(_mp3.MP3(audio).info.length)
    except MutagenError as error:
        raise EpisodeProblem(
            f"{audio.name} of “{audio.parent.name}” is not an MP3 that can be tagged.",
            f"Delete {audio.name} and run again; it is made anew from the recording.",
            str(error),
        ) from error


def _in_order(tags: Tags, seconds: float) -> list[Any]:
    return [
        *_text_frames(tags),
        *_podcast_frames(tags),
        *_chapter_frames(tags.chapters, seconds),
        *_long_frames(tags),
        *_cover_frame(tags.cover),
    ]


def _text_frames(tags: Tags) -> Iterator[Any]:
    rows = (
        (_id3.TIT2, tags.title),
        (_id3.TPE1, tags.artist),
        (_id3.TPE2, tags.album_artist),
        (_id3.TALB, tags.album),
        (_id3.TDRC, tags.date.isoformat()),
        (_id3.TRCK, str(tags.number or "")),
        (_id3.TPOS, str(tags.season or "")),
        (_id3.TCON, "Podcast"),
        (_id3.TLAN, three_letter_code(tags.language)),
        (_id3.TCAT, tags.category),
    )
    for frame, value in rows:
        if text := one_line(value):
            yield frame(encoding=_UTF8, text=[text])


def _podcast_frames(tags: Tags) -> Iterator[Any]:
    yield _id3.PCST(value=0)  # its presence is what says "podcast"; iTunes writes zeros
    yield _id3.WFED(url=ascii_url(tags.feed_url))
    yield _id3.TGID(encoding=_UTF8, text=[one_line(tags.guid)])


def _chapter_frames(chapters: tuple[Chapter, ...], seconds: float) -> Iterator[Any]:
    """The table of contents, then the chapters by time; starts past the end are left out."""
    heard = sorted((c for c in chapters if 0 <= c.start < seconds), key=lambda c: c.start)
    heard = heard[:_MOST_CHAPTERS]
    if not heard:
        return
    ids = [f"ch{number}" for number in range(1, len(heard) + 1)]
    yield _id3.CTOC(
        element_id="toc",
        flags=_id3.CTOCFlags.TOP_LEVEL | _id3.CTOCFlags.ORDERED,
        child_element_ids=ids,
        sub_frames=[],
    )
    bounds = pairwise([*(c.start for c in heard), seconds])
    for element_id, chapter, (start, end) in zip(ids, heard, bounds, strict=True):
        yield _id3.CHAP(
            element_id=element_id,
            start_time=round(start * 1000),
            end_time=round(end * 1000),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[_id3.TIT2(encoding=_UTF8, text=[_short(chapter.title)])],
        )


def _short(title: str) -> str:
    text = one_line(title)
    if len(text.encode()) <= _MOST_CHAPTER_TITLE_BYTES:
        return text
    room = _MOST_CHAPTER_TITLE_BYTES - len("…".encode())
    return text.encode()[:room].decode("utf-8", "ignore").rstrip() + "…"


def _long_frames(tags: Tags) -> Iterator[Any]:
    language = three_letter_code(tags.language)
    if comment := without_controls(tags.comment):
        yield _id3.COMM(encoding=_UTF8, lang=language, desc="", text=[comment])
    if description := without_controls(tags.description):
        yield _id3.TDES(encoding=_UTF8, text=[description])
    if lyrics := without_controls(tags.lyrics):
        spoken_in = three_letter_code(tags.lyrics_language)
        yield _id3.USLT(encoding=_UTF8, lang=spoken_in, desc="", text=lyrics)


def _cover_frame(cover: Path | None) -> Iterator[Any]:
    if cover is None:
        return
    picture = cover.read_bytes()
    mime = next((mime for magic, mime in _MAGIC.items() if picture.startswith(magic)), None)
    if mime is None:
        raise EpisodeProblem(
            f"The picture {cover.name} in {cover.parent.name}/ is neither JPEG nor PNG.",
            "Save it as JPEG or PNG and run again.",
        )
    # Latin-1 for the empty description: some players cannot read APIC with another encoding.
    yield _id3.APIC(encoding=0, mime=mime, type=_id3.PictureType.COVER_FRONT, desc="", data=picture)


def _tag(frames: list[Any]) -> bytes:
    body = b"".join(_bytes_of(frame) for frame in frames)
    return b"ID3\x04\x00\x00" + _synchsafe(len(body)) + body


def _bytes_of(frame: Any) -> bytes:
    """One frame as mutagen writes it: a tag that holds nothing else, without the tag's header."""
    alone, written = _id3.ID3(), io.BytesIO()
    alone.add(frame)
    alone.save(written, v1=0, v2_version=4, padding=_no_padding)
    return written.getvalue()[_HEADER_BYTES:]


def _no_padding(_: object) -> int:
    return 0


def _synchsafe(size: int) -> bytes:
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))


def _skip_tag(source: IO[bytes]) -> None:
    """Leave `source` after the ID3v2 tag it may begin with."""
    header = source.read(_HEADER_BYTES)
    size = 0
    if header[:3] == b"ID3" and len(header) == _HEADER_BYTES:
        footer = _HEADER_BYTES if header[5] & 0x10 else 0
        body = sum(
            (byte & 0x7F) << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True)
        )
        size = _HEADER_BYTES + body + footer
    source.seek(size)
