"""A draft from a language model: notes of each part of the talk, then the article from the notes.

The model chooses quotes by segment and word numbers; their words are copied from the transcript.
What it writes itself is checked against the recording, and marked where nothing supports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from pipeline.ground.language_model_settings import LanguageModel
from pipeline.tools.drafting.evidence import first_evidence
from pipeline.tools.drafting.llm.answers import (
    Article,
    ChosenQuote,
    Notes,
    Paragraph,
    Said,
    faults_of_article,
    faults_of_notes,
    without_faults,
)
from pipeline.tools.drafting.llm.checking import with_doubts
from pipeline.tools.drafting.llm.numbered import lines_of, parts_of
from pipeline.tools.drafting.llm.questions import article_question, notes_question
from pipeline.tools.drafting.material import Material
from pipeline.tools.drafting.offline import OfflineDrafter, background, lead_with_dateline, who
from pipeline.tools.drafting.phrases import phrases
from pipeline.tools.drafting.quotes import quote_block, quote_of
from pipeline.tools.grounding.checking import Checker
from pipeline.tools.llm.asking import Interview
from pipeline.tools.llm.endpoint import Endpoint
from pipeline.words.article import Block, BlockKind, Draft
from pipeline.words.attribution import closing_verb, verbs_for
from pipeline.words.sentences import SpokenWord, spoken_words
from pipeline.words.spending import Spending

_FEW_WORDS = 40
_MOST_QUOTES = 20
_MOST_EVIDENCE = 6


def _say_nothing(_share: float) -> None:
    pass


@dataclass
class LanguageModelDrafter:
    """Asks the endpoint of `settings`, with the newsroom's `prompt`.

    `checker` holds what the recording and the show support. `report` is told how much is done, 0
    to 1; `spending` is what it has cost, also after a failure.
    """

    settings: LanguageModel
    prompt: str
    checker: Checker
    report: Callable[[float], None] = _say_nothing

    def __post_init__(self) -> None:
        self._interview = Interview(Endpoint(self.settings), self.settings.attempts)

    @property
    def spending(self) -> Spending:
        return self._interview.spending

    def draft(self, material: Material) -> Draft:
        """The offline draft with the model's headline, lead, prose and choice of quotes."""
        skeleton = OfflineDrafter().draft(material)
        words = tuple(spoken_words(material.transcript))
        if len(words) < _FEW_WORDS:
            return skeleton  # which says that the transcript is nearly empty
        said = Said.of(words, material.transcript.language)
        notes = self._notes(material, said)
        quotes = [said.at(quote) for quote in notes.quotes]
        article = self._article(material, notes, quotes, said)
        made = self._made(skeleton, article, quotes, material)
        return with_doubts(made, skeleton, material.publication.language, self.checker)

    def _notes(self, material: Material, said: Said) -> Notes:
        """The notes of all parts; quotes of later parts come later."""
        parts = list(parts_of(lines_of(said.words), self.settings.words_at_once))
        made = []
        for number, part in enumerate(parts):
            heard = Said.of([word for line in part for word in line], said.language)
            made.append(
                self._interview.answer(
                    notes_question(self.prompt, part, material),
                    Notes,
                    partial(faults_of_notes, said=heard),
                    partial(without_faults, said=heard),
                )
            )
            self.report((number + 1) / (len(parts) + 1))
        return Notes.model_construct(
            points=[point for notes in made for point in notes.points],
            quotes=_spread([notes.quotes for notes in made]),
        )

    def _article(
        self,
        material: Material,
        notes: Notes,
        quotes: Sequence[Sequence[SpokenWord]],
        said: Said,
    ) -> Article:
        title = material.details.title
        return self._interview.answer(
            article_question(self.prompt, notes, quotes, material),
            Article,
            lambda article: faults_of_article(article, len(quotes), said, title),
        )

    def _made(
        self,
        skeleton: Draft,
        article: Article,
        quotes: Sequence[Sequence[SpokenWord]],
        material: Material,
    ) -> Draft:
        blocks = tuple(_blocks(article, quotes, material))
        used = {block.quote.evidence for block in blocks if block.quote}
        others = tuple(quote_of(words, material) for words in quotes)
        headlines = tuple(dict.fromkeys(" ".join(h.split()) for h in article.headlines))
        summary = material.details.summary
        return replace(
            skeleton,
            drafter=self.settings.model,
            headline=headlines[0],
            headlines=headlines,
            excerpt=summary or " ".join(article.excerpt.split()),
            blocks=blocks,
            more_quotes=tuple(q for q in others if q.evidence not in used and q.text),
            notes=replace(skeleton.notes, summary=summary or " ".join(article.summary.split())),
        )


def _spread(quotes: Sequence[Sequence[ChosenQuote]]) -> list[ChosenQuote]:
    """At most so many quotes that the next question stays short, from all parts alike."""
    each = max(1, _MOST_QUOTES // max(1, len(quotes)))
    return [quote for part in quotes for quote in part[:each]]


def _blocks(
    article: Article, quotes: Sequence[Sequence[SpokenWord]], material: Material
) -> Iterator[Block]:
    """The model's paragraphs, with those that are never left to it."""
    words = phrases(material.publication.language)
    lead, *body = article.paragraphs
    last = max(n for n, paragraph in enumerate(body) if paragraph.kind == "quote")
    verbs = _verbs([p for n, p in enumerate(body) if n != last], quotes, material)
    opening = replace_text(lead, lead_with_dateline(lead.text, material))
    yield _prose(opening, BlockKind.LEAD, material)
    yield from who(material, words)
    for number, paragraph in enumerate(body):
        if paragraph.quote is None or paragraph.kind != "quote":
            yield _prose(paragraph, BlockKind.INDIRECT, material)
        elif number != last:
            yield _quoted(BlockKind.QUOTE, quotes[paragraph.quote], next(verbs), material)
    yield from background(material, words)
    closing = quotes[body[last].quote or 0]
    verb = closing_verb(quote_of(closing, material).text, material.publication.language)
    yield _quoted(BlockKind.CLOSING, closing, verb, material)


def replace_text(paragraph: Paragraph, text: str) -> Paragraph:
    """The paragraph with another text."""
    return paragraph.model_copy(update={"text": text})


def _verbs(
    body: Sequence[Paragraph], quotes: Sequence[Sequence[SpokenWord]], material: Material
) -> Iterator[str]:
    texts = [
        quote_of(quotes[p.quote], material).text
        for p in body
        if p.kind == "quote" and p.quote is not None
    ]
    return verbs_for(texts, material.publication.language)


def _quoted(kind: BlockKind, words: Sequence[SpokenWord], verb: str, material: Material) -> Block:
    phrase = phrases(material.publication.language)
    quote = quote_of(words, material)
    return quote_block(kind, quote, verb, phrase.quote, phrase.unknown_speaker)


def _prose(paragraph: Paragraph, kind: BlockKind, material: Material) -> Block:
    text = " ".join(paragraph.text.split())
    return Block(kind, text, first_evidence(material, paragraph.segments, _MOST_EVIDENCE))
