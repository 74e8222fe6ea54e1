"""Draft: a news article's skeleton from the transcript, for an editor to make an article of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pipeline.ground.config import Show
from pipeline.ground.files import read_json, write_json, write_text
from pipeline.ground.glossary import read_glossary
from pipeline.ground.prompt_file import read_prompt
from pipeline.ground.stage import Job, Stage
from pipeline.ground.transcript_file import read_transcript
from pipeline.tools.drafting.material import Material, Publication
from pipeline.words.article import OFFLINE, Draft, draft_to_json
from pipeline.words.chapters import Chapter, chapters_from_json
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, PipelineError
from pipeline.words.subjects import Subjects, subjects_from_json
from pipeline.words.web_text import episode_folder

Content = TypeVar("Content")


def draft(job: Job) -> None:
    """Write `draft.json` and `draft.md`; the editor's `article.md` is never touched.

    When a language model is asked and cannot write, the offline draft takes its place, says so, and
    stays until the next run; a draft that a model wrote before is kept instead.
    """
    material = _material(job.episode, job.show)
    job.report(0.1)
    if job.show.article.llm.is_configured:
        _draft_with_a_model(job, material)
    else:
        _write(job.episode, _skeleton(material))
    job.report(1.0)


def _skeleton(material: Material) -> Draft:
    # Its rules are hundreds of compiled patterns, which planning can do without.
    from pipeline.tools.drafting.offline import OfflineDrafter

    return OfflineDrafter().draft(material)


def _draft_with_a_model(job: Job, material: Material) -> None:
    try:
        _write(job.episode, _written_by_a_model(job, material))
    except PipelineError as error:
        _write_skeleton(job, material, error)
        raise


def _written_by_a_model(job: Job, material: Material) -> Draft:
    """What it has cost is in the receipt, whatever comes of it."""
    from pipeline.tools.drafting.llm.drafter import LanguageModelDrafter
    from pipeline.tools.grounding.episodes import checker_of

    settings, prompt = job.show.article.llm, read_prompt(_prompt_file(job.episode))
    checker = checker_of(job.episode, job.show)
    drafter = LanguageModelDrafter(settings, prompt, checker, job.report)
    try:
        return drafter.draft(material)
    finally:
        spent = drafter.spending
        cost = spent.cost(settings.price_in, settings.price_out)
        job.count(spent.to_json(settings.model, cost, settings.currency))


def _write_skeleton(job: Job, material: Material, error: PipelineError) -> None:
    """The offline draft with the reason why it is one, unless a model's draft is there."""
    from pipeline.tools.drafting.phrases import phrases

    if _is_written_by_a_model(job.episode):
        return
    made = _skeleton(material)
    why = phrases(material.publication.language).not_written.format(problem=error.problem)
    _write(job.episode, replace(made, warnings=(why, *made.warnings)))
    job.settle()


def _is_written_by_a_model(episode: Episode) -> bool:
    try:
        return str(read_json(episode.draft_json)["drafter"]) != OFFLINE
    except (OSError, ValueError, KeyError, TypeError):
        return False  # there is none, or none to keep


def _write(episode: Episode, made: Draft) -> None:
    from pipeline.tools.drafting.markdown import draft_as_markdown

    write_json(episode.draft_json, draft_to_json(made))
    write_text(episode.draft_md, draft_as_markdown(made))


def _material(episode: Episode, show: Show) -> Material:
    return Material(
        episode.details,
        read_transcript(episode),
        _read_subjects(episode),
        read_glossary(_glossary_file(episode)),
        _publication(episode, show),
        _read_chapters(episode),
    )


def _inputs(episode: Episode, show: Show) -> list[Path]:
    made_from = [episode.reviewed_json, episode.topics_json, episode.chapters_json]
    prompt = [_prompt_file(episode)] if show.article.llm.is_configured else []
    return [*made_from, _glossary_file(episode), *prompt]


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
        **_model_settings(show),
    }


def _model_settings(show: Show) -> dict[str, Any]:
    """What of a language model's settings changes what it writes; nothing without one."""
    llm = show.article.llm
    if not llm.is_configured:
        return {}
    named = ("base_url", "model", "words_at_once", "answer_tokens", "temperature", "json_mode")
    asked = {f"llm.{name}": getattr(llm, name) for name in named}
    return {**asked, "grounding": show.grounding.model_dump()}


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


def _prompt_file(episode: Episode) -> Path:
    """The newsroom's own words for a language model; the file may not exist."""
    return episode.feed_folder / "prompts" / "article.md"
