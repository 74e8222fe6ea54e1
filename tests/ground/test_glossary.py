"""The glossary is read with a sentence for each mistake, and the shipped one holds good facts."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.ground.files import write_text
from pipeline.ground.glossary import read_glossary
from pipeline.words.errors import SetupProblem
from pipeline.words.glossary import Glossary, KnownPerson, Title

SHIPPED = Path(pipeline.__file__).parent / "init" / "glossary.toml"


def test_without_a_file_the_glossary_is_empty(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / "glossary.toml") == Glossary()


def test_an_entry_is_read(tmp_path: Path) -> None:
    text = '[[people]]\nname = " Ahmad Rianto "\nrole = "Kabid PKP"\nvariants = ["Arianto"]\n'
    assert read_glossary(file(tmp_path, text)).people == (
        KnownPerson("Ahmad Rianto", "Kabid PKP", ("Arianto",)),
    )


def test_titles_and_known_mishearings_are_read(tmp_path: Path) -> None:
    text = (
        '[[people]]\nname = "Aji"\nheard_as = ["Haji"]\n\n[[places]]\nname = "Sebulu"\n'
        'heard_as = ["se bulu"]\n\n[[terms]]\nshort = "Erau"\nheard_as = ["era u"]\n\n'
        '[[titles]]\nname = "Sekretaris Daerah"\nvariants = ["Sekda"]\n'
    )
    glossary = read_glossary(file(tmp_path, text))
    assert glossary.people[0].heard_as == ("Haji",)
    assert glossary.places[0].heard_as == ("se bulu",)
    assert glossary.terms[0].heard_as == ("era u",)
    assert glossary.titles == (Title("Sekretaris Daerah", ("Sekda",)),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[people]]\nnama = "A"\n', "people.0.nama” is unknown; did you mean “name”"),
        ('[[peoples]]\nname = "A"\n', "“peoples” is unknown; did you mean “people”"),
        ("[[places]]\n", "“places.0.name” is missing"),
        ('[[places]]\nname = "A"\nvariants = "B"\n', "places.0.variants"),
        ('[[places]]\nname = ""\n', "places.0.name"),
        ('[[terms]]\nshort = "A"\nheard = ["B"]\n', "did you mean “heard_as”"),
        ('[[titles]]\nvariants = ["B"]\n', "“titles.0.name” is missing"),
        ("[[places]\n", "is not valid TOML"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(SetupProblem) as caught:
        read_glossary(file(tmp_path, text))
    assert sentence in caught.value.problem


def test_bytes_that_are_no_text_are_said_so(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SetupProblem, match="not valid TOML"):
        read_glossary(path)


def test_the_shipped_glossary_has_twenty_districts_and_each_name_once() -> None:
    glossary = read_glossary(SHIPPED)
    names = [place.name for place in glossary.places]
    districts = names[names.index("Tenggarong") : names.index("Tabang") + 1]
    assert len(districts) == 20
    said = [n.casefold() for p in glossary.places for n in (p.name, *p.variants)]
    assert len(said) == len(set(said))


def test_each_note_of_the_shipped_glossary_has_a_source() -> None:
    for term in read_glossary(SHIPPED).terms:
        assert not term.note or term.source, term.short
        assert term.long or term.note, term.short


def test_the_shipped_glossary_names_no_officials_but_their_offices() -> None:
    glossary = read_glossary(SHIPPED)
    assert glossary.people == (), "officials change: a local editor fills them in"
    titles = {name for title in glossary.titles for name in (title.name, *title.variants)}
    assert {"Bupati", "Wakil Bupati", "Sekda", "Camat", "Lurah", "Kepala Dinas"} <= titles
    shorts = [term.short for term in glossary.terms]
    assert len(shorts) == len(set(shorts))
    assert {"Diskominfo", "Disdukcapil", "BPBD", "RPJMD", "KTP-el", "BUMDes"} <= set(shorts)


def file(folder: Path, text: str) -> Path:
    write_text(folder / "glossary.toml", text)
    return folder / "glossary.toml"
