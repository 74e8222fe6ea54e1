"""A draft as Markdown that staff read: the article with time codes, then what an editor checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.tools.translations import translator
from pipeline.words.article import (
    OFFLINE,
    Block,
    Draft,
    Evidence,
    Fact,
    FactKind,
    KnownBy,
    Quote,
    SoundbiteCandidate,
)
from pipeline.words.doubts.places import sentence_of
from pipeline.words.languages import primary_language
from pipeline.words.plain_text import markdown
from pipeline.words.web_text import ascii_url

_OWN_SOURCES = ("transcript.json", "episode.toml")
_MOST_PLACES = 30
_MARK = "<!-- etam: machine-made draft, not reviewed -->"


_NOTICE = (
    "**Draf buatan mesin, belum ditinjau.** Kerangka bersumber untuk penyunting, bukan artikel "
    "jadi: kutipan berasal dari transkrip mesin, dirapikan menurut aturan, dan perlu didengar "
    "ulang. Salin berkas ini menjadi `article.md` untuk menyunting; `draft.md` ditulis ulang oleh "
    "mesin, `article.md` tidak pernah.",
    "**Machine-made draft, not reviewed.** A cited skeleton for an editor, not a finished article: "
    "quotes come from the machine's transcript, are tidied by rule, and need a listen. Copy this "
    "file to `article.md` to edit it; `draft.md` is written anew by the machine, `article.md` "
    "never is.",
)


_WRITTEN_NOTICE = (
    "**Draf buatan mesin, belum ditinjau.** Ditulis oleh model bahasa {model}. Kata-kata kutipan "
    "disalin dari transkrip mesin dan dirapikan menurut aturan; kalimat lain karangan model, dan "
    "yang tidak didukung rekaman ditandai. Periksa semuanya, lalu salin berkas ini menjadi "
    "`article.md` untuk menyunting; `draft.md` ditulis ulang oleh mesin, `article.md` tidak "
    "pernah.",
    "**Machine-made draft, not reviewed.** Written by the language model {model}. The words of "
    "quotes are copied from the machine's transcript and tidied by rule; the other sentences are "
    "the model's own, and what the recording does not support is marked. Check all of it, then "
    "copy this file to `article.md` to edit it; `draft.md` is written anew by the machine, "
    "`article.md` never is.",
)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The words around the article, in one language."""

    model: str
    caption: str
    tags: str
    link: str
    headlines: str
    notes: str
    guest: str
    soundbites: str
    checks: str
    facts: str
    as_said: str
    to_check: str
    and_more: str
    more: str
    assumed: str
    introduced: str
    unknown: str
    unsupported: str
    doubts: str
    source: str
    kinds: dict[FactKind, str]


_LABELS = {
    "id": _Labels(
        model="Model transkripsi",
        caption="Keterangan foto",
        tags="Tag",
        link="Dengarkan",
        headlines="Judul lain",
        notes="Catatan acara",
        guest="Narasumber",
        soundbites="Cuplikan yang dapat dibagikan",
        checks="Untuk penyunting (hapus sebelum terbit)",
        facts="Fakta yang perlu diperiksa",
        as_said="Kutipan sebagaimana diucapkan",
        to_check="Bagian transkrip yang perlu didengar",
        and_more="dan {count} bagian lain",
        more="Kutipan lain yang dapat dipakai",
        assumed="pembicara diduga, periksa",
        introduced="pembicara menurut perkenalannya sendiri, periksa",
        unknown="pembicara belum diketahui",
        unsupported="tanpa dukungan rekaman, lihat di bawah",
        doubts="Yang tidak didukung rekaman",
        source="sumber",
        kinds={
            FactKind.NUMBER: "angka",
            FactKind.DATE: "tanggal",
            FactKind.PERSON: "orang",
            FactKind.PLACE: "tempat",
            FactKind.NAME: "nama",
        },
    ),
    "en": _Labels(
        model="Transcription model",
        caption="Caption",
        tags="Tags",
        link="Listen",
        headlines="Other headlines",
        notes="Show notes",
        guest="Guest",
        soundbites="Soundbites to share",
        checks="For the editor (delete before publishing)",
        facts="Facts to check",
        as_said="Quotes as they were said",
        to_check="Places of the transcript to listen to",
        and_more="and {count} more",
        more="Other passages to quote",
        assumed="speaker assumed, check",
        introduced="speaker as the voice introduced itself, check",
        unknown="speaker unknown",
        unsupported="unsupported by the recording, see below",
        doubts="What the recording does not support",
        source="source",
        kinds={kind: kind.value for kind in FactKind},
    ),
}


