"""Sentences end at pauses, questions with their mark, and commas stand only where it is safe."""

from __future__ import annotations

import math

import pytest

from pipeline.words.punctuation import is_unpunctuated, punctuated
from pipeline.words.tokens import Token, text_of, token_of, tokens_of


def said(text: str) -> list[Token]:
    """The words of a text in which “|” stands for a pause of a second."""
    tokens: list[Token] = []
    for part in text.split("|"):
        words = part.split()
        tokens += [token_of(word) for word in words[:-1]]
        tokens.append(token_of(words[-1], 1.0))
    return tokens


def marked(text: str) -> str:
    return text_of(punctuated(said(text), "id"))


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("kami buka layanan|warga bisa datang", "kami buka layanan. Warga bisa datang."),
        ("kami buka layanan|yang mudah", "kami buka layanan yang mudah."),
        ("warga datang ke|kantor desa", "warga datang ke kantor desa."),
        ("baik|kita mulai sekarang", "baik kita mulai sekarang."),
        ("bagaimana caranya", "bagaimana caranya?"),
        ("lalu apa harapan bapak", "lalu apa harapan bapak?"),
        ("pak budi bagaimana caranya", "pak budi bagaimana caranya?"),
        ("di mana warga bisa mengurus", "di mana warga bisa mengurus?"),
        ("apakah semua warga dari semua desa yang jauh itu sudah tahu soal ini sejak lama sekali",)
        * 2,
        ("apa pun boleh ditanyakan", "apa pun boleh ditanyakan."),
        ("kami tahu apa yang harus dilakukan", "kami tahu apa yang harus dilakukan."),
        ("warga mau tetapi takut", "warga mau, tetapi takut."),
        ("kami tidak marah melainkan sedih", "kami tidak marah, melainkan sedih."),
        ("dia datang karena diundang", "dia datang karena diundang."),
        ("oleh karena itu kami buka data", "oleh karena itu, kami buka data."),
        ("selain itu ada pelatihan", "selain itu, ada pelatihan."),
        ("tetapi warga menolak", "tetapi warga menolak."),
    ],
)
def test_marks(spoken: str, written: str) -> None:
    expected = f"{written}?" if spoken == written else written
    assert marked(spoken) == expected


def test_a_short_pause_is_enough_before_a_word_that_opens_sentences() -> None:
    def after(pause: float, word: str) -> str:
        tokens = [*tokens_of("warga datang pagi"), token_of(word), token_of("pulang")]
        tokens[2] = token_of("pagi", pause)
        return text_of(punctuated(tokens, "id"))

    assert after(0.35, "kami") == "warga datang pagi. Kami pulang."
    assert after(0.35, "petugas") == "warga datang pagi petugas pulang."
    assert after(0.55, "di") == "warga datang pagi di pulang."
    assert after(1.05, "di") == "warga datang pagi. Di pulang."
    assert after(0.55, "petugas") == "warga datang pagi. Petugas pulang."


def test_another_voice_ends_a_sentence_whatever_was_said() -> None:
    tokens = [token_of("baik"), token_of("untuk", math.inf), *tokens_of("kami datang")]
    assert text_of(punctuated(tokens, "id")) == "baik untuk. Kami datang."


def test_marks_that_are_there_stay() -> None:
    assert marked("Halo, semua!|Apa kabar?") == "Halo, semua! Apa kabar?"


def test_only_a_talk_without_sentences_is_unpunctuated() -> None:
    long = tokens_of("kata " * 60)
    assert is_unpunctuated(long)
    assert not is_unpunctuated(tokens_of("Satu dua. " * 20))
    assert not is_unpunctuated(tokens_of("kata " * 10)), "too short to tell"
