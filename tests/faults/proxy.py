"""A proxy on 127.0.0.1 before an S3 server, which does what networks and servers do.

It speaks as much HTTP/1.1 as S3 clients need: one request a connection, bodies with a length. The
head of a request goes on as it came but for two headers, which no signature covers.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

Result = TypeVar("Result")

_BLOCK_BYTES = 1 << 14
_MOST_HEAD_BYTES = 1 << 16


class Kind(StrEnum):
    """What goes wrong with a request."""

    RESET = "reset at half of the body"
    SLOW_DOWN = "503 SlowDown"
    BLACK_HOLE = "black hole"
    LOST = "done, and the answer lost"
    TRUNCATED = "answer cut at half"
    FLIPPED = "one byte flipped"
    NOT_OFFERED = "501 NotImplemented"


@dataclass
class Fault:
    """It befalls the next `times` requests of this `operation`, as boto3 calls it."""

    kind: Kind
    operation: str
    times: int = 1


@dataclass
class FaultProxy:
    """Stands before the server at `upstream` while it is entered.

    `faults` may be changed at any time. `bytes_per_second` is what all connections have together,
    both ways; 0 is no limit. With `tls` it is reached by https. It counts the requests by
    operation, those that are not answered yet, and the bytes of bodies that came in.
    """

    upstream: str
    faults: list[Fault] = field(default_factory=list)
    bytes_per_second: float = 0.0
    tls: ssl.SSLContext | None = None
    requests: Counter[str] = field(default_factory=Counter)
    body_bytes: int = 0
    under_way: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._line = _Line(self.bytes_per_second)
        self._server = self._run(self._started())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._ended())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def endpoint(self) -> str:
        """Where it listens."""
        host, port = self._server.sockets[0].getsockname()
        return f"{'https' if self.tls else 'http'}://{host}:{port}"

    def limit(self, bytes_per_second: float) -> None:
        """Be as slow as this from now on."""
        self._line.bytes_per_second = bytes_per_second

    def _run(self, coroutine: Coroutine[None, None, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _started(self) -> asyncio.Server:
        listening = socket.socket()
        # What a kernel takes in ahead of us would make a slow line look swift.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BLOCK_BYTES)
        listening.bind(("127.0.0.1", 0))
        return await asyncio.start_server(
            self._serve, sock=listening, ssl=self.tls, limit=_MOST_HEAD_BYTES
        )

    async def _ended(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.under_way += 1
        try:
            await self._pass_on(_Client(reader, writer, self._line))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client, or the server, has gone; or the proxy ends
        finally:
            self.under_way -= 1
            writer.close()

    async def _pass_on(self, client: _Client) -> None:
        head = await client.head()
        self.requests[head.operation] += 1
        fault = self._fault_for(head.operation)
        if fault is Kind.RESET:
            await self._body(client, head.length // 2)
            client.reset()
            return
        body = await self._body(client, head.length)
        if fault in _REFUSALS:
            await client.answer(_refusal(_REFUSALS[fault]))
            return
        if fault is Kind.BLACK_HOLE:
            await client.gone()
            return
        if fault is Kind.FLIPPED and body:
            body[len(body) // 2] ^= 1
        answer = await self._asked(head, body)
        if fault is Kind.LOST:
            client.reset()
        else:
            await client.answer(_half(answer) if fault is Kind.TRUNCATED else answer)

    async def _body(self, client: _Client, length: int) -> bytearray:
        """As many bytes of a body; those of one that breaks off are counted, too."""
        try:
            body = await client.body(length)
        except asyncio.IncompleteReadError as error:
            self.body_bytes += len(error.partial)
            raise
        self.body_bytes += len(body)
        return body

    def _fault_for(self, operation: str) -> Kind | None:
        for fault in self.faults:
            if fault.operation == operation and fault.times > 0:
                fault.times -= 1
                return fault.kind
        return None

    async def _asked(self, head: _Head, body: bytearray) -> bytes:
        """The server's whole answer."""
        address = urlsplit(self.upstream)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            writer.write(head.to_server + body)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()


