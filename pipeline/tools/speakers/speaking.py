"""Who speaks: the sentences of a transcript get their speakers, by the surest way there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.tools.audio.samples import Samples
from pipeline.tools.speakers.activity import Activity, Turn, activity_of
from pipeline.tools.speakers.apart import heard_apart
from pipeline.tools.speakers.assigning import Spoken, assign
from pipeline.tools.speakers.evidence import Evidence
from pipeline.tools.speakers.names import names_of_voices, no_such_voice, refuse_unknown
from pipeline.tools.translations import translator
from pipeline.words.errors import EpisodeProblem
from pipeline.words.transcript import Segment, SpeakerSource, Transcript


@dataclass(frozen=True, slots=True)
class Voices:
    """Everything known of an episode's voices before anything is heard.

    `said` are the names that `episode.toml` gives, by track; `in_files` those in file names.
    """

    slug: str
    evidence: Evidence
    said: Mapping[str, str]
    in_files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """Voices told apart: when each is active, how that is known, and their names where known."""

    activity: Activity
    source: SpeakerSource
    names: tuple[str | None, ...]
    known: Voices


def told_by_levels(known: Voices) -> Told | None:
    """Voices told apart by the levels of tracks or channels, or None when these do not tell.

    Raises EpisodeProblem when `episode.toml` names a track that there is not.
    """
    refuse_unknown(known.evidence.names, known.said, known.slug)
    names = names_of_voices(known.evidence.names, known.in_files, known.said)
    without_voice = [number for number, name in enumerate(names) if name == ""]
    evidence = known.evidence.without(without_voice)
    activity = heard_apart(evidence)
    if activity is None or evidence.source is None:
        _refuse_sides_that_sound_alike(known)
        return None
    kept = tuple(name for name in names if name != "")
    return _one_voice_a_name(Told(activity, evidence.source, kept, known))


def told_by_model(known: Voices, turns: Sequence[Turn]) -> Told:
    """Voices as a diarization model tells them apart."""
    return _told_by_turns(known, turns, SpeakerSource.MODEL)


def told_by_guess(known: Voices, transcript: Transcript, blocks: Iterable[Samples]) -> Told:
    """Voices guessed by their sound; `blocks` is the speech file, 16 kHz mono."""
    from pipeline.tools.speakers.guessing import guessed

    words = [word for segment in transcript.segments for word in segment.words]
    return _told_by_turns(known, guessed(words, blocks), SpeakerSource.GUESS)


def _told_by_turns(known: Voices, turns: Sequence[Turn], source: SpeakerSource) -> Told:
    voices = max((turn.voice for turn in turns), default=0) + 1
    seconds = max((turn.end for turn in turns), default=0.0)
    return Told(activity_of(turns, voices, seconds), source, (None,) * voices, known)


def with_speakers(transcript: Transcript, told: Told, language: str) -> Transcript:
    """The transcript with speakers, its segments cut where they change.

    A voice without a name is numbered by its first word, in the show's `language`. Raises
    EpisodeProblem when `episode.toml` names a number that nobody has.
    """
    spoken = assign(transcript.segments, told.activity, told.source)
    order = list(dict.fromkeys(each.voice for each in spoken if each.voice is not None))
    _refuse_unknown_numbers(told.known, len(order))
    label = translator(language)("Speaker {number}")
    names = {
        voice: told.names[voice]
        or told.known.said.get(str(number), "")
        or label.format(number=number)
        for number, voice in enumerate(order, start=1)
    }
    return replace(transcript, segments=tuple(_named(each, names) for each in spoken))


def _named(spoken: Spoken, names: Mapping[int, str]) -> Segment:
    if spoken.voice is None:
        return spoken.segment
    return replace(spoken.segment, speaker=names[spoken.voice])


def _one_voice_a_name(told: Told) -> Told:
    """Somebody who was recorded twice is one voice all the same."""
    groups: dict[str | int, list[int]] = {}
    for voice, name in enumerate(told.names):
        groups.setdefault(name or voice, []).append(voice)
    names = tuple(told.names[group[0]] for group in groups.values())
    return replace(told, activity=told.activity.together(groups.values()), names=names)


def _refuse_sides_that_sound_alike(known: Voices) -> None:
    sides = [track for track, name in known.said.items() if name and not track.isdecimal()]
    if sides:
        raise EpisodeProblem(
            f"episode.toml of “{known.slug}” says who speaks in “{sides[0]}”, but the voices are "
            "not panned: both sound alike on all channels.",
            "Take `left` and `right` out of `speakers`.",
        )


def _refuse_unknown_numbers(known: Voices, count: int) -> None:
    there_are = [str(number) for number in range(1, count + 1)]
    for track in known.said:
        if track.isdecimal() and track not in there_are:
            raise no_such_voice(track, [*known.evidence.names, *there_are], known.slug)
