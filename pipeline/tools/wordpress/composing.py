"""What a post of an article says: title, blocks, excerpt, tags, category and picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.ground.config import Show
from pipeline.tools.exporting.whole import corrections_of, listening
from pipeline.tools.translations import translator
from pipeline.tools.wordpress.media import Picture
from pipeline.words.blocks import audio, joined, paragraph, pieces_as_blocks
from pipeline.words.deliveries import About, ArticleText
from pipeline.words.episode import Episode
from pipeline.words.marked_text import Span
from pipeline.words.plain_text import one_line, without_controls
from pipeline.words.remote_post import Field, Fields, canonical, marker


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the article wants it. `tags` and `category` are names."""

    marker: str
    title: str
    content: str
    excerpt: str
    tags: tuple[str, ...]
    category: str
    picture: Picture | None

    def fields(self, picture_digest: str) -> Fields:
        """What is compared to know whether the article changed since it was sent."""
        return {
            Field.TITLE: self.title,
            Field.CONTENT: self.content,
            Field.EXCERPT: self.excerpt,
            Field.TAGS: "\n".join(self.tags),
            Field.CATEGORIES: self.category,
            Field.COVER: picture_digest,
        }


def compose(
    article: ArticleText, about: About, episode: Episode, show: Show, enclosure_url: str
) -> Post:
    """The post of an article. `enclosure_url` is empty while the episode is not public."""
    name = marker(episode.recording.guid)
    return Post(
        marker=name,
        title=canonical(one_line(article.headline or about.title)),
        content=joined(_blocks(article, about, show.wordpress.player, enclosure_url, name)),
        excerpt=one_line(article.excerpt),
        tags=article.tags,
        category=show.wordpress.category,
        picture=_picture(article, about, episode, show),
    )


def _blocks(
    article: ArticleText, about: About, player: str, enclosure_url: str, name: str
) -> Iterator[str]:
    """Corrections, player, body, and where to listen: that line carries the mark of the post."""
    yield without_controls(pieces_as_blocks(corrections_of(about)))
    if enclosure_url and player == "audio":
        yield audio(enclosure_url)
    yield without_controls(pieces_as_blocks(article.body))
    translate = translator(about.language)
    if enclosure_url and player == "link":
        yield paragraph((Span(translate("Download the audio"), link=enclosure_url),))
    yield without_controls(paragraph(listening(about, translate).lines[0], name))


def _picture(article: ArticleText, about: About, episode: Episode, show: Show) -> Picture | None:
    drawn = episode.share_picture if episode.share_picture.is_file() else None
    chosen = {"cover": episode.cover or drawn, "share": drawn, "none": None}
    path = chosen[show.wordpress.picture]
    if path is None:
        return None
    alt = one_line(article.caption or f"{about.title} – {about.show}")
    return Picture(path, alt, one_line(article.caption))
