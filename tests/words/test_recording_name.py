from __future__ import annotations

from datetime import date

import pytest

from pipeline.words.recording_name import RecordingName, clean_text, parse_recording_name

_DAY = date(2022, 10, 6)
_WHOLE = RecordingName("Diskominfo Kukar", _DAY, ("Ahmad Rianto",))


@pytest.mark.parametrize(
    "stem",
    [
        "2022-10-06 Ahmad Rianto - Diskominfo Kukar",
        "2022-10-06 - Ahmad Rianto - Diskominfo Kukar",
        "20221006 Ahmad Rianto - Diskominfo Kukar",
        "06-10-2022 Ahmad Rianto - Diskominfo Kukar",
        "6.10.2022 Ahmad Rianto – Diskominfo Kukar",
        "2022_10_06_Ahmad_Rianto_-_Diskominfo_Kukar",
        "6 Oktober 2022 Ahmad Rianto - Diskominfo Kukar",
        "Kamis, 6 Oktober 2022 - Ahmad Rianto - Diskominfo Kukar",
        "Ahmad Rianto - Diskominfo Kukar (6 Okt 2022)",
        "October 6, 2022 Ahmad Rianto | Diskominfo Kukar",
        "20221006_143000 Ahmad Rianto - Diskominfo Kukar",
        "\u202eAhmad Rianto \U0001f399\ufe0f - Diskominfo\nKukar 2022-10-06",
        "Etam Berkesah - 2022-10-06 - Ahmad Rianto - Diskominfo Kukar",
    ],
)
def test_date_guest_and_title_are_found_in_many_spellings(stem: str) -> None:
    assert parse_recording_name(stem, "Etam Berkesah") == _WHOLE


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("Etam Berkesah #12 - Guest - Title", RecordingName("Title", None, ("Guest",), None, 12)),
        ("Ep. 7 Budi - Sawah", RecordingName("Sawah", None, ("Budi",), None, 7)),
        ("Episode 3", RecordingName("", None, (), None, 3)),
        ("EP03_Budi_-_Sawah", RecordingName("Sawah", None, ("Budi",), None, 3)),
        ("S02E05 - Budi - Sawah", RecordingName("Sawah", None, ("Budi",), 2, 5)),
        ("Budi & Ani - Sawah", RecordingName("Sawah", None, ("Budi", "Ani"))),
        ("Pelayanan publik", RecordingName("Pelayanan publik")),
        ("ZOOM0001", RecordingName("ZOOM0001")),
        ("2022-10-06", RecordingName("", _DAY)),
        ("2022-02-31 Budi", RecordingName("2022-02-31 Budi")),
        ("", RecordingName()),
        ("\U0001f399", RecordingName()),
        ("H. Sunggono, M.M. - APBD", RecordingName("APBD", None, ("H. Sunggono, M.M.",))),
        ("Budi - Sawah (bagian 2)", RecordingName("Sawah (bagian 2)", None, ("Budi",))),
        ("Covid-19 di Kukar", RecordingName("Covid-19 di Kukar")),
    ],
)  # fmt: skip
def test_what_is_missing_stays_empty(stem: str, expected: RecordingName) -> None:
    assert parse_recording_name(stem) == expected


def test_clean_text_is_one_visible_line_in_nfc() -> None:
    assert clean_text("a\u0301\x00b\u200f\n c\U0001f600") == "áb c"
    assert clean_text("Ka\u0301bar\tbaik\n") == "Kábar baik"
    assert clean_text("\u202e\U0001f600\ufe0f") == ""
