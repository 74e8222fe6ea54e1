"""Loudness in the terms of EBU R 128."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS, true peak in dBTP, loudness range in LU (EBU Tech 3341, 3342).

    Silence measures `-inf` LUFS.
    """

    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float
