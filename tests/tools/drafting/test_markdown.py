"""Markdown that an editor can read, with times that a player understands."""

from __future__ import annotations

import pytest

from pipeline.tools.drafting.markdown import draft_as_markdown, time_code
from pipeline.words.article import Block, BlockKind, Draft, Evidence, Quote


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(0, "00:00"), (7.99, "00:07"), (187.2, "03:07"), (3599.9, "59:59"), (3723, "1:02:03")],
)
def test_time_codes(seconds: float, code: str) -> None:
    assert time_code(seconds) == code


def test_a_paragraph_is_followed_by_its_times_in_order_each_once() -> None:
    evidence = tuple(Evidence((i,), start, start + 1) for i, start in enumerate((65.0, 2.5, 65.4)))
    text = draft_as_markdown(draft(Block(BlockKind.INDIRECT, "Tiga tempat.", evidence)))
    assert "\nTiga tempat. [00:02] [01:05]\n" in text


def test_a_source_stands_beside_what_it_supports() -> None:
    evidence = (
        Evidence(source="UU 14/2008"),
        Evidence((1,), 3.0, 4.0),
        Evidence(source="episode.toml"),
    )
    text = draft_as_markdown(draft(Block(BlockKind.BACKGROUND, "Latar.", evidence)))
    assert "\nLatar. [00:03] (sumber: UU 14/2008)\n" in text


@pytest.mark.parametrize(
    ("speaker", "assumed", "mark"),
    [
        ("Nur", False, ""),
        ("Nur", True, " *(pembicara diduga, periksa)*"),
        ("", False, " *(pembicara belum diketahui)*"),
    ],
)
def test_doubt_about_a_speaker_is_visible(speaker: str, assumed: bool, mark: str) -> None:
    quote = Quote("Ya.", speaker, assumed, Evidence((1,), 3.0, 4.0))
    block = Block(BlockKind.QUOTE, "“Ya,” ujar Nur.", (quote.evidence,), quote)
    assert f"\n“Ya,” ujar Nur. [00:03]{mark}\n" in draft_as_markdown(draft(block))


def draft(*blocks: Block) -> Draft:
    return Draft("id", "Judul", "", "", blocks, "", (), "", "demo")
