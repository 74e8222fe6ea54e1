"""Drafting writes the machine's files and leaves the editor's alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ground.episode_file import write_episode_file
from pipeline.ground.files import read_json, write_json, write_text
from pipeline.ground.glossary import read_glossary
from pipeline.ground.stage import Job
from pipeline.stages.draft import DRAFT
from pipeline.tools.chaptering import chapters_of
from pipeline.tools.subjects import find_subjects
from pipeline.words.chapters import chapters_to_json
from pipeline.words.errors import EpisodeProblem
from pipeline.words.sentences import sentences_of, words_as_text
from pipeline.words.subjects import subjects_to_json
from tests.drafts import DETAILS
from tests.shows import SHOW_TOML, make_episode, make_show
from tests.talks import GOLDEN, talk

SHIPPED_GLOSSARY = Path(__file__).parents[2] / "pipeline/init/glossary.toml"
TOML = SHOW_TOML.replace(
    "[publish]",
    'host = "Sari Melati"\n\n'
    '[article]\noutlet = "Portal Contoh"\n'
    'place = "Kutai Kartanegara"\nlabel = "ADV"\n\n[publish]',
).replace("http://127.0.0.1:8000/", "https://contoh.example/")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """The interview, transcribed and tagged."""
    workspace = make_show(tmp_path / "show", TOML)
    make_episode(workspace, "kim")
    write_episode_file(workspace.episodes_folder / "kim" / "episode.toml", DETAILS["interview"])
    shutil.copy(SHIPPED_GLOSSARY, workspace.feed_folder / "glossary.toml")
    episode, transcript = workspace.episode("kim"), talk("interview")
    subjects = find_subjects(
        sentences_of(transcript),
        episode.details,
        read_glossary(SHIPPED_GLOSSARY),
        "Sari Melati",
        "Etam Berkesah",
        "id",
    )
    episode.texts.mkdir()
    write_json(episode.transcript_json, transcript.to_json())
    write_json(episode.topics_json, subjects_to_json(subjects))
    people = [person.name for person in subjects.people]
    chapters = chapters_of(sentences_of(transcript), transcript.duration, "id", people)
    write_json(episode.chapters_json, chapters_to_json(chapters))
    return Job(episode, workspace.show, workspace.root, tmp_path, lambda _share: None)


def test_an_interview_becomes_the_golden_draft(job: Job) -> None:
    DRAFT.run(job)
    golden = (GOLDEN / "interview.draft.md").read_text(encoding="utf-8")
    assert job.episode.draft_md.read_text(encoding="utf-8") == golden


def test_the_json_file_has_the_evidence_of_each_paragraph(job: Job) -> None:
    DRAFT.run(job)
    draft = read_json(job.episode.draft_json)
    assert (draft["version"], draft["machine_made"], draft["reviewed"]) == (1, True, False)
    texts = {segment.id: segment for segment in talk("interview").segments}
    quotes = [block["quote"] for block in draft["blocks"] if block["quote"]]
    assert len(quotes) == 3
    for quote in quotes:
        evidence = quote["evidence"]
        said = " ".join(texts[segment].text for segment in evidence["segments"])
        assert quote["said"] in said
        assert quote["said"] in words_as_text(talk("interview"))
        assert evidence["start"] == texts[evidence["segments"][0]].start
        assert evidence["end"] == texts[evidence["segments"][-1]].end
    assert all(block["evidence"] for block in draft["blocks"])


def test_the_editors_article_is_never_touched(job: Job) -> None:
    write_text(job.episode.article_md, "Tulisan penyunting.\n")
    before = job.episode.article_md.stat().st_mtime_ns
    DRAFT.run(job)
    DRAFT.run(job)
    assert job.episode.article_md.read_text(encoding="utf-8") == "Tulisan penyunting.\n"
    assert job.episode.article_md.stat().st_mtime_ns == before
    assert job.episode.article_md not in DRAFT.outputs(job.episode)


def test_drafting_twice_gives_the_same_bytes(job: Job) -> None:
    DRAFT.run(job)
    first = [path.read_bytes() for path in DRAFT.outputs(job.episode)]
    DRAFT.run(job)
    assert [path.read_bytes() for path in DRAFT.outputs(job.episode)] == first


def test_an_episodes_place_comes_before_the_shows(job: Job) -> None:
    elsewhere = replace(job.episode, details=replace(job.episode.details, place="Tenggarong"))
    assert DRAFT.settings(elsewhere, job.show) != DRAFT.settings(job.episode, job.show)
    DRAFT.run(replace(job, episode=elsewhere))
    text = job.episode.draft_md.read_text(encoding="utf-8")
    assert "Portal Contoh, Tenggarong – " in text


@pytest.mark.parametrize("name", ["topics_json", "chapters_json", "transcript_json"])
def test_a_damaged_file_is_said_so(job: Job, name: str) -> None:
    path = getattr(job.episode, name)
    write_text(path, "{")
    with pytest.raises(EpisodeProblem, match=f"{path.name} of “kim” cannot be read"):
        DRAFT.run(job)
