"""What a sentence does in a conversation."""

from __future__ import annotations

import pytest

from pipeline.words.speech_acts import (
    addresses_somebody,
    is_courtesy,
    is_greeting,
    is_introduction,
    is_question,
    leans_on_what_came_before,
    looks_ahead,
    without_address,
)


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Mengapa informasi publik penting?", True),
        ("Itu benar?”", True),
        ("pak budi mengapa informasi publik penting bagi warga", True),
        ("warga bertanya kepada petugas tentang apa saja", False),
        ("Apa pun alasannya, jawab.", False),
        ("", False),
    ],
)
def test_questions(sentence: str, asks: bool) -> None:
    assert is_question(sentence, "id") is asks


@pytest.mark.parametrize(
    "sentence",
    [
        "Selamat pagi, pendengar.",
        "Terima kasih, Rahma.",
        "Sama-sama.",
        "Sampai jumpa pada siniar berikutnya.",
        "Terima kasih telah menonton!",
        "Hari ini kita berbincang tentang anggaran.",
    ],
)
def test_courtesies(sentence: str) -> None:
    assert is_courtesy(sentence, "id")


def test_a_statement_is_no_courtesy() -> None:
    assert not is_courtesy("Informasi publik adalah hak setiap warga.", "id")
    assert not is_greeting("Selamatkan hutan kita.", "id")


def test_introductions() -> None:
    assert is_introduction("Saya Budi Santoso, kepala bidang.", "id")
    assert is_introduction("Nama saya Slamet.", "id")
    assert not is_introduction("Saya berharap warga ikut.", "id")


def test_sentences_that_point_back() -> None:
    assert leans_on_what_came_before("Karena itu, kami membuka data.", "id")
    assert not leans_on_what_came_before("Kami membuka data.", "id")
    assert not leans_on_what_came_before("", "id")


@pytest.mark.parametrize(
    ("sentence", "addresses"),
    [
        ("Menarik sekali, Bu.", True),
        ("Tadi Ibu bercerita tentang jaringan internet.", True),
        ("Menurut Bapak Bupati, jalan itu selesai tahun depan.", False),
        ("Ibu hamil diperiksa setiap bulan.", False),
        ("Kami melayani ibu dan anak.", False),
    ],
)
def test_speaking_to_somebody(sentence: str, addresses: bool) -> None:
    assert addresses_somebody(sentence, "id") is addresses


def test_hopes_look_ahead() -> None:
    assert looks_ahead("Saya berharap setiap desa punya relawan.", "id")
    assert not looks_ahead("Jangan membagikan pesan itu.", "id")


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Lalu, Pak Budi, mengapa buku penting?", "Mengapa buku penting?"),
        ("Bagaimana dengan desa, kota, dan pulau?", "Bagaimana dengan desa, kota, dan pulau?"),
        ("Kalau begitu, benarkah?", "Kalau begitu, benarkah?"),
    ],
)
def test_a_question_without_what_leads_up_to_it(question: str, bare: str) -> None:
    assert without_address(question, "id") == bare


def test_an_unknown_language_knows_only_punctuation() -> None:
    assert is_question("Czy to prawda?", "pl")
    assert not is_courtesy("Selamat pagi.", "pl")