@dataclass(frozen=True)
class _Head:
    operation: str
    length: int
    to_server: bytes
    expects_to_go_on: bool


class _Line:
    """So many bytes a second for everybody together; 0 is no limit."""

    def __init__(self, bytes_per_second: float) -> None:
        self.bytes_per_second = bytes_per_second
        self._free_at = 0.0

    async def carry(self, count: int) -> None:
        if not self.bytes_per_second:
            return
        now = asyncio.get_running_loop().time()
        self._free_at = max(now, self._free_at) + count / self.bytes_per_second
        await asyncio.sleep(self._free_at - now)


class _Client:
    """One connection of a client."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: _Line
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._line = line
        self._expects_to_go_on = False

    async def head(self) -> _Head:
        raw = await self._reader.readuntil(b"\r\n\r\n")
        head = _head_of(raw)
        self._expects_to_go_on = head.expects_to_go_on
        return head

    async def body(self, length: int) -> bytearray:
        self._go_on()
        body = bytearray()
        while len(body) < length:
            block = await self._reader.read(min(_BLOCK_BYTES, length - len(body)))
            if not block:
                raise asyncio.IncompleteReadError(bytes(body), length)
            body += block
            await self._line.carry(len(block))
        return body

    def _go_on(self) -> None:
        if self._expects_to_go_on:
            self._writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    async def answer(self, answer: bytes) -> None:
        for start in range(0, len(answer), _BLOCK_BYTES):
            block = answer[start : start + _BLOCK_BYTES]
            self._writer.write(block)
            await self._writer.drain()
            await self._line.carry(len(block))

    async def gone(self) -> None:
        """Say nothing until the client gives up."""
        while await self._reader.read(_BLOCK_BYTES):
            pass

    def reset(self) -> None:
        """End the connection as a failing network does, with RST."""
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


def _head_of(raw: bytes) -> _Head:
    first, *headers = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    method, path, _ = first.split(" ")
    named = {name.lower(): value.strip() for name, _, value in (h.partition(":") for h in headers)}
    kept = [h for h in headers if not re.match(r"(?i)(expect|connection):", h)]
    return _Head(
        _operation(method, path),
        int(named.get("content-length", 0)),
        "\r\n".join([first, *kept, "Connection: close", "", ""]).encode("latin-1"),
        named.get("expect") == "100-continue",
    )


# What tells operations on one path apart, the first that fits.
_OPERATIONS: Sequence[tuple[str, str, str]] = (
    ("PUT", r"[?&]partNumber=", "UploadPart"),
    ("PUT", r"^/[^/?]+/[^?]", "PutObject"),
    ("POST", r"[?&]uploadId=", "CompleteMultipartUpload"),
    ("POST", r"[?&]uploads\b", "CreateMultipartUpload"),
    ("GET", r"[?&]uploadId=", "ListParts"),
    ("GET", r"[?&]uploads\b", "ListMultipartUploads"),
    ("GET", r"[?&]list-type=2", "ListObjectsV2"),
    ("GET", r"^/[^/?]+/[^?]", "GetObject"),
    ("HEAD", r"^/[^/?]+/[^?]", "HeadObject"),
)


def _operation(method: str, path: str) -> str:
    """The operation that a request with the bucket in its path asks for, as boto3 calls it."""
    for of, pattern, name in _OPERATIONS:
        if of == method and re.search(pattern, path):
            return name
    return f"{method} {path}"


# What a server says that refuses.
_REFUSALS = {Kind.SLOW_DOWN: "503 SlowDown", Kind.NOT_OFFERED: "501 NotImplemented"}


def _refusal(status: str) -> bytes:
    body = f"<?xml version='1.0'?><Error><Code>{status[4:]}</Code><Message>-</Message></Error>"
    head = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", "", body)
    return "\r\n".join(head).encode()


def _half(answer: bytes) -> bytes:
    """The head and half of the body."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    return head + blank + body[: len(body) // 2]
