"""Our scripts and styles, at addresses that change when any of them does.

A script finds those it imports beside it, so one digest of all files stands before the name: what
is kept in a browser is kept for ever, and never mixed with files of another release.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"


def static_address(name: str) -> str:
    """Where browsers get a file of ours; the address changes with the content of any."""
    return f"/static/{_digest_of_all()}/{name}"


class OurFiles(StaticFiles):
    """Serves our files under `static_address` to keep, and under their plain names to ask for."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        digest, _, name = path.replace("\\", "/").partition("/")
        is_kept = digest == _digest_of_all()
        answer = await super().get_response(name if is_kept else path, scope)
        answer.headers["Cache-Control"] = _FOR_EVER if is_kept else _ASK_FIRST
        return answer


@cache
def _digest_of_all() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
