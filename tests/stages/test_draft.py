"""Drafting writes the machine's files and leaves the editor's alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ground.files import read_json, write_text
from pipeline.ground.stage import Job
from pipeline.stages.draft import DRAFT
from pipeline.words.errors import EpisodeProblem
from pipeline.words.sentences import words_as_text
from tests.tagged import tagged_interview
from tests.talks import GOLDEN, talk


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """The interview, transcribed and tagged."""
    workspace = tagged_interview(tmp_path / "show")
    episode = workspace.episode("kim")
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
