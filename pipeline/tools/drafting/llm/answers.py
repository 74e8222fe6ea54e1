"""What a language model is asked to answer, and what is wrong with an answer, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from pipeline.words.comparable import comparable_words
from pipeline.words.sentences import SpokenWord
from pipeline.words.speech_acts import is_courtesy, is_introduction, is_question
from pipeline.words.tidying.tidy import corrects_itself, without_padding

_QUOTE_WORDS = range(4, 91)
_LONGEST_SECONDS = 90.0
_MOST_CHARACTERS = 700
_LONGEST_HEADLINE_WORDS = 18
_MARKUP = re.compile(r"https?:|www\.|[<>\[\]{}|*_`#]|[“”\"„«»]")

Text = Annotated[str, Field(min_length=1, max_length=_MOST_CHARACTERS)]


class _Part(BaseModel):
    """What a model adds beyond what was asked for is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ChosenQuote(_Part):
    """Words to quote by their numbers; `begins_with` are the first of them, as a cross-check."""

    segment: int
    first_word: int
    last_segment: int
    last_word: int
    begins_with: str


class Point(_Part):
    """Something that is said, in a sentence, and the segments that say it."""

    text: Text
    segments: Annotated[list[int], Field(min_length=1)]


class Notes(_Part):
    """What is worth reporting of one part of a transcript."""

    points: Annotated[list[Point], Field(max_length=30)]
    quotes: Annotated[list[ChosenQuote], Field(max_length=12)]


class Paragraph(_Part):
    """A paragraph: prose with the segments that say it, or the number of a quote of the notes."""

    kind: Literal["lead", "indirect", "quote"]
    text: Annotated[str, Field(max_length=_MOST_CHARACTERS)] = ""
    segments: list[int] = []
    quote: int | None = None


class Article(_Part):
    """The whole article around the parts that are never left to a model."""

    headlines: Annotated[list[Text], Field(min_length=1, max_length=6)]
    excerpt: Text
    summary: Text
    paragraphs: Annotated[list[Paragraph], Field(min_length=2, max_length=30)]


@dataclass(frozen=True)
class Said:
    """The words of a transcript by segment and number."""

    words: Sequence[SpokenWord]
    language: str
    places: Mapping[tuple[int, int], int]

    @classmethod
    def of(cls, words: Sequence[SpokenWord], language: str) -> Said:
        places = {(word.segment, word.index): at for at, word in enumerate(words)}
        return cls(words, language, places)

    @property
    def segments(self) -> frozenset[int]:
        return frozenset(word.segment for word in self.words)

    def at(self, quote: ChosenQuote) -> Sequence[SpokenWord]:
        """The words that a quote points at; none when there are no such words."""
        first = self.places.get((quote.segment, quote.first_word))
        last = self.places.get((quote.last_segment, quote.last_word))
        return self.words[first : last + 1] if first is not None and last is not None else ()


def faults_of_notes(notes: Notes, said: Said) -> list[str]:
    """What keeps notes from being used."""
    return [
        *(f for n, point in enumerate(notes.points) for f in _of_point(n, point, said)),
        *(f for n, quote in enumerate(notes.quotes) for f in faults_of_quote(n, quote, said)),
    ]


def without_faults(notes: Notes, said: Said) -> Notes | None:
    """The notes without the points and quotes that are wrong; None when nothing is left."""
    points = [p for p in notes.points if not list(_of_point(0, p, said))]
    quotes = [q for q in notes.quotes if not list(faults_of_quote(0, q, said))]
    return Notes(points=points, quotes=quotes) if points or quotes else None


def faults_of_quote(number: int, quote: ChosenQuote, said: Said) -> Iterator[str]:
    """That a quote points at no words, at others than it says, or at what cannot be quoted."""
    words = said.at(quote)
    name = f"quotes.{number}"
    if not words:
        yield f"“{name}”: there are no such words; segment and word numbers must be in the text"
        return
    if len(words) not in _QUOTE_WORDS or words[-1].end - words[0].start > _LONGEST_SECONDS:
        yield f"“{name}” is {len(words)} words long; a quote has 4 to 90 words, at most 90 s"
    if len({word.speaker for word in words}) > 1:
        yield f"“{name}” runs over into what somebody else says"
    if any(word.invented for word in words):
        yield f"“{name}” holds words that nobody may have said; choose another"
    if _is_small_talk(words, said.language):
        yield f"“{name}” greets, asks, or introduces somebody; choose what is said on the subject"
    if corrects_itself(words, said.language):
        yield f"“{name}”: the speaker corrects himself there; choose another"
    begins = comparable_words(quote.begins_with, said.language)
    there = comparable_words(" ".join(word.text for word in words), said.language)
    if not begins or there[: len(begins)] != begins:
        heard = " ".join(word.text for word in words[:5])
        yield f"“{name}” begins with “{heard}”, not with “{quote.begins_with}”"


def _is_small_talk(words: Sequence[SpokenWord], language: str) -> bool:
    """What hosts say; where voices are not told apart it would be taken for the guest's."""
    text = without_padding(words, language)
    return any(says(text, language) for says in (is_courtesy, is_introduction, is_question))


def faults_of_article(article: Article, quotes: int, said: Said, allowed: str) -> list[str]:
    """What keeps an article from being used. Quotation marks may only stand around `allowed`."""
    return [
        *(f for n, p in enumerate(article.paragraphs) for f in _of_paragraph(n, p, quotes, said)),
        *_of_prose(article, allowed),
        *_of_order(article),
    ]


def _of_point(number: int, point: Point, said: Said) -> Iterator[str]:
    if unknown := [each for each in point.segments if each not in said.segments]:
        yield f"“points.{number}” names segments that are not in the text: {unknown}"


def _of_paragraph(number: int, paragraph: Paragraph, quotes: int, said: Said) -> Iterator[str]:
    name = f"paragraphs.{number}"
    if paragraph.kind == "quote":
        if paragraph.quote is None or not 0 <= paragraph.quote < quotes:
            yield f"“{name}”: `quote` must be a number from 0 to {quotes - 1}"
        return
    if not paragraph.text.strip():
        yield f"“{name}” has no text"
    if not paragraph.segments or not said.segments.issuperset(paragraph.segments):
        yield f"“{name}”: `segments` must name the segments that say it"


def _of_prose(article: Article, allowed: str) -> Iterator[str]:
    texts = {
        **{f"headlines.{n}": text for n, text in enumerate(article.headlines)},
        **{f"paragraphs.{n}": p.text for n, p in enumerate(article.paragraphs)},
        "excerpt": article.excerpt,
        "summary": article.summary,
    }
    for name, text in texts.items():
        bare = text.replace(f"“{allowed}”", "").replace(f'"{allowed}"', "")
        if marks := _MARKUP.findall(bare):
            yield f"“{name}” holds {marks[0]!r}: no links, markup or quotation marks"
    for number, headline in enumerate(article.headlines):
        if len(headline.split()) > _LONGEST_HEADLINE_WORDS:
            yield f"“headlines.{number}” is too long"


def _of_order(article: Article) -> Iterator[str]:
    kinds = [paragraph.kind for paragraph in article.paragraphs]
    if kinds[0] != "lead" or kinds.count("lead") != 1:
        yield "“paragraphs” must begin with its one lead"
    used = [p.quote for p in article.paragraphs if p.kind == "quote"]
    if not used or len(used) != len(set(used)):
        yield "“paragraphs” must hold at least one quote, and each one once"
