"""`[grounding]` of show.toml: words that a show adds to the lists of the grounding check."""

from __future__ import annotations

from pydantic import Field

from pipeline.ground.setting_types import Section


class Grounding(Section):
    """Lower case; ours stay. `spoken` and `misspellings` say what a word is written as."""

    negations: tuple[str, ...] = ()
    modals: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    spoken: dict[str, str] = Field(default_factory=dict)
    opposites: tuple[tuple[str, str], ...] = ()
    misspellings: dict[str, str] = Field(default_factory=dict)
