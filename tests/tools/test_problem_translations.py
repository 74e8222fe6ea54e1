"""What the board and the pages say of a problem is in Indonesian too."""

from __future__ import annotations

import re

import pytest

from pipeline.running.plan import Reason, Step, Verdict
from pipeline.running.road import ROAD
from pipeline.tools.translations import LOCALE_FOLDER, sentence_translator, translator
from pipeline.words.rejections import Fault, RecordingRejected
from tests.problem_sentences import sentences_in

# Where problems come from that the review app shows: the inbox, the road, and what they stand on.
ROOMS = (
    "ground",
    "running",
    "stages/caption",
    "stages/draft.py",
    "stages/illustrate.py",
    "stages/ingest.py",
    "stages/normalize",
    "stages/tag.py",
    "stages/transcribe",
    "tools/artwork",
    "tools/audio",
    "tools/cluster/asking.py",
    "tools/cluster/hearers.py",
    "tools/cluster/hearing.py",
    "tools/cluster/places.py",
    "tools/cluster/trust.py",
    "tools/id3.py",
    "tools/inbox",
    "tools/speakers",
    "tools/whisper",
)

_TOLD_ALONE = {
    Reason.NEVER_RUN, Reason.INTERRUPTED, Reason.AT_WORK, Reason.FORCED, Reason.SAME
}  # fmt: skip


def test_each_problem_and_each_remedy_has_a_translation() -> None:
    in_indonesian = translator("id")
    missing = {s: place for s, place in sentences_in(ROOMS).items() if in_indonesian(s) == s}
    assert missing == {}


def test_a_translation_names_what_the_sentence_names() -> None:
    in_indonesian = translator("id")
    for sentence in sentences_in(ROOMS):
        named = set(re.findall(r"\{[a-z_]+\}", sentence))
        assert set(re.findall(r"\{[a-z_]+\}", in_indonesian(sentence))) == named, sentence


def test_a_sentence_of_the_program_is_told_with_what_it_names() -> None:
    say = sentence_translator("id")
    told = say("Nobody is heard to speak in “rapat-dprd”.")
    assert told == "Tidak terdengar orang berbicara di “rapat-dprd”."


def test_what_the_program_says_within_a_sentence_is_told_in_the_same_language() -> None:
    say = sentence_translator("id")
    failed = Step("normalize", Verdict.RUN, Reason.FAILED, "Nobody is heard to speak in “draft”.")
    assert say(f"the stage {failed.stage} must run: {failed.sentence}") == (
        "langkah suara masih harus dikerjakan: yang terakhir gagal: "
        "Tidak terdengar orang berbicara di “draft”."
    )


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("detail", ["", "episode.toml"])
def test_why_a_stage_must_run_is_told(reason: Reason, detail: str) -> None:
    if detail and reason in _TOLD_ALONE:
        return
    say = sentence_translator("id")
    for stage in ROAD:
        step = Step(stage.name, Verdict.RUN, reason, detail)
        told = say(f"the stage {stage.name} must run: {step.sentence}")
        assert told.startswith("langkah ")
        assert str(reason) not in told
        assert told.endswith(detail)


def test_why_a_recording_is_refused_is_told_in_the_words_of_the_note() -> None:
    say = sentence_translator("id")
    facts = {"seconds": 3, "promised": 60, "inner": "dalam", "first": "a", "second": "b",
             "problem": "Salah.", "slug": "rapat"}  # fmt: skip
    for fault in Fault:
        rejected = RecordingRejected(fault, "rekaman.wav", **facts)
        problem, remedy = rejected.note.splitlines()[:2]
        assert (say(rejected.problem), say(rejected.remedy)) == (problem, remedy), fault


def test_no_message_is_in_two_catalogues() -> None:
    seen: dict[str, str] = {}
    for path in sorted((LOCALE_FOLDER / "id" / "LC_MESSAGES").glob("*.po")):
        for message in re.findall(r'^msgid "(.+)"$', path.read_text(), re.MULTILINE):
            assert seen.setdefault(message, path.name) == path.name, message
