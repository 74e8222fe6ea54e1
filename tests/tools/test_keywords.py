"""Topics are what a talk is about, in a form that people would write."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from itertools import combinations

from hypothesis import given, settings

from pipeline.tools.keywords import (
    content_stems,
    distinctive_words,
    stem,
    stop_words,
    topics_of,
)
from pipeline.words.sentences import sentences_of
from pipeline.words.transcript import Transcript
from tests.talks import DEMO_SCRIPT, talk, talk_of
from tests.transcripts import said, transcripts


def test_the_sample_is_about_public_information() -> None:
    transcript = talk_of(DEMO_SCRIPT.read_text(encoding="utf-8"))
    topics = topics_of(sentences_of(transcript), "id", ["Kutai Kartanegara", "Budi Santoso"])
    assert topics[0] == "informasi publik"
    assert {"desa", "anggaran", "kelompok"} <= set(topics)


def test_names_verbs_fillers_and_things_said_once_are_no_topics() -> None:
    topics = topics_of(
        sentences_of(
            said(
                "Nah gitu ya, Budi membangun jembatan gantung.",
                "Jembatan gantung itu dibangun Budi, gitu ya.",
                "Dia membangun sekali lagi, membangun lagi dengan semen.",
            )
        ),
        "id",
        ["Budi"],
    )
    assert topics == ("jembatan gantung",)


def test_acronyms_keep_their_capitals_and_other_words_have_none() -> None:
    transcript = said("KIM menulis berita.", "Berita KIM dibaca.", "Di KIM ada Berita.")
    assert set(topics_of(sentences_of(transcript), "id")) == {"KIM", "berita"}


def test_no_two_topics_say_the_same() -> None:
    topics = topics_of(sentences_of(talk("interview")), "id")
    for one, other in combinations(topics, 2):
        assert not set(one.split()) >= set(other.split())


def test_spoken_padding_is_in_the_stop_words() -> None:
    assert {"eh", "gitu", "ya", "nih", "sih", "nggak", "aja", "udah"} <= stop_words("id")
    assert "the" in stop_words("en-GB")
    assert stop_words("xx") == frozenset()


def test_stems_group_forms_and_leave_acronyms_alone() -> None:
    assert stem("bukunya") == stem("buku") == "buku"
    assert stem("pelatihan") == stem("pelatihannya")
    assert stem("KAPPAN") == "kappan"
    assert stem("akan") == "akan"


def test_reduplicated_words_are_one_word() -> None:
    assert content_stems("Kapal-kapal berlayar", "id") == ["kapal-kapal", "berlayar"]


def test_distinctive_words_are_said_here_and_not_elsewhere() -> None:
    here = ["kapal", "sungai", "kapal", "desa", "desa"]
    whole = Counter([*here, "desa", "desa", "desa", "desa"])
    assert distinctive_words(here, whole, 2) == ("kapal", "sungai")


@given(transcripts())
@settings(max_examples=40, deadline=None)
def test_any_transcript_has_topics_that_were_said(transcript: Transcript) -> None:
    text = " ".join(transcript.text.casefold().split())
    for topic in topics_of(sentences_of(transcript), "id"):
        assert all(word.casefold() in text for word in topic.split())


def test_topics_do_not_depend_on_the_order_of_sets() -> None:
    program = (
        "from tests.talks import talk; from pipeline.tools.keywords import topics_of;"
        "from pipeline.words.sentences import sentences_of;"
        "print(topics_of(sentences_of(talk('interview')), 'id'))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
