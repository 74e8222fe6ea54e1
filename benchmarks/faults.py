"""What broken networks cost: an upload to a real S3 server, ours beside boto3's `upload_file`.

Run it as `tests/s3_server/run.sh python -m benchmarks.faults`: the server is Ceph's object gateway,
before which stands a proxy that fails on purpose. Each line is a fault, what became of the upload,
how long it took, and how many bytes were sent. boto3 is as it comes, but for the checksums that
this server cannot take. `--slow` adds a line of 20 kB/s, which takes half an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config

from pipeline.ground.config import Publish
from pipeline.tools.bucket import Content
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.words.errors import PipelineError
from tests.faults import Fault, FaultProxy, Kind

_MB = 10**6
_PART, _WHOLE, _DONE = "UploadPart", "PutObject", "CompleteMultipartUpload"


@dataclass(frozen=True)
class Case:
    """What goes wrong while a file of `size` bytes goes up."""

    name: str
    faults: tuple[Fault, ...] = ()
    size: int = 64 * _MB
    bytes_per_second: float = 0.0


CASES = (
    Case("nothing"),
    *(
        Case(f"{kind} of a part, {times} ×", (Fault(kind, _PART, times),))
        for kind in (Kind.RESET, Kind.SLOW_DOWN)
        for times in (1, 3, 6, 12)
    ),
    Case("a part arrived, its answer lost, 3 ×", (Fault(Kind.LOST, _PART, 3),)),
    Case("completed, and the answer lost", (Fault(Kind.LOST, _DONE),)),
    Case("completed, and the answer cut at half", (Fault(Kind.TRUNCATED, _DONE),)),
    Case("black hole once", (Fault(Kind.BLACK_HOLE, _PART),)),
    Case("one byte of a part flipped", (Fault(Kind.FLIPPED, _PART),)),
    Case("one byte of a small file flipped", (Fault(Kind.FLIPPED, _WHOLE),), 100_000),
)
SLOW = (
    Case("20 kB/s, 200 kB", (), 200_000, 20_000),
    Case("20 kB/s, 12 MB", (), 12 * _MB, 20_000),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slow", action="store_true", help="only the lines of 20 kB/s")
    parser.add_argument("--kill", action="store_true", help="only an upload that is killed")
    parser.add_argument("--uploader", nargs=4, metavar=("ENDPOINT", "BUCKET", "KEY", "FILE"))
    wish = parser.parse_args()
    if wish.uploader:
        endpoint, bucket, key, file = wish.uploader
        _ours(endpoint, bucket, key, Path(file))
        return
    endpoint = os.environ["ETAM_S3_ENDPOINT"]
    os.environ["AWS_ACCESS_KEY_ID"] = os.environ["ETAM_S3_KEY"]
    os.environ["AWS_SECRET_ACCESS_KEY"] = os.environ["ETAM_S3_SECRET"]
    bucket = f"etam-{uuid4().hex[:12]}"
    _boto3(endpoint).create_bucket(Bucket=bucket)
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    if wish.kill:
        _kill(endpoint, bucket)
        return
    print(f"{'fault':44} {'etam':>27} {'boto3 upload_file':>27}")
    for case in SLOW if wish.slow else CASES:
        columns = [_tried(case, endpoint, bucket, upload) for upload in (_ours, _theirs)]
        print(f"{case.name:44} {columns[0]:>27} {columns[1]:>27}", flush=True)


Upload = Callable[[str, str, str, Path], None]


def _tried(case: Case, endpoint: str, bucket: str, upload: Upload) -> str:
    """Whether it arrived, after how many seconds, and how many MB were sent."""
    with tempfile.TemporaryDirectory() as folder, FaultProxy(endpoint) as proxy:
        path, key = _random_file(Path(folder), case.size), _named("media/long.mp3")
        proxy.faults = [replace(fault) for fault in case.faults]
        proxy.limit(case.bytes_per_second)
        started = time.perf_counter()
        try:
            upload(proxy.endpoint, bucket, key, path)
            outcome = "ok" if _arrived(endpoint, bucket, key, path) else "DAMAGED"
        except Exception as error:  # noqa: BLE001 - whatever it is, it failed
            outcome = "failed" if isinstance(error, PipelineError) else type(error).__name__[:12]
        seconds = time.perf_counter() - started
        return f"{outcome} {seconds:7.1f} s {proxy.body_bytes / _MB:7.1f} MB"


def _kill(endpoint: str, bucket: str) -> None:
    """Kill an upload of 200 MB in the middle, and go on."""
    with tempfile.TemporaryDirectory() as folder, FaultProxy(endpoint) as proxy:
        path, key = _random_file(Path(folder), 200 * _MB), _named("media/long.mp3")
        proxy.limit(40 * _MB)
        command = ["-m", "benchmarks.faults", "--uploader", proxy.endpoint, bucket, key, str(path)]
        first = subprocess.Popen([sys.executable, *command])
        while proxy.requests[_PART] < 20:
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
        first.wait()
        while proxy.under_way:
            time.sleep(0.01)
        before, parts = proxy.body_bytes, proxy.requests[_PART]
        started = time.perf_counter()
        _ours(proxy.endpoint, bucket, key, path)
        seconds = time.perf_counter() - started
        print(
            f"killed after {before / _MB:.1f} MB in {parts} parts; the next run sent "
            f"{(proxy.body_bytes - before) / _MB:.1f} MB in {proxy.requests[_PART] - parts} parts, "
            f"{seconds:.1f} s; {'whole' if _arrived(endpoint, bucket, key, path) else 'DAMAGED'}"
        )


def _named(key: str) -> str:
    return key.replace(".mp3", f"-{uuid4().hex[:16]}.mp3")


def _random_file(folder: Path, size: int) -> Path:
    path = folder / "a.mp3"
    path.write_bytes(os.urandom(size))
    return path


def _ours(endpoint: str, bucket: str, key: str, path: Path) -> None:
    settings = Publish(
        target="s3",
        base_url=f"{endpoint}/",
        bucket=bucket,
        endpoint=endpoint,
        addressing="path",
    )
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    with tempfile.TemporaryDirectory() as folder:
        target = S3Bucket(settings, Path(folder) / "memory.sqlite")
        target.put(key, Content(path, path.stat().st_size, sha256), if_absent=True)


def _theirs(endpoint: str, bucket: str, key: str, path: Path) -> None:
    _boto3(endpoint).upload_file(str(path), bucket, key)


def _boto3(endpoint: str) -> Any:
    return boto3.session.Session().client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        config=Config(
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        ),
    )


def _arrived(endpoint: str, bucket: str, key: str, path: Path) -> bool:
    body = _boto3(endpoint).get_object(Bucket=bucket, Key=key)["Body"]
    there = hashlib.sha256()
    for block in body.iter_chunks(1 << 20):
        there.update(block)
    with path.open("rb") as file:
        return there.hexdigest() == hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
