"""How much memory the review app takes while recordings of up to 4 GB are brought to it.

`python -m benchmarks.uploading 0.1 1 3.9` (gigabytes): a real server in a process of its own gets a
WAV file in pieces of 8 MB; its memory is looked at all the while, also while the recording is heard
through before it is accepted.
"""

from __future__ import annotations

import base64
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np
import psutil  # type: ignore[import-untyped]

from pipeline.faces.web.visitors import COOKIE, CSRF_HEADER, csrf_of
from pipeline.ground.sessions_file import Sessions
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Role
from tests.browser.review.shown import Reviewing, ServerProcess
from tests.shows import make_show

_PIECE_BYTES = 8 << 20
_RATE_HZ = 48_000
_BUSY = ("coming", "listening")


@dataclass(frozen=True, slots=True)
class Measured:
    """What bringing one file took: memory of the server in MB, seconds, and how it ended."""

    before_mb: float
    peak_mb: float
    sending_seconds: float
    checking_seconds: float
    state: str


def main(sizes_gb: list[float]) -> None:
    print("| size | before | peak | sending | rate | hearing it through | state |")
    print("|---|---|---|---|---|---|---|")
    for size_gb in sizes_gb:
        with tempfile.TemporaryDirectory(prefix="etam-uploading-") as folder:
            done = bring(Path(folder), int(size_gb * 1e9))
            rate = size_gb * 1e3 / done.sending_seconds
            print(
                f"| {size_gb:g} GB | {done.before_mb:.0f} MB | {done.peak_mb:.0f} MB "
                f"| {done.sending_seconds:.1f} s | {rate:.0f} MB/s "
                f"| {done.checking_seconds:.0f} s | {done.state} |",
                flush=True,
            )


def bring(folder: Path, size: int) -> Measured:
    """Bring one file of `size` bytes to a fresh show."""
    show = make_show(folder / "show")
    reviewing = Reviewing("", show, Sessions(show))
    token = reviewing.sign_in(Role.PRODUCER)
    server = ServerProcess(Workspace(show.root), "--no-run")
    server.start()
    try:
        return _measured(server, token, size)
    finally:
        server.stop()


def _measured(server: ServerProcess, token: str, size: int) -> Measured:
    process = psutil.Process(server.pid)
    before = peak = _memory_mb(process)
    headers = {CSRF_HEADER: csrf_of(token), "Tus-Resumable": "1.0.0"}
    with httpx.Client(
        base_url=server.address, headers=headers, cookies={COOKIE: token}, timeout=120
    ) as browser:
        place = _begin(browser, size)
        started = time.monotonic()
        for offset in range(0, size, _PIECE_BYTES):
            _send(browser, place, offset, _piece(offset, min(_PIECE_BYTES, size - offset), size))
            peak = max(peak, _memory_mb(process))
        sent = time.monotonic()
        while (state := browser.get("/api/drops").json()["drops"][0]["state"]) in _BUSY:
            peak = max(peak, _memory_mb(process))
            time.sleep(0.1)
        return Measured(before, peak, sent - started, time.monotonic() - sent, state)


def _begin(browser: httpx.Client, size: int) -> str:
    name = base64.b64encode(b"rapat panjang.wav").decode()
    headers = {"Upload-Length": str(size), "Upload-Metadata": f"filename {name}"}
    answer = browser.post("/api/uploads", headers=headers)
    answer.raise_for_status()
    return answer.headers["location"]


def _send(browser: httpx.Client, place: str, offset: int, piece: bytes) -> None:
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    browser.patch(place, headers=headers, content=piece).raise_for_status()


def _piece(offset: int, length: int, size: int) -> bytes:
    """Bytes of a WAV file of stereo noise at 48 kHz and 16 bits."""
    noise = np.random.default_rng(offset).integers(-3000, 3000, length // 2, dtype=np.int16)
    piece = noise.tobytes().ljust(length, b"\0")
    if offset:
        return piece
    header = b"".join(
        [b"RIFF", (size - 8).to_bytes(4, "little"), b"WAVEfmt ", (16).to_bytes(4, "little"),
         (1).to_bytes(2, "little"), (2).to_bytes(2, "little"), _RATE_HZ.to_bytes(4, "little"),
         (_RATE_HZ * 4).to_bytes(4, "little"), (4).to_bytes(2, "little"),
         (16).to_bytes(2, "little"), b"data", (size - 44).to_bytes(4, "little")]
    )  # fmt: skip
    return header + piece[len(header) :]


def _memory_mb(process: psutil.Process) -> float:
    family = [process, *process.children(recursive=True)]
    return sum(float(each.memory_info().rss) for each in family) / 1e6


if __name__ == "__main__":
    main([float(size) for size in sys.argv[1:]] or [0.1, 1, 3.9])
