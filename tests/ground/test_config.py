"""Each mistake in show.toml gets one sentence with the key and the nearest right value."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ground.categories import APPLE_CATEGORIES, nearest_category
from pipeline.ground.config import read_show
from pipeline.words.errors import SetupProblem
from tests.shows import SHOW_TOML


def _problem(tmp_path: Path, toml: str) -> str:
    path = tmp_path / "show.toml"
    path.write_text(toml)
    with pytest.raises(SetupProblem) as caught:
        read_show(path)
    return caught.value.problem


def test_a_small_show_has_good_defaults(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW_TOML)
    show = read_show(tmp_path / "show.toml")
    assert show.audio.target == -16.0
    assert show.audio.bitrate == 128
    assert show.show.language == "id"
    assert show.publish.approval == "editor"
    assert show.publish.base_url == "http://127.0.0.1:8000/"


def test_mono_is_quieter_and_smaller(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW_TOML + '[audio]\nchannels = "mono"\n')
    audio = read_show(tmp_path / "show.toml").audio
    assert (audio.target, audio.bitrate) == (-19.0, 96)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("author =", "autor =", "The key “show.autor” is unknown; did you mean “author”?"),
        ("author =", "autor =", "The key “show.author” is missing."),
        ("[publish]", "[publsh]", "The key “publsh” is unknown; did you mean “publish”?"),
        (
            '["Government"]',
            '["Goverment"]',
            "“show.categories.0”: Apple Podcasts has no category “Goverment”; "
            "the nearest is “Government”",
        ),
        ('["Government"]', '["Documentary"]', "nearest is “Society & Culture > Documentary”"),
        (
            "[show]",
            '[show]\ntimezone = "Asia/Makasar"',
            "“show.timezone”: there is no time zone “Asia/Makasar”; the nearest is “Asia/Makassar”",
        ),
        ("http://127", "127", "“publish.base_url”: input should be a valid URL"),
        ("redaksi@example.org", "redaksi", "“show.owner_email”: value is not a valid email"),
        ("[publish]", '[publish]\ntarget = "ftp"', "“publish.target” cannot be 'ftp'; it is one"),
        ("[publish]", '[publish]\ntarget = "s3"', "target “s3” needs the key “bucket”"),
        (
            "[publish]",
            '[audio]\ntarget_lufs = "loud"\n[publish]',
            "“audio.target_lufs”: input should be a valid number",
        ),
        ("[publish]", "[audio]\nbitrate_kbps = 100\n[publish]", "“audio.bitrate_kbps” cannot be"),
        ('title = "Etam', 'language = "Bahasa"\ntitle = "Etam', "a language is written as in"),
        ('title = "Etam', "title = Etam", "is not valid TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert sentence in _problem(tmp_path, SHOW_TOML.replace(old, new, 1))


@pytest.mark.parametrize("key", ["endpoint", "base_url"])
def test_an_address_holds_no_secret_and_a_mistake_does_not_tell_it(
    tmp_path: Path, key: str
) -> None:
    toml = SHOW_TOML.replace("base_url", "was", 1) if key == "base_url" else SHOW_TOML
    toml = toml.replace("[publish]", f'[publish]\n{key} = "https://nama:rahasia@s3.example.org"', 1)
    problem = _problem(tmp_path, toml)
    assert f"“publish.{key}”: a web address in settings may hold no name or password" in problem
    assert "rahasia" not in problem


def test_several_mistakes_are_told_at_once(tmp_path: Path) -> None:
    problem = _problem(
        tmp_path,
        SHOW_TOML.replace("author", "autor").replace("Government", "Goverment"),
    )
    assert "autor" in problem
    assert "Goverment" in problem


@pytest.mark.parametrize("language", ["ID", "", "Bahasa"])
def test_a_wrong_language_to_hear_is_named_once_and_in_words(tmp_path: Path, language: str) -> None:
    problem = _problem(tmp_path, SHOW_TOML + f'[transcription]\nlanguage = "{language}"\n')
    told = "“transcription.language”: a language is written as in “id” or “en-GB”; or “auto”."
    assert problem == f"{tmp_path / 'show.toml'}: {told}"


@pytest.mark.parametrize("language", ["auto", "id", "en-GB"])
def test_a_language_to_hear_or_auto_is_taken(tmp_path: Path, language: str) -> None:
    path = tmp_path / "show.toml"
    path.write_text(SHOW_TOML + f'[transcription]\nlanguage = "{language}"\n')
    assert read_show(path).transcription.language == language


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="etam init"):
        read_show(tmp_path / "show.toml")


@pytest.mark.parametrize("category", APPLE_CATEGORIES)
def test_every_category_is_its_own_nearest(category: str) -> None:
    assert nearest_category(category) == category


def test_there_are_as_many_categories_as_apple_lists() -> None:
    assert len([c for c in APPLE_CATEGORIES if ">" not in c]) == 19


def test_a_show_file_that_notepad_saved_is_read(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW_TOML, encoding="utf-8-sig")
    assert read_show(tmp_path / "show.toml").show.title == "Etam Berkesah"


def test_a_show_file_that_is_no_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="cannot be read"):
        read_show(tmp_path)
