"""The verb behind a quote fits what is said, and varies."""

from __future__ import annotations

import pytest

from pipeline.words.attribution import SpeechAct, act_of, closing_verb, verbs_for


@pytest.mark.parametrize(
    ("text", "act", "verb"),
    [
        ("Bagaimana warga bisa ikut?", SpeechAct.ASK, "tanya"),
        ("Saya berharap setiap desa punya relawan.", SpeechAct.HOPE, "harap"),
        ("Mari kita jaga sungai bersama.", SpeechAct.INVITE, "ajak"),
        ("Petugas wajib menjawab dalam 10 hari.", SpeechAct.CLAIM, "tegas"),
        ("KIM adalah kelompok milik warga.", SpeechAct.EXPLAIN, "jelas"),
        ("Sudah ada 27 kelompok di hulu.", SpeechAct.COUNT, "ungkap"),
        ("Kami membuka layanan aduan di kantor.", SpeechAct.SAY, "ujar"),
    ],
)
def test_the_verb_agrees_with_the_content(text: str, act: SpeechAct, verb: str) -> None:
    assert act_of(text, "id") is act
    assert list(verbs_for([text], "id")) == [verb]


def test_the_same_act_takes_another_verb_each_time() -> None:
    verbs = list(verbs_for(["Kami membuka layanan."] * 5, "id"))
    assert len(set(verbs[:4])) == 4
    assert verbs[4] == verbs[0]


def test_the_last_quote_is_a_conclusion_unless_it_asks() -> None:
    assert closing_verb("Semoga sungai kita bersih.", "id") == "pungkas"
    assert closing_verb("Siapa yang mau menjaga sungai?", "id") == "tanya"
    assert closing_verb("We will see.", "en") == "concluded"


def test_a_language_without_a_row_takes_the_english_verbs() -> None:
    assert list(verbs_for(["Kula remen."], "jv")) == ["said"]
