"""Draws word errors over the months, a line for each model, as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from pipeline.tools.translations import month_in_words, percent, translator, whole_number
from pipeline.words.standings import Standing

_WIDTH, _HEIGHT = 960, 540
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 710, 110, 470
_LABEL_HEIGHT = 40
_MOST_MODELS = 7
_MOST_MONTH_LABELS = 8
# Okabe and Ito's colours, which people who see few colours can tell apart.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")


def accuracy_picture(standings: Sequence[Standing], show: str, language: str) -> str:
    """An SVG of the figures for people who read `language`; the same figures give the same bytes.

    Raises ValueError when there are no figures.
    """
    if not standings:
        raise ValueError("no figures to draw")
    chart = _Chart(standings, language)
    _ = translator(language)
    title, note = (
        _("Word errors by model"),
        _("Share of the words that are wrong, missing or extra"),
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            'role="img" aria-labelledby="title" font-family="system-ui, sans-serif">',
            f'<title id="title">{escape(title)} · {escape(show)}</title>',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<text x="{_LEFT}" y="48" font-size="26" font-weight="600">{escape(title)}</text>',
            f'<text x="{_LEFT}" y="76" font-size="16" fill="#555">{escape(note)}</text>',
            *chart.grid(),
            *chart.lines(),
            "</svg>\n",
        ]
    )


class _Chart:
    """Where each figure lies; the vertical axis starts at nothing, so that heights compare."""

    def __init__(self, standings: Sequence[Standing], language: str) -> None:
        self._language = language
        whole = sorted((s for s in standings if not s.month), key=lambda s: (-s.words, s.model))
        self._models = whole[:_MOST_MODELS]
        shown = {each.model for each in self._models}
        self._monthly = [s for s in standings if s.month and s.model in shown]
        months = [_number(each.month) for each in self._monthly]
        self._first, self._last = min(months), max(months)
        self._step, self._top = _scale(max(each.word_error_rate for each in self._monthly))

    def grid(self) -> Iterator[str]:
        """The horizontal lines with their shares, and the months below them."""
        for nth in range(round(self._top / self._step) + 1):
            share = nth * self._step
            y = self._y(share)
            yield f'<path d="M{_LEFT} {y}H{_RIGHT}" stroke="#ddd"/>'
            text = percent(share, self._language)
            yield (
                f'<text x="{_LEFT - 10}" y="{y + 5}" font-size="14" fill="#555" '
                f'text-anchor="end">{text}</text>'
            )
        every = -(-(self._last - self._first + 1) // _MOST_MONTH_LABELS)
        for month in range(self._first, self._last + 1, every):
            text = escape(month_in_words(_day(month), self._language))
            yield (
                f'<text x="{self._x(month)}" y="{_BOTTOM + 28}" font-size="14" fill="#555" '
                f'text-anchor="middle">{text}</text>'
            )

    def lines(self) -> Iterator[str]:
        """Each model's line, its months as dots, and its name at the right end."""
        labels = []
        for model, colour in zip(self._models, _COLOURS, strict=False):
            own = [each for each in self._monthly if each.model == model.model]
            points = [(self._x(_number(s.month)), self._y(s.word_error_rate)) for s in own]
            path = "L".join(f"{x} {y}" for x, y in points)
            yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="3"/>'
            for (x, y), standing in zip(points, own, strict=True):
                told = f"{standing.model}, {standing.month}: {self._share(standing)}"
                dot = f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}">'
                yield f"{dot}<title>{escape(told)}</title></circle>"
            labels.append(_Label(points[-1][1], model, colour))
        yield from self._labels(labels)

    def _labels(self, labels: Iterable[_Label]) -> Iterator[str]:
        ordered = sorted(labels, key=lambda label: (label.y, label.model.model))
        of_words = translator(self._language)("of {words} words")
        for label, y in zip(ordered, _apart([label.y + 5 for label in ordered]), strict=True):
            words = of_words.format(words=whole_number(label.model.words, self._language))
            yield (
                f'<text x="{_RIGHT + 16}" y="{y}" font-size="16" font-weight="600" '
                f'fill="{label.colour}">{escape(_short(label.model.model))}</text>'
            )
            yield (
                f'<text x="{_RIGHT + 16}" y="{y + 18}" font-size="13" fill="#555">'
                f"{self._share(label.model)} {escape(words)}</text>"
            )

    def _share(self, standing: Standing) -> str:
        return percent(standing.word_error_rate, self._language)

    def _x(self, month: int) -> float:
        if self._first == self._last:
            return (_LEFT + _RIGHT) / 2
        margin = 30
        along = (month - self._first) / (self._last - self._first)
        return round(_LEFT + margin + along * (_RIGHT - _LEFT - 2 * margin), 1)

    def _y(self, share: float) -> float:
        return round(_BOTTOM - share / self._top * (_BOTTOM - _TOP), 1)


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of a line and the height of its last point."""

    y: float
    model: Standing
    colour: str


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights, rising, moved so that no label lies on another or below the picture."""
    placed: list[float] = []
    for y in heights:
        placed.append(max(y, placed[-1] + _LABEL_HEIGHT) if placed else y)
    lowest: float = _HEIGHT - _LABEL_HEIGHT
    for number in reversed(range(len(placed))):
        placed[number] = round(min(placed[number], lowest), 1)
        lowest = placed[number] - _LABEL_HEIGHT
    return placed


def _scale(highest: float) -> tuple[float, float]:
    """The distance of the grid's lines, and the topmost of them."""
    step = next((s for s in (0.01, 0.02, 0.05, 0.1, 0.2) if highest <= 5 * s), 0.25)
    return step, step * max(1, -(-round(highest / step, 6) // 1))


def _number(month: str) -> int:
    """Months counted from the year 0: "2026-11"."""
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _short(model: str) -> str:
    """The last part of a folder or of a repository's name, so that it fits beside the lines."""
    name = model.rstrip("/").rpartition("/")[2] or model
    return name if len(name) <= 24 else f"{name[:23]}…"
