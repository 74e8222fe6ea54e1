"""The port: whoever makes a draft of an episode's material."""

from __future__ import annotations

from typing import Protocol

from pipeline.tools.drafting.material import Material
from pipeline.words.article import Draft


class Drafter(Protocol):
    """Makes a draft. Its quotes are words of the transcript, each with its evidence."""

    def draft(self, material: Material) -> Draft:
        """Raises TemporaryProblem, SetupProblem or EpisodeProblem when there can be none now."""
        ...
