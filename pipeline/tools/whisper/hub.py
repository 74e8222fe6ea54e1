"""The Hugging Face Hub: what a repository holds, and what of it lies in the cache on this machine.

The cache is the hub's own (`HF_HOME`), shared with every other program. A file lies there under
the digest of its content, `blobs/<digest>`, and a snapshot of the repository points to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.ground.files import disk_problems_in_words
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem

# The files of a model that faster-whisper reads (`faster_whisper.utils.download_model`).
_WANTED = ("config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.", "model.bin")
_NEEDED = ("config.json", "tokenizer.json", "model.bin")
_READ_BYTES = 1 << 20
SECONDS_TO_ANSWER = 10.0
PART_SUFFIX = ".etam.incomplete"
"""Ends the name of a file that has not arrived whole; the next download goes on with it."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository. `digest` is its SHA-256, or git's SHA-1 where the file is small."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a repository holds of a model, in the version that `commit` names."""

    repository: str
    commit: str
    files: tuple[HubFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    @property
    def missing_bytes(self) -> int:
        """What has to be downloaded yet; a file of the right size counts as there."""
        return sum(
            file.size - _bytes_here(self.repository, self.commit, file) for file in self.files
        )


def cache_folder() -> Path:
    """Where the hub's cache lies."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE)


def repository_folder(repository: str) -> Path:
    """Where the cache keeps all versions of one model, whether or not it is there."""
    return cache_folder() / f"models--{repository.replace('/', '--')}"


def cached_folder(repository: str) -> Path | None:
    """The folder of a model that was downloaded whole before, or None. Uses no network."""
    from huggingface_hub import try_to_load_from_cache

    found = [try_to_load_from_cache(repository, name) for name in _NEEDED]
    paths = [Path(path) for path in found if isinstance(path, str)]
    return paths[0].parent if len(paths) == len(_NEEDED) else None


def cached_repositories() -> list[str]:
    """Each repository in the cache that holds a whole model."""
    names = (folder.name for folder in cache_folder().glob("models--*--*"))
    repositories = sorted(name.removeprefix("models--").replace("--", "/", 1) for name in names)
    return [name for name in repositories if name.count("/") == 1 and cached_folder(name)]


def cached_bytes(repository: str) -> int:
    """How much of the disk the cache uses for a model, parts of downloads included."""
    files = repository_folder(repository).rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def look_up(repository: str, name: str, remedy: str) -> Listing:
    """What the hub has of a model now. Raises what `in_words` says."""
    with in_words(repository, name, remedy):
        return _listed(repository)


def _listed(repository: str, commit: str | None = None) -> Listing:
    from huggingface_hub import HfApi

    info = HfApi().model_info(
        repository, revision=commit, files_metadata=True, timeout=SECONDS_TO_ANSWER
    )
    files = tuple(
        HubFile(file.rfilename, file.size or 0, file.lfs.sha256 if file.lfs else file.blob_id or "")
        for file in info.siblings or []
        if file.rfilename.startswith(_WANTED)
    )
    has = {file.name for file in files}
    if missing := [name for name in _NEEDED if name not in has]:
        raise SetupProblem(
            f"{repository} is no faster-whisper model: it has no {' and no '.join(missing)}.",
            "Set transcription.model to a repository in CTranslate2's format.",
        )
    return Listing(repository, info.sha or "main", files)


def damaged_files(repository: str) -> list[str]:
    """The names of the cached files whose content is not what the hub says that it is.

    The name of a file in the cache is its digest, so this needs no network. Where the system has no
    links the hub is asked, and TemporaryProblem is raised when it does not answer.
    """
    folder = cached_folder(repository)
    if folder is None:
        return []
    files = sorted(file for file in folder.iterdir() if file.name.startswith(_WANTED))
    expected = _digests_of(repository, folder, files)
    return [file.name for file in files if not is_whole(file, expected.get(file.name, ""))]


def _digests_of(repository: str, folder: Path, files: list[Path]) -> dict[str, str]:
    if all(file.is_symlink() for file in files):
        return {file.name: file.readlink().name for file in files}
    with in_words(repository, repository, "Run again when there is a network."):
        return {file.name: file.digest for file in _listed(repository, folder.name).files}


def is_whole(file: Path, digest: str) -> bool:
    """Whether the file is there and has this SHA-256, or this SHA-1 of git's."""
    return file.is_file() and _digest_like(digest, file) == digest


def _digest_like(digest: str, file: Path) -> str:
    if len(digest) == hashlib.sha256().digest_size * 2:
        found = hashlib.sha256()
    else:  # https://git-scm.com/docs/git-hash-object
        found = hashlib.sha1(f"blob {file.stat().st_size}\0".encode(), usedforsecurity=False)
    with file.open("rb") as content:
        while block := content.read(_READ_BYTES):
            found.update(block)
    return found.hexdigest()


def place_of(repository: str, commit: str, file: HubFile) -> Path:
    """Where the content of a file lies, or would: on a system without links, in its snapshot."""
    folder = repository_folder(repository)
    copy = folder / "snapshots" / commit / file.name
    return copy if copy.is_file() and not copy.is_symlink() else folder / "blobs" / file.digest


def _bytes_here(repository: str, commit: str, file: HubFile) -> int:
    place = place_of(repository, commit, file)
    part = place.with_name(place.name + PART_SUFFIX)
    sizes = [path.stat().st_size for path in (place, part) if path.is_file()]
    return min(max(sizes, default=0), file.size)


def remove(repository: str) -> int:
    """Take a model out of the cache, with parts of downloads; the number of bytes freed."""
    from huggingface_hub import scan_cache_dir
    from huggingface_hub.errors import CacheNotFound

    folder = repository_folder(repository)
    size = cached_bytes(repository)
    with contextlib.suppress(CacheNotFound):  # it also clears what the hub shares between models
        scan = scan_cache_dir(cache_folder())
        ours = frozenset(cached for cached in scan.repos if cached.repo_path == folder)
        versions = [version.commit_hash for cached in ours for version in cached.revisions]
        # Copies of a repository have the same versions: of them all the others are left alone.
        replace(scan, repos=ours).delete_revisions(*versions).execute()
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    return size


@contextlib.contextmanager
def in_words(repository: str, name: str, remedy: str) -> Iterator[None]:
    """Say in words what the hub's library raises.

    TemporaryProblem when the network or the hub is the cause, SetupProblem when the disk is full or
    the repository is not there or not open to us.
    """
    from huggingface_hub import errors

    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # what goes wrong is said by us
    http_errors: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]
    try:
        with disk_problems_in_words(repository_folder(repository)):
            yield
    except PipelineError:
        raise
    except (http_errors, OSError, ValueError) as error:
        raise _problem(error, name, repository, remedy) from error


def _problem(error: Exception, name: str, repository: str, remedy: str) -> PipelineError:
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
