"""What is sent of a post: names become the site's numbers, and what was sent is noted."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from pipeline.ground.files import sha256_of
from pipeline.ground.wordpress_file import Delivery, write_delivery
from pipeline.tools.wordpress.composing import Post
from pipeline.tools.wordpress.finding import RemotePost
from pipeline.tools.wordpress.media import picture_there
from pipeline.tools.wordpress.site import Site
from pipeline.tools.wordpress.terms import category_number, tag_numbers
from pipeline.words.episode import Episode
from pipeline.words.remote_post import Base, Field, Fields, digests

_NUMBERS = (Field.TAGS, Field.CATEGORIES)


class Sender:
    """The article of an episode on its way to a site; `wanted` is what it says, in names."""

    def __init__(self, site: Site, episode: Episode, post: Post, delivery: Delivery) -> None:
        self._site, self._episode, self._post = site, episode, post
        self._delivery = delivery
        self.wanted = post.fields(_picture_digest(post))

    def resolved(self, names: Collection[Field]) -> dict[Field, str]:
        """The wanted fields as the site would hold them; makes tags, uploads the picture.

        Without a category or a picture of our own, those of the site are left alone.
        """
        resolve: dict[Field, Callable[[], str]] = {
            Field.TITLE: lambda: self._post.title,
            Field.CONTENT: lambda: self._post.content,
            Field.EXCERPT: lambda: self._post.excerpt,
            Field.TAGS: lambda: _joined(tag_numbers(self._site, self._post.tags)),
        }
        if self._post.category:
            resolve[Field.CATEGORIES] = self._category
        if self._post.picture:
            resolve[Field.COVER] = self._picture
        return {name: make() for name, make in resolve.items() if name in names}

    def send(self, route: str, action: str, sent: Fields, **more: str) -> RemotePost:
        """The post after `sent` was put into it."""
        content: dict[str, Any] = {str(name): _as_json(name, text) for name, text in sent.items()}
        content.update(more)
        return RemotePost.of(self._site.post(route, action, content))

    def expect(self, sent: Fields) -> None:
        """Note what is about to be created, so that a kill in between makes no second post."""
        self._note(replace(self._delivery, base=Base(digests(self.wanted), digests(sent))))

    def settle(self, there: RemotePost, base: Base) -> None:
        """Note what both sides have now."""
        modified = there.modified_gmt
        self._note(replace(self._delivery, id=there.id, modified_gmt=modified, base=base))

    def _category(self) -> str:
        return _joined((category_number(self._site, self._post.category),))

    def _picture(self) -> str:
        if self._post.picture is None:
            return "0"
        sent = picture_there(self._site, self._post.picture, self._delivery.picture)
        self._note(replace(self._delivery, picture=sent))
        return str(sent.id)

    def _note(self, delivery: Delivery) -> None:
        if delivery != self._delivery:
            write_delivery(self._episode, delivery)
        self._delivery = delivery


def _as_json(name: Field, text: str) -> Any:
    """A field as the REST API takes it: titles and excerpts are HTML there."""
    if name in _NUMBERS:
        return json.loads(f"[{text}]")
    if name is Field.COVER:
        return int(text)
    return text if name is Field.CONTENT else html.escape(text, quote=False)


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, sorted(numbers)))


def _picture_digest(post: Post) -> str:
    picture = post.picture
    return f"{sha256_of(picture.path)} {picture.said}" if picture else ""
