"""A language model's sentences against the recording: what nothing supports is marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.tools.drafting.material import Material
from pipeline.tools.grounding.checking import Checker, text_of_draft
from pipeline.tools.translations import Translate, translator
from pipeline.words.article import Block, BlockKind, Draft, draft_to_json
from pipeline.words.grounding.checked import Checked, Kind, Weight

_WRITTEN_BY_IT = (BlockKind.LEAD, BlockKind.INDIRECT)
_IN_PROSE = (Kind.NUMBER, Kind.DATE, Kind.NAME, Kind.SENTENCE)


def with_doubts(draft: Draft, material: Material, checker: Checker) -> Draft:
    """The draft with what a check of it found, beside each paragraph that the model wrote.

    What is found in headline, excerpt or quotes becomes a warning above the article.
    """
    text = text_of_draft(draft_to_json(draft))
    translate = translator(material.publication.language)
    checked = checker.check(text)
    blocks: list[Block] = []
    at = after_head = text.find(draft.blocks[0].text) if draft.blocks else len(text)
    for block in draft.blocks:
        start = text.find(block.text, at)
        at = start + len(block.text)
        doubts = tuple(_found(checked, start, at, translate))
        blocks.append(replace(block, doubts=doubts if block.kind in _WRITTEN_BY_IT else ()))
    warnings = (*_found(checked, 0, after_head, translate), *_quotes(checked, translate))
    return replace(draft, blocks=tuple(blocks), warnings=(*draft.warnings, *warnings))


def _found(checked: Checked, start: int, end: int, translate: Translate) -> Iterator[str]:
    told = dict.fromkeys(
        f"“{finding.text}”: {finding.reason.told(translate)}"
        for finding in checked.findings
        if start <= finding.start < end
        and finding.weight >= Weight.CHECK
        and finding.kind in _IN_PROSE
    )
    yield from told


def _quotes(checked: Checked, translate: Translate) -> Iterator[str]:
    for quote in checked.quotes:
        if quote.is_open:
            why = " ".join(reason.told(translate) for reason in quote.reasons)
            yield f"“{quote.text}”: {why}"
