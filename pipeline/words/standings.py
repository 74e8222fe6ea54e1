"""What many measurements say in sum: by model, by month, and on the same episodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pipeline.words.accuracy import Errors, Measurement


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
