"""faster-whisper and CTranslate2: a model loaded once, and in words why it will not load."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from pipeline.tools.whisper.hardware import usable_cores
from pipeline.tools.whisper.remembering import remember_sounds
from pipeline.words.errors import SetupProblem, TemporaryProblem

# What `compute_type = "default"` means. CTranslate2's own default would turn the float16 weights
# of the published models into float32 on a CPU: twice the time and memory for 0.2 points of WER.
_DEFAULT_COMPUTE_TYPE = {"cpu": "int8", "cuda": "float16"}

# Whisper's codes that differ from the show's (ISO 639-1).
_WHISPER_CODE = {"jv": "jw", "nb": "no", "fil": "tl"}


# More workers than this need more memory for what they compute than they save in time.
_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Engine:
    """A loaded model, which `workers` threads can use at once; each works within `at_work`."""

    model: Any
    device: str
    compute_type: str
    workers: int
    places: threading.Semaphore

    @property
    def window_seconds(self) -> int:
        """The longest audio the model hears at once: 30 s, or what its own folder says."""
        return int(self.model.feature_extractor.chunk_length)

    @property
    def multilingual(self) -> bool:
        return bool(self.model.model.is_multilingual)

    def code_of(self, language: str) -> str:
        """Whisper's code of a language such as “id” or “id-ID”.

        Raises SetupProblem when the model does not know that language.
        """
        code = language.replace("_", "-").partition("-")[0].lower()
        code = _WHISPER_CODE.get(code, code)
        known = ["en"] if not self.multilingual else None
        token = self.model.hf_tokenizer.token_to_id(f"<|{code}|>")
        if (known and code not in known) or (not known and token is None):
            raise SetupProblem(
                f"The model does not know the language “{language}”; it knows "
                f"{', '.join(self.languages())}.",
                "Set transcription.language to one of these or to auto, or choose another model.",
            )
        return code

    def refuse_long_hint(self, hint: str) -> None:
        """Raise SetupProblem when the model would hear only a part of `hint`."""
        if not self.takes_hint(hint):
            tokens, most = self._tokens(hint), self._most_hint_tokens
            raise SetupProblem(
                f"transcription.hint has {tokens} tokens, and the model can be given {most}.",
                "Keep the names that are said most often.",
            )

    def takes_hint(self, hint: str) -> bool:
        """Whether the model would hear all of `hint`."""
        return not hint or self._tokens(hint) <= self._most_hint_tokens

    @property
    def _most_hint_tokens(self) -> int:
        return int(self.model.max_length) // 2 - 1  # faster-whisper cuts the rest off

    def _tokens(self, text: str) -> int:
        return len(self.model.hf_tokenizer.encode(f" {text.strip()}", add_special_tokens=False))

    def languages(self) -> list[str]:
        """The languages that the model has tokens for, as the show writes them."""
        if not self.multilingual:
            return ["en"]
        has = self.model.hf_tokenizer.token_to_id
        codes = [code for code in self.model.supported_languages if has(f"<|{code}|>") is not None]
        return sorted(language_of(code) for code in codes)


before_loading: list[Callable[[], None]] = []
"""Called before another model is loaded, so that nobody holds the memory of the one before."""

_LOADED: dict[tuple[Any, ...], Engine] = {}
_LOADING = threading.Lock()


def load(
    folder: Path, device: str = "auto", compute_type: str = "default", workers: int = 0
) -> Engine:
    """The model in `folder`, loaded once for this process; another one takes its place.

    `workers` threads share its weights; 0 means as many as keep this machine's cores at work.
    Raises SetupProblem in words when it cannot be: a broken file, a device that is not there, a
    type that the device cannot compute, too little memory.
    """
    real_device = _device(device)
    real_type = _compute_type(real_device, compute_type)
    team = _team(real_device, workers)
    key = (folder, real_device, real_type, team, *_stats(folder))
    with _LOADING:
        if key not in _LOADED:
            _LOADED.clear()
            for let_go in before_loading:
                let_go()
            _LOADED[key] = _loaded(folder, real_device, real_type, *team)
        return _LOADED[key]


def _stats(folder: Path) -> Iterator[tuple[str, int, int]]:
    """What changes when somebody puts other files into a model's folder."""
    for file in sorted(folder.iterdir()):
        stat = file.stat()
        yield file.name, stat.st_mtime_ns, stat.st_size


def count_gpus() -> int:
    """How many GPUs CTranslate2 can compute on."""
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())


def silero_session() -> Any:
    """The ONNX session of the Silero voice detector that faster-whisper carries with it."""
    from faster_whisper.vad import get_vad_model

    return get_vad_model().session


def language_of(code: str) -> str:
    """The show's code of Whisper's language code."""
    return {whisper: iso for iso, whisper in _WHISPER_CODE.items()}.get(code, code)


@contextlib.contextmanager
def at_work(engine: Engine) -> Iterator[Any]:
    """faster-whisper's model, in one of its places; what CTranslate2 throws is put in words.

    Episodes that are heard side by side share the places, so no core has two things to compute. A
    model of which one file belongs to another model is found out only here.
    """
    with engine.places:
        try:
            yield engine.model
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            what = f"The model stopped while it worked on the {engine.device.upper()}"
            raise _in_words(error, what, engine.device) from error


