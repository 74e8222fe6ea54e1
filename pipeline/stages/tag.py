"""Tag: topics, people, places and chapters from the transcript, and the enclosure with its tags."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.ground.config import Show
from pipeline.ground.files import write_json
from pipeline.ground.glossary import read_glossary
from pipeline.ground.stage import Job, Stage
from pipeline.ground.transcript_file import read_transcript
from pipeline.tools.chaptering import chapters_of
from pipeline.tools.subjects import find_subjects
from pipeline.words.chapters import Chapter, chapters_to_json
from pipeline.words.episode import Episode
from pipeline.words.sentences import sentences_of
from pipeline.words.subjects import subjects_to_json
from pipeline.words.tags import Tags
from pipeline.words.transcript import Transcript


def tag(job: Job) -> None:
    """Write topics, chapters and the enclosure of an episode."""
    from pipeline.tools import id3  # loads mutagen, which planning can do without

    episode, show = job.episode, job.show
    transcript = read_transcript(episode)
    sentences = sentences_of(transcript)
    seconds = id3.mp3_seconds(episode.normalized)
    glossary = read_glossary(episode.feed_folder / "glossary.toml")
    job.report(0.2)
    host, title = episode.details.host or show.show.host, show.show.title
    subjects = find_subjects(sentences, episode.details, glossary, host, title, transcript.language)
    people = [person.name for person in subjects.people]
    given = tuple(each.chapter for each in episode.details.chapters)
    chapters = given or chapters_of(sentences, seconds, transcript.language, people)
    job.report(0.6)
    write_json(episode.topics_json, subjects_to_json(subjects))
    write_json(episode.chapters_json, chapters_to_json(chapters))
    tags = _tags(episode, show, transcript, chapters)
    id3.write_tagged_copy(episode.normalized, episode.enclosure, tags)
    job.report(1.0)


def _inputs(episode: Episode, show: Show) -> list[Path]:
    return [
        episode.normalized,
        episode.reviewed_json,
        _artwork(episode, show),
        episode.feed_folder / "glossary.toml",
    ]


def _outputs(episode: Episode) -> list[Path]:
    return [episode.topics_json, episode.chapters_json, episode.enclosure]


def _settings(episode: Episode, show: Show) -> dict[str, Any]:
    details = episode.details
    return {
        "title": details.title,
        "date": details.date.isoformat(),
        "guests": [[guest.name, guest.role] for guest in details.guests],
        "host": details.host or show.show.host,
        "summary": details.summary,
        "tags": list(details.tags),
        "number": details.number,
        "season": details.season,
        "guid": episode.recording.guid,
        "show": show.show.title,
        "author": show.show.author,
        "language": show.show.language,
        "category": show.show.categories[0],
        "feed": _feed_address(show),
        # Said only where people set them, so that no episode is tagged again for an update.
        **({"chapters": [asdict(each) for each in details.chapters]} if details.chapters else {}),
    }


TAG = Stage(name="tag", version=1, inputs=_inputs, outputs=_outputs, settings=_settings, run=tag)


def _tags(
    episode: Episode,
    show: Show,
    transcript: Transcript,
    chapters: tuple[Chapter, ...],
) -> Tags:
    details = episode.details
    guests = ", ".join(guest.name for guest in details.guests)
    summary = details.summary or details.title
    artwork = _artwork(episode, show)
    return Tags(
        title=details.title,
        artist=guests or show.show.author,
        album_artist=show.show.author,
        album=show.show.title,
        date=details.date,
        language=show.show.language,
        guid=episode.recording.guid,
        feed_url=_feed_address(show),
        number=details.number,
        season=details.season,
        comment=summary,
        description=summary,
        category=show.show.categories[0],
        lyrics=transcript.text,
        lyrics_language=transcript.language,
        chapters=chapters,
        cover=artwork if artwork.is_file() else None,
    )


def _artwork(episode: Episode, show: Show) -> Path:
    """The episode's own cover, or the show's artwork; the file may not exist."""
    return episode.cover or episode.feed_folder / show.show.artwork


def _feed_address(show: Show) -> str:
    return f"{show.publish.base_url}feed.xml"
