"""The drafter that needs no network: a cited skeleton for an editor, nothing made up.

First-person speech stays in direct quotes, letter by letter; every other sentence is a template
filled with what the episode's details, the transcript and the glossary hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

from pipeline.tools.draft_material import Material
from pipeline.tools.draft_phrases import Phrases, phrases
from pipeline.tools.facts import evidence_of, facts_in
from pipeline.tools.keywords import content_words
from pipeline.tools.naming import Key, key_of, last_name, mentions, tokens_of, without_degrees
from pipeline.tools.quoting import Passage, Passages, choose_passages
from pipeline.tools.translations import weekday_and_date
from pipeline.words.article import Block, BlockKind, Draft, Evidence, Quote
from pipeline.words.glossary import Term

_HEADLINE_TOPICS, _LEAD_TOPICS = 2, 3
_MENTIONS_SHOWN = 2
_PAIR = 2
_NAMED_GUESTS = 3
_FEW_WORDS = 40
_UNSURE = 0.6
_ENDS_WITHOUT_COMMA = ("?", "!", "…")
_DETAILS = Evidence(source="episode.toml")


def draft_offline(material: Material) -> Draft:
    """A draft in the anatomy of a newspaper's article; the same material, the same draft."""
    words = phrases(material.publication.language)
    passages = _passages(material)
    quotes = _quotes(material, passages.main)
    return Draft(
        language=material.publication.language,
        headline=_headline(material, words),
        excerpt=_excerpt(material, words),
        caption=_caption(material),
        blocks=tuple(_blocks(material, words, passages)),
        byline=_byline(material, words),
        tags=material.subjects.topics,
        link=material.publication.link,
        model=material.transcript.model,
        more_quotes=_quotes(material, passages.more),
        facts=facts_in(
            material.sentences, material.subjects, material.segments, material.transcript.language
        ),
        warnings=tuple(_warnings(material, words, quotes)),
    )


def _blocks(material: Material, words: Phrases, passages: Passages) -> Iterator[Block]:
    """The article from top to bottom."""
    yield _lead(material, words)
    yield from _who(material, words)
    quotes = [
        _quote_block(BlockKind.QUOTE, quote, verb, words)
        for quote, verb in zip(_quotes(material, passages.main), cycle(words.verbs), strict=False)
    ]
    yield from quotes[:1]
    yield from _indirect(material, words)
    yield from quotes[1:]
    yield from _background(material, words)
    for quote in _quotes(material, [passages.closing] if passages.closing else []):
        yield _quote_block(BlockKind.CLOSING, quote, words.closing_verb, words)


def _passages(material: Material) -> Passages:
    host = material.publication.host if material.is_interview else ""
    # Whoever says a guest's name speaks to that guest, or introduces himself.
    names = [*(guest.name for guest in material.guests), material.only_speaker]
    return choose_passages(
        material.sentences,
        material.subjects.topics,
        material.transcript.language,
        host,
        {word for name in names if name for word in key_of(name)},
    )


def _quotes(material: Material, passages: Sequence[Passage]) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            text=passage.text,
            speaker=passage.speaker or material.only_speaker,
            assumed=not passage.speaker and bool(material.only_speaker),
            evidence=Evidence(passage.segments, passage.start, passage.end),
        )
        for passage in passages
    )


def _quote_block(kind: BlockKind, quote: Quote, verb: str, words: Phrases) -> Block:
    text = quote.text
    if not text.endswith(_ENDS_WITHOUT_COMMA):
        text = f"{text.rstrip('.,;:')},"
    speaker = last_name(quote.speaker) if quote.speaker else words.unknown_speaker
    sentence = words.quote.format(text=text, verb=verb, speaker=speaker)
    return Block(kind, sentence, (quote.evidence,), quote)


def _lead(material: Material, words: Phrases) -> Block:
    publication = material.publication
    topics = _without_echo(material.subjects.topics)[:_LEAD_TOPICS]
    template = words.lead if topics else words.lead_without_topics
    dateline = ", ".join(part for part in (publication.outlet, publication.place) if part)
    sentence = template.format(
        show=publication.show, topics=_listed(topics, words), title=material.details.title
    )
    text = f"{dateline} – {sentence}" if dateline else sentence
    return Block(BlockKind.LEAD, text, (*_topic_evidence(material, topics), _DETAILS))


def _who(material: Material, words: Phrases) -> Iterator[Block]:
    """Who spoke, when and to whom; one paragraph a guest."""
    publication = material.publication
    date = weekday_and_date(material.details.date, publication.language)
    host = words.host.format(host=publication.host) if publication.host else ""
    common = {"show": publication.show, "date": date}
    if not material.guests:
        yield Block(BlockKind.WHO, words.who_unknown.format(**common, host=host), (_DETAILS,))
    for guest in material.guests:
        template = words.who if guest.role else words.who_without_role
        text = template.format(**common, name=guest.name, role=guest.role, host=host)
        yield Block(BlockKind.WHO, text, (*_evidence(material, guest.segments), _DETAILS))


