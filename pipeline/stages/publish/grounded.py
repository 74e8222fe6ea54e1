"""No article is approved with a quote, number or name that nothing supports, unless somebody says
why it may stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.ground.config import Show
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.grounding.checked import CheckedQuote, Finding
from pipeline.words.web_text import short_line

_MOST_NAMED = 5
_MOST_CHARACTERS = 60


def accepted_in_article(
    episode: Episode, show: Show, accepted: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What the check holds against `article.md` and an editor accepts, each with the reason given.

    `accepted` gives reasons by the ids of the check. Raises EpisodeProblem when something open has
    no reason, or a reason is for nothing that is open. Without an article there is nothing to say.
    """
    found = _open(episode, show) if episode.article_md.is_file() else ()
    reasons = {name: short_line(reason) for name, reason in accepted.items()}
    _no_reason_for_nothing(episode, reasons, {each.id for each in found})
    missing = [each for each in found if not reasons.get(each.id)]
    if missing:
        raise EpisodeProblem(_refusal(episode, missing), _remedy(episode, missing[0]))
    return [_kept(each, reasons[each.id]) for each in found]


def _open(episode: Episode, show: Show) -> tuple[CheckedQuote | Finding, ...]:
    # Imported when needed: its tables take a moment, and most of publishing does without.
    from pipeline.tools.grounding.episodes import check_file

    return check_file(episode.article_md, episode, show).open


def _no_reason_for_nothing(episode: Episode, reasons: Mapping[str, str], ids: set[str]) -> None:
    """Somebody who names a finding that is gone has looked at another article."""
    if unknown := [name for name in reasons if name not in ids]:
        raise EpisodeProblem(
            f"The check of “{episode.slug}” has nothing open that is called “{unknown[0]}”.",
            f"See what `etam check {episode.slug}` says now.",
        )


def _refusal(episode: Episode, missing: list[CheckedQuote | Finding]) -> str:
    named = [f"{each.id} “{_short(each.text)}”: {_why(each)}" for each in missing[:_MOST_NAMED]]
    more = len(missing) - len(named)
    rest = f" And {more} more." if more > 0 else ""
    return (
        f"The article of “{episode.slug}” says what the recording does not support. "
        f"{' '.join(named)}{rest}"
    )


def _remedy(episode: Episode, first: CheckedQuote | Finding) -> str:
    return (
        f"Correct article.md (`etam check {episode.slug}` shows each place), or say for each why "
        f'it may stand: `etam approve {episode.slug} --accept {first.id}="the reason"`.'
    )


def _kept(each: CheckedQuote | Finding, reason: str) -> dict[str, Any]:
    """What `approval.json` keeps of something that was accepted."""
    return {"id": each.id, "text": each.text, "why": _why(each), "accepted_because": reason}


def _why(each: CheckedQuote | Finding) -> str:
    if isinstance(each, Finding):
        return each.reason.told()
    return " ".join(reason.told() for reason in each.reasons[:1])


def _short(text: str) -> str:
    if len(text) <= _MOST_CHARACTERS:
        return text
    return text[:_MOST_CHARACTERS].rpartition(" ")[0] + " …"
