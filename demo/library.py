"""The pool's clips by voice, each with its tokens and the time at which every token is spoken."""

import random
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from demo.pool import Clip, Shard
from demo.speech import SAMPLE_RATE

WORD_START = "Ġ"
CUT_MARGIN_SECONDS = 0.06


@dataclass(frozen=True)
class Passage:
    """A clip or a part of it: samples, tokens, and seconds from its start to each token."""

    audio: NDArray[np.float32]
    tokens: list[int]
    token_seconds: list[float]
    starts_word: list[bool]
    words: list[str]
    word_ends: list[float]
    language: str

    @property
    def seconds(self) -> float:
        return len(self.audio) / SAMPLE_RATE

    def from_word(self, word: int) -> "Passage":
        """What is left when the recording begins with that word."""
        at = self._first_token(word)
        begin = max(self.token_seconds[at] - CUT_MARGIN_SECONDS, 0.0)
        return Passage(
            self.audio[int(begin * SAMPLE_RATE) :],
            self.tokens[at:],
            [seconds - begin for seconds in self.token_seconds[at:]],
            self.starts_word[at:],
            self.words[word:],
            [seconds - begin for seconds in self.word_ends[word:]],
            self.language,
        )

    def up_to_word(self, word: int) -> "Passage":
        """What is left when the recording ends before that word."""
        at = self._first_token(word)
        end = self.word_ends[word - 1]
        return Passage(
            self.audio[: int(end * SAMPLE_RATE)],
            self.tokens[:at],
            self.token_seconds[:at],
            self.starts_word[:at],
            self.words[:word],
            self.word_ends[:word],
            self.language,
        )

    def _first_token(self, word: int) -> int:
        return [index for index, starts in enumerate(self.starts_word) if starts][word]


class Library:
    """Clips of all shards in a folder by voice, shortest first."""

    def __init__(self, folder: Path, tokenizer: Tokenizer) -> None:
        self.folder, self.tokenizer = folder, tokenizer
        self.known: set[Path] = set()
        self.by_voice: dict[str, list[tuple[float, Shard, Clip]]] = defaultdict(list)
        self.refresh()

    def refresh(self) -> None:
        """Take in the shards that were finished since the last call."""
        for path in sorted(set(self.folder.glob("shard-*.json")) - self.known):
            self.known.add(path)
            shard = Shard(path)
            for clip in shard.clips:
                self.by_voice[clip.voice].append((clip.seconds, shard, clip))
        for clips in self.by_voice.values():
            clips.sort(key=lambda entry: entry[0])

    def pick_voice(self, rng: random.Random) -> str:
        return rng.choices(list(self.by_voice), [len(clips) for clips in self.by_voice.values()])[0]

    def pick_text(self, rng: random.Random) -> str:
        _, _, clip = rng.choice(self.by_voice[self.pick_voice(rng)])
        return clip.text

    def pick(self, rng: random.Random, voice: str, longest_seconds: float) -> Passage | None:
        """A random clip of the voice that fits; half of the time one of the longer ones."""
        clips = self.by_voice[voice]
        fitting = bisect_right(clips, longest_seconds, key=lambda entry: entry[0])
        if not fitting:
            return None
        shortest = fitting // 3 if rng.random() < 0.5 else 0
        _, shard, clip = clips[rng.randrange(shortest, fitting)]
        return self._passage(shard, clip)

    def _passage(self, shard: Shard, clip: Clip) -> Passage:
        """Within a word, time passes evenly from character to character."""
        encoding = self.tokenizer.encode(" " + clip.text)
        words = clip.text.split()
        starts_word = [token.startswith(WORD_START) for token in encoding.tokens]
        seconds = []
        word, begun = -1, 0
        for token, starts in zip(encoding.tokens, starts_word, strict=True):
            word, begun = (word + 1, 0) if starts else (word, begun)
            length = len(token) - starts
            share = min((begun + length / 2) / len(words[word]), 1.0)
            start, end = clip.word_seconds[word]
            seconds.append(start + (end - start) * share)
            begun += length
        audio = shard.audio(clip)
        ends = [end for _, end in clip.word_seconds]
        return Passage(audio, encoding.ids, seconds, starts_word, words, ends, clip.language)
