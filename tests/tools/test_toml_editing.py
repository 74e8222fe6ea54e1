"""People's TOML files are changed value by value; everything else stays as they wrote it."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tools.toml_editing import with_values

FILE = """\
# Keterangan episode
title = "Air"   # sementara
date = 2026-01-01
# place = "…"
guests = [{ name = "Ahmad" }]

[[corrections]]  # satu
date = 2026-01-02
text = "x"
"""


def test_comments_and_order_stay() -> None:
    text = with_values(FILE, {"title": "Air bersih", "place": "Tenggarong"})
    assert '# Keterangan episode\ntitle = "Air bersih"   # sementara\n' in text
    assert "# satu" in text
    assert tomllib.loads(text)["place"] == "Tenggarong"


def test_what_is_the_same_is_not_touched() -> None:
    assert with_values(FILE, tomllib.loads(FILE)) == FILE


def test_tables_stay_tables_and_new_lists_stand_before_them() -> None:
    text = with_values(FILE, {"corrections": [{"text": "y"}], "chapters": [{"start": 1.5}]})
    assert "[[corrections]]" in text
    assert tomllib.loads(text)["chapters"] == [{"start": 1.5}]


def test_none_takes_a_key_out() -> None:
    said = tomllib.loads(with_values(FILE, {"corrections": None, "guests": None, "host": None}))
    assert said.keys() == {"title", "date"}


_TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
_PLAIN = st.one_of(
    _TEXT,
    st.integers(-(2**62), 2**62),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2199, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1)),
)
_TABLE = st.dictionaries(st.sampled_from(["name", "role", "text"]), _TEXT, min_size=1)
_VALUE = st.one_of(_PLAIN, st.lists(_TEXT, max_size=3), st.lists(_TABLE, max_size=3), st.none())


@given(st.dictionaries(st.sampled_from(["title", "guests", "corrections", "new", "tags"]), _VALUE))
def test_it_always_reads_back(values: dict[str, Any]) -> None:
    said = {**tomllib.loads(FILE), **values}
    expected = {key: value for key, value in said.items() if value is not None}
    try:
        text = with_values(FILE, values)
    except ValueError:
        return  # refused rather than written wrongly
    assert tomllib.loads(text) == expected


def test_text_that_is_no_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        with_values("title = ", {"title": "x"})
