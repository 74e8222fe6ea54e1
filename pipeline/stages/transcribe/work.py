"""The work of transcribing: hear, say who speaks, put it in writing."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.ground.files import write_json
from pipeline.ground.stage import Job, Report
from pipeline.stages.transcribe import settings_of, speakers, wording
from pipeline.stages.transcribe.hearing_once import heard_before, keep_heard
from pipeline.stages.transcribe.means import means_for
from pipeline.stages.transcribe.so_far import forget_so_far
from pipeline.tools.audio.speech_reading import speech_blocks
from pipeline.tools.whisper import engine, transcribing
from pipeline.tools.whisper.models import obtain_model, resolve_model
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.hotwords import as_hint
from pipeline.words.transcript import Transcript

_SHARE_OF_DOWNLOAD = 0.5


def transcribe(job: Job) -> None:
    """Write the machine's transcript of `job.episode`.

    Raises EpisodeProblem when nobody speaks, SetupProblem or TemporaryProblem when the model is not
    at hand: the episode then waits at this stage, and no other model is taken instead.
    """
    voices = speakers.told_apart(job)
    hotwords = wording.hotwords_for(job)
    heard = heard_before(job, hotwords) or _heard(job, hotwords)
    if not heard.segments:
        raise _nobody_speaks(job.episode, heard)
    transcript = speakers.named(job, heard, voices)
    transcript = wording.in_writing(job, transcript)
    wording.keep_hotwords(job, hotwords)
    keep_heard(job, hotwords, heard)
    write_json(job.episode.transcript_json, transcript.to_json())
    forget_so_far(job.episode)


def _heard(job: Job, hotwords: tuple[str, ...]) -> Transcript:
    wishes = job.show.transcription
    model = resolve_model(wishes.model, job.root, wishes.device)
    report: Report = job.report
    if model.folder is None:
        report = _between(_SHARE_OF_DOWNLOAD, 1.0, job.report)
    folder = obtain_model(model, _between(0.0, _SHARE_OF_DOWNLOAD, job.report))
    loaded = engine.load(folder, wishes.device, wishes.compute_type)
    hint = as_hint(wishes.hint, hotwords if wishes.hotwords else (), loaded.takes_hint)
    means = means_for(job, model.name, folder)
    heard = transcribing.transcribe(
        loaded,
        lambda: speech_blocks(job.episode.speech),
        language=wishes.language,
        beam_size=wishes.beam_size,
        hint=hint,
        model=model.name,
        settings={
            **settings_of(job.episode, job.show),
            "hint_given": hint,
            "computed_as": loaded.compute_type,
        },
        report=report,
        means=means,
    )
    if means.store:
        means.store.forget_unused()
    return heard


def _between(first: float, last: float, report: Report) -> Callable[[float], None]:
    """A report of one part of the work, as that part of the whole."""
    return lambda done: report(first + (last - first) * done)


def _nobody_speaks(episode: Episode, transcript: Transcript) -> EpisodeProblem:
    if transcript.unheard:
        return EpisodeProblem(
            f"Somebody speaks in “{episode.slug}”, but the model “{transcript.model}” understood "
            "no word.",
            "Check transcription.language and transcription.model in feed/show.toml, and listen to "
            f"{episode.speech.name} in {episode.folder}.",
        )
    return EpisodeProblem(
        f"Nobody is heard to speak in “{episode.slug}”.",
        f"Listen to {episode.speech.name} in {episode.folder}: if it is the wrong recording or the "
        "wrong track, remove the episode's folder and drop the right one.",
    )
