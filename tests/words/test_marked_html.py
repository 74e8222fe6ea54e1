"""An editor's Markdown becomes safe HTML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.marked_html import to_html
from tests.tools.site.test_pages import Outline


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Satu\nbaris.\n\nDua.", "<p>Satu baris.</p>\n<p>Dua.</p>"),
        ("# Judul", "<h2>Judul</h2>"),
        ("## Bagian ##\nIsi.", "<h2>Bagian</h2>\n<p>Isi.</p>"),
        ("# Satu\n\n## Dua\n\n### Tiga", "<h2>Satu</h2>\n<h3>Dua</h3>\n<h4>Tiga</h4>"),
        ("**tebal** dan *miring*", "<p><strong>tebal</strong> dan <em>miring</em></p>"),
        ("_miring_ nama_berkas_ini", "<p><em>miring</em> nama_berkas_ini</p>"),
        ("- satu\n- dua\n  lanjut", "<ul><li>satu</li><li>dua lanjut</li></ul>"),
        ("1. satu\n2. dua", "<ol><li>satu</li><li>dua</li></ol>"),
        ("> Kutipan\n> dua.", "<blockquote><p>Kutipan dua.</p></blockquote>"),
        ("---", "<hr>"),
        ("[situs](https://example.org/a?b=1&c=2)",
         '<p><a href="https://example.org/a?b=1&amp;c=2">situs</a></p>'),
        ("---\ntitle: x\n---\n\nIsi.", "<p>Isi.</p>"),
        ("<!-- catatan\n\nredaksi -->\n\nIsi.", "<p>Isi.</p>"),
        (r"2 \* 3 \_ 4 \[a\]", "<p>2 * 3 _ 4 [a]</p>"),
        ("Rp1.000 &amp; 5 < 6", "<p>Rp1.000 &amp; 5 &lt; 6</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_an_editor_writes(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert)",
        "[x](data:text/html,boo)",
        "![x](https://example.org/track.gif)",
        '[x](https://example.org/"onmouseover="alert)',
        "&lt;script&gt;",
        "**<img src=x onerror=alert(1)>**",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(markdown: str) -> None:
    outline = Outline(to_html(markdown).encode())
    assert {tag for tag, _ in outline.tags} <= {"p", "a", "strong"}
    for attributes in outline.all("a"):
        assert set(attributes) == {"href"}
        assert str(attributes["href"]).startswith("https://")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab*_#>-[]()<&\\`!1. \n\x00", max_size=60))
def test_any_text_gives_whole_html(markdown: str) -> None:
    Outline(to_html(markdown).encode("utf-8", "replace"))
