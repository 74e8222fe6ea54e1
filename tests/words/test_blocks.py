"""An article's pieces become blocks that WordPress's editor reads."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.blocks import audio, paragraph, pieces_as_blocks
from pipeline.words.marked_text import Span, pieces_of


def test_each_piece_is_a_block() -> None:
    content = pieces_as_blocks(
        pieces_of(
            "## Latar\n\n# Atas\n\nSatu & <dua> *miring*.\n\n> Kutip\n\n- a\n- b\n\n1. c\n\n---"
        )
    )
    assert content == (
        "<!-- wp:heading -->\n<h2>Latar</h2>\n<!-- /wp:heading -->\n\n"
        "<!-- wp:heading -->\n<h2>Atas</h2>\n<!-- /wp:heading -->\n\n"
        "<!-- wp:paragraph -->\n<p>Satu &amp; &lt;dua&gt; <em>miring</em>.</p>\n"
        "<!-- /wp:paragraph -->\n\n"
        '<!-- wp:quote -->\n<blockquote class="wp-block-quote"><!-- wp:paragraph -->\n'
        "<p>Kutip</p>\n<!-- /wp:paragraph --></blockquote>\n<!-- /wp:quote -->\n\n"
        "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item -->\n\n"
        "<!-- wp:list-item -->\n<li>b</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n"
        '<!-- wp:list {"ordered":true} -->\n<ol><!-- wp:list-item -->\n<li>c</li>\n'
        "<!-- /wp:list-item --></ol>\n<!-- /wp:list -->\n\n"
        '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity" />\n'
        "<!-- /wp:separator -->"
    )


def test_a_deeper_heading_says_its_level() -> None:
    assert pieces_as_blocks(pieces_of("### Tiga")).startswith(
        '<!-- wp:heading {"level":3} -->\n<h3>'
    )


def test_links_and_players_hold_their_address_safely() -> None:
    line = (Span('a"b', link='https://example.org/?a=1&b="x"'),)
    assert 'href="https://example.org/?a=1&amp;b=&quot;x&quot;"' in paragraph(line)
    assert 'src="https://example.org/a.mp3?a=1&amp;b=2"' in audio(
        "https://example.org/a.mp3?a=1&b=2"
    )


def test_a_mark_is_a_class_name_on_both_sides() -> None:
    assert paragraph((Span("x"),), "etam-1") == (
        '<!-- wp:paragraph {"className":"etam-1"} -->\n<p class="etam-1">x</p>\n'
        "<!-- /wp:paragraph -->"
    )


def test_no_text_is_a_shortcode() -> None:
    assert "[" not in pieces_as_blocks(pieces_of("Isi [gallery ids=1] dan [/x]"))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab*_#>-[]()<&\\`!1. \n", max_size=60))
def test_whatever_is_written_gives_whole_blocks(markdown: str) -> None:
    content = pieces_as_blocks(pieces_of(markdown))
    opened: list[str] = []
    for closing, name in re.findall(r"<!-- (/?)wp:([a-z-]+)[^>]* -->", content):
        if closing:
            assert opened.pop() == name
        else:
            opened.append(name)
    assert opened == []
    assert "<script" not in content
