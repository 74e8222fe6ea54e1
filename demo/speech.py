"""espeak-ng through its C library: samples, and the time at which each word is spoken."""

import ctypes
from dataclasses import dataclass
from functools import cache
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

SAMPLE_RATE = 16_000
HOST, GUEST = "id+f2", "id+m3"
SEEN_VOICES = [HOST, GUEST, "id", "id+m1", "id+m4", "id+m7", "id+f1", "id+f3", "id+f4", "id+m2"]
UNHEARD_VOICES = ["id+f5", "id+m6", "id+m8", "id+Andy"]

_SYNCHRONOUS, _UTF8, _RATE, _PITCH, _RANGE = 2, 1, 1, 3, 4
_WORD_EVENT, _LIST_END = 1, 0


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class Speech:
    """Mono samples in -1..1, and for each word of the text its start and end in seconds."""

    samples: NDArray[np.float32]
    word_seconds: list[tuple[float, float]]


def speak(
    text: str, voice: str, words_per_minute: int = 150, pitch: int = 50, rate: int = SAMPLE_RATE
) -> Speech:
    """The text spoken by one espeak-ng voice, silence at both ends cut to 30 ms."""
    samples, events, spoken_rate = _synthesize(text, voice, words_per_minute, pitch)
    loud = np.flatnonzero(np.abs(samples) > 0.006)
    margin = spoken_rate * 30 // 1000
    first, last = max(loud[0] - margin, 0), min(loud[-1] + margin, len(samples))
    starts = [(start - first) / spoken_rate for start in _word_starts(text, events)]
    trimmed = samples[first:last]
    common = gcd(rate, spoken_rate)
    resampled = resample_poly(trimmed, rate // common, spoken_rate // common).astype(np.float32)
    return Speech(resampled, _word_spans(starts, resampled, rate))


def _word_starts(text: str, events: list[tuple[int, int]]) -> list[int]:
    """Start sample of each word; one that has no event starts with the word before."""
    starts, position, latest = [], 0, 0
    for word in text.split():
        begin = text.index(word, position)
        position = begin + len(word)
        inside = [sample for at, sample in events if begin <= at - 1 < position]
        latest = min(inside) if inside else latest
        starts.append(latest)
    return starts


def _word_spans(
    starts: list[float], samples: NDArray[np.float32], rate: int
) -> list[tuple[float, float]]:
    """Words end where the next begins, less the silence before it (espeak-ng pauses at commas)."""
    frame = rate // 100
    loud = np.abs(samples[: len(samples) // frame * frame]).reshape(-1, frame).max(axis=1) > 0.01
    spans = []
    for start, following in zip(starts, [*starts[1:], len(samples) / rate], strict=True):
        start = min(max(start, 0.0), len(samples) / rate)
        sounding = np.flatnonzero(loud[int(start * 100) : int(following * 100)])
        end = start + (sounding[-1] + 1) / 100 if len(sounding) else following
        spans.append((round(start, 3), round(max(end, start + 0.02), 3)))
    return spans


def _synthesize(
    text: str, voice: str, words_per_minute: int, pitch: int
) -> tuple[NDArray[np.float32], list[tuple[int, int]], int]:
    espeak, spoken_rate = _library()
    if espeak.espeak_SetVoiceByName(voice.encode()) != 0:
        raise ValueError(f"espeak-ng has no voice {voice!r}")
    espeak.espeak_SetParameter(_RATE, words_per_minute, 0)
    espeak.espeak_SetParameter(_PITCH, pitch, 0)
    blocks: list[NDArray[np.int16]] = []
    events: list[tuple[int, int]] = []

    def collect(wave: Any, count: int, event: Any) -> int:
        if wave and count:
            blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while event[index].type != _LIST_END:
            if event[index].type == _WORD_EVENT:
                events.append((event[index].text_position, event[index].sample))
            index += 1
        return 0

    callback = _Callback(collect)
    espeak.espeak_SetSynthCallback(callback)
    encoded = text.encode()
    espeak.espeak_Synth(encoded, len(encoded) + 1, 0, 1, 0, _UTF8, None, None)
    samples = np.concatenate(blocks).astype(np.float32) / np.float32(32768)
    return samples, events, spoken_rate


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    espeak = ctypes.CDLL("libespeak-ng.so.1")
    text, size, number, pointer = ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_void_p
    kind = ctypes.c_int
    espeak.espeak_Synth.argtypes = [text, size, number, kind, number, number, pointer, pointer]
    return espeak, espeak.espeak_Initialize(_SYNCHRONOUS, 0, None, 0)
