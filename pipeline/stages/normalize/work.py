"""The work of normalizing: the recordings of an episode become one MP3 at the show's loudness."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.ground.config import Audio
from pipeline.ground.files import temporary_beside, write_json
from pipeline.ground.progress import part_of
from pipeline.ground.stage import Job
from pipeline.tools.audio.arranging import Arrangement, arranged
from pipeline.tools.audio.decoding import UndecodableError
from pipeline.tools.audio.gathering import Gathered, gather
from pipeline.tools.audio.loudness import measure
from pipeline.tools.audio.mastering import Mastered, Target, master
from pipeline.tools.audio.programme import Programme
from pipeline.tools.audio.samples import RATE_HZ
from pipeline.tools.audio.speech_writing import write_speech
from pipeline.tools.mp3 import DELAY_MOMENTS
from pipeline.tools.speakers.evidence import Evidence, evidence_of, write_evidence
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.loudness import Loudness

_SHARES = (0.0, 0.25, 0.35, 1.0)  # of the work, before gathering, speech and mastering


def normalize(job: Job) -> None:
    """Write `normalized.mp3`, `speech.flac`, `voices.json` and `loudness.json`.

    Raises EpisodeProblem when there is nothing to hear, SetupProblem for a sting that cannot be
    used or a full disk.
    """
    audio, episode = job.show.audio, job.episode
    channels = 1 if audio.channels == "mono" else 2
    gathered = _gather(job, channels)
    _must_be_heard(gathered, episode)
    programme = arranged(gathered, _arrangement(audio, episode.feed_folder))
    before = _measured(programme, gathered, channels)
    target = Target(audio.target, audio.true_peak_dbtp, channels, audio.bitrate)
    with ExitStack() as files:
        mp3 = files.enter_context(temporary_beside(episode.normalized))
        flac = files.enter_context(temporary_beside(episode.speech))
        write_speech(programme, gathered.loudness, flac, part_of(job.report, *_SHARES[1:3]))
        mastered = master(programme, before, target, mp3, part_of(job.report, *_SHARES[2:]))
        write_evidence(episode.voices_json, _voices(gathered, programme, episode))
        write_json(episode.loudness_json, _figures(gathered, programme, target, mastered))


def _gather(job: Job, channels: int) -> Gathered:
    total = job.episode.received_seconds or 1.0
    report = part_of(job.report, *_SHARES[:2])
    try:
        return gather(
            job.episode.recordings,
            job.scratch / "programme.f32",
            channels=channels,
            as_tracks=job.episode.has_tracks,
            heard=lambda seconds: report(min(1.0, seconds / total)),
        )
    except UndecodableError as error:
        raise EpisodeProblem(
            f"A recording of “{job.episode.slug}” cannot be read any more.",
            f"Put the file back in {job.episode.folder} as it was received.",
            str(error),
        ) from error


def _voices(gathered: Gathered, programme: Programme, episode: Episode) -> Evidence:
    """Each track or channel by itself, as late in the enclosure as in the speech file."""
    names = tuple(file.name for file in episode.recording.files)
    delay = DELAY_MOMENTS / RATE_HZ
    return evidence_of(
        gathered.apart,
        tracks=names if episode.has_tracks else (),
        begins_seconds=delay + programme.spool_begins_seconds,
        lasts_seconds=delay + programme.seconds,
    )


def _must_be_heard(gathered: Gathered, episode: Episode) -> None:
    if gathered.loudness.integrated_lufs == float("-inf"):
        raise EpisodeProblem(
            f"The recording of “{episode.slug}” is silent from start to end.",
            "Check that the right file was dropped and that its microphone was on.",
        )
    if gathered.cancels:
        raise EpisodeProblem(
            f"The two channels of “{episode.slug}” cancel each other: on one loudspeaker, and for "
            "the transcriber, nothing is left.",
            "One is upside down, as from a balanced cable in a stereo socket. Invert it in an "
            "audio editor, or keep the other alone; remove the episode's folder and drop the new "
            "file.",
        )


def _arrangement(audio: Audio, feed: Path) -> Arrangement:
    return Arrangement(
        trim_silence=audio.trim_silence,
        intro=feed / audio.intro if audio.intro else None,
        outro=feed / audio.outro if audio.outro else None,
        crossfade_seconds=audio.crossfade_seconds,
        fade_out_seconds=audio.fade_out_seconds,
    )


def _measured(programme: Programme, gathered: Gathered, channels: int) -> Loudness:
    """The programme's loudness; that of the recordings where stings and fades do not change it."""
    if programme.opening is None and programme.closing is None:
        return gathered.loudness
    return measure(programme.blocks(), channels)


def _figures(
    gathered: Gathered, programme: Programme, target: Target, mastered: Mastered
) -> dict[str, Any]:
    return {
        "version": 1,
        "target": asdict(target),
        "before": _rounded(gathered.loudness),
        "after": _rounded(mastered.loudness),
        "gain_db": round(mastered.settings.gain_db, 2),
        "limit_dbfs": round(mastered.settings.limit_db, 2),
        "renders": mastered.renders,
        "duration_seconds": round(programme.seconds, 3),
        "warnings": _warnings(gathered, target, mastered),
    }


def _rounded(loudness: Loudness) -> dict[str, float]:
    return {key: round(value, 2) for key, value in asdict(loudness).items()}


def _warnings(gathered: Gathered, target: Target, mastered: Mastered) -> list[str]:
    after = mastered.loudness
    found = []
    if not mastered.reached:
        found.append(
            f"The target of {target.integrated_lufs:g} LUFS and {target.true_peak_dbtp:g} dBTP "
            f"was not reached: {after.integrated_lufs:.1f} LUFS, {after.true_peak_dbtp:.1f} dBTP."
        )
    if gathered.loudness.integrated_lufs < -45:
        found.append("The recording is very quiet; its noise has been made louder too.")
    if gathered.loudness.true_peak_dbtp > 0:
        found.append("The recording is overloaded: its loudest peaks are beyond full scale.")
    return found
