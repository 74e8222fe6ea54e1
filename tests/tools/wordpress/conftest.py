"""A site to deliver to, in this process and the real one, and an article to deliver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from pipeline.ground.wordpress_settings import WordPress
from pipeline.ground.workspace import Workspace
from pipeline.tools.drafting.reading import read_article
from pipeline.tools.exporting import about_episode
from pipeline.tools.wordpress import Post, Pushed, Wish, compose, push
from pipeline.words.episode import Episode
from tests.episodes_on_disk import add_episode, artwork_bytes, make_workspace
from tests.wordpress_sites import Newsroom, fake_newsroom, real_newsroom

ARTICLE = """\
# KIM & “Warga” Bersuara: 100% <Gratis>

*Ringkasan untuk daftar berita.*

Keterangan foto: Kabid PKP, Ahmad Rianto

Portal Contoh, Kukar – **Lead** dengan [peraturan](https://example.org/uu?a=1&b=2). [00:28]

“Anak-anak muda di desa—dua puluh tujuh kelompok—mau belajar menulis…,” ujar Rianto. [gallery]

## Latar

> Kutipan panjang.

- satu
- dua

1. pertama
2. kedua

---

(Tim Portal)

Tag: berita bohong, KIM, Hak & Kewajiban
"""
ENCLOSURE = "https://podcast.example.org/etam/media/kim-0123456789abcdef.mp3"
_SITES = ["fake", pytest.param("real", marks=pytest.mark.wordpress)]


@pytest.fixture(params=_SITES)
def newsroom(request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """The same tests for both."""
    if request.param == "real":
        yield real_newsroom()
        return
    with fake_newsroom() as fake:
        yield fake


@dataclass
class Desk:
    """An episode with an article, and the site that it goes to."""

    workspace: Workspace
    newsroom: Newsroom
    slug: str
    article: str = ARTICLE
    enclosure: str = ENCLOSURE
    category: str = "Siniar"

    @property
    def episode(self) -> Episode:
        return self.workspace.episode(self.slug)

    def post(self) -> Post:
        settings = WordPress(url=self.newsroom.url, user="penulis", category=self.category)
        show = self.workspace.show.model_copy(update={"wordpress": settings})
        about = about_episode(self.episode, show, f"https://podcast.example.org/{self.slug}/")
        return compose(read_article(self.article), about, self.episode, show, self.enclosure)

    def push(self, wish: Wish | None = None, user: str = "penulis", **more: float) -> Pushed:
        with self.newsroom.site(user, **more) as site:
            return push(site, self.episode, self.post(), wish or Wish())

    def posts(self) -> list[dict]:
        return self.newsroom.posts_with(self.post().marker)


@pytest.fixture
def desk(tmp_path: Path, newsroom: Newsroom) -> Desk:
    workspace = make_workspace(tmp_path)
    slug = f"kim-{uuid4().hex[:12]}"
    add_episode(workspace, slug)
    (workspace.episodes_folder / slug / "cover.jpg").write_bytes(artwork_bytes())
    return Desk(workspace, newsroom, slug)


@pytest.fixture
def requests_seen(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Every request that was sent since the last call, such as "POST /wp-json/wp/v2/posts"."""
    seen: list[str] = []
    send = httpx.Client.send

    def noted(client: httpx.Client, request: httpx.Request, **more) -> httpx.Response:
        seen.append(f"{request.method} {request.url.path}")
        return send(client, request, **more)

    def taken() -> list[str]:
        found = [*seen]
        seen.clear()
        return found

    monkeypatch.setattr(httpx.Client, "send", noted)
    return taken
