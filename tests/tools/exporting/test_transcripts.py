"""A transcript leaves as captions, text, JSON and a Word document."""

from __future__ import annotations

import io
import json

import pytest
import srt
import webvtt
from docx import Document

from pipeline.tools.exporting import TRANSCRIPT_FORMATS, transcript_as
from pipeline.words.deliveries import ExportFormat
from pipeline.words.transcript import Segment, Transcript, Word
from tests.tools.exporting.exports import ABOUT

SAID = Transcript(
    language="id",
    duration=9.0,
    model="hand",
    settings={},
    segments=(
        Segment(0, 0.5, 2.0, "Selamat pagi.", (Word(0.5, 2.0, " Selamat", 0.9),), speaker="Sari"),
        Segment(1, 2.0, 4.0, "ada dua puluh", speaker="Rianto", written="Ada 20 kelompok.",
                speaker_source="guess"),
        Segment(2, 4.0, 6.0, "Ya & <benar>\x00.", speaker="Rianto", speaker_source="guess"),
    ),
)  # fmt: skip


def exported(wanted: ExportFormat) -> bytes:
    return transcript_as(wanted, SAID, ABOUT).content


@pytest.mark.parametrize("wanted", TRANSCRIPT_FORMATS)
def test_the_same_transcript_gives_the_same_bytes_under_a_name(wanted: ExportFormat) -> None:
    export = transcript_as(wanted, SAID, ABOUT)
    assert export.content == exported(wanted)
    assert export.file_name.startswith("kim-transcript.")
    assert export.media_type != "application/octet-stream"


def test_captions_are_whole_for_independent_parsers() -> None:
    shown = webvtt.from_buffer(io.StringIO(exported(ExportFormat.VTT).decode())).captions
    assert shown[0].voice == "Sari"
    assert len(list(srt.parse(exported(ExportFormat.SRT).decode()))) == len(shown)


def test_text_is_grouped_by_speaker_with_times_and_written_forms() -> None:
    text = exported(ExportFormat.TEXT).decode()
    assert text.startswith("KIM, dari Warga\nEtam Berkesah · 6 Oktober 2022\nSari Melati\n")
    assert "\n\nSari [00:00]\nSelamat pagi.\n\n" in text
    assert "\n\nRianto (?) [00:02]\nAda 20 kelompok. Ya & <benar>.\n\n" in text
    assert text.endswith("mungkin mengandung kekeliruan.\n")


def test_json_has_times_speakers_and_words() -> None:
    content = json.loads(exported(ExportFormat.JSON))
    assert content["title"] == "KIM, dari Warga"
    assert content["recorded_on"] == "2022-10-06"
    first, second, _ = content["segments"]
    assert first["words"] == [{"start": 0.5, "end": 2.0, "text": "Selamat"}]
    assert (second["speaker"], second["text"]) == ("Rianto (?)", "Ada 20 kelompok.")


def test_a_word_document_has_a_paragraph_for_each_turn() -> None:
    document = Document(io.BytesIO(exported(ExportFormat.DOCX)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "KIM, dari Warga"
    assert "Sari [00:00] Selamat pagi." in texts
    assert "Rianto (?) [00:02] Ada 20 kelompok. Ya & <benar>." in texts
