"""A language model's sentences against the recording: what nothing supports is marked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.tools.grounding.checking import Checker, text_of_draft
from pipeline.tools.translations import Translate, translator
from pipeline.words.article import Block, BlockKind, Draft, draft_to_json
from pipeline.words.grounding.checked import Kind, Weight

_WRITTEN_BY_IT = (BlockKind.LEAD, BlockKind.INDIRECT)
_IN_PROSE = (Kind.NUMBER, Kind.DATE, Kind.NAME, Kind.SENTENCE)
_HEADLINES = 3


def with_doubts(draft: Draft, skeleton: Draft, language: str, checker: Checker) -> Draft:
    """The draft with what a check of it found, beside each paragraph that the model wrote.

    A headline, excerpt or summary that nothing supports gives way to the next, or to that of
    `skeleton`: an excerpt may become public as show notes. What gave way, and what is found in
    quotes, becomes a warning above the article.
    """
    desk = _Desk(checker, translator(language))
    headings = {headline: desk.doubts(f"# {headline}") for headline in draft.headlines}
    in_excerpt, in_summary = desk.doubts(draft.excerpt), desk.doubts(draft.notes.summary)
    good = [headline for headline, doubts in headings.items() if not doubts]
    headlines = tuple(dict.fromkeys((*good, *skeleton.headlines)))[:_HEADLINES]
    found = [doubt for doubts in headings.values() for doubt in doubts]
    found += [*in_excerpt, *in_summary, *desk.doubts_of_quotes(draft)]
    summary = skeleton.notes.summary if in_summary else draft.notes.summary
    return replace(
        draft,
        headline=headlines[0],
        headlines=headlines,
        excerpt=skeleton.excerpt if in_excerpt else draft.excerpt,
        notes=replace(draft.notes, summary=summary),
        blocks=tuple(desk.marked(block) for block in draft.blocks),
        warnings=(*draft.warnings, *dict.fromkeys(found)),
    )


@dataclass(frozen=True)
class _Desk:
    """Checks one text after the other, and says what is wrong in the show's language."""

    checker: Checker
    translate: Translate

    def marked(self, block: Block) -> Block:
        """The block, with doubts if it is one that a model writes."""
        is_written = block.kind in _WRITTEN_BY_IT
        return replace(block, doubts=self.doubts(block.text)) if is_written else block

    def doubts(self, text: str) -> tuple[str, ...]:
        """A sentence for everything in a text that has no support."""
        told = (
            f"“{finding.text}”: {finding.reason.told(self.translate)}"
            for finding in self.checker.check(f"{text}\n").findings
            if finding.weight >= Weight.CHECK and finding.kind in _IN_PROSE
        )
        return tuple(dict.fromkeys(told))

    def doubts_of_quotes(self, draft: Draft) -> tuple[str, ...]:
        """A sentence for each quote that was not said so, of which there should be none."""
        checked = self.checker.check(text_of_draft(draft_to_json(draft)))
        return tuple(
            f"“{quote.text}”: {' '.join(reason.told(self.translate) for reason in quote.reasons)}"
            for quote in checked.quotes
            if quote.is_open
        )
