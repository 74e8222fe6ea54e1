"""From the shipped recording to a draft on a real WordPress, opened in its own editor."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.ground.config import read_show
from pipeline.tools.grounding.episodes import checker_of
from pipeline.words.episode import Episode
from pipeline.words.grounding.checked import Verdict
from pipeline.words.remote_post import marker, words_of
from tests.acceptance.conftest import Demo
from tests.tools.wordpress.conftest import ARTICLE
from tests.wordpress_sites import REAL_URL, Newsroom, real_newsroom

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.skipif(
        not REAL_URL and "ETAM_WORDPRESS_REQUIRED" not in os.environ,
        reason="needs the site of `make test-wordpress`",
    ),
]

SERVER = Path(__file__).parents[1] / "wordpress_server"
_BLOCKS = """() => {
    const told = block => ({name: block.name, valid: block.isValid,
                            inside: block.innerBlocks.map(told)});
    return wp.data.select('core/block-editor').getBlocks().map(told);
}"""


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return real_newsroom()


@pytest.fixture(scope="module")
def episode(demo: Demo, newsroom: Newsroom) -> Episode:
    """The demo's episode, with an article that an editor made of its draft."""
    show_file = demo.workspace.show_file
    settings = f'\n[wordpress]\nurl = "{newsroom.url}"\nuser = "penulis"\ncategory = "Siniar"\n'
    show_file.write_text(show_file.read_text(encoding="utf-8") + settings, encoding="utf-8")
    (slug,) = demo.workspace.slugs()
    episode = demo.workspace.episode(slug)
    draft = episode.draft_md.read_text(encoding="utf-8")
    episode.article_md.write_text(edited(draft), encoding="utf-8")
    return episode


def edited(draft: str) -> str:
    """What an editor leaves of a draft: no notice, no marks of doubt, nothing below the line."""
    article = draft.partition("\n---\n")[0]
    blocks = [b for b in article.split("\n\n") if not b.startswith((">", "<!--"))]
    return re.sub(r" \*\(pembicara[^)]*\)\*", "", "\n\n".join(blocks)) + "\n"


@pytest.fixture(scope="module")
def signed_in(newsroom: Newsroom) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ETAM_WORDPRESS_PASSWORD", newsroom.passwords["penulis"])
        yield


@pytest.fixture(scope="module")
def post(demo: Demo, newsroom: Newsroom, episode: Episode, signed_in: None) -> dict[str, Any]:
    """The post after `etam publish` (the demo publishes) and `etam wordpress push`."""
    pushed = demo.etam("-C", "demo-show", "wordpress", "push", episode.slug, "--json")
    found = newsroom.asks(f"posts/{json.loads(pushed.stdout)['id']}")
    assert isinstance(found, dict)
    return found


def seen_by_wordpress(post: dict[str, Any]) -> dict[str, Any]:
    """What WordPress's own parser and its filters for readers make of a post."""
    command = ["php", str(SERVER / "blocks.php"), os.environ["ETAM_WORDPRESS_SITE"]]
    done = subprocess.run(
        [*command, str(post["id"])], check=True, capture_output=True, text=True, timeout=60
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_every_quote_of_the_draft_on_the_site_is_in_the_recording(
    demo: Demo, post: dict[str, Any], episode: Episode
) -> None:
    text = "\n\n".join(words_of(post["content"]["raw"]).split("\n"))
    checked = checker_of(episode, read_show(demo.workspace.show_file)).check(text)
    assert len(checked.quotes) >= 3
    assert {quote.verdict for quote in checked.quotes} <= {Verdict.EXACT, Verdict.EDITED}


def test_the_draft_is_what_the_newsroom_expects(
    demo: Demo, post: dict[str, Any], newsroom: Newsroom, episode: Episode
) -> None:
    assert (post["status"], post["categories"]) == ("draft", [2])
    assert post["title"]["raw"].startswith("Budi Santoso")
    assert "informasi publik" in post["excerpt"]["raw"]
    names = {newsroom.asks(f"tags/{number}")["name"] for number in post["tags"]}
    assert "informasi publik" in names
    picture = newsroom.asks(f"media/{post['featured_media']}")
    assert picture["media_details"]["width"] == 1200
    assert picture["alt_text"].startswith("Budi Santoso")
    (enclosure,) = demo.workspace.public.glob("media/*.mp3")
    assert f"http://127.0.0.1:8000/media/{enclosure.name}" in post["content"]["raw"]
    assert marker(episode.recording.guid) in post["content"]["raw"]
    assert not re.search(r"\[\d\d:\d\d\]", words_of(post["content"]["raw"]))


def test_wordpress_reads_blocks_and_shows_them_to_readers(post: dict[str, Any]) -> None:
    seen = seen_by_wordpress(post)
    assert seen["blocks"][0]["name"] == "core/audio"
    assert {block["name"] for block in seen["blocks"]} == {"core/audio", "core/paragraph"}
    assert '<audio controls src="http://127.0.0.1:8000/media/' in seen["rendered"]
    assert "<!-- wp:" not in seen["rendered"]
    assert 'class="attachment-' in seen["thumbnail"]


def test_a_second_push_of_the_demo_sends_nothing(
    demo: Demo, post: dict[str, Any], newsroom: Newsroom, episode: Episode
) -> None:
    again = demo.etam("-C", "demo-show", "wordpress", "push", episode.slug)
    assert "Nothing needed sending" in again.stdout
    assert newsroom.asks(f"posts/{post['id']}")["modified_gmt"] == post["modified_gmt"]


def test_what_the_filter_of_an_author_would_take_away_is_not_sent(
    demo: Demo, post: dict[str, Any], newsroom: Newsroom, episode: Episode
) -> None:
    """Scripts and frames in an article are text here, and text is what the site gets."""
    article = episode.article_md.read_text(encoding="utf-8")
    hostile = "<script>alert(1)</script> <iframe src=x></iframe> <time>kini</time>"
    episode.article_md.write_text(f"{article}\n{hostile}\n", encoding="utf-8")
    demo.etam("-C", "demo-show", "wordpress", "push", episode.slug, "--unchecked")
    there = newsroom.asks(f"posts/{post['id']}")
    assert hostile in words_of(there["content"]["raw"])
    assert "<script" not in seen_by_wordpress(post)["rendered"]
    episode.article_md.write_text(article, encoding="utf-8")
    demo.etam("-C", "demo-show", "wordpress", "push", episode.slug)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not os.environ.get("ETAM_TEST_BROWSER"):
        pytest.skip("needs the browser of `make test-wordpress`")
    from playwright.sync_api import sync_playwright

    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=program, args=rooted)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, newsroom: Newsroom) -> Iterator[Page]:
    """An editor of the newsroom, signed in."""
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{newsroom.url}/wp-login.php")
        page.fill("#user_login", "penyunting")
        page.fill("#user_pass", os.environ["ETAM_WORDPRESS_EDITOR_SECRET"])
        page.click("#wp-submit")
        page.wait_for_url("**/wp-admin/**")
        yield page


