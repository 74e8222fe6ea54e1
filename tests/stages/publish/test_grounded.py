"""An article that says what the recording does not is approved only with an editor's reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.ground.files import read_json, write_text
from pipeline.stages.publish import ApprovalState, approval_state, approve
from pipeline.tools.grounding.episodes import check_file
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_transcript

SAID = "Air bersih tidak dijual kepada warga, sambungannya dua ratus lima rumah."
GOOD = "# Air Bersih\n\n“Air bersih tidak dijual kepada warga,” ujar Siti Aminah.\n"
BAD = "# Air Bersih\n\n“Air bersih dijual kepada warga,” ujar Siti Aminah, Kamis (6/10/2022).\n"


def _episode(tmp_path: Path, article: str) -> Episode:
    show = make_workspace(tmp_path, approval="editor")
    episode = add_episode(show, "air-bersih", said=SAID)
    write_text(episode.article_md, article)
    return show.episode("air-bersih")


def test_an_article_that_the_recording_supports_is_approved(tmp_path: Path) -> None:
    episode = _episode(tmp_path, GOOD)
    show = make_workspace(tmp_path, approval="editor")
    approve(show, episode, "Redaktur", NOW)
    assert "accepted" not in read_json(episode.approval_json)


def test_a_blocked_quote_is_refused_by_name_and_nothing_is_signed(tmp_path: Path) -> None:
    episode = _episode(tmp_path, BAD)
    show = make_workspace(tmp_path, approval="editor")
    with pytest.raises(EpisodeProblem, match="“Air bersih dijual kepada warga,”") as refused:
        approve(show, episode, "Redaktur", NOW)
    assert "tidak" in refused.value.problem
    assert "--accept" in refused.value.remedy
    assert not episode.approval_json.exists()


def test_an_editors_reason_is_kept_beside_the_approval(tmp_path: Path) -> None:
    episode = _episode(tmp_path, BAD)
    show = make_workspace(tmp_path, approval="editor")
    (blocked,) = check_file(episode.article_md, episode, show.show).open
    with pytest.raises(EpisodeProblem, match="nothing open that is called “abc”"):
        approve(show, episode, "Redaktur", NOW, accepted={"abc": "Sudah didengar."})
    with pytest.raises(EpisodeProblem, match="does not support"):
        approve(show, episode, "Redaktur", NOW, accepted={blocked.id: "  "})
    approve(show, episode, "Redaktur", NOW, accepted={blocked.id: "Terdengar jelas di 0:01."})
    (kept,) = read_json(episode.approval_json)["accepted"]
    assert kept["id"] == blocked.id
    assert kept["text"] == "Air bersih dijual kepada warga,"
    assert kept["accepted_because"] == "Terdengar jelas di 0:01."
    assert approval_state(show, episode) is ApprovalState.GIVEN


def test_an_approval_lapses_when_the_transcript_no_longer_says_it(tmp_path: Path) -> None:
    episode = _episode(tmp_path, GOOD)
    show = make_workspace(tmp_path, approval="editor")
    approve(show, episode, "Redaktur", NOW)
    write_transcript(episode.texts, SAID.replace("tidak ", ""))
    assert approval_state(show, show.episode("air-bersih")) is ApprovalState.STALE
    with pytest.raises(EpisodeProblem, match="does not support"):
        approve(show, show.episode("air-bersih"), "Redaktur", NOW + timedelta(days=1))
