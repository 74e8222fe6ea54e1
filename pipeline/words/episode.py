"""An episode: what people say about it, what was recorded, and where its files are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from pipeline.words.chapters import GivenChapter
from pipeline.words.podcasting import Correction, Person, SocialPost, Soundbite

_SAME_LENGTH_SECONDS = 1.0


class EpisodeType(StrEnum):
    """`itunes:episodeType`."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class Layout(StrEnum):
    """How several recordings make one episode."""

    AUTO = "auto"
    PARTS = "parts"
    TRACKS = "tracks"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who speaks in the episode; `image` and `link` are web addresses."""

    name: str
    role: str = ""
    image: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class TrackSpeaker:
    """Whose voice a track holds: `track` is a recording's name, `left`, `right` or a number.

    Without a name nobody speaks there: music, sounds.
    """

    track: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeDetails:
    """What people say about the episode: the content of `episode.toml`."""

    title: str
    date: date
    guests: tuple[Guest, ...] = ()
    host: str = ""
    place: str = ""
    summary: str = ""
    season: int | None = None
    number: int | None = None
    episode_type: EpisodeType = EpisodeType.FULL
    explicit: bool | None = None
    tags: tuple[str, ...] = ()
    layout: Layout = Layout.AUTO
    publish_at: datetime | None = None
    speakers: tuple[TrackSpeaker, ...] = ()
    number_display: str = ""
    geo: str = ""
    osm: str = ""
    country: str = ""
    license: str = ""
    license_url: str = ""
    credits: tuple[Person, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    social: tuple[SocialPost, ...] = ()
    corrections: tuple[Correction, ...] = ()
    chapters: tuple[GivenChapter, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingFile:
    """One audio or video file as it was received. `size` is in bytes."""

    name: str
    sha256: str
    size: int
    duration_seconds: float
    channels: int
    sample_rate_hz: int
    codec: str
    container: str


@dataclass(frozen=True, slots=True)
class Recording:
    """Everything ingest knows about what was dropped: the content of `recording.json`.

    `guid` is the episode's identity in the feed: given once, never changed. An imported episode was
    public before: `published_at` is when, and stays its `pubDate`.
    """

    guid: str
    received_at: datetime
    original_name: str
    files: tuple[RecordingFile, ...]
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of a workspace, and the name of each of its files.

    `folder` is `episodes/<slug>`, `texts` is `transcripts/<slug>`; both absolute.
    """

    slug: str
    folder: Path
    texts: Path
    details: EpisodeDetails
    recording: Recording

    @property
    def root(self) -> Path:
        """The workspace."""
        return self.folder.parents[1]

    @property
    def feed_folder(self) -> Path:
        """Where the show's settings, artwork and stings are."""
        return self.root / "feed"

    @property
    def recordings(self) -> tuple[Path, ...]:
        """The received files, in the order in which they are heard."""
        return tuple(self.folder / file.name for file in self.recording.files)

    @property
    def has_tracks(self) -> bool:
        """Whether its recordings are heard at once: those of one length are, unless it is told."""
        lengths = [file.duration_seconds for file in self.recording.files]
        if self.details.layout is not Layout.AUTO:
            return self.details.layout is Layout.TRACKS and len(lengths) > 1
        return len(lengths) > 1 and max(lengths) - min(lengths) <= _SAME_LENGTH_SECONDS

    @property
    def received_seconds(self) -> float:
        """How long its recordings last, as they were received."""
        lengths = [file.duration_seconds for file in self.recording.files]
        return max(lengths, default=0.0) if self.has_tracks else sum(lengths)

    @property
    def cover(self) -> Path | None:
        """The episode's own artwork, if somebody put one beside the recording."""
        names = ("cover.jpg", "cover.jpeg", "cover.png")
        return next((self.folder / n for n in names if (self.folder / n).is_file()), None)

    @property
    def so_far(self) -> Path:
        """What was heard so far while the episode is being transcribed; no file otherwise."""
        return self.root / ".cache" / "partial" / f"{self.slug}.txt"

    # written by stages: normalize
    @property
    def normalized(self) -> Path:
        """MP3 at the target loudness, without tags."""
        return self.folder / "normalized.mp3"

    @property
    def speech(self) -> Path:
        """16 kHz mono FLAC on the same time line as the enclosure, for transcription."""
        return self.folder / "speech.flac"

    @property
    def loudness_json(self) -> Path:
        """Measured loudness before and after."""
        return self.folder / "loudness.json"

    @property
    def voices_json(self) -> Path:
        """How loud each track or channel was on the enclosure's time line: who spoke when."""
        return self.folder / "voices.json"

    # transcribe
    @property
    def hotwords_json(self) -> Path:
        """The names the model is told to expect, as they were when it first heard the episode."""
        return self.folder / "hotwords.json"

    @property
    def heard_json(self) -> Path:
        """What the model heard, before speakers and written forms."""
        return self.folder / "heard.json"

    @property
    def glossary_toml(self) -> Path:
        """The newsroom's names and terms; the file may not exist."""
        return self.feed_folder / "glossary.toml"

    @property
    def transcript_json(self) -> Path:
        return self.texts / "transcript.json"

    @property
    def captions_vtt(self) -> Path:
        return self.texts / "transcript.vtt"

    @property
    def captions_srt(self) -> Path:
        return self.texts / "transcript.srt"

    @property
    def transcript_txt(self) -> Path:
        return self.texts / "transcript.txt"

    # people's changes to it, and caption: what comes of both
    @property
    def review_jsonl(self) -> Path:
        """What editors changed, one operation a line; the file may not exist."""
        return self.texts / "review.jsonl"

    @property
    def reviewed_json(self) -> Path:
        """The transcript as its editors made it."""
        return self.texts / "reviewed.json"

    # tag
    @property
    def topics_json(self) -> Path:
        """Topics, people and places found in the transcript."""
        return self.folder / "topics.json"

    @property
    def chapters_json(self) -> Path:
        """Podcasting 2.0 chapters, version 1.2.0."""
        return self.folder / "chapters.json"

    @property
    def enclosure(self) -> Path:
        """The published audio file: the normalized MP3 with its ID3 tags."""
        return self.folder / "enclosure.mp3"

    # illustrate
    @property
    def share_picture(self) -> Path:
        """What others see where the episode's page is linked: 1200 × 630 pixels."""
        return self.folder / "share.jpg"

    # draft, and the editor's copy of it
    @property
    def draft_md(self) -> Path:
        return self.texts / "draft.md"

    @property
    def draft_json(self) -> Path:
        """The draft with the evidence of each sentence (segment ids, start and end)."""
        return self.texts / "draft.json"

    @property
    def article_md(self) -> Path:
        return self.texts / "article.md"

    # the article on another site
    @property
    def wordpress_json(self) -> Path:
        """Which post is the article's, and what was sent; the file may not exist."""
        return self.texts / "wordpress.json"

    # people's decision
    @property
    def approval_json(self) -> Path:
        return self.texts / "approval.json"

    @property
    def signed_json(self) -> Path:
        """The words that were approved, beside the approval of their digests."""
        return self.texts / "signed.json"

    @property
    def consent_json(self) -> Path:
        """What its guests agreed to; never public."""
        return self.texts / "consent.json"

    def name_of(self, path: Path) -> str:
        """How receipts name a file, so that the name holds when a folder is renamed or moved."""
        name = path.as_posix()
        for folder, prefix in ((self.folder, ""), (self.texts, "transcripts/"), (self.root, "")):
            start = f"{folder.as_posix()}/"
            if name.startswith(start):
                return prefix + name.removeprefix(start)
        return f"{path.parent.name}/{path.name}"

    def receipt(self, stage: str) -> Path:
        """Where the runner keeps what it knows of the last run of a stage."""
        return self.folder / "receipts" / f"{stage}.json"