def blocks_in_editor(desk: Page, newsroom: Newsroom, number: int) -> list[dict[str, Any]]:
    """The blocks as the editor has them, and whether it holds each for valid."""
    desk.goto(f"{newsroom.url}/wp-admin/post.php?post={number}&action=edit")
    desk.wait_for_function(
        "() => window.wp && wp.data.select('core/block-editor').getBlocks().length > 0"
    )
    found = desk.evaluate(_BLOCKS)
    assert isinstance(found, list)
    return found


def invalid(blocks: list[dict[str, Any]]) -> list[str]:
    return [
        name
        for block in blocks
        for name in ([] if block["valid"] else [block["name"]]) + invalid(block["inside"])
    ]


def test_the_editor_opens_the_demos_draft_without_a_complaint(
    desk: Page, newsroom: Newsroom, post: dict[str, Any]
) -> None:
    blocks = blocks_in_editor(desk, newsroom, post["id"])
    assert blocks[0]["name"] == "core/audio"
    assert invalid(blocks) == []


def test_the_editor_holds_every_kind_of_block_for_valid(
    desk: Page, demo: Demo, newsroom: Newsroom, post: dict[str, Any], episode: Episode
) -> None:
    article = episode.article_md.read_text(encoding="utf-8")
    episode.article_md.write_text(f"{ARTICLE}\n### Lebih dalam\n\nAkhir.\n", encoding="utf-8")
    demo.etam("-C", "demo-show", "wordpress", "push", episode.slug, "--unchecked")
    blocks = blocks_in_editor(desk, newsroom, post["id"])
    assert {block["name"] for block in blocks} == {
        "core/audio", "core/paragraph", "core/heading", "core/quote", "core/list", "core/separator",
    }  # fmt: skip
    assert invalid(blocks) == []
    assert seen_by_wordpress(post)["same_when_saved"]
    episode.article_md.write_text(article, encoding="utf-8")


def test_a_post_that_was_saved_in_the_editor_unchanged_counts_as_unchanged(
    desk: Page, demo: Demo, newsroom: Newsroom, post: dict[str, Any], episode: Episode
) -> None:
    demo.etam("-C", "demo-show", "wordpress", "push", episode.slug)
    blocks_in_editor(desk, newsroom, post["id"])
    desk.evaluate(
        "async () => { wp.data.dispatch('core/editor').editPost({comment_status: 'closed'});"
        " await wp.data.dispatch('core/editor').savePost(); }"
    )
    assert newsroom.asks(f"posts/{post['id']}")["comment_status"] == "closed"
    again = demo.etam("-C", "demo-show", "wordpress", "push", episode.slug)
    assert "Nothing needed sending" in again.stdout
    assert "Changed on the site" not in again.stdout + again.stderr


def test_a_block_that_is_none_would_be_noticed(
    desk: Page, newsroom: Newsroom, post: dict[str, Any]
) -> None:
    broken = "<!-- wp:heading -->\n<p>Bukan judul</p>\n<!-- /wp:heading -->"
    content = post["content"]["raw"]
    newsroom.changes(post["id"], content=f"{content}\n\n{broken}")
    assert invalid(blocks_in_editor(desk, newsroom, post["id"])) == ["core/heading"]
    newsroom.changes(post["id"], content=content)
