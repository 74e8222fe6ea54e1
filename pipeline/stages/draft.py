"""Draft: a news article's skeleton from the transcript, for an editor to make an article of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pipeline.ground.config import Show
from pipeline.ground.files import read_json, write_json, write_text
from pipeline.ground.glossary import read_glossary
from pipeline.ground.stage import Job, Stage
from pipeline.ground.transcript_file import read_transcript
from pipeline.tools.drafting.material import Material, Publication
from pipeline.words.article import draft_to_json
from pipeline.words.chapters import Chapter, chapters_from_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.subjects import Subjects, subjects_from_json
from pipeline.words.web_text import episode_folder

Content = TypeVar("Content")


def draft(job: Job) -> None:
    """Write `draft.json` and `draft.md`; the editor's `article.md` is never touched."""
    # Their rules are hundreds of compiled patterns, which planning can do without.
    from pipeline.tools.drafting.markdown import draft_as_markdown
    from pipeline.tools.drafting.offline import draft_offline

    episode = job.episode
    transcript = read_transcript(episode)
    subjects = _read_subjects(episode)
    glossary = read_glossary(_glossary_file(episode))
    publication = _publication(episode, job.show)
    job.report(0.2)
    chapters = _read_chapters(episode)
    made = draft_offline(
        Material(episode.details, transcript, subjects, glossary, publication, chapters)
    )
    write_json(episode.draft_json, draft_to_json(made))
    write_text(episode.draft_md, draft_as_markdown(made))
    job.report(1.0)


def _inputs(episode: Episode, _: Show) -> list[Path]:
    return [
        episode.reviewed_json,
        episode.topics_json,
        episode.chapters_json,
        _glossary_file(episode),
    ]


def _outputs(episode: Episode) -> list[Path]:
    return [episode.draft_json, episode.draft_md]


def _settings(episode: Episode, show: Show) -> dict[str, Any]:
    details = episode.details
    return {
        "title": details.title,
        "date": details.date.isoformat(),
        "guests": [[guest.name, guest.role, guest.link] for guest in details.guests],
        "host": details.host or show.show.host,
        "place": details.place or show.article.place,
        "summary": details.summary,
        "show": show.show.title,
        "language": show.show.language,
        "link": _page_address(episode, show),
        "outlet": show.article.outlet,
        "byline": show.article.byline,
        "label": show.article.label,
    }


DRAFT = Stage(
    name="draft", version=3, inputs=_inputs, outputs=_outputs, settings=_settings, run=draft
)


def _read_subjects(episode: Episode) -> Subjects:
    return _read(episode.topics_json, subjects_from_json, episode)


def _read_chapters(episode: Episode) -> tuple[Chapter, ...]:
    return _read(episode.chapters_json, chapters_from_json, episode)


def _read(path: Path, made_of: Callable[[dict[str, Any]], Content], episode: Episode) -> Content:
    try:
        return made_of(read_json(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{episode.slug}” cannot be read.",
            f"Delete it and run `etam run {episode.slug}`; it is made anew.",
            str(error),
        ) from error


def _publication(episode: Episode, show: Show) -> Publication:
    details, article = episode.details, show.article
    return Publication(
        show=show.show.title,
        language=show.show.language,
        host=details.host or show.show.host,
        outlet=article.outlet,
        place=details.place or article.place,
        byline=article.byline,
        label=article.label,
        link=_page_address(episode, show),
    )


def _page_address(episode: Episode, show: Show) -> str:
    """Where the episode will be heard."""
    return f"{show.publish.base_url}{episode_folder(episode.slug)}/index.html"


def _glossary_file(episode: Episode) -> Path:
    return episode.feed_folder / "glossary.toml"
