"""Measure the exported model through faster-whisper: held-out sentences, no speech, the recording.

    python -m demo.evaluate

Held-out sentences are made with a seed of their own, and none of them is in the pool. Rates ignore
case and punctuation. Ends with 1 and says why when the model is not fit to be shipped.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jiwer
import numpy as np
from faster_whisper import WhisperModel
from numpy.typing import NDArray

from demo.export import MODEL
from demo.lossy import coded_and_back, decode
from demo.make_recording import RECORDING
from demo.pool import ENGLISH_VOICES
from demo.sentences import ENGLISH, common_words, from_template, plain, rare_words, script_lines
from demo.speech import SAMPLE_RATE, SEEN_VOICES, UNHEARD_VOICES, speak
from demo.wear import Wear, from_decibels

Samples = NDArray[np.float32]
MAKERS: dict[str, Callable[[random.Random], str]] = {
    "sentences of the domain": from_template,
    "common words, no sense": common_words,
    "half of the words rare": rare_words,
}
VOICES = {"seen voices": SEEN_VOICES, "never heard voices": UNHEARD_VOICES}


MOST_WORDS_WRONG = 0.15
MOST_INVENTED = 0.1
LEAST_LANGUAGES_FOUND = 0.9


@dataclass(frozen=True)
class Figures:
    """What decides whether a model is shipped: shares of words, clips and sentences."""

    words_wrong: float
    invented: float
    indonesian_found: float
    english_found: float

    @property
    def faults(self) -> list[str]:
        """What is not good enough, in words; tests/demo asks the same of the shipped model."""
        judged = [
            (self.words_wrong <= MOST_WORDS_WRONG, "words of the recording are wrong"),
            (self.invented <= MOST_INVENTED, "clips without speech are given text"),
            (self.indonesian_found >= LEAST_LANGUAGES_FOUND, "Indonesian is not recognized"),
            (self.english_found >= LEAST_LANGUAGES_FOUND, "English is not recognized"),
        ]
        return [fault for is_good, fault in judged if not is_good]


def evaluate(model_folder: Path, recording: Path, work: Path, sentences: int) -> Figures:
    """Print everything as Markdown tables."""
    model = WhisperModel(str(model_folder), device="cpu", compute_type="int8")
    print("| held-out sentences | voices | WER | CER |\n|---|---|---|---|")
    for row in held_out(model, spoken_texts(work / "pool"), sentences):
        print("| {} | {} | {:.1%} | {:.1%} |".format(*row))
    print("\n| the recording | WER | CER |\n|---|---|---|")
    versions = list(worn(model, recording))
    for version in versions:
        print("| {} | {:.1%} | {:.1%} |".format(*version))
    answered, count = without_speech(model, 40)
    print(f"\nText written for {answered} of {count} clips without speech.")
    english, indonesian = languages(model, 40)
    print(f"Language found: Indonesian {indonesian:.0%}, English {english:.0%}.")
    return Figures(versions[0][1], answered / count, indonesian, english)


def held_out(
    model: WhisperModel, known: set[str], count: int
) -> Iterator[tuple[str, str, float, float]]:
    rng = random.Random(1_000_003)
    for kind, make in MAKERS.items():
        for voices_name, voices in VOICES.items():
            truths = [text for text in (make(rng) for _ in range(3 * count)) if text not in known]
            truths = truths[:count]
            heard = [
                transcribe(model, _padded(speak(text, rng.choice(voices), _speed(rng)).samples))
                for text in truths
            ]
            yield kind, voices_name, *rates(truths, heard)


def spoken_texts(pool: Path) -> set[str]:
    """Everything that training may have heard."""
    return {clip["text"] for path in pool.glob("*.json") for clip in json.loads(path.read_text())}


def worn(model: WhisperModel, recording: Path) -> Iterator[tuple[str, float, float]]:
    """The sample recording as it is, and worn."""
    samples = decode(recording.read_bytes(), SAMPLE_RATE)
    truth = [" ".join(script_lines())]
    mp3 = coded_and_back(samples, SAMPLE_RATE, "mp3", "libmp3lame", 48_000)
    versions: dict[str, tuple[Samples, dict[str, object]]] = {
        "as it is": (samples, {}),
        "as it is, beam of 5": (samples, {"beam_size": 5}),
        "cut at pauses by the voice detector": (samples, {"vad_filter": True}),
        "12 dB quieter": (samples * from_decibels(-12), {}),
        "MP3 at 48 kbit/s, 6 dB louder, clipped": ((mp3 * 2).clip(-1, 1), {}),
        "with hotwords": (samples, {"hotwords": "Diskominfo, Kutai Kartanegara, Budi Santoso"}),
    }
    for name, (version, options) in versions.items():
        yield name, *rates(truth, [transcribe(model, version, **options)])


def without_speech(model: WhisperModel, count: int) -> tuple[int, int]:
    """How many clips of silence, noise and chords were given text."""
    wear = Wear(seed=1_000_003)
    clips = [wear.without_speech(wear.rng.uniform(2, 10)) for _ in range(count)]
    clips.append(np.zeros(5 * SAMPLE_RATE, np.float32))
    return sum(bool(transcribe(model, clip)) for clip in clips), len(clips)


def languages(model: WhisperModel, count: int) -> tuple[float, float]:
    """Shares of English and of Indonesian sentences whose language was found."""
    rng = random.Random(1_000_003)
    english = [speak(rng.choice(ENGLISH), rng.choice(ENGLISH_VOICES)) for _ in range(count)]
    local = [speak(from_template(rng), rng.choice(SEEN_VOICES)) for _ in range(count)]
    found = [
        [model.detect_language(speech.samples)[0] for speech in spoken]
        for spoken in (english, local)
    ]
    return found[0].count("en") / count, found[1].count("id") / count


def transcribe(model: WhisperModel, samples: Samples, **options: object) -> str:
    settings = {"language": "id", "beam_size": 1, "condition_on_previous_text": False} | options
    segments, _ = model.transcribe(samples, **settings)
    return " ".join(segment.text for segment in segments)


def rates(truths: list[str], heard: list[str]) -> tuple[float, float]:
    """Word and character error rate over all texts."""
    truths, heard = [plain(text) for text in truths], [plain(text) for text in heard]
    return float(jiwer.wer(truths, heard)), float(jiwer.cer(truths, heard))


def _padded(samples: Samples) -> Samples:
    return np.pad(samples, (SAMPLE_RATE // 5, SAMPLE_RATE // 5))


def _speed(rng: random.Random) -> int:
    return rng.randint(130, 170)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--model-folder", type=Path, default=MODEL)
    arguments.add_argument("--recording", type=Path, default=RECORDING)
    arguments.add_argument("--work", type=Path, default=Path(".cache/demo-model"))
    arguments.add_argument("--sentences", type=int, default=60)
    faults = evaluate(**vars(arguments.parse_args())).faults
    if faults:
        sys.exit(f"This model is not fit to be shipped: {', '.join(faults)}.")
