"""Names that editors add to the glossary: at its end; what people wrote is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ground.glossary import read_glossary
from pipeline.ground.glossary_additions import Kind, add_to_glossary
from pipeline.words.errors import PipelineError

WRITTEN = """\
# Nama-nama yang sering muncul.
[[people]]
name = "Ahmad Rianto"  # Kepala Bidang
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feed" / "glossary.toml"


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


def test_a_name_is_added_and_all_that_was_written_stays(path: Path, tmp_path: Path) -> None:
    write(path, WRITTEN)
    assert add_to_glossary(tmp_path, path, Kind.PLACES, "Loa Ipuh", "Loa Lepu")
    assert path.read_text("utf-8").startswith(WRITTEN)
    glossary = read_glossary(path)
    (place,) = glossary.places
    assert (place.name, place.heard_as) == ("Loa Ipuh", ("Loa Lepu",))
    assert [person.name for person in glossary.people] == ["Ahmad Rianto"]


def test_the_first_name_makes_the_file(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    assert add_to_glossary(tmp_path, path, Kind.TERMS, 'PPID "Kukar" \\ x')
    assert [term.short for term in read_glossary(path).terms] == ['PPID "Kukar" \\ x']


def test_a_name_that_is_known_is_not_added_again(path: Path, tmp_path: Path) -> None:
    write(path, WRITTEN)
    assert not add_to_glossary(tmp_path, path, Kind.PEOPLE, "ahmad  rianto")
    assert path.read_text("utf-8") == WRITTEN


@pytest.mark.parametrize(
    "content", ['people = [{ name = "Ani" }]\n', "[[people]\n", '[[people]]\nnaam = "Ani"\n']
)
def test_a_file_that_cannot_be_added_to_is_left_as_it_is(
    path: Path, tmp_path: Path, content: str
) -> None:
    write(path, content)
    with pytest.raises(PipelineError):
        add_to_glossary(tmp_path, path, Kind.PEOPLE, "Budi")
    assert path.read_text("utf-8") == content
