"""An editor's approval: it names the digests of everything that it makes public."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pipeline.ground.files import read_json, write_json
from pipeline.ground.receipts import Outcome, Receipt, read_receipt
from pipeline.ground.transcript_file import transcript_file
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish.grounded import accepted_in_article
from pipeline.words.captions import PUBLIC_FORMATS
from pipeline.words.episode import Episode
from pipeline.words.errors import EpisodeProblem
from pipeline.words.signed_content import PartChange, changes_between, details_in_words
from pipeline.words.web_text import short_line

# What the details say that never reaches a listener: how recordings are put together, and when.
_NOT_PUBLIC = ("layout", "publish_at")
# What was added later counts only where somebody uses it, so that no approval lapses by an update.
_SINCE_THE_BEGINNING = frozenset(
    ["title", "date", "guests", "host", "place", "summary", "season", "number", "episode_type",
     "explicit", "tags"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approval:
    """Who signed which content, and when; `digests` are those of `public_content`."""

    by: str
    at: datetime
    digests: Mapping[str, str]


class ApprovalState(StrEnum):
    """Whether an episode may be made public as it is now."""

    NOT_NEEDED = "not needed"
    MISSING = "missing"
    STALE = "stale"
    GIVEN = "given"


def approval_state(workspace: Workspace, episode: Episode) -> ApprovalState:
    """Whether an editor approved exactly what the episode consists of now."""
    if workspace.show.publish.approval == "automatic":
        return ApprovalState.NOT_NEEDED
    approval = read_approval(episode)
    if approval is None:
        return ApprovalState.MISSING
    changed = changed_since(workspace, episode, approval)
    return ApprovalState.STALE if changed else ApprovalState.GIVEN


def changed_since(workspace: Workspace, episode: Episode, approval: Approval) -> tuple[str, ...]:
    """What differs from what was approved, by the names of `public_content`."""
    content = public_content(workspace, episode)
    picture = episode.share_picture.name
    if picture not in approval.digests and _is_as_drawn(workspace, episode):
        content.pop(picture, None)
    names = sorted(content.keys() | approval.digests.keys())
    return tuple(name for name in names if content.get(name) != approval.digests.get(name))


def content_mark(content: Mapping[str, str]) -> str:
    """A digest of all that `public_content` names: what somebody looked at before signing."""
    text = json.dumps(dict(content), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def approve(
    workspace: Workspace,
    episode: Episode,
    by: str,
    now: datetime,
    seen: str = "",
    accepted: Mapping[str, str] | None = None,
) -> None:
    """Sign the episode's present content in `approval.json`.

    `seen` is the `content_mark` of what the editor looked at; without it whatever is there is
    signed. `accepted` gives the editor's reasons for what the grounding check holds against the
    article, by its ids; they are kept beside the signature. Raises EpisodeProblem when its stages
    have not finished, for then there is nothing to sign, when the content is no longer what was
    seen, and when the article says what nothing supports and nobody accepts.
    """
    unfinished = why_unfinished(workspace, episode)
    if unfinished:
        raise EpisodeProblem(
            f"“{episode.slug}” cannot be approved yet: {unfinished}.",
            "Run `etam run` first, then look at the result and approve it.",
        )
    signature = short_line(by)
    if not signature:
        raise EpisodeProblem(
            f"The approval of “{episode.slug}” names nobody.", "Give the name of who approves."
        )
    with workspace.episode_locked(episode.slug):
        content = public_content(workspace, episode)
        if seen and content_mark(content) != seen:
            raise EpisodeProblem(
                f"“{episode.slug}” changed while you looked at it.",
                "Look at what changed, then approve it.",
            )
        kept = accepted_in_article(episode, workspace.show, accepted or {})
        write_json(episode.signed_json, {"version": 1, "parts": words_of(episode)})
        write_json(
            episode.approval_json,
            {
                "version": 1,
                "by": signature,
                "at": now.isoformat(timespec="seconds"),
                "digests": content,
                **({"accepted": kept} if kept else {}),
            },
        )
    workspace.digests.save()


def take_back_approval(workspace: Workspace, episode: Episode) -> None:
    """Let the episode be unapproved again; what is public stays. Without an approval, nothing."""
    with workspace.episode_locked(episode.slug):
        episode.approval_json.unlink(missing_ok=True)


def read_approval(episode: Episode) -> Approval | None:
    """Who signed what; None when nobody did. Raises EpisodeProblem when it cannot be read."""
    try:
        said = read_json(episode.approval_json)
        at = datetime.fromisoformat(said["at"])
        return Approval(str(said["by"]), at, dict(said["digests"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EpisodeProblem(
            f"approval.json of “{episode.slug}” cannot be read.",
            f"Look at the episode and approve it again: `etam approve {episode.slug}`.",
            str(error),
        ) from error


def words_changed_since(episode: Episode) -> tuple[PartChange, ...]:
    """How what can be read differs from what was signed; nothing for approvals of before."""
    try:
        signed = dict(read_json(episode.signed_json)["parts"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return changes_between(signed, words_of(episode))


def words_of(episode: Episode) -> dict[str, str]:
    """What of an episode people read, by the names of `public_content`."""
    details = {k: v for k, v in asdict(episode.details).items() if k not in _NOT_PUBLIC}
    read = (episode.article_md, episode.chapters_json, episode.topics_json)
    return {
        "details": details_in_words(details),
        episode.transcript_json.name: _text_of(episode.transcript_txt),
        **{path.name: _text_of(path) for path in read},
    }


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def public_content(workspace: Workspace, episode: Episode) -> dict[str, str]:
    """The SHA-256 of everything that goes public, by name; "details" is what episode.toml says."""
    optional = [episode.topics_json, episode.article_md, episode.share_picture]
    files = [*required_files(episode), *optional]
    if episode.cover is not None:
        files.append(episode.cover)
    if not episode.details.summary:
        files.append(episode.draft_json)  # the show notes are then its excerpt
    digests = {_name_of(path, episode): workspace.digests.of(path) for path in files}
    present = {name: digest for name, digest in digests.items() if digest is not None}
    return {**present, "details": _details_digest(episode)}


def required_files(episode: Episode) -> list[Path]:
    """Without these an episode cannot be published."""
    return [
        episode.enclosure,
        transcript_file(episode),
        *(episode.texts / each.file_name for each in PUBLIC_FORMATS),
        episode.chapters_json,
    ]


def why_unfinished(workspace: Workspace, episode: Episode) -> str:
    """What is missing or older than what it was made from, or nothing."""
    for path in required_files(episode):
        if not path.is_file():
            return f"{path.name} has not been made"
    own = _own_files(episode)
    for file in sorted((episode.folder / "receipts").glob("*.json")):
        receipt = read_receipt(file)
        if receipt is None or receipt.outcome is not Outcome.DONE:
            return f"the stage {file.stem} has not finished"
        changed = _changed_inputs(workspace, own, receipt)
        if changed:
            return f"{changed[0]} changed after the stage {receipt.stage}"
    return ""


def _own_files(episode: Episode) -> dict[str, Path]:
    """What lies in the episode's folders, by the names that receipts use."""
    folders = [folder for folder in (episode.folder, episode.texts) if folder.is_dir()]
    return {episode.name_of(path): path for folder in folders for path in folder.iterdir()}


