"""Answers that are kept on the disk by the digest of their job, so that none is asked for twice.

Each is written as soon as it is there: a kill costs the windows in flight and no others. Deleting
any of these files costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ground.files import TEMPORARY_PREFIX, write_text
from pipeline.tools.whisper.heard import HeardWindow

_DAYS_KEPT = 90
_SECONDS_A_DAY = 86_400
_LONGEST_WRITE_SECONDS = 3_600
_NOT_AN_ANSWER = (OSError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class WindowStore:
    """The answers in a folder: `<2>/<digest>.json`, where 2 are the digest's first characters.

    `anew` finds none of them, so that every window is heard again and its answer replaced.
    """

    folder: Path
    anew: bool = False

    def find(self, digest: str) -> HeardWindow | None:
        """The answer to the job of that digest, unless there is none or its file is damaged."""
        if self.anew:
            return None
        path = self._path(digest)
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            if content["job"] != digest or content["sha256"] != _sha256(content["answer"]):
                return None
            answer = HeardWindow.from_json(content["answer"])
        except _NOT_AN_ANSWER:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return answer

    def keep(self, digest: str, heard: HeardWindow) -> None:
        """Write the answer down. Raises SetupProblem when the disk is full."""
        answer = heard.to_json()
        content = {"job": digest, "sha256": _sha256(answer), "answer": answer}
        write_text(self._path(digest), json.dumps(content, ensure_ascii=False) + "\n")

    def forget_unused(self) -> None:
        """Remove what no run has asked for in 90 days, and what killed writes left behind."""
        for path in self.folder.glob("??/*.json"):
            is_half = path.name.startswith(TEMPORARY_PREFIX)
            seconds = _LONGEST_WRITE_SECONDS if is_half else _DAYS_KEPT * _SECONDS_A_DAY
            with contextlib.suppress(OSError):
                if path.stat().st_mtime < time.time() - seconds:
                    path.unlink()

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.json"


def _sha256(answer: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