def _device(device: str) -> str:
    if device == "auto":
        return "cuda" if count_gpus() else "cpu"
    if device == "cuda" and not count_gpus():
        raise SetupProblem(
            "transcription.device is cuda, but CTranslate2 finds no GPU on this machine.",
            "Set it to auto or cpu, or install the NVIDIA driver.",
        )
    return device


def _compute_type(device: str, wanted: str) -> str:
    import ctranslate2

    able = ctranslate2.get_supported_compute_types(device)
    if wanted == "default":
        best = _DEFAULT_COMPUTE_TYPE[device]
        return best if best in able else "float32"
    if wanted != "auto" and wanted not in able:
        raise SetupProblem(
            f"transcription.compute_type “{wanted}” cannot be computed on this {device.upper()}.",
            f"Set it to default, auto or one of {', '.join(sorted(able))}.",
        )
    return wanted


def _team(device: str, workers: int) -> tuple[int, int]:
    """How many workers, and how many threads each of them computes with.

    Two workers of one thread do an eighth more than one of two: only a part of the work for one
    window can be shared. A GPU is kept busy by batches instead.
    """
    if device == "cuda":
        return workers or 1, 0
    told = os.environ.get("OMP_NUM_THREADS", "")
    cores = usable_cores()
    threads = int(told) if told.isdigit() and int(told) else 0
    workers = workers or min(_MOST_WORKERS, max(1, cores // (threads or 1)))
    return workers, threads or max(1, cores // workers)


def _loaded(folder: Path, device: str, compute_type: str, workers: int, threads: int) -> Engine:
    import ctranslate2
    from faster_whisper import WhisperModel

    _refuse_broken_json(folder)
    _sum_in_one_thread()
    logging.getLogger("faster_whisper").setLevel(logging.ERROR)
    ctranslate2.set_log_level(logging.ERROR)
    try:
        model = WhisperModel(
            str(folder),
            device=device,
            compute_type=compute_type,
            cpu_threads=threads,
            num_workers=workers,
            local_files_only=True,
        )
    except Exception as error:  # tokenizers raises no narrower class
        raise _in_words(error, f"The model in {folder} cannot be loaded", device) from error
    remember_sounds(model)
    places = threading.Semaphore(workers)
    return Engine(model, device, str(model.model.compute_type), workers, places)


def _sum_in_one_thread() -> None:
    """Spectra of the same sound are the same however many cores a machine has.

    NumPy's sums differ in the last digit when threads share them, and int8 makes words of that. The
    windows already fill the cores.
    """
    threadpool_limits(limits=1, user_api="blas")


def _refuse_broken_json(folder: Path) -> None:
    """`tokenizers` raises a bare Exception on a broken file: find it out first."""
    for name in ("config.json", "tokenizer.json", "preprocessor_config.json", "vocabulary.json"):
        file = folder / name
        try:
            if file.is_file():
                json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise SetupProblem(
                f"{name} of the model in {folder} is damaged.", _COPY_AGAIN, str(error)
            ) from error


_COPY_AGAIN = "Copy the model's folder again, or delete it so that it is downloaded anew."

# A part of what CTranslate2 says (lower case), what it means, what to do.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        "binary version",
        "it was made by a newer CTranslate2 than the one installed",
        "Update etam, or convert the model again with this version.",
    ),
    ("incomplete", "its file model.bin is cut short", _COPY_AGAIN),
    ("invalid payload size", "its file model.bin is cut short", _COPY_AGAIN),
    ("cannot load the vocabulary", "its vocabulary is missing", _COPY_AGAIN),
    ("unable to open file 'model.bin'", "its file model.bin cannot be read", _COPY_AGAIN),
    (
        "invalid input features shape",
        "its preprocessor_config.json belongs to another model, or is missing",
        "Copy that file from where the model came from; large-v3 hears 128 bands and others 80.",
    ),
    (
        "is not found or cannot be loaded",
        "a library of NVIDIA's is missing",
        "Install cuBLAS and cuDNN for CUDA 12, or set transcription.device to cpu.",
    ),
    (
        "cuda",
        "the GPU reported an error",
        "Run `nvidia-smi` to see whether it works, or set transcription.device to cpu.",
    ),
)


def _in_words(error: Exception, what: str, device: str) -> SetupProblem | TemporaryProblem:
    said = str(error)
    if isinstance(error, MemoryError) or "out of memory" in said or "bad_alloc" in said:
        return TemporaryProblem(
            f"{what}: the {device.upper()} has not enough memory free.",
            "Close other programs, or set transcription.model to a smaller one.",
            said,
        )
    for part, meaning, remedy in _MEANINGS:
        if part in said.lower():
            return SetupProblem(f"{what}: {meaning}.", remedy, said)
    return SetupProblem(
        f"{what}: its files are damaged or do not belong together.", _COPY_AGAIN, said
    )
