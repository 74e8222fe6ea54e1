"""`feed/show.toml`: everything about the show that a person decides, checked when it is read."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    EmailStr,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo

from pipeline.ground.categories import APPLE_CATEGORIES, nearest_category
from pipeline.ground.cluster_settings import Cluster
from pipeline.ground.feed_settings import Feed, Identity
from pipeline.ground.grounding_settings import Grounding
from pipeline.ground.language_model_settings import LanguageModel
from pipeline.ground.setting_types import BaseAddress, Language, LanguageOrAuto, Section, WebAddress
from pipeline.ground.wordpress_settings import WordPress
from pipeline.words.errors import SetupProblem

# How much of a wrong value a sentence repeats, in characters.
_MOST_SHOWN = 60


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        nearest = get_close_matches(value, sorted(available_timezones()), n=1, cutoff=0.0)
        hint = f"; the nearest is “{nearest[0]}”" if nearest else ""
        raise ValueError(f"there is no time zone “{value}”{hint}") from error
    return value


def _category(value: str) -> str:
    if value not in APPLE_CATEGORIES:
        raise ValueError(
            f"Apple Podcasts has no category “{value}”; the nearest is “{nearest_category(value)}”"
        )
    return value


Category = Annotated[str, AfterValidator(_category)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
LoudnessTarget = Annotated[float, Field(ge=-31, le=-9)]


class ShowInfo(Section):
    """The channel of the feed."""

    title: Annotated[str, Field(min_length=1, max_length=255)]
    description: Annotated[str, Field(min_length=1, max_length=4000)]
    author: Annotated[str, Field(min_length=1, max_length=255)]
    owner_name: str = ""
    owner_email: EmailStr
    language: Language = "id"
    link: WebAddress | None = None
    categories: Annotated[list[Category], Field(min_length=1, max_length=3)]
    explicit: bool = False
    kind: Literal["episodic", "serial"] = "episodic"
    artwork: str = "artwork.jpg"
    copyright: str = ""
    timezone: TimeZone = "Asia/Makassar"
    host: str = ""
    podcast_guid: Identity = ""
    locked: bool = True
    funding_url: WebAddress | None = None
    funding_text: str = ""


class Audio(Section):
    """How an enclosure sounds."""

    channels: Literal["stereo", "mono"] = "stereo"
    target_lufs: LoudnessTarget | None = None
    true_peak_dbtp: Annotated[float, Field(ge=-9, le=0)] = -1.0
    bitrate_kbps: Literal[64, 80, 96, 112, 128, 160, 192, 224, 256, 320] | None = None
    intro: str = ""
    outro: str = ""
    crossfade_seconds: Annotated[float, Field(ge=0, le=10)] = 1.0
    fade_out_seconds: Annotated[float, Field(ge=0, le=30)] = 0.0
    trim_silence: bool = True

    @property
    def target(self) -> float:
        """The integrated loudness in LUFS: −16 (stereo) or −19 (mono) unless told otherwise."""
        default = -16.0 if self.channels == "stereo" else -19.0
        return default if self.target_lufs is None else self.target_lufs

    @property
    def bitrate(self) -> int:
        """kbit/s: 128 for stereo and 96 for mono unless told otherwise."""
        return self.bitrate_kbps or (128 if self.channels == "stereo" else 96)


class Transcription(Section):
    """How speech becomes text. `model` is a name, a folder, `demo` or `auto`."""

    model: Annotated[str, Field(min_length=1)] = "auto"
    language: LanguageOrAuto = "id"
    beam_size: Annotated[int, Field(ge=1, le=20)] = 5
    device: Literal["auto", "cpu", "cuda"] = "auto"
    compute_type: str = "default"
    hint: str = ""
    hotwords: bool = True
    speakers: Literal["auto", "guess", "pyannote", "off"] = "auto"
    speakers_model: str = "pyannote/speaker-diarization-community-1"


class Article(Section):
    """What an article draft says about who publishes it."""

    outlet: str = ""
    place: str = ""
    byline: str = ""
    label: str = ""
    llm: LanguageModel = LanguageModel()


class Publish(Section):
    """Where the feed and its files go. Secrets come from the AWS credential chain alone."""

    approval: Literal["editor", "automatic"] = "editor"
    target: Literal["folder", "s3"] = "folder"
    base_url: BaseAddress
    bucket: str = ""
    prefix: str = ""
    endpoint: WebAddress | None = None
    region: str = ""
    addressing: Literal["auto", "path", "virtual"] = "auto"
    ca_bundle: str = ""
    cloudfront_distribution: Annotated[str, Field(pattern=r"^[A-Z0-9]*$")] = ""

    @model_validator(mode="after")
    def _s3_needs_a_bucket(self) -> Publish:
        if self.target == "s3" and not self.bucket:
            raise ValueError("target “s3” needs the key “bucket”")
        return self


class Show(Section):
    """The whole of `feed/show.toml`."""

    show: ShowInfo
    audio: Audio = Audio()
    transcription: Transcription = Transcription()
    cluster: Cluster = Cluster()
    article: Article = Article()
    grounding: Grounding = Grounding()
    feed: Feed = Feed()
    wordpress: WordPress = WordPress()
    publish: Publish


def read_show(path: Path) -> Show:
    """The show's settings.

    Raises SetupProblem with one sentence for each thing that is wrong: the key, what is wrong with
    it, and the nearest right value.
    """
    try:
        return show_of(path.read_text(encoding="utf-8-sig"), path)  # Notepad writes a BOM
    except FileNotFoundError as error:
        raise SetupProblem(
            f"There is no {path.name} in {path.parent}.",
            "Run `etam init` in the folder that should hold the show.",
        ) from error
    except OSError as error:
        raise SetupProblem(
            f"{path} cannot be read: {error.strerror}.", "Give yourself the right to read it."
        ) from error
    except UnicodeDecodeError as error:
        raise SetupProblem(f"{path} is not valid TOML: {error}.", "Save it in UTF-8.") from error


def show_of(text: str, path: Path) -> Show:
    """The settings in the text of a `show.toml`; SetupProblem names it by its `path`."""
    try:
        return Show.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SetupProblem(f"{path} is not valid TOML: {error}.", "Correct that line.") from error
    except ValidationError as error:
        sentences = [sentence_for(problem, Show) for problem in error.errors()]
        raise SetupProblem(
            f"{path}: " + " ".join(sentences), "Correct it and run again."
        ) from error


def sentence_for(problem: Any, model: type[BaseModel]) -> str:
    """One validation error of pydantic as a sentence that names the key."""
    place = [part for part in problem["loc"] if isinstance(part, str | int)]
    key = ".".join(str(part) for part in place if not str(part).startswith("function-"))
    match problem["type"]:
        case "extra_forbidden":
            nearest = get_close_matches(str(place[-1]), _keys_beside(place, model), n=1, cutoff=0.5)
            hint = f"; did you mean “{nearest[0]}”?" if nearest else "."
            return f"The key “{key}” is unknown{hint}"
        case "missing":
            return f"The key “{key}” is missing."
        case "literal_error":
            allowed = problem["ctx"]["expected"]
            return f"“{key}” cannot be {problem['input']!r}; it is one of {allowed}."
        case "value_error":
            return f"“{key}”: {problem['msg'].removeprefix('Value error, ').rstrip('.')}."
        case _:
            message = problem["msg"][0].lower() + problem["msg"][1:]
            return f"“{key}”: {message} (found {_shortly(problem['input'])})."


def _shortly(found: object) -> str:
    said = repr(found)
    return said if len(said) <= _MOST_SHOWN else f"{said[:_MOST_SHOWN]}…"


def _keys_beside(place: list[Any], model: type[BaseModel]) -> list[str]:
    """The keys that are known where an unknown one was found."""
    for part in place[:-1]:
        if isinstance(part, int):
            continue  # an entry of a list has the keys of all its entries
        inner = _model_in(model.model_fields.get(str(part)))
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _model_in(field: FieldInfo | None) -> type[BaseModel] | None:
    if field is None:
        return None
    candidates = [field.annotation, *get_args(field.annotation)]
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)