def _changed_inputs(workspace: Workspace, own: Mapping[str, Path], receipt: Receipt) -> list[str]:
    """Which of the episode's own files a stage read that are others by now."""
    return [
        own[name].name
        for name, digest in receipt.inputs.items()
        if name in own and workspace.digests.of(own[name]) != digest
    ]


def _is_as_drawn(workspace: Workspace, episode: Episode) -> bool:
    """Whether the picture for sharing is the pipeline's own: it says nothing that is not approved.

    Approvals of before there were such pictures hold for it.
    """
    receipt = read_receipt(episode.receipt("illustrate"))
    drawn = receipt.outputs.get(episode.name_of(episode.share_picture)) if receipt else None
    return drawn is not None and drawn == workspace.digests.of(episode.share_picture)


def _name_of(path: Path, episode: Episode) -> str:
    """The reviewed transcript counts as the machine's did before there were reviews.

    One that nobody changed has the same bytes, so an approval of before holds.
    """
    return (episode.transcript_json if path == episode.reviewed_json else path).name


def _details_digest(episode: Episode) -> str:
    said = {
        name: value
        for name, value in asdict(episode.details).items()
        if name not in _NOT_PUBLIC and (name in _SINCE_THE_BEGINNING or value)
    }
    said["guests"] = [
        {name: value for name, value in guest.items() if name in ("name", "role") or value}
        for guest in said["guests"]
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
