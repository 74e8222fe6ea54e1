"""Drafts of the talks in `tests/golden/`. `python -m tests.drafts` writes the golden files anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.ground.glossary import read_glossary
from pipeline.tools.chaptering import chapters_of
from pipeline.tools.drafting.markdown import draft_as_markdown
from pipeline.tools.drafting.material import Material, Publication
from pipeline.tools.drafting.offline import draft_offline
from pipeline.tools.subjects import find_subjects
from pipeline.words.article import Draft
from pipeline.words.episode import EpisodeDetails, Guest
from pipeline.words.sentences import sentences_of
from pipeline.words.transcript import SpeakerSource, Transcript
from tests.talks import GOLDEN, talk

SHIPPED_GLOSSARY = Path(__file__).parent.parent / "pipeline/init/glossary.toml"
GLOSSARY = read_glossary(SHIPPED_GLOSSARY)
PUBLICATION = Publication(
    show="Etam Berkesah",
    language="id",
    host="Sari Melati",
    outlet="Portal Contoh",
    place="Kutai Kartanegara",
    label="ADV",
    link="https://contoh.example/episodes/kim/index.html",
)
DETAILS = {
    "interview": EpisodeDetails(
        "KIM, dari Warga untuk Warga",
        date(2022, 10, 6),
        guests=(
            Guest("Nur Hidayah, S.Sos.", "Kepala Bidang Pengelolaan Informasi Diskominfo Kukar"),
        ),
    ),
    "monologue": EpisodeDetails("Perpustakaan di atas Mahakam", date(2022, 10, 13)),
    "panel": EpisodeDetails(
        "Banjir di Kota Tepian",
        date(2024, 8, 1),
        guests=(
            Guest("Dewi Lestari", "Kepala Bidang Drainase Dinas Pekerjaan Umum Kota Samarinda"),
            Guest("Agus Salim"),
            Guest("Maria Goreti"),
        ),
        host="Rudi Hartono",
    ),
    "almost-empty": EpisodeDetails("Uji Coba", date(2022, 10, 20)),
}


def draft_of(
    transcript: Transcript, details: EpisodeDetails, publication: Publication = PUBLICATION
) -> Draft:
    """The offline draft, from the subjects that tagging finds."""
    return draft_offline(material_of(transcript, details, publication))


def material_of(
    transcript: Transcript, details: EpisodeDetails, publication: Publication = PUBLICATION
) -> Material:
    """What tagging finds in a talk, for drafters."""
    sentences = sentences_of(transcript)
    subjects = find_subjects(
        sentences, details, GLOSSARY, publication.host, publication.show, transcript.language
    )
    people = [person.name for person in subjects.people]
    chapters = chapters_of(sentences, transcript.duration, transcript.language, people)
    return Material(details, transcript, subjects, GLOSSARY, publication, chapters)


def golden_talk(name: str) -> Transcript:
    """The talk; the panel's voices are told apart by a model, which gives numbers and no names."""
    told = talk(name, speakers=name == "panel")
    speakers = list(dict.fromkeys(segment.speaker for segment in told.segments))
    numbers = {one: f"Pembicara {number}" for number, one in enumerate(speakers, 1) if one}
    return replace(
        told,
        segments=tuple(
            replace(segment, speaker=numbers[segment.speaker], speaker_source=SpeakerSource.MODEL)
            if segment.speaker
            else segment
            for segment in told.segments
        ),
    )


def golden_draft(name: str) -> Draft:
    details = DETAILS[name]
    publication = replace(PUBLICATION, host=details.host or PUBLICATION.host)
    return draft_of(golden_talk(name), details, publication)


if __name__ == "__main__":
    for name in DETAILS:
        text = draft_as_markdown(golden_draft(name))
        (GOLDEN / f"{name}.draft.md").write_text(text, encoding="utf-8")