def draft_as_markdown(draft: Draft) -> str:
    """The text of `draft.md`; [mm:ss] is where a sentence is heard in the episode."""
    labels = _LABELS.get(primary_language(draft.language), _LABELS["en"])
    parts = (
        _MARK,
        _notice(draft, labels),
        f"# {markdown(draft.headline)}",
        f"*{markdown(draft.excerpt)}*" if draft.excerpt else "",
        f"{labels.caption}: {markdown(draft.caption)}" if draft.caption else "",
        *(_paragraph(block, labels) for block in draft.blocks),
        markdown(draft.byline),
        f"{labels.tags}: {markdown(', '.join(draft.tags))}" if draft.tags else "",
        f"{labels.link}: <{ascii_url(draft.link)}>" if draft.link else "",
        *_for_the_editor(draft, labels),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def time_code(seconds: float) -> str:
    """ "03:07", or "1:02:03" from one hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute:02}:{second:02}"


def _notice(draft: Draft, labels: _Labels) -> str:
    model = f"{labels.model}: {markdown(draft.model)}."
    form = _NOTICE if draft.drafter == OFFLINE else _WRITTEN_NOTICE
    notice = [line.format(model=markdown(draft.drafter)) for line in form]
    warnings = (f"⚠ {markdown(warning)}" for warning in draft.warnings)
    return "\n>\n".join(f"> {line}" for line in (*notice, model, *warnings))


def _paragraph(block: Block, labels: _Labels) -> str:
    parts = [markdown(block.text), *_marks(block.evidence, labels)]
    if block.quote:
        parts.append(_doubt(block.quote, labels))
    if block.doubts:
        parts.append(f"*({labels.unsupported})*")
    return " ".join(part for part in parts if part)


def _marks(evidence: Iterable[Evidence], labels: _Labels) -> list[str]:
    """Time codes in order, each once, then the sources other than the recording and its details."""
    times = sorted({e.start for e in evidence if e.start is not None})
    codes = dict.fromkeys(f"[{time_code(start)}]" for start in times)
    sources = [e.source for e in evidence if e.start is None and e.source not in _OWN_SOURCES]
    return [*codes, *(f"({labels.source}: {markdown(source)})" for source in sources)]


def _doubt(quote: Quote, labels: _Labels) -> str:
    if quote.known_by is KnownBy.SELF_INTRODUCTION:
        return f"*({labels.introduced})*"
    if quote.assumed:
        return f"*({labels.assumed})*"
    return "" if quote.speaker else f"*({labels.unknown})*"


def _for_the_editor(draft: Draft, labels: _Labels) -> list[str]:
    lists = [
        (labels.headlines, [f"- {markdown(line)}" for line in draft.headlines[1:]]),
        (labels.notes, [*_notes(draft, labels)]),
        (labels.soundbites, [_soundbite_line(bite) for bite in draft.soundbites]),
        (labels.doubts, [*_doubts(draft)]),
        (labels.more, [_quote_line(quote, labels) for quote in draft.more_quotes]),
        (labels.as_said, [*_as_said(draft, labels)]),
        (labels.facts, [_fact_line(fact, labels) for fact in draft.facts]),
        (labels.to_check, [*_places(draft, labels)]),
    ]
    filled = [(title, lines) for title, lines in lists if lines]
    heading = ["---", f"## {labels.checks}"] if filled else []
    return [
        *heading,
        *(part for title, lines in filled for part in (f"### {title}", "\n".join(lines))),
    ]


def _places(draft: Draft, labels: _Labels) -> Iterator[str]:
    translate = translator(draft.language)
    for place in draft.to_check[:_MOST_PLACES]:
        heard = f" “{markdown(place.heard)}”" if place.heard else ""
        why = " ".join(translate(sentence_of(reason)) for reason in place.reasons)
        yield f"- [{time_code(place.start)}]{heard} {markdown(why)}"
    if (rest := len(draft.to_check) - _MOST_PLACES) > 0:
        yield f"- {labels.and_more.format(count=rest)} (`etam doubts`)"


def _quote_line(quote: Quote, labels: _Labels) -> str:
    marks = " ".join(_marks([quote.evidence], labels))
    return f"- {marks} “{markdown(quote.text)}” {_doubt(quote, labels)}".rstrip()


def _doubts(draft: Draft) -> Iterator[str]:
    for block in draft.blocks:
        yield from (f"- {markdown(doubt)}" for doubt in block.doubts)


def _notes(draft: Draft, labels: _Labels) -> Iterator[str]:
    notes = draft.notes
    if notes.summary:
        yield f"{markdown(notes.summary)}\n"
    yield from (f"- {time_code(c.start)} {markdown(c.title)}" for c in notes.chapters)
    yield from (f"- {labels.guest}: {markdown(guest)}" for guest in notes.guests)
    yield from (f"- {markdown(each.title)}: <{ascii_url(each.address)}>" for each in notes.links)
    if notes.hashtags:
        yield f"- {markdown(' '.join(notes.hashtags))}"


def _soundbite_line(bite: SoundbiteCandidate) -> str:
    end = time_code(bite.start_seconds + bite.duration_seconds)
    who = f" {markdown(bite.speaker)}:" if bite.speaker else ""
    span = f"[{time_code(bite.start_seconds)}]–{end} ({bite.duration_seconds:.0f} s)"
    return f"- {span}{who} “{markdown(bite.title)}”"


def _as_said(draft: Draft, labels: _Labels) -> Iterator[str]:
    """The spoken words of each quote that is written otherwise."""
    for quote in (*(block.quote for block in draft.blocks if block.quote), *draft.more_quotes):
        if quote.said != quote.text:
            marks = " ".join(_marks([quote.evidence], labels))
            yield f"- {marks} “{markdown(quote.said)}”"


def _fact_line(fact: Fact, labels: _Labels) -> str:
    value = f" = {fact.value}" if fact.value else ""
    marks = " ".join(_marks([fact.evidence], labels))
    return f"- {marks} {labels.kinds[fact.kind]}: {markdown(fact.text)}{value}"


def in_every_language(label: str) -> tuple[str, ...]:
    """What stands for `label`, such as "caption" or "tags", in drafts of each language."""
    return tuple(str(getattr(labels, label)) for labels in _LABELS.values())
