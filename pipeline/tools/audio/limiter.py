"""Gain and a look-ahead limiter: what makes a recording as loud as it should be."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.tools.audio.graph import FilterChain
from pipeline.tools.audio.samples import Blocks, Samples, amplitude

_ATTACK_MS = 5
_RELEASE_MS = 80
_LOWEST_LIMIT_DB = -24.0  # FFmpeg's alimiter takes no lower one


def limited(blocks: Blocks, channels: int, gain_db: float, limit_db: float) -> Iterator[Samples]:
    """`blocks` with `gain_db` more, and no sample beyond `limit_db`. The time line is kept."""
    limit = amplitude(max(limit_db, _LOWEST_LIMIT_DB))
    chain = FilterChain(
        [
            ("volume", f"{gain_db:.4f}dB:precision=float"),
            (
                "alimiter",
                f"limit={limit:.8f}:level=false:attack={_ATTACK_MS}:release={_RELEASE_MS}"
                ":latency=true",
            ),
        ],
        channels,
    )
    return chain.samples(blocks)