def _indirect(material: Material, words: Phrases) -> Iterator[Block]:
    """What else was spoken of: further topics, and places."""
    topics = _without_echo(material.subjects.topics)[_LEAD_TOPICS:]
    topics = tuple(t for t in topics if _topic_evidence(material, [t]))
    if topics:
        text = words.topics.format(topics=_listed(topics, words))
        yield Block(BlockKind.INDIRECT, text, _topic_evidence(material, topics))
    if places := material.subjects.places:
        text = words.places.format(places=_listed([place.name for place in places], words))
        ids = [place.segments[0] for place in places]
        yield Block(BlockKind.INDIRECT, text, _evidence(material, ids, len(ids)))


def _background(material: Material, words: Phrases) -> Iterator[Block]:
    """The glossary's sentence on each term that was said, with the source it names."""
    for term, ids in _terms_said(material).items():
        note = term.note or (
            words.abbreviation.format(short=term.short, long=term.long) if term.long else ""
        )
        if note:
            source = Evidence(source=term.source or "glossary.toml")
            yield Block(BlockKind.BACKGROUND, note, (source, *_evidence(material, ids)))


def _terms_said(material: Material) -> dict[Term, list[int]]:
    known: dict[Key, Term] = {
        key_of(name): term
        for term in material.glossary.terms
        for name in (term.short, term.long)
        if name
    }
    said: dict[Term, list[int]] = {}
    for sentence in material.sentences:
        line = tokens_of(sentence)
        for term, index, _ in mentions(line, known):
            said.setdefault(term, []).append(line[index].segment)
    return said


def _headline(material: Material, words: Phrases) -> str:
    topics = _without_echo(material.subjects.topics)[:_HEADLINE_TOPICS]
    if not topics:
        return material.details.title
    guests = _guests(material, words)
    template = words.headline if guests else words.headline_without_guest
    listed = _title_case(_listed(topics, words), words)
    return template.format(guests=guests, show=material.publication.show, topics=listed)


def _excerpt(material: Material, words: Phrases) -> str:
    if material.details.summary:
        return material.details.summary
    topics = _without_echo(material.subjects.topics)[:_LEAD_TOPICS]
    if not topics:
        return ""
    guests = _guests(material, words)
    template = words.excerpt if guests else words.excerpt_without_guest
    show = material.publication.show
    return template.format(guests=guests, show=show, topics=_listed(topics, words))


def _without_echo(topics: Sequence[str]) -> tuple[str, ...]:
    """Topics for a sentence, in which no word should come twice."""
    kept: list[str] = []
    for topic in topics:
        words = set(content_words(topic))
        if not any(words & set(content_words(other)) for other in kept):
            kept.append(topic)
    return tuple(kept)


def _guests(material: Material, words: Phrases) -> str:
    """The guests in a headline: by name while there are few."""
    names = [without_degrees(guest.name) for guest in material.guests]
    if len(names) <= _NAMED_GUESTS:
        return _listed(names, words)
    return words.many_guests.format(name=names[0], others=len(names) - 1)


def _caption(material: Material) -> str:
    """ "Kabid Pengelolaan Komunikasi Publik Diskominfo Kukar, Ahmad Rianto"."""
    captions = [", ".join(part for part in (g.role, g.name) if part) for g in material.guests]
    return "; ".join(caption[:1].upper() + caption[1:] for caption in captions)


def _byline(material: Material, words: Phrases) -> str:
    publication = material.publication
    team = words.team.format(outlet=publication.outlet) if publication.outlet else ""
    parts = [part for part in (publication.byline or team, publication.label) if part]
    return f"({'/'.join(parts)})" if parts else ""


def _warnings(material: Material, words: Phrases, quotes: Sequence[Quote]) -> Iterator[str]:
    said = [word for sentence in material.sentences for word in sentence.words]
    if len(said) < _FEW_WORDS:
        yield words.few_words
    if not quotes:
        yield words.no_quotes
    if said and sum(word.probability for word in said) / len(said) < _UNSURE:
        yield words.unsure_words


def _topic_evidence(material: Material, topics: Sequence[str]) -> tuple[Evidence, ...]:
    """The first sentences in which each topic is said."""
    found: list[int] = []
    for topic in topics:
        wanted = f" {' '.join(content_words(topic))} "
        said = (
            sentence.segments[0]
            for sentence in material.sentences
            if wanted in f" {' '.join(content_words(sentence.text))} "
        )
        found += [segment for segment, _ in zip(said, range(_MENTIONS_SHOWN), strict=False)]
    return _evidence(material, found, len(found))


def _evidence(
    material: Material, ids: Sequence[int], count: int = _MENTIONS_SHOWN
) -> tuple[Evidence, ...]:
    """The first of some segments, each as a piece of evidence of its own."""
    wanted = sorted(set(ids))[:count]
    return tuple(evidence_of([material.segments[i]]) for i in wanted if i in material.segments)


def _listed(names: Sequence[str], words: Phrases) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(names) <= _PAIR:
        return f" {words.and_} ".join(names)
    return f"{', '.join(names[:-1])}, {words.and_} {names[-1]}"


def _title_case(text: str, words: Phrases) -> str:
    """Capitals as in a headline; "dan" stays small, and what has capitals keeps them."""
    return " ".join(w if w == words.and_ else w[:1].upper() + w[1:] for w in text.split())
