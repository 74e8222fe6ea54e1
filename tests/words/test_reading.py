"""Written words keep the times of the spoken ones."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.words.reading import words_to_read
from pipeline.words.transcript import Segment, Word


def segment(spoken: str, written: str = "") -> Segment:
    words = tuple(Word(n / 2, n / 2 + 0.5, text, 0.9) for n, text in enumerate(spoken.split()))
    end = words[-1].end if words else 1.0
    return Segment(1, 0.0, end, spoken, words, written=written)


def times(made: tuple[Word, ...]) -> dict[str, tuple[float, float]]:
    return {word.text: (word.start, word.end) for word in made}


def test_without_a_written_form_the_words_are_those_that_were_heard() -> None:
    spoken = segment("warga membuka data")
    assert words_to_read(spoken) == spoken.words


def test_casing_and_punctuation_change_no_time() -> None:
    made = words_to_read(segment("pak budi, apa kabar", "Pak Budi apa kabar?"))
    assert [word.text for word in made] == ["Pak", "Budi", "apa", "kabar?"]
    assert times(made)["kabar?"] == (1.5, 2.0)


def test_digits_take_the_time_of_the_words_that_said_them() -> None:
    made = words_to_read(segment("ada dua puluh lima kelompok", "ada 25 kelompok"))
    assert times(made) == {"ada": (0.0, 0.5), "25": (0.5, 2.0), "kelompok": (2.0, 2.5)}


def test_a_word_that_is_said_but_not_written_belongs_to_the_one_before() -> None:
    made = words_to_read(segment("lima miliar rupiah saja", "Rp5 miliar saja"))
    assert times(made) == {"Rp5": (0.0, 0.5), "miliar": (0.5, 1.5), "saja": (1.5, 2.0)}


def test_more_written_words_than_spoken_ones_share_their_time() -> None:
    made = words_to_read(segment("sdr hadir", "saudara dan saudari hadir"))
    assert [word.text for word in made] == ["saudara", "dan", "saudari", "hadir"]
    assert times(made)["hadir"] == (0.5, 1.0)
    assert times(made)["saudari"][1] == 0.5


def test_pieces_of_a_word_are_one_word_again() -> None:
    pieces = (Word(0.0, 0.2, " Rp", 0.9), Word(0.2, 0.6, "5.000", 0.7))
    (word,) = words_to_read(Segment(1, 0.0, 0.6, " Rp5.000", pieces))
    assert word == Word(0.0, 0.6, "Rp5.000", 0.7)


_TEXT = st.lists(st.sampled_from(["dua", "puluh", "20", "Rp20", "di", "warga,", "WARGA", "%"]))


@settings(max_examples=200, deadline=None)
@given(_TEXT, _TEXT)
def test_every_written_word_is_there_once_in_order_and_in_time(
    spoken: list[str], written: list[str]
) -> None:
    of = segment(" ".join(spoken), " ".join(written))
    made = words_to_read(of)
    assert [word.text for word in made] == (written or spoken)
    assert all(a.start <= b.start for a, b in pairwise(made))
    assert all(0 <= word.start <= word.end <= of.end for word in made)
