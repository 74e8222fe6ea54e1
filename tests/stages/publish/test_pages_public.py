"""The pages that are published: whole, linked to each other, and no more than what is approved."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree
from PIL import Image

from pipeline.ground.files import write_text
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish, withdraw
from pipeline.tools import site
from tests.episodes_on_disk import NOW, add_episode, make_workspace

LATER = NOW + timedelta(days=3)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def publish_now(show: Workspace, now=NOW) -> list[str]:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    plan = plan_publication(fresh, bucket, now)
    publish(fresh, bucket, plan, lambda _share: None)
    return [change.key for change in plan.changes]


@pytest.fixture
def show(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path / "show")
    episode = add_episode(workspace, "air-bersih")
    write_text(episode.article_md, "# Air Mengalir\n\nTenggarong – Isi berita.\n")
    add_episode(workspace, "Rapat Désa")
    return workspace


def page(show: Workspace, key: str) -> str:
    return (show.public / key).read_text(encoding="utf-8")


def test_every_link_between_pages_leads_somewhere(show: Workspace) -> None:
    publish_now(show)
    base = show.show.publish.base_url
    checked = 0
    for path in show.public.rglob("*.html"):
        if re.search(r"-[0-9a-f]{16}", path.name):
            continue
        here = base + path.relative_to(show.public).as_posix()
        for link in re.findall(r'(?:href|src)="([^"]+)"', path.read_text(encoding="utf-8")):
            target = urljoin(here, unescape(link))
            if target.startswith(base):
                key = urlsplit(target).path.removeprefix(urlsplit(base).path)
                assert (show.public / key).is_file(), (path, link)
                checked += 1
    assert checked > 100


def test_the_sitemap_names_what_is_there_to_find(show: Workspace) -> None:
    publish_now(show)
    base = show.show.publish.base_url
    found = [loc.text for loc in etree.parse(show.public / "sitemap.xml").iter(f"{SITEMAP}loc")]
    keys = [str(address).removeprefix(base) for address in found]
    assert [key for key in keys if not (show.public / key).is_file()] == []
    assert {"index.html", "episodes/air-bersih/article.html"} <= set(keys)
    assert f"Sitemap: {base}sitemap.xml" in page(show, "robots.txt")


def test_an_article_that_is_taken_back_leaves_a_notice(show: Workspace) -> None:
    publish_now(show)
    assert "Isi berita" in page(show, "episodes/air-bersih/article.html")
    show.episode("air-bersih").article_md.unlink()
    publish_now(show, LATER)
    assert "Isi berita" not in page(show, "episodes/air-bersih/article.html")
    assert "noindex" in page(show, "episodes/air-bersih/article.html")
    assert "article.html" not in page(show, "episodes/air-bersih/index.html")
    assert publish_now(show, LATER) == []


def test_no_list_names_an_episode_that_was_withdrawn(show: Workspace) -> None:
    add_episode(show, "listrik", title="Listrik masuk desa")
    publish_now(show)
    lists = ("index.html", f"year-{NOW.year}.html", "search.json", "sitemap.xml")
    assert all("listrik" in page(show, key) for key in lists)
    withdraw(Workspace(show.root), "listrik")
    publish_now(show, LATER)
    assert not [key for key in lists if "listrik" in page(show, key)]


def test_pages_of_an_unchanged_episode_are_not_made_again(show: Workspace, monkeypatch) -> None:
    publish_now(show)
    made: list[str] = []
    make = site.episode_pages
    monkeypatch.setattr(
        site, "episode_pages", lambda *args: made.append(args[1].slug) or make(*args)
    )
    add_episode(show, "listrik", title="Listrik masuk desa")
    changed = publish_now(show, LATER)
    assert set(made) == {"listrik"}
    assert not [key for key in changed if key.startswith("episodes/air-bersih")]


def test_what_others_embed_says_where_it_is(show: Workspace) -> None:
    publish_now(show)
    offered = json.loads(page(show, "episodes/air-bersih/oembed.json"))
    assert (offered["version"], offered["type"]) == ("1.0", "rich")
    assert f'src="{show.show.publish.base_url}episodes/air-bersih/embed.html"' in offered["html"]


def test_linked_data_is_json_with_absolute_addresses(show: Workspace) -> None:
    publish_now(show)
    said = {}
    for key in ("index.html", "episodes/air-bersih/index.html", "episodes/air-bersih/article.html"):
        text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(show, key))
        assert text is not None
        content = json.loads(text[1])
        said[content["@type"]] = content
    assert set(said) == {"PodcastSeries", "PodcastEpisode", "NewsArticle"}
    base = show.show.publish.base_url
    assert said["PodcastEpisode"]["associatedMedia"]["contentUrl"].startswith(f"{base}media/")
    assert said["NewsArticle"]["headline"] == "Air Mengalir"


def test_pages_show_the_artwork_small_and_directories_get_it_large(show: Workspace) -> None:
    publish_now(show)
    (small,) = show.public.glob("emblem-*.jpg")
    with Image.open(small) as picture:
        assert (picture.size, picture.mode) == ((480, 480), "RGB")
    assert small.name in page(show, "index.html")
    assert f"../../{small.name}" in page(show, "episodes/air-bersih/index.html")
    assert small.name not in (show.public / "feed.xml").read_text()
    small.unlink()
    assert publish_now(show) == [small.name]
