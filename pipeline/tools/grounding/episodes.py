"""The grounding check of an episode on disk: its transcript, its details, the show's words."""

from __future__ import annotations

from pathlib import Path

from pipeline.ground.config import Show
from pipeline.ground.glossary import read_glossary
from pipeline.ground.transcript_file import read_transcript
from pipeline.tools.grounding.checking import Checker
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.grounding.checked import Checked
from pipeline.words.grounding.lists import OwnWords
from pipeline.words.grounding.sources import Masthead


def checker_of(episode: Episode, show: Show) -> Checker:
    """The check against what an episode's files say now.

    Raises EpisodeProblem when the transcript cannot be read, SetupProblem for a wrong glossary.
    """
    return Checker(
        read_transcript(episode),
        episode.details,
        read_glossary(episode.glossary_toml),
        _masthead(show),
        _own_words(show),
    )


def article_to_check(episode: Episode) -> Path:
    """The editor's `article.md`, or the machine's draft while there is none.

    Raises EpisodeProblem when there is neither.
    """
    for path in (episode.article_md, episode.draft_md):
        if path.is_file():
            return path
    raise EpisodeProblem(
        f"“{episode.slug}” has neither an article nor a draft.",
        f"Run `etam run {episode.slug}` for a draft, or write article.md.",
    )


def check_file(path: Path, episode: Episode, show: Show) -> Checked:
    """The check of an article in a file. Raises EpisodeProblem when it is no text in UTF-8."""
    try:
        article = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise EpisodeProblem(
            f"{path.name} of “{episode.slug}” is not in UTF-8.",
            "Save it as plain text in UTF-8, then check it again.",
            str(error),
        ) from error
    return checker_of(episode, show).check(article)


def _masthead(show: Show) -> Masthead:
    info, article = show.show, show.article
    return Masthead(
        title=info.title,
        author=info.author,
        description=info.description,
        host=info.host,
        outlet=article.outlet,
        place=article.place,
        byline=article.byline,
        label=article.label,
    )


def _own_words(show: Show) -> OwnWords:
    own = show.grounding
    return OwnWords(
        negations=own.negations,
        modals=own.modals,
        fillers=own.fillers,
        titles=own.titles,
        verbs=own.verbs,
        spoken=own.spoken,
        opposites=own.opposites,
        misspellings=own.misspellings,
    )
