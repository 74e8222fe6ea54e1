"""Language tags such as "id" and "en-GB", and their codes elsewhere."""

from __future__ import annotations

# ISO 639-1 to 639-2/T for the languages shows here are made in; "und" is the code for the others.
_THREE_LETTERS = {
    "id": "ind",
    "en": "eng",
    "ms": "msa",
    "jv": "jav",
    "su": "sun",
    "ban": "ban",
    "bjn": "bjn",
    "bug": "bug",
    "min": "min",
    "ar": "ara",
    "zh": "zho",
    "nl": "nld",
    "fr": "fra",
    "de": "deu",
    "es": "spa",
    "pt": "por",
    "ja": "jpn",
    "ko": "kor",
    "fil": "fil",
    "tl": "tgl",
    "th": "tha",
    "vi": "vie",
}


def primary_language(language: str) -> str:
    """The language without its region: "en" for "en-GB"."""
    return language.replace("_", "-").partition("-")[0].lower()


def three_letter_code(language: str) -> str:
    """ISO 639-2/T, which ID3 asks for: "ind" for "id"; "und" for one that is not known here."""
    return _THREE_LETTERS.get(primary_language(language), "und")
