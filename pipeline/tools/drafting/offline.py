"""The drafter that needs no network: a cited skeleton for an editor, nothing made up.

First-person speech stays in direct quotes, tidied by rules only; every other sentence is a template
filled with what the episode's details, the transcript and the glossary hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.tools.drafting.evidence import first_evidence, terms_said, topic_evidence
from pipeline.tools.drafting.facts import facts_in
from pipeline.tools.drafting.headings import (
    byline_of,
    caption_of,
    excerpt_of,
    headlines_of,
    listed,
    without_echo,
)
from pipeline.tools.drafting.material import Material
from pipeline.tools.drafting.notes import notes_of
from pipeline.tools.drafting.phrases import Phrases, phrases
from pipeline.tools.drafting.quotes import quote_block, quotes_of
from pipeline.tools.drafting.quoting import Passages, Talk, choose_passages, talk_to_quote
from pipeline.tools.drafting.soundbites import soundbites_of
from pipeline.tools.naming import key_of
from pipeline.tools.translations import weekday_and_date
from pipeline.words.article import Block, BlockKind, Draft, Evidence, Quote
from pipeline.words.attribution import closing_verb, verbs_for
from pipeline.words.doubts.places import places_to_check

_LEAD_TOPICS = 3
_FEW_WORDS = 40
_UNSURE = 0.6
_DETAILS = Evidence(source="episode.toml")


class OfflineDrafter:
    """The drafter that every show has."""

    def draft(self, material: Material) -> Draft:
        """See `draft_offline`."""
        return draft_offline(material)


def draft_offline(material: Material) -> Draft:
    """A draft in the anatomy of a newspaper's article; the same material, the same draft."""
    words = phrases(material.publication.language)
    talk = _talk(material)
    passages = choose_passages(talk)
    quotes = quotes_of(passages.main, material)
    closing = quotes_of([passages.closing] if passages.closing else [], material)
    headlines = headlines_of(material, words, [*quotes, *closing])
    excerpt = excerpt_of(material, words)
    return Draft(
        language=material.publication.language,
        headline=headlines[0],
        excerpt=excerpt,
        caption=caption_of(material),
        blocks=tuple(_blocks(material, words, passages)),
        byline=byline_of(material, words),
        tags=material.subjects.topics,
        link=material.publication.link,
        model=material.transcript.model,
        more_quotes=quotes_of(passages.more, material),
        facts=facts_in(
            material.sentences, material.subjects, material.segments, material.transcript.language
        ),
        warnings=tuple(_warnings(material, words, quotes)),
        to_check=places_to_check(material.transcript),
        headlines=headlines,
        notes=notes_of(material, excerpt),
        soundbites=soundbites_of(talk, material),
    )


def _blocks(material: Material, words: Phrases, passages: Passages) -> Iterator[Block]:
    """The article from top to bottom."""
    yield _lead(material, words)
    yield from who(material, words)
    quotes = [*_quote_blocks(material, words, passages)]
    yield from quotes[:1]
    yield from _indirect(material, words)
    yield from quotes[1:]
    yield from background(material, words)
    for quote in quotes_of([passages.closing] if passages.closing else [], material):
        verb = closing_verb(quote.text, material.publication.language)
        yield quote_block(BlockKind.CLOSING, quote, verb, words.quote, words.unknown_speaker)


def _quote_blocks(material: Material, words: Phrases, passages: Passages) -> Iterator[Block]:
    quotes = quotes_of(passages.main, material)
    verbs = verbs_for([quote.text for quote in quotes], material.publication.language)
    for quote, verb in zip(quotes, verbs, strict=True):
        yield quote_block(BlockKind.QUOTE, quote, verb, words.quote, words.unknown_speaker)


def _talk(material: Material) -> Talk:
    # Whoever says a guest's name speaks to that guest, or introduces himself.
    names = [*(guest.name for guest in material.guests), material.only_speaker]
    return talk_to_quote(
        material.sentences,
        material.subjects.topics,
        material.transcript.language,
        material.host_voices,
        {word for name in names if name for word in key_of(name)},
    )


def _lead(material: Material, words: Phrases) -> Block:
    publication = material.publication
    topics = without_echo(material.subjects.topics)[:_LEAD_TOPICS]
    template = words.lead if topics else words.lead_without_topics
    sentence = template.format(
        show=publication.show, topics=listed(topics, words), title=material.details.title
    )
    text = lead_with_dateline(sentence, material)
    return Block(BlockKind.LEAD, text, (*topic_evidence(material, topics), _DETAILS))


def lead_with_dateline(sentence: str, material: Material) -> str:
    """ "Portal Contoh, Tenggarong – …", as far as the show says who publishes, and where."""
    publication = material.publication
    dateline = ", ".join(part for part in (publication.outlet, publication.place) if part)
    return f"{dateline} – {sentence}" if dateline else sentence


def who(material: Material, words: Phrases) -> Iterator[Block]:
    """Who spoke, when and to whom; one paragraph a guest."""
    publication = material.publication
    date = weekday_and_date(material.details.date, publication.language)
    host = words.host.format(host=publication.host) if publication.host else ""
    common = {"show": publication.show, "date": date}
    if not material.guests:
        yield Block(BlockKind.WHO, words.who_unknown.format(**common, host=host), (_DETAILS,))
    for number, guest in enumerate(material.guests):
        template = (
            (words.who if guest.role else words.who_without_role)
            if not number
            else (words.who_too if guest.role else words.who_too_without_role)
        )
        text = template.format(**common, name=guest.name, role=guest.role, host=host)
        yield Block(BlockKind.WHO, text, (*first_evidence(material, guest.segments), _DETAILS))


def _indirect(material: Material, words: Phrases) -> Iterator[Block]:
    """What else was spoken of: further topics, and places."""
    topics = without_echo(material.subjects.topics)[_LEAD_TOPICS:]
    topics = tuple(t for t in topics if topic_evidence(material, [t]))
    if topics:
        text = words.topics.format(topics=listed(topics, words))
        yield Block(BlockKind.INDIRECT, text, topic_evidence(material, topics))
    if places := material.subjects.places:
        text = words.places.format(places=listed([place.name for place in places], words))
        ids = [place.segments[0] for place in places]
        yield Block(BlockKind.INDIRECT, text, first_evidence(material, ids, len(ids)))


def background(material: Material, words: Phrases) -> Iterator[Block]:
    """The glossary's sentence on each term that was said, with the source it names."""
    for term, ids in terms_said(material).items():
        note = term.note or (
            words.abbreviation.format(short=term.short, long=term.long) if term.long else ""
        )
        if note:
            source = Evidence(source=term.source or "glossary.toml")
            yield Block(BlockKind.BACKGROUND, note, (source, *first_evidence(material, ids)))


def _warnings(material: Material, words: Phrases, quotes: Sequence[Quote]) -> Iterator[str]:
    said = [word for sentence in material.sentences for word in sentence.words]
    if len(said) < _FEW_WORDS:
        yield words.few_words
    if not quotes:
        yield words.no_quotes
    if not material.is_punctuated:
        yield words.no_punctuation
    if said and sum(word.probability for word in said) / len(said) < _UNSURE:
        yield words.unsure_words
