"""How right a transcript is: the errors in it against a text that people wrote."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

# Where less than this share of the words agrees, the two texts may not belong together.
_LEAST_AGREEMENT = 0.2


@dataclass(frozen=True, slots=True)
class Errors:
    """What turns the reference into the transcript: edits of words, and of characters."""

    words: int
    substitutions: int
    deletions: int
    insertions: int
    characters: int
    character_edits: int

    @property
    def word_edits(self) -> int:
        return self.substitutions + self.deletions + self.insertions

    @property
    def word_error_rate(self) -> float:
        """Edits by words of the reference; over 1 where words were invented."""
        return self.word_edits / self.words

    @property
    def character_error_rate(self) -> float:
        return self.character_edits / self.characters


@dataclass(frozen=True, slots=True)
class Confusion:
    """Words that were said and what the model wrote instead, `times` times."""

    said: str
    heard: str
    times: int


@dataclass(frozen=True, slots=True)
class NamesHeard:
    """How often names of the glossary were said, how often right; `missed` by name."""

    said: int = 0
    right: int = 0
    missed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """One transcript against one reference, each named by the SHA-256 of its file.

    `errors` compares the words (`words/comparable.py`, in its version `rules`), `raw` the texts as
    they are written, with case and punctuation. `settings` and `glossary` are digests of what the
    model was told and of the names that were looked for.
    """

    transcript: str
    reference: str
    reference_name: str
    model: str
    language: str
    settings: str
    transcribed_on: date
    rules: int
    errors: Errors
    raw: Errors
    confusions: tuple[Confusion, ...] = ()
    glossary: str = ""
    names: NamesHeard = NamesHeard()

    @property
    def is_doubtful(self) -> bool:
        """Whether so little agrees that the reference may belong to another recording."""
        right = self.errors.words - self.errors.substitutions - self.errors.deletions
        return right < _LEAST_AGREEMENT * self.errors.words or self.errors.word_error_rate > 1

    def to_json(self) -> dict[str, Any]:
        """An entry of `accuracy.json`, with the rates for people who read it."""
        rates = {
            "word_error_rate": round(self.errors.word_error_rate, 4),
            "character_error_rate": round(self.errors.character_error_rate, 4),
        }
        return {**rates, **asdict(self), "transcribed_on": self.transcribed_on.isoformat()}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Measurement:
        """The measurement that `to_json` wrote. Raises KeyError, TypeError or ValueError."""
        rates = ("word_error_rate", "character_error_rate")
        names = content["names"]
        return cls(
            **{
                **{name: value for name, value in content.items() if name not in rates},
                "transcribed_on": date.fromisoformat(content["transcribed_on"]),
                "errors": Errors(**content["errors"]),
                "raw": Errors(**content["raw"]),
                "confusions": tuple(Confusion(**each) for each in content["confusions"]),
                "names": NamesHeard(
                    names["said"], names["right"], tuple((n, times) for n, times in names["missed"])
                ),
            }
        )
