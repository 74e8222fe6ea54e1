"""One span of an episode heard again, and the times of a text that an editor wrote there.

For the review application: no file of the episode is written, and the model stays loaded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ground.config import Show
from pipeline.ground.files import Digests, read_json
from pipeline.ground.stage import Job
from pipeline.stages.transcribe import wording
from pipeline.tools.audio.samples import Samples
from pipeline.tools.audio.speech_reading import speech_piece, speech_seconds
from pipeline.tools.whisper import engine, transcribing
from pipeline.tools.whisper.aligning import aligned
from pipeline.tools.whisper.engine import Engine
from pipeline.tools.whisper.heard import HeardWindow
from pipeline.tools.whisper.models import ResolvedModel, how_to_get, not_here_yet, resolve_model
from pipeline.tools.whisper.transcribing import Means
from pipeline.tools.whisper.window_store import WindowStore
from pipeline.tools.whisper.work_unit import model_key
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem, SetupProblem
from pipeline.words.hotwords import as_hint
from pipeline.words.reading import words_to_read
from pipeline.words.review.timing import retimed
from pipeline.words.transcript import Transcript, Word

LONGEST_SPAN_SECONDS = 600.0
"""A span is held in memory (64 kB a second), and somebody waits for it."""

_SHORTEST_SPAN_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Ear:
    """With what a span is heard: empty or None where the show's own settings are wanted.

    `hint=None` is the show's hint and the names the episode was heard with; "" is no hint at all.
    """

    model: str = ""
    language: str = ""
    hint: str | None = None
    beam_size: int = 0


def hear_span(
    episode: Episode, show: Show, start_seconds: float, end_seconds: float, ear: Ear = Ear()
) -> Transcript:
    """What is said between two times of an episode, on the episode's time line; nothing is written.

    It may have no segments: what the model wrote and the gates refused is in `left_out` then. The
    same question is answered from `.cache/windows`. Raises EpisodeProblem for a span or a speech
    file that cannot be heard, SetupProblem when the model is not on this machine (nothing is
    downloaded) or does not know the language.
    """
    sound = _sound(episode, start_seconds, end_seconds)
    job = _job(episode, show)
    model, folder = _model(ear.model or show.transcription.model, show, episode.root)
    loaded = _loaded(folder, show)
    heard = transcribing.transcribe(
        loaded,
        lambda: [sound],
        language=_language(episode, show, ear),
        beam_size=ear.beam_size or show.transcription.beam_size,
        hint=_hint(job, ear, loaded),
        model=model,
        settings={"span": [start_seconds, end_seconds]},
        report=job.report,
        means=_means(episode.root, model, folder),
    )
    return _later(wording.in_writing(job, heard), start_seconds)


def align_line(
    episode: Episode,
    show: Show,
    start_seconds: float,
    end_seconds: float,
    text: str,
    ear: Ear = Ear(),
) -> tuple[Word, ...] | None:
    """The words of `text`, parted by spaces, with the times at which they are said in that span.

    The model follows the text; where the span is longer than it hears at once, it is heard, and
    the words take the times of those that are the same or stand in their place. None where neither
    can be done. A word's probability says how likely the model holds it there, 1.0 where it was not
    asked. Raises what `hear_span` raises.
    """
    texts = text.split()
    sound = _sound(episode, start_seconds, end_seconds)
    _, folder = _model(ear.model or show.transcription.model, show, episode.root)
    loaded = _loaded(folder, show)
    language = _language(episode, show, ear)
    code = loaded.code_of(show.show.language if language == "auto" else language)
    if (words := aligned(loaded, sound, texts, code)) is not None:
        return tuple(_moved(words, start_seconds))
    if not texts:
        return None
    return _words_by_hearing(hear_span(episode, show, start_seconds, end_seconds, ear), texts)


def _sound(episode: Episode, start_seconds: float, end_seconds: float) -> Samples:
    """The span's samples. Raises EpisodeProblem where there are none, or too many."""
    if not episode.speech.is_file():
        raise EpisodeProblem(
            f"“{episode.slug}” has no {episode.speech.name} to listen to yet.",
            f"Run `etam run {episode.slug}` first.",
        )
    seconds = speech_seconds(episode.speech)
    end_seconds = min(end_seconds, seconds)
    times = (start_seconds, end_seconds)
    if not all(map(math.isfinite, times)) or not 0 <= start_seconds < end_seconds:
        raise _no_span(episode, f"It lies outside of the {seconds:.1f} s of the episode.")
    if end_seconds - start_seconds < _SHORTEST_SPAN_SECONDS:
        raise _no_span(episode, "It is too short to hold a word.")
    if end_seconds - start_seconds > LONGEST_SPAN_SECONDS:
        raise _no_span(episode, f"It is longer than {LONGEST_SPAN_SECONDS:.0f} s.")
    return speech_piece(episode.speech, start_seconds, end_seconds - start_seconds)


def _no_span(episode: Episode, why: str) -> EpisodeProblem:
    return EpisodeProblem(
        f"That span of “{episode.slug}” cannot be heard. {why}", "Choose another start or end."
    )


def _model(setting: str, show: Show, root: Path) -> tuple[str, Path]:
    """Name and folder of a model. Raises SetupProblem when it is not on this machine."""
    model: ResolvedModel = resolve_model(setting, root, show.transcription.device)
    if model.folder is None:
        raise SetupProblem(not_here_yet(model), how_to_get(model))
    return model.name, model.folder


def _loaded(folder: Path, show: Show) -> Engine:
    return engine.load(folder, show.transcription.device, show.transcription.compute_type)


def _language(episode: Episode, show: Show, ear: Ear) -> str:
    """As asked; where it is to be told by listening, that of the transcript before “auto”."""
    wished = ear.language or show.transcription.language
    if wished != "auto":
        return wished
    return _language_of_transcript(episode) or wished


def _language_of_transcript(episode: Episode) -> str:
    """What the whole episode was heard in: it tells more than a span. Empty where there is none."""
    try:
        return str(read_json(episode.transcript_json)["language"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _hint(job: Job, ear: Ear, loaded: Engine) -> str:
    if ear.hint is not None:
        return ear.hint
    wishes = job.show.transcription
    words = wording.hotwords_for(job) if wishes.hotwords else ()
    return as_hint(wishes.hint, words, loaded.takes_hint)


def _means(root: Path, model: str, folder: Path) -> Means:
    digests = Digests(root / ".cache" / "model-digests.json")
    digest = model_key(model, folder, digests).digest
    digests.save()
    return Means(store=WindowStore(root / ".cache" / "windows"), model_digest=digest)


def _job(episode: Episode, show: Show) -> Job:
    cache = episode.root / ".cache"
    return Job(episode, show, episode.root, cache, report=lambda _done: None)


def _later(transcript: Transcript, seconds: float) -> Transcript:
    """A transcript of a span, on the time line of the episode."""
    moved = HeardWindow(transcript.segments, transcript.left_out).moved(seconds)
    return replace(
        transcript,
        segments=moved.segments,
        left_out=moved.left_out,
        unheard=tuple((start + seconds, end + seconds) for start, end in transcript.unheard),
    )


def _moved(words: Sequence[Word], seconds: float) -> Iterator[Word]:
    for word in words:
        yield replace(word, start=round(word.start + seconds, 2), end=round(word.end + seconds, 2))


def _words_by_hearing(heard: Transcript, texts: Sequence[str]) -> tuple[Word, ...] | None:
    words = [word for segment in heard.segments for word in words_to_read(segment)]
    return retimed(words, texts, words[0].start, words[-1].end) if words else None
