"""Each rule finds what it is for, and leaves alone what people really say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tools.keywords import function_words
from pipeline.words.doubts.foreign import are_kin, foreign_stretches, strange_scripts
from pipeline.words.doubts.inventions import hint_terms, known_inventions, recited_hint
from pipeline.words.doubts.loops import loops
from pipeline.words.doubts.timing import hurried, is_drawn_out, shortened
from pipeline.words.transcript import Word
from tests.talks import DEMO_SCRIPT, GOLDEN

HINT = "Diskominfo, Kutai Kartanegara, Tenggarong, Loa Kulu, Kota Bangun, PPID"
OTHERS = {code: function_words(code) for code in ("en", "nl", "es", "fr", "de", "it", "tl")}
TALKS = [
    script.read_text(encoding="utf-8").split()
    for script in (DEMO_SCRIPT, *sorted(GOLDEN.glob("*.txt")))
]


def words_of(text: str) -> list[str]:
    return text.split()


def marked(texts: list[str], stretches: object) -> set[int]:
    return {index for stretch in stretches for index in stretch}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "ya ya ya ya ya ya",
        "dan kemudian dan kemudian dan kemudian dan kemudian dan kemudian",
        "itu yang kita itu yang kita itu yang kita itu yang kita",
        "terima kasih telah menonton video ini. " * 3,
        "Warga bisa, warga bisa, WARGA BISA, warga bisa. Warga bisa!",
    ],
)
def test_a_phrase_that_follows_itself_too_often_is_a_loop(text: str) -> None:
    words = f"Jadi begini: {text} Demikian.".split()
    assert marked(words, loops(words)) == set(range(2, len(words) - 1))


@pytest.mark.parametrize(
    "text",
    [
        "ya, ya, ya, begitu",
        "nol delapan satu satu satu satu dua",
        "hati-hati, hati-hati di jalan",
        "Terima kasih. Terima kasih banyak. Terima kasih kepada semua pendengar.",
        "kosong lima empat satu dua tiga kosong lima empat satu dua tiga",
    ],
)
def test_what_people_say_twice_or_thrice_is_no_loop(text: str) -> None:
    assert list(loops(text.split())) == []


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=60))
def test_loops_are_what_a_slow_search_finds(words: list[str]) -> None:
    expected = {
        index
        for length, times in {1: 6, 2: 5, 3: 4, 4: 4, 5: 4, 6: 3, 9: 3, 12: 3}.items()
        for first in range(len(words) - length * times + 1)
        if words[first : first + length] * times == words[first : first + length * times]
        for index in range(first, first + length * times)
    }
    assert expected <= marked(words, loops(words))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Begitulah. Terima kasih telah menonton!", {1, 2, 3, 4}),
        ("Jangan lupa like, share dan subscribe ya", {0, 1, 2, 3, 4, 5}),
        ("Subtitle oleh Budi", {0, 1}),
        ("Hai, kembali lagi", {0}),
        ("you", {0}),
        ("Thanks for watching!", {0, 1, 2}),
        ("Subtitles by the Amara.org community", {0, 1}),
    ],
)
def test_phrases_that_models_invent_are_known(text: str, found: set[int]) -> None:
    words = text.split()
    assert found <= marked(words, known_inventions(words))


@pytest.mark.parametrize(
    "text", ["", "Selamat datang di siniar kami", "Saya bilang hai kepada Rahma", "Ya, betul itu"]
)
def test_other_words_are_no_known_inventions(text: str) -> None:
    assert list(known_inventions(text.split())) == []


def test_words_of_the_hint_are_found_and_single_common_words_are_not() -> None:
    words = [
        "Kami",
        "dari",
        "Kutai",
        "Kartanegara",
        "dan",
        "Diskominfo",
        "di",
        "kota",
        "Bangun",
        "lama",
    ]
    assert marked(words, hint_terms(words, HINT)) == {2, 3, 5, 7, 8}
    assert marked(words, hint_terms(words, "")) == set()
    assert marked(["kota", "kami"], hint_terms(["kota", "kami"], HINT)) == set()


def test_a_hint_read_out_in_its_order_is_found() -> None:
    words = [
        "Baik.",
        "Diskominfo,",
        "Kutai",
        "Kartanegara,",
        "Tenggarong,",
        "Loa",
        "Kulu.",
        "Baik.",
    ]
    assert marked(words, recited_hint(words, HINT)) == {1, 2, 3, 4, 5, 6}
    prose = "Siniar Diskominfo Kutai Kartanegara tentang layanan publik bagi warga desa"
    assert marked(prose.split(), recited_hint(prose.split(), prose)) == set(range(10))


@pytest.mark.parametrize(
    "text",
    [
        "Diskominfo Kutai Kartanegara di Tenggarong",
        "dari Tenggarong, Diskominfo Kutai Kartanegara",
        "Kutai Kartanegara, Tenggarong, Loa Kulu",
    ],
)
def test_a_few_of_its_names_are_no_hint_read_out(text: str) -> None:
    assert list(recited_hint(text.split(), HINT)) == []


def spoken(texts: list[str], each: float) -> list[Word]:
    return [Word(n * each, (n + 1) * each, text, 0.9) for n, text in enumerate(texts)]


def test_more_words_than_anybody_can_say_are_found() -> None:
    texts = ["warga", "membawa", "kartu", "tanda", "penduduk", "ke", "kantor"]
    assert marked(texts, hurried(spoken(texts, 0.1))) == set(range(7))
    assert list(hurried(spoken(texts, 0.25))) == []
    assert marked(texts, hurried(spoken(["2026", "1999", "2024", "1945", "2000"], 0.45)))
    assert list(hurried(spoken(["di", "a", "o", "u", "e"], 0.1))) == []


def test_a_word_that_lasts_too_long_is_given_a_likely_time() -> None:
    long = Word(2.0, 9.0, "warga", 0.9)
    assert is_drawn_out(long)
    assert shortened(long, at_start=False) == Word(2.0, 3.0, "warga", 0.9)
    assert shortened(long, at_start=True) == Word(8.0, 9.0, "warga", 0.9)
    normal = Word(2.0, 3.5, "eeee", 0.9)
    assert shortened(normal, at_start=True) is normal
    phrase = Word(2.0, 8.0, "今日は図書館の新しい本について話しましょう", 0.9)
    assert shortened(phrase, at_start=True) is phrase


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Selamat pagi 各位听众 semua", "id", {2}),
        ("Kami спасибо warga", "id", {1}),
        ("Éva naïve café Müller", "id", set()),
        ("Rp5.000 50% H₂O ½", "id", set()),
        ("السلام عليكم dari Rahma", "ar", set()),
        ("السلام عليكم dari Rahma", "id", {0, 1}),
        ("привет from Москва", "ru", set()),
        ("こんにちは カタカナ 漢字 ー", "ja", set()),
    ],
)
def test_letters_of_another_script_are_found(text: str, language: str, found: set[int]) -> None:
    words = text.split()
    assert marked(words, strange_scripts(words, language)) == found


@pytest.mark.parametrize(
    "text",
    [
        "we are very happy to be here with all of you",
        "this is what they have been doing for the people",
        "I think so too",
        "dat is wat wij hebben gedaan voor de mensen",
        "Jadi begini ya bapak ibu, because it is not what you think it is, katanya",
    ],
)
def test_another_language_shows_by_its_function_words(text: str) -> None:
    assert list(foreign_stretches(text.split(), function_words("id"), OTHERS))


@pytest.mark.parametrize(
    "text",
    [
        "kami memakai sistem Free and Open Source Software di kantor dinas",
        "programnya namanya Smart City, terus ada Public Service Center juga",
        "by the way, kami juga punya aplikasi",
        "oke so what, kata dia begitu",
        "Diskominfo",
    ],
)
def test_english_terms_in_indonesian_talk_are_no_drift(text: str) -> None:
    assert list(foreign_stretches(text.split(), function_words("id"), OTHERS)) == []


@pytest.mark.parametrize("words", TALKS)
def test_written_talks_raise_no_doubt(words: list[str]) -> None:
    assert list(loops(words)) == []
    assert list(foreign_stretches(words, function_words("id"), OTHERS)) == []
    assert list(strange_scripts(words, "id")) == []
    assert list(recited_hint(words, HINT)) == []
    assert list(hurried(spoken(words, 0.35))) == []


def test_close_languages_are_not_told_apart() -> None:
    assert are_kin("id", "ms")
    assert are_kin("jw", "id")
    assert not are_kin("id", "en")
    assert not any(are_kin(*pair) for pair in pairwise(["id", "ar", "zh", "nl", "en"]))


@pytest.mark.parametrize("word", ["Apa-apa-apa-apa-apa", "wkwkwkwkwkwkwkwkwkwkwk", "aaaaaaaaaaaaa"])
def test_a_word_that_repeats_itself_is_a_loop(word: str) -> None:
    assert list(loops(["Kami", word, "datang."])) == [range(1, 2)]


@pytest.mark.parametrize(
    "word", ["anak-anak", "sa-sa-saya", "bolak-balik", "1000000000000", "0812-0812-0812-0812"]
)
def test_doubled_words_stammers_and_figures_are_none(word: str) -> None:
    assert list(loops(["Kami", word, "datang."])) == []
