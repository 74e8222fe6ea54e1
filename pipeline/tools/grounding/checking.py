"""Checks an article against its recording: each quote, number, name and date, each with its place.

`check_article` is the way in. Who checks the same episode again and again, as an editor's desk does
while somebody writes, keeps a `Checker`: it prepares the transcript once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.tools.dictionary import is_word
from pipeline.words.degrees import without_degrees
from pipeline.words.episode import EpisodeDetails
from pipeline.words.glossary import Glossary
from pipeline.words.grounding import prose
from pipeline.words.grounding import reasons as why
from pipeline.words.grounding.attribution import Beside, Somebody, beside, last_named, somebody
from pipeline.words.grounding.checked import (
    Checked,
    CheckedQuote,
    Finding,
    Kind,
    SupportedSentence,
    Weight,
)
from pipeline.words.grounding.claims import Ground, Line
from pipeline.words.grounding.desk import Desk
from pipeline.words.grounding.heard import listened
from pipeline.words.grounding.languages import lists_for
from pipeline.words.grounding.lints import linted
from pipeline.words.grounding.lists import Lists, OwnWords, extended
from pipeline.words.grounding.manuscript import (
    MASK,
    Form,
    Manuscript,
    Span,
    manuscript_of,
    sentences_in,
    words_in,
)
from pipeline.words.grounding.names import known_names
from pipeline.words.grounding.quoting import checked_quote
from pipeline.words.grounding.reasons import reason
from pipeline.words.grounding.sources import Masthead, prepared, sources_of
from pipeline.words.grounding.speaking import Bench
from pipeline.words.ordinary import is_ordinary
from pipeline.words.transcript import Transcript

_DRAFT_MARK = "<!-- etam: machine-made draft"
_NO_OWN_WORDS = OwnWords()
# So far back “jelasnya” may look for a name.
_CHARACTERS_BACK = 3000


def check_article(
    article: str,
    transcript: Transcript,
    details: EpisodeDetails,
    glossary: Glossary,
    masthead: Masthead,
    own_words: OwnWords = _NO_OWN_WORDS,
) -> Checked:
    """What of `article` the recording supports.

    `article` is Markdown: an `article.md`, a `draft.md`, or any text. `transcript` is the one that
    its editors made (`read_transcript`), `masthead` and `own_words` come from show.toml. Offsets in
    the answer are characters of `article`; nothing is read from or written to disk.
    """
    return Checker(transcript, details, glossary, masthead, own_words).check(article)


def text_of_draft(draft: Mapping[str, Any]) -> str:
    """The article in a `draft.json`, one paragraph a line, for `check_article`."""
    head = (draft.get("headline", ""), draft.get("excerpt", ""), draft.get("caption", ""))
    body = (block["text"] for block in draft.get("blocks", ()))
    title, *rest = (*head, *body, draft.get("byline", ""))
    return "\n\n".join(part for part in (f"# {title}" if title else "", *rest) if part) + "\n"


@dataclass(frozen=True)
class Checker:
    """An episode ready to check articles against; its transcript is prepared at the first one."""

    transcript: Transcript
    details: EpisodeDetails
    glossary: Glossary
    masthead: Masthead
    own_words: OwnWords = _NO_OWN_WORDS

    def check(self, article: str) -> Checked:
        """See `check_article`."""
        manuscript = manuscript_of(article)
        quotes = tuple(self._quotes(manuscript))
        lines = tuple(self._lines(manuscript))
        sentences = tuple(prose.supported(line, self._ground) for line in lines)
        claiming = (*lines, *self._in_brackets(manuscript))
        findings = [
            *(found for line in claiming for found in prose.findings_in(line, self._ground)),
            *self._unsupported(lines, sentences),
            *linted(manuscript, self._desk(article)),
            *self._unknown_speakers(quotes),
        ]
        findings.sort(key=lambda finding: (finding.start, -finding.weight))
        return Checked(quotes, tuple(findings), sentences)

    @cached_property
    def _lists(self) -> Lists:
        return extended(lists_for(self.transcript.language), self.own_words)

    def _is_word(self, text: str) -> bool:
        """Whether something is a word of the language; the dictionary is Indonesian."""
        return is_word(text) if self._lists.counts_in_words else is_ordinary(text)

    @cached_property
    def _bench(self) -> Bench:
        known = known_names(self.glossary, self._lists)
        people = tuple(self._people())
        words = {word for person in people for word in person.words if not self._is_word(word)}
        heard = listened(self.transcript, self._lists, known)
        sources = sources_of(self.details, self.masthead, self.glossary, self._lists, known)
        return Bench(heard, sources, self._lists, known, people, frozenset(words), self._is_word)

    @cached_property
    def _ground(self) -> Ground:
        bench = self._bench
        people = (without_degrees(person.name) for person in self.glossary.people)
        places = (place.name for place in self.glossary.places)
        names = frozenset(f"={name.casefold()}" for name in (*people, *places))
        return Ground(
            bench.heard, bench.sources, bench.lists, bench.name_words, names, bench.is_word
        )

    def _people(self) -> Iterator[Somebody]:
        """Everybody who may be named beside a quote."""
        yield from (somebody(guest.name, guest.role) for guest in self.details.guests)
        host = self.details.host or self.masthead.host
        yield from (somebody(host),) if host else ()
        yield from (somebody(person.name, person.role) for person in self.glossary.people)
        named = dict.fromkeys(segment.speaker for segment in self.transcript.segments)
        yield from (somebody(name) for name in named if name and not name[-1:].isdigit())

    def _quotes(self, manuscript: Manuscript) -> Iterator[CheckedQuote]:
        last = ""
        for paragraph in manuscript.paragraphs:
            for quote in manuscript.quotes(paragraph):
                named = beside(manuscript, paragraph, quote, self._lists, self._bench.people)
                if named.is_attributed and not named.name:  # “…,” jelasnya: whoever came before
                    before = self._named_before(manuscript, quote)
                    named = Beside(before or last, is_attributed=True, is_guessed=True)
                last = named.name or last
                yield checked_quote(manuscript, quote, named, self._bench)

    def _named_before(self, manuscript: Manuscript, quote: Span) -> str:
        start = max(0, quote.start - _CHARACTERS_BACK)
        return last_named(manuscript.shown[start : quote.start], self._bench.people)

    def _lines(self, manuscript: Manuscript) -> Iterator[Line]:
        """The sentences outside quotes, ready to be compared."""
        shown = _without_quotes(manuscript)
        for paragraph in manuscript.paragraphs:
            for span in sentences_in(shown, paragraph.start, paragraph.end):
                yield from self._line(shown, span, is_heading=paragraph.form is Form.HEADING)

    def _in_brackets(self, manuscript: Manuscript) -> Iterator[Line]:
        """What an editor put in brackets inside quotes: its numbers and names need support too."""
        for paragraph in manuscript.paragraphs:
            for quote in manuscript.quotes(paragraph):
                for span in manuscript.brackets(quote):
                    yield from self._line(manuscript.shown, span, is_heading=False)

    def _line(self, shown: str, span: Span, *, is_heading: bool) -> Iterator[Line]:
        words, places = words_in(shown, span.start, span.end)
        tokens = tuple(prepared(words, self._lists, self._bench.known))
        if tokens:
            text = " ".join(words).replace("“”", "“…”")
            yield Line(span, text, tokens, tuple(places), is_heading)

    def _unsupported(
        self, lines: tuple[Line, ...], sentences: tuple[SupportedSentence, ...]
    ) -> Iterator[Finding]:
        for line, sentence in zip(lines, sentences, strict=True):
            if prose.is_unsupported(sentence, line, self._lists):
                because = reason(why.SENTENCE_UNSUPPORTED)
                place = (sentence.start, sentence.end, sentence.text)
                yield Finding(*place, Kind.SENTENCE, Weight.CHECK, because)

    def _desk(self, article: str) -> Desk:
        bench = self._bench
        known = frozenset(bench.known.words) | bench.name_words | self._written_names
        is_draft = article.lstrip().startswith(_DRAFT_MARK)
        said = frozenset(bench.heard.where)
        return Desk(self._lists, known, said, self.details.date, is_draft)

    @cached_property
    def _written_names(self) -> frozenset[str]:
        texts = self._bench.sources.texts
        return frozenset(token.key for source in texts for token in source.tokens)

    def _unknown_speakers(self, quotes: tuple[CheckedQuote, ...]) -> Iterator[Finding]:
        """Said once: nobody can check who is named where the transcript names nobody."""
        for quote in quotes:
            is_unnamed = any(not p.speaker or p.speaker[-1:].isdigit() for p in quote.passages)
            if quote.attributed and is_unnamed:
                because = reason(why.SPEAKER_UNKNOWN)
                place = (quote.start, quote.end, quote.text)
                passages = quote.passages
                yield Finding(*place, Kind.SPEAKER, Weight.NOTE, because, passages)
                return


def _without_quotes(manuscript: Manuscript) -> str:
    """The text as it is read with its quotes masked."""
    kept: list[str] = []
    at = 0
    for paragraph in manuscript.paragraphs:
        for quote in manuscript.quotes(paragraph):
            kept += [manuscript.shown[at : quote.start], MASK * (quote.end - quote.start)]
            at = quote.end
    return "".join((*kept, manuscript.shown[at:]))
