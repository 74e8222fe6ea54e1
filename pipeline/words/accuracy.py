"""How right a transcript is: errors against a text that people wrote, and what they say in sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
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


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement and the episode it is of."""

    slug: str
    recorded_on: date
    measurement: Measurement

    @property
    def month(self) -> str:
        """The month of the episode: "2026-11"."""
        return f"{self.recorded_on:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a model did in a month, or altogether (`month` empty), weighted by words."""

    model: str
    month: str
    episodes: int
    words: int
    word_error_rate: float
    character_error_rate: float


def standings(measured: Iterable[Measured]) -> tuple[Standing, ...]:
    """Each model altogether and by month of the episodes; doubtful measurements do not count."""
    groups: dict[tuple[str, str], list[Errors]] = {}
    for each in counted(measured):
        for month in ("", each.month):
            groups.setdefault((each.measurement.model, month), []).append(each.measurement.errors)
    return tuple(_standing(*key, errors) for key, errors in sorted(groups.items()))


@dataclass(frozen=True, slots=True)
class SameEpisodes:
    """Two models on the episodes that both of them heard: the only fair comparison."""

    models: tuple[str, str]
    word_error_rates: tuple[float, float]
    episodes: int
    words: int


def on_the_same_episodes(measured: Iterable[Measured]) -> tuple[SameEpisodes, ...]:
    """Each pair of models that heard some of the same episodes."""
    heard: dict[str, dict[str, Errors]] = {}
    for each in counted(measured):
        heard.setdefault(each.measurement.model, {})[each.slug] = each.measurement.errors
    return tuple(
        _same_episodes((one, other), [(heard[one][slug], heard[other][slug]) for slug in shared])
        for one, other in combinations(sorted(heard), 2)
        if (shared := sorted(heard[one].keys() & heard[other].keys()))
    )


def counted(measured: Iterable[Measured]) -> list[Measured]:
    """The latest measurement of each model on each episode, without the doubtful ones."""
    return [each for each in _latest(measured) if not each.measurement.is_doubtful]


def doubtful_episodes(measured: Iterable[Measured]) -> set[str]:
    """The slugs of episodes whose latest measurement of some model does not count."""
    return {each.slug for each in _latest(measured) if each.measurement.is_doubtful}


def _latest(measured: Iterable[Measured]) -> Iterable[Measured]:
    return {(each.slug, each.measurement.model): each for each in measured}.values()


def _same_episodes(models: tuple[str, str], pairs: list[tuple[Errors, Errors]]) -> SameEpisodes:
    one, other = (_rate([pair[side] for pair in pairs]) for side in (0, 1))
    return SameEpisodes(models, (one, other), len(pairs), sum(one.words for one, _ in pairs))


def _rate(errors: list[Errors]) -> float:
    return sum(each.word_edits for each in errors) / sum(each.words for each in errors)


def _standing(model: str, month: str, errors: list[Errors]) -> Standing:
    return Standing(
        model=model,
        month=month,
        episodes=len(errors),
        words=sum(each.words for each in errors),
        word_error_rate=_rate(errors),
        character_error_rate=sum(e.character_edits for e in errors)
        / sum(e.characters for e in errors),
    )
