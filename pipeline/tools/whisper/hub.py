"""Models from the Hugging Face Hub: found in its cache without a network, or downloaded into it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.ground.files import disk_full_is_a_setup_problem
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem

Report = Callable[[float], None]

# The files of a model that faster-whisper reads (`faster_whisper.utils.download_model`).
_WANTED = ("config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.", "model.bin")
_NEEDED = ("config.json", "tokenizer.json", "model.bin")
_SECONDS_TO_ANSWER = 10.0


def cached_folder(repository: str) -> Path | None:
    """The folder of a model that was downloaded whole before, or None. Uses no network."""
    from huggingface_hub import try_to_load_from_cache

    found = [try_to_load_from_cache(repository, name) for name in _NEEDED]
    paths = [Path(path) for path in found if isinstance(path, str)]
    return paths[0].parent if len(paths) == len(_NEEDED) else None


def download(name: str, repository: str, remedy: str, report: Report) -> Path:
    """Download a model into the hub's cache and return its folder; what is there is kept.

    An interrupted download goes on where it stopped. Raises TemporaryProblem when the network or
    the hub is the cause, SetupProblem when the repository is not there or not open to us.
    """
    from huggingface_hub import constants, errors

    http_errors: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]
    try:
        with disk_full_is_a_setup_problem(Path(constants.HF_HUB_CACHE) / repository):
            return _downloaded(repository, report)
    except PipelineError:
        raise
    except (http_errors, OSError, ValueError) as error:
        raise _in_words(error, name, repository, remedy) from error


def _downloaded(repository: str, report: Report) -> Path:
    from huggingface_hub import HfApi, hf_hub_download

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # what goes wrong is said by us
    info = HfApi().model_info(repository, files_metadata=True, timeout=_SECONDS_TO_ANSWER)
    sizes = {
        file.rfilename: file.size or 0
        for file in info.siblings or []
        if file.rfilename.startswith(_WANTED)
    }
    if missing := [name for name in _NEEDED if name not in sizes]:
        raise SetupProblem(
            f"{repository} is no faster-whisper model: it has no {' and no '.join(missing)}.",
            "Set transcription.model to a repository in CTranslate2's format.",
        )
    counter = _byte_counter(report, sum(sizes.values()))
    paths = [
        hf_hub_download(repository, name, etag_timeout=_SECONDS_TO_ANSWER, tqdm_class=counter)
        for name in sorted(sizes, key=lambda name: sizes[name])
    ]
    return Path(paths[0]).parent


def _byte_counter(report: Report, total_bytes: int) -> Any:
    """What huggingface_hub takes for a progress bar; silent, it tells `report` the share done.

    It has the methods that `snapshot_download` gives its own stand-in, `_AggregatedTqdm`.
    """

    class Counter:
        done = 0.0

        def __init__(self, *_: Any, **settings: Any) -> None:
            self.update(settings.get("initial") or 0)

        def __enter__(self) -> Counter:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def update(self, count: float | None = 1) -> None:
            Counter.done += count or 0
            report(min(1.0, Counter.done / max(total_bytes, 1)))

        def update_transfer(self, count: float | None = 1) -> None:
            """Bytes from the network, which `update` counts when they are written."""

        def set_postfix_str(self, *_: Any, **__: Any) -> None: ...

        def set_transfer_postfix_str(self, *_: Any, **__: Any) -> None: ...

        def close(self) -> None: ...

    return Counter


def _in_words(error: Exception, name: str, repository: str, remedy: str) -> PipelineError:
    from huggingface_hub import errors

    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, errors.GatedRepoError):
        return SetupProblem(
            f"The model {repository} is open only to those whom its owner lets in.",
            "Ask for access on its page, and run `hf auth login` here; or choose another model.",
            detail,
        )
    if isinstance(error, errors.RepositoryNotFoundError | errors.HFValidationError):
        return SetupProblem(
            f"The Hugging Face Hub has no model {repository}.",
            "Correct transcription.model in feed/show.toml; a folder is written as ./folder.",
            detail,
        )
    if isinstance(error, errors.OfflineModeIsEnabled):
        return SetupProblem(
            f"The model “{name}” is not on this machine, and HF_HUB_OFFLINE forbids to fetch it.",
            f"Unset HF_HUB_OFFLINE. {remedy}",
            detail,
        )
    return TemporaryProblem(
        f"The model “{name}” is not on this machine yet and could not be downloaded: the network "
        "or the Hugging Face Hub did not answer.",
        remedy,
        detail,
    )
