"""Sentences end at pauses, questions with their mark, and commas stand only where it is safe."""

from __future__ import annotations

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


def marked(text: str, *, goes_on: bool = False) -> str:
    return text_of(punctuated(said(text), "id", goes_on))


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("kami buka layanan|warga bisa datang", "kami buka layanan. Warga bisa datang."),
        ("kami buka layanan|yang mudah", "kami buka layanan yang mudah."),
        ("warga datang ke|kantor desa", "warga datang ke kantor desa."),
        ("baik|kita mulai sekarang", "baik kita mulai sekarang."),
        ("bagaimana caranya", "bagaimana caranya?"),
        ("lalu apa harapan bapak", "lalu apa harapan bapak?"),
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


def test_a_sentence_that_goes_on_gets_no_end() -> None:
    assert marked("kami buka layanan", goes_on=True) == "kami buka layanan"


def test_marks_that_are_there_stay() -> None:
    assert marked("Halo, semua!|Apa kabar?") == "Halo, semua! Apa kabar?"


def test_only_a_talk_without_sentences_is_unpunctuated() -> None:
    long = tokens_of("kata " * 60)
    assert is_unpunctuated([long])
    assert not is_unpunctuated([tokens_of("Satu dua. " * 20)])
    assert not is_unpunctuated([tokens_of("kata " * 10)]), "too short to tell"
