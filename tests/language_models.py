"""A server on this machine that speaks the protocol of chat completions, and misbehaves as told.

It reads what it is shown, as a model would: an honest answer takes its quotes from the numbered
transcript of the request. Each `Turn` of a script answers one request; after them all it is honest.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.servers import running

_LINE = re.compile(r"^\[(\d+)\] (?:([^:|]+): )?(0\|.*)$", re.MULTILINE)
_NUMBERED = re.compile(r"^(\d+)\|")
_QUOTE = re.compile(r"^quote (\d+): ", re.MULTILINE)
_POINT = re.compile(r"^- .* \[(\d+)", re.MULTILINE)

Turn = Callable[["Asked"], Response | str]


@dataclass(frozen=True)
class Asked:
    """One request: its JSON and its headers."""

    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def question(self) -> str:
        """The first turn of the user: the form and the material."""
        return next(m["content"] for m in self.body["messages"] if m["role"] == "user")

    @property
    def wants_notes(self) -> bool:
        return '"points"' in self.question

    @property
    def objection(self) -> str:
        """What was said to be wrong with the answer before, or nothing."""
        last = self.body["messages"][-1]["content"]
        return last if last.startswith("Your answer cannot be used") else ""

    @property
    def segments(self) -> dict[int, list[str]]:
        """The words of each segment that is shown."""
        return {
            int(number): [_NUMBERED.sub("", word) for word in said.split()]
            for number, _, said in _LINE.findall(self.question)
        }


@dataclass
class Server:
    """Where it listens, what it was asked, and what it still does before it is honest."""

    port: int = 0
    script: list[Turn] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    slow_seconds: float = 0.0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def answer(self, request: Request) -> Response:
        asked = Asked(await request.json(), dict(request.headers))
        self.asked.append(asked)
        turn = self.script.pop(0) if self.script else honest
        made = turn(asked)
        if self.slow_seconds:
            await asyncio.sleep(self.slow_seconds)
        return completion(made) if isinstance(made, str) else made


@contextlib.contextmanager
def language_model(*script: Turn, slow_seconds: float = 0.0) -> Iterator[Server]:
    """Serve until the block ends."""
    server = Server(script=list(script), slow_seconds=slow_seconds)
    app = Starlette(routes=[Route("/v1/chat/completions", server.answer, methods=["POST"])])
    with running(app) as port:
        server.port = port
        yield server


def completion(text: str, finish_reason: str = "stop") -> JSONResponse:
    """A chat completion as servers send it."""
    return JSONResponse(
        {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": "test",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": text},
                    "finish_reason": finish_reason,
                }
            ],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
        }
    )


def honest(asked: Asked) -> str:
    """What a good model answers."""
    return json.dumps(notes_of(asked) if asked.wants_notes else article_of(asked))


def notes_of(asked: Asked, quotes: int = 3) -> dict[str, Any]:
    """A point for each long segment, and quotes of the longest."""
    segments = asked.segments
    answers = {n: said for n, said in segments.items() if not _is_small_talk(said)}
    longest = sorted(answers, key=lambda number: -len(answers[number]))[:quotes]
    return {
        "points": [
            {"text": " ".join(words), "segments": [number]}
            for number, words in segments.items()
            if len(words) > 8
        ][:8],
        "quotes": [quote_of(asked, number) for number in sorted(longest)],
    }


def _is_small_talk(said: list[str]) -> bool:
    return said[0] in ("Hari", "Saya", "Halo,", "Terima", "Selamat") or said[-1].endswith("?")


def quote_of(asked: Asked, segment: int) -> dict[str, Any]:
    """The whole of a segment."""
    words = asked.segments[segment]
    return {
        "segment": segment,
        "first_word": 0,
        "last_segment": segment,
        "last_word": len(words) - 1,
        "begins_with": " ".join(words[:3]),
    }


def article_of(asked: Asked, lead: str = "", quotes: Sequence[int] = ()) -> dict[str, Any]:
    """A short article with the first and the last quote of the notes."""
    numbers = [int(number) for number in _QUOTE.findall(asked.question)]
    segment = int((_POINT.search(asked.question) or [0, 0])[1])
    chosen = list(quotes) or sorted({numbers[0], numbers[-1]})
    return {
        "headlines": ["Warga Desa Menulis Berita", "KIM Tumbuh di Desa", "Berita dari Desa"],
        "excerpt": "Warga desa menulis berita tentang kampungnya.",
        "summary": "Perbincangan tentang warga desa yang menulis berita.",
        "paragraphs": [
            {
                "kind": "lead",
                "text": lead or "Anak-anak muda di desa belajar menulis berita.",
                "segments": [segment],
            },
            *({"kind": "quote", "quote": number} for number in chosen),
        ],
    }
