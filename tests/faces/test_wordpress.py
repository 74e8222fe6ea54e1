"""`etam wordpress` says what it did, what it needs, and never a password."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.faces.cli import app
from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import approve
from pipeline.tools.grounding.episodes import check_file
from pipeline.words.errors import EpisodeProblem, PipelineError, SetupProblem, TemporaryProblem
from tests.episodes_on_disk import NOW, add_episode, make_workspace, write_show
from tests.fake_wordpress import PASSWORD
from tests.wordpress_sites import Newsroom, fake_newsroom

ARTICLE = "# Air Bersih\n\n“Selamat pagi, Bapak Ahmad,” ujar Siti Aminah. [00:00]\n"
INVENTED = ARTICLE + "\n“Kami membangun seratus menara tahun depan,” ujar Siti Aminah.\n"


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with fake_newsroom() as fake:
        yield fake


@pytest.fixture
def show(tmp_path: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = make_workspace(tmp_path / "show", approval="editor")
    set_site(workspace, f'url = "{newsroom.url}/"\nuser = "penulis"\ncategory = "siniar"\n')
    write_text(add_episode(workspace, "satu").article_md, ARTICLE)
    monkeypatch.setenv("ETAM_WORDPRESS_PASSWORD", PASSWORD)
    return workspace


def set_site(workspace: Workspace, settings: str) -> None:
    write_show(workspace, approval="editor", publish=f"\n[wordpress]\n{settings}")


def etam(show: Workspace, *arguments: str) -> Result:
    done = CliRunner().invoke(app, ["-C", str(show.root), "wordpress", *arguments])
    assert PASSWORD not in done.output
    return done


def problem(done: Result) -> PipelineError:
    assert isinstance(done.exception, PipelineError), done.output
    return done.exception


def test_check_says_what_is_there(show: Workspace) -> None:
    done = etam(show, "check")
    assert done.exit_code == 0, done.output
    for words in ("“Portal Contoh” answers", "let in (author)", "may make drafts", "“siniar”"):
        assert words in done.output


@pytest.mark.parametrize(
    ("user", "code", "words"),
    [
        ("kontributor", 4, "may not upload pictures: give it the role Author"),
        ("penyunting", 0, "not filtered for scripts"),
        ("kepala", 0, "it may change accounts"),
        ("siapa", 4, "does not let “siapa” in"),
    ],
)
def test_check_says_what_an_account_lacks_or_has_too_much(
    show: Workspace, newsroom: Newsroom, user: str, code: int, words: str
) -> None:
    set_site(show, f'url = "{newsroom.url}"\nuser = "{user}"\n')
    done = etam(show, "check", "--json")
    assert done.exit_code == code, done.output
    assert any(words in finding["sentence"] for finding in json.loads(done.stdout))


def test_a_push_says_which_post_it_is_and_what_to_know(show: Workspace) -> None:
    done = etam(show, "push", "satu")
    assert done.exit_code == 0, done.output
    assert "Made a draft of “satu”: post" in done.output
    assert "/wp-admin/post.php?post=" in done.output
    assert "not approved as it is now" in done.output
    assert "no player" in done.output
    again = etam(show, "push", "satu", "--json")
    assert json.loads(again.stdout)["outcome"] == "unchanged"


def test_what_was_changed_on_both_sides_is_shown(show: Workspace, newsroom: Newsroom) -> None:
    number = json.loads(etam(show, "push", "satu", "--json").stdout)["id"]
    newsroom.changes(number, title="Air Minum")
    told = etam(show, "push", "satu")
    assert "Changed on the site and left so: title" in told.output
    write_text(show.episode("satu").article_md, ARTICLE.replace("# Air", "# Layanan Air"))
    done = etam(show, "push", "satu")
    assert isinstance(problem(done), EpisodeProblem)
    assert "title: [-Layanan-] Air [-Bersih-] {+Minum+}" in done.output
    assert "kept in" in etam(show, "push", "satu", "--ours").output


def test_a_public_post_is_changed_for_an_approved_episode_only(
    show: Workspace, newsroom: Newsroom
) -> None:
    number = json.loads(etam(show, "push", "satu", "--json").stdout)["id"]
    newsroom.changes(number, status="publish")
    write_text(show.episode("satu").article_md, ARTICLE.replace("# Air", "# Layanan Air"))
    assert "is public" in problem(etam(show, "push", "satu")).problem
    assert "not approved" in problem(etam(show, "push", "satu", "--published")).problem
    approve(show, show.episode("satu"), "Redaktur", NOW)
    done = etam(show, "push", "satu", "--published")
    assert "Sent title of “satu”" in done.output
    assert "(publish)" in done.output


def test_only_an_editors_article_is_sent(show: Workspace, newsroom: Newsroom) -> None:
    path = show.episode("satu").article_md
    write_text(path, ARTICLE + "\n*(pembicara diduga, periksa)*\n")
    assert "still says what the draft says" in problem(etam(show, "push", "satu")).problem
    path.unlink()
    assert "no article.md" in problem(etam(show, "push", "satu")).problem
    assert newsroom.fake is not None
    assert newsroom.fake.posts == {}


def test_a_quote_that_nobody_said_is_not_sent(show: Workspace, newsroom: Newsroom) -> None:
    write_text(show.episode("satu").article_md, INVENTED)
    found = problem(etam(show, "push", "satu"))
    assert "in 1 place(s) what nothing in the recording supports" in found.problem
    assert "“Kami membangun seratus menara" in found.problem
    assert newsroom.fake is not None
    assert newsroom.fake.posts == {}
    assert etam(show, "push", "satu", "--unchecked").exit_code == 0
    assert len(newsroom.fake.posts) == 1


def test_what_an_editor_signed_with_a_reason_is_sent(show: Workspace) -> None:
    write_text(show.episode("satu").article_md, INVENTED)
    (found,) = check_file(show.episode("satu").article_md, show.episode("satu"), show.show).open
    approve(show, show.episode("satu"), "Redaktur", NOW, accepted={found.id: "Lewat telepon."})
    assert etam(show, "push", "satu").exit_code == 0


def test_what_is_not_set_is_said(show: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAM_WORDPRESS_PASSWORD", " ")
    assert "not in the environment" in problem(etam(show, "push", "satu")).problem
    assert "not in the environment" in etam(show, "check").output
    set_site(show, "")
    assert "No WordPress site is set" in problem(etam(show, "push", "satu")).problem


def test_a_password_goes_over_https_only(show: Workspace) -> None:
    set_site(show, 'url = "http://portal.example.org"\nuser = "penulis"\n')
    found = problem(etam(show, "push", "satu"))
    assert isinstance(found, SetupProblem)
    assert "https://" in found.problem


def test_an_episode_that_is_being_worked_on_waits(show: Workspace) -> None:
    with show.episode_locked("satu"):
        assert isinstance(problem(etam(show, "push", "satu")), TemporaryProblem)


def test_both_sides_cannot_win(show: Workspace) -> None:
    assert etam(show, "push", "satu", "--ours", "--theirs").exit_code == 2
