"""A passage as a quote: the words as they are written, who says them, and how that is known."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.tools.drafting.material import Material
from pipeline.tools.drafting.quoting import Passage
from pipeline.tools.drafting.voices import known_by
from pipeline.tools.naming import key_of, last_name
from pipeline.tools.speakers.names import is_numbered
from pipeline.words.article import Block, BlockKind, Evidence, KnownBy, Quote
from pipeline.words.sentences import SpokenWord
from pipeline.words.tidying.tidy import tidied

_ENDS_WITHOUT_COMMA = ("?", "!", "…")
_CERTAIN = (KnownBy.EDITOR, KnownBy.TRACK, KnownBy.CHANNEL)


def quotes_of(passages: Sequence[Passage], material: Material) -> tuple[Quote, ...]:
    """Each passage as a quote; one of fillers alone is none."""
    made = (quote_of(passage.words, material) for passage in passages)
    return tuple(quote for quote in made if quote.text)


def quote_of(words: Sequence[SpokenWord], material: Material) -> Quote:
    """Consecutive words of the transcript as a quote, of which there must be one."""
    speaker, how = _speaker(words, material)
    text = tidied(words, material.names, material.transcript.language, material.is_punctuated).text
    return Quote(
        text=_ended(text),
        speaker=speaker,
        assumed=bool(speaker) and how not in _CERTAIN,
        evidence=evidence_of_words(words),
        said="".join(f"{word.glue}{word.text}" for word in words).strip(),
        known_by=how,
    )


def evidence_of_words(words: Sequence[SpokenWord]) -> Evidence:
    """The segments of some words, their time, and which words of the segments they are."""
    return Evidence(
        segments=tuple(dict.fromkeys(word.segment for word in words)),
        start=words[0].start,
        end=words[-1].end,
        first_word=words[0].index,
        last_word=words[-1].index,
    )


def quote_block(kind: BlockKind, quote: Quote, verb: str, template: str, nobody: str) -> Block:
    """“…,” with its verb and the speaker's last name, or `nobody` where that is unknown."""
    text = quote.text
    if not text.endswith(_ENDS_WITHOUT_COMMA):
        text = f"{text.rstrip('.,;:')},"
    speaker = last_name(quote.speaker) if quote.speaker else nobody
    sentence = template.format(text=text, verb=verb, speaker=speaker)
    return Block(kind, sentence, (quote.evidence,), quote)


def _ended(text: str) -> str:
    """With a full stop where the words were cut out of the middle of a sentence."""
    bare = text.rstrip(" ,;:")
    return f"{bare}." if bare and not bare.endswith((".", *_ENDS_WITHOUT_COMMA, "”", '"')) else bare


def _speaker(words: Sequence[SpokenWord], material: Material) -> tuple[str, KnownBy]:
    """The name, "" where nobody knows it, and how it is known."""
    voices = {word.speaker for word in words}
    if len(voices) > 1:
        return "", KnownBy.UNKNOWN
    (voice,) = voices
    if voice in material.voices:
        return material.voices[voice], KnownBy.SELF_INTRODUCTION
    if voice and not is_numbered(voice):
        doubtful = any(word.perhaps_by_another for word in words)
        how = known_by(material.segments[words[0].segment])
        return voice, KnownBy.VOICE if doubtful else how
    if material.only_speaker and not _is_heard_elsewhere(material.only_speaker, material):
        return material.only_speaker, KnownBy.COURSE_OF_TALK
    return "", KnownBy.UNKNOWN


def _is_heard_elsewhere(name: str, material: Material) -> bool:
    """Whether a voice of its own is known for somebody, so that no other voice is assumed."""
    heard = {segment.speaker for segment in material.transcript.segments if segment.speaker}
    named = {*material.voices.values(), *(voice for voice in heard if not is_numbered(voice))}
    return key_of(name) in {key_of(each) for each in named}
