"""What people bring: a drop is heard when it is whole, and handed over when its person says so."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.faces.errors import sentences
from pipeline.faces.web.events import Event, Events
from pipeline.ground.audit_file import record
from pipeline.ground.config import Show
from pipeline.ground.episode_file import sidecar_text
from pipeline.ground.files import disk_problems_in_words
from pipeline.ground.workspace import Workspace
from pipeline.running.accepting import must_be_usable
from pipeline.tools.inbox.uploads import OpenDrop, Uploads, put_in_inbox
from pipeline.words.dropping import MOST_OPEN_DROPS, DroppedFile, Refusal, why_refused
from pipeline.words.errors import EpisodeProblem, PipelineError
from pipeline.words.recording_name import parse_recording_name
from pipeline.words.rejections import printable

_KEPT_FREE_BYTES = 1 << 30
_NO_ROOM = Refusal(
    "There is not enough room on the disk for “{name}”.",
    "Ask the operator to free some, then drop it again.",
)
_TOO_MANY = Refusal(
    "You have 50 recordings on their way already.", "Finish or remove some of them first."
)


class Refused(EpisodeProblem):
    """Something that is not accepted; `status` is the answer's."""

    def __init__(self, refusal: Refusal, status: int) -> None:
        name = printable(refusal.name)
        super().__init__(
            refusal.problem.replace("{name}", name), refusal.remedy.replace("{name}", name)
        )
        self.status = status


class Bringing:
    """All drops of one newsroom; changes of a drop take turns."""

    def __init__(self, root: Path, events: Events) -> None:
        self._root = root
        self._events = events
        self._turn = threading.RLock()
        self._listeners = ThreadPoolExecutor(1, thread_name_prefix="hearing-drops")
        self._listening: set[str] = set()

    @property
    def uploads(self) -> Uploads:
        return Uploads(Workspace(self._root))

    def take_up(self) -> None:
        """After a start: remove what nobody went on with, and hear what became whole."""
        uploads = self.uploads
        uploads.remove_old()
        for drop in uploads.all():
            self.arrived(drop.id)

    def begin(
        self, owner: str, by: str, name: str, files: Sequence[DroppedFile], *, is_folder: bool
    ) -> OpenDrop:
        """Make room for a drop. Raises Refused."""
        workspace = Workspace(self._root)
        refusal = why_refused(name, files, is_folder=is_folder)
        if refusal is not None:
            raise Refused(refusal, 422)
        workspace.inbox.mkdir(parents=True, exist_ok=True)
        with self._turn, disk_problems_in_words(workspace.inbox / name):
            uploads = self.uploads
            uploads.remove_old()
            mine = [drop for drop in uploads.all() if drop.owner == owner]
            if len(mine) >= MOST_OPEN_DROPS:
                raise Refused(_TOO_MANY, 429)
            wanted = sum(file.size for file in files) + uploads.missing_bytes()
            if wanted + _KEPT_FREE_BYTES > shutil.disk_usage(workspace.inbox).free:
                raise Refused(replace(_NO_ROOM, name=name), 507)
            drop = uploads.begin(owner, by, name, files, is_folder=is_folder)
            drop = replace(drop, said=_guessed(drop, workspace.show))
            uploads.keep(drop)
        self._told()
        return drop

    def describe(self, drop: OpenDrop, said: dict[str, Any]) -> OpenDrop:
        """Keep the form. Raises EpisodeProblem for what cannot be meant."""
        sidecar_text(said, drop.name)
        return self._change(drop.id, said=said)

    def hand_over(self, drop: OpenDrop, *, wanted: bool) -> OpenDrop:
        """Put it in the inbox as soon as it is whole and was heard."""
        changed = self._change(drop.id, is_ready=wanted)
        self._hand_over_what_is_ready(changed)
        return changed

    def remove(self, drop: OpenDrop) -> None:
        with self._turn:
            self.uploads.remove(drop)
        self._told()

    def arrived(self, drop_id: str) -> None:
        """Some bytes are there: when they were the last, the drop is heard."""
        with self._turn:
            drop = self.uploads.find(drop_id)
            if drop is None or not self.uploads.is_whole(drop) or drop_id in self._listening:
                return
            if drop.problem:
                return
            if drop.was_checked:
                self._hand_over_what_is_ready(drop)
                return
            self._listening.add(drop_id)
        self._listeners.submit(self._listen, drop)
        self._told()

    def is_listening(self, drop: OpenDrop) -> bool:
        return drop.id in self._listening

    def close(self) -> None:
        self._listeners.shutdown(wait=False, cancel_futures=True)

    def _listen(self, drop: OpenDrop) -> None:
        workspace = Workspace(self._root)
        try:
            must_be_usable(workspace, self.uploads, drop)
            changed = self._change(drop.id, was_checked=True)
            self._hand_over_what_is_ready(changed)
        except PipelineError as error:
            self._change(drop.id, problem=error.problem, remedy=error.remedy)
        except Exception as error:  # noqa: BLE001 - said beside the drop
            problem, remedy = sentences(error, workspace.cache / "etam.log")
            self._change(drop.id, problem=problem, remedy=remedy)
        finally:
            self._listening.discard(drop.id)
            self._told()

    def _hand_over_what_is_ready(self, drop: OpenDrop) -> None:
        with self._turn:
            if not (drop.is_ready and drop.was_checked):
                return
            workspace = Workspace(self._root)
            sidecar = sidecar_text(drop.said, drop.name)
            name = put_in_inbox(workspace, self.uploads, drop, sidecar)
        record(workspace, drop.by, "added a recording", name=name)
        self._told()

    def _change(self, drop_id: str, **changes: Any) -> OpenDrop:
        """Raises EpisodeProblem when the drop is gone."""
        with self._turn:
            drop = self.uploads.find(drop_id)
            if drop is None:
                raise EpisodeProblem(
                    "This recording is not on its way any more.", "Load the page again."
                )
            changed = replace(drop, **changes)
            self.uploads.keep(changed)
        self._told()
        return changed

    def _told(self) -> None:
        self._events.tell(Event("drops"))


def _guessed(drop: OpenDrop, show: Show) -> dict[str, Any]:
    """What the name tells, for the form to begin with."""
    stem = drop.name if drop.is_folder else Path(drop.name).stem
    name = parse_recording_name(stem, show.show.title)
    said = {
        "title": name.title,
        "date": name.date.isoformat() if name.date else "",
        "guests": [{"name": guest, "role": ""} for guest in name.guests],
    }
    return {key: value for key, value in said.items() if value}
