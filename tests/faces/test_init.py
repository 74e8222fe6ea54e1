"""`etam init` makes a whole workspace, or nothing and a sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.faces.init import Answers, init_workspace
from pipeline.words.errors import SetupProblem

ANSWERS = Answers(
    title="Etam “Berkesah” {siang} \\",
    author="Redaksi",
    owner_email="redaksi@example.org",
    base_url="https://podcast.example.org",
)


def test_what_was_answered_is_what_the_show_says(tmp_path: Path) -> None:
    show = init_workspace(tmp_path / "show", ANSWERS).show
    assert show.show.title == ANSWERS.title
    assert show.publish.base_url == "https://podcast.example.org/"


def test_a_folder_that_is_not_empty_keeps_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    init_workspace(tmp_path, ANSWERS)
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    with pytest.raises(SetupProblem, match="already holds a show"):
        init_workspace(tmp_path, ANSWERS)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (replace(ANSWERS, owner_email="redaksi"), r"feed/show.toml: “show.owner_email”.*@-sign\.$"),
        (replace(ANSWERS, base_url="x"), "“publish.base_url”"),
        (replace(ANSWERS, categories=("Goverment",)), "nearest is “Government”"),
    ],
)
def test_a_wrong_answer_makes_nothing(tmp_path: Path, answers: Answers, sentence: str) -> None:
    with pytest.raises(SetupProblem) as caught:
        init_workspace(tmp_path / "show", answers)
    assert re.search(sentence, caught.value.problem)
    assert not (tmp_path / "show").exists()


def test_a_file_is_no_place_for_a_show(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in ("file", "file/show"):
        with pytest.raises(SetupProblem, match="is no folder"):
            init_workspace(tmp_path / place, ANSWERS)
