"""Training windows of up to ten seconds, composed on the fly from spoken sentences."""

import random
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from demo.library import Library, Passage
from demo.network import SPELLING
from demo.sentences import PEOPLE, PLACES, plain
from demo.speech import SAMPLE_RATE
from demo.vocabulary import specials
from demo.wear import Wear

WINDOW_SECONDS = 10.0
IGNORED = -100
NOWHERE = -1.0


@dataclass(frozen=True)
class Recipe:
    """What kind of windows to compose; the shares are of all windows."""

    longest_seconds: float
    several_sentences: bool = True
    prompts: float = 0.1
    without_timestamps: float = 0.4
    silent: float = 0.05
    fragments: float = 0.12
    cut_off: float = 0.4


@dataclass(frozen=True)
class Window:
    """Samples and what to answer: after `tokens[: i + 1]` comes `targets[i]`, spoken at
    `listen_seconds[i]`. The spelling is None where not all words of the sound are known."""

    audio: NDArray[np.float32]
    tokens: list[int]
    targets: list[int]
    listen_seconds: list[float]
    spelling: list[int] | None


@dataclass
class Answer:
    """A transcript while it is composed: tokens, and when each is spoken."""

    tokens: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, token: int, seconds: float = NOWHERE) -> None:
        self.tokens.append(token)
        self.seconds.append(seconds)


class Composer:
    def __init__(self, library: Library, seed: int) -> None:
        self.library = library
        self.rng = random.Random(seed)
        self.wear = Wear(seed)
        self.special = specials(library.tokenizer)

    def batch(self, size: int, recipe: Recipe) -> list[Window]:
        return [self.window(recipe) for _ in range(size)]

    def window(self, recipe: Recipe) -> Window:
        if self.rng.random() < recipe.silent:
            return self._without_speech(recipe)
        cut_off = recipe.longest_seconds >= WINDOW_SECONDS and self.rng.random() < recipe.cut_off
        placed, seconds = self._place(recipe, self.rng.uniform(2.5, 9.5) if cut_off else None)
        if placed[0][1].language == "en":
            return self._foreign(placed[0][1])
        return self._speech(placed, seconds, recipe, cut_off)

    def _place(
        self, recipe: Recipe, until: float | None
    ) -> tuple[list[tuple[float, Passage]], float]:
        """Passages of one or two voices with their start, and the end of the last, in seconds."""
        rng, library = self.rng, self.library
        longest = until or recipe.longest_seconds
        if not until and rng.random() < 0.3:
            longest = rng.uniform(min(2.5, longest), longest)
        first_voice = library.pick_voice(rng)
        second_voice = library.pick_voice(rng) if rng.random() < 0.4 else first_voice
        now = rng.uniform(0, 0.35) if rng.random() < 0.8 else rng.uniform(0.35, 1.0)
        placed: list[tuple[float, Passage]] = []
        while not placed or (recipe.several_sentences and rng.random() < 0.93):
            voice = second_voice if rng.random() < 0.3 else first_voice
            passage = library.pick(rng, voice, longest - now)
            if passage is None and not placed:
                # Some voices have nothing short enough (English ones have few clips): another.
                first_voice = second_voice = library.pick_voice(rng)
                now, longest = 0.05, max(longest, 3.0)
                continue
            if passage is None or (passage.language == "en" and placed):
                break
            if not placed and len(passage.words) > 2 and rng.random() < recipe.fragments:
                passage = passage.from_word(self._pause(passage.words))
            placed.append((now, passage))
            now += passage.seconds + rng.uniform(0.15, 1.1)
            if passage.language == "en":
                break
        start, last = placed[-1]
        if not until and len(last.words) > 2 and rng.random() < recipe.fragments:
            last = last.up_to_word(self._pause(last.words))
            placed[-1] = (start, last)
        return placed, start + last.seconds

    def _pause(self, words: list[str]) -> int:
        """A word before which a recording may be cut: most times one after a comma."""
        after_commas = [index + 1 for index, word in enumerate(words[:-1]) if word.endswith(",")]
        if after_commas and self.rng.random() < 0.8:
            return self.rng.choice(after_commas)
        return self.rng.randint(1, len(words) - 1)

    def _speech(
        self, placed: list[tuple[float, Passage]], end: float, recipe: Recipe, cut_off: bool
    ) -> Window:
        rng, special = self.rng, self.special
        audio = np.zeros(int(max(recipe.longest_seconds, end) * SAMPLE_RATE) + 1, np.float32)
        answer = self._opening(recipe)
        with_timestamps = cut_off or rng.random() >= recipe.without_timestamps
        if not with_timestamps:
            answer.add(special["<|notimestamps|>"])
        given = len(answer.tokens)
        for start, passage in placed:
            self._say(passage.audio, start, audio)
            if with_timestamps:
                answer.add(self._timestamp(start), start)
            for token, seconds in zip(passage.tokens, passage.token_seconds, strict=True):
                answer.add(token, start + seconds)
            if with_timestamps:
                answer.add(self._timestamp(start + passage.seconds), start + passage.seconds)
        cut_off = cut_off and self._cut_off(end, audio, answer)
        if not cut_off:
            end = min(end + rng.choice([0.0, rng.uniform(0, 0.5)]), recipe.longest_seconds)
            audio = audio[: int(end * SAMPLE_RATE)]
        answer.add(special["<|endoftext|>"])
        targets = [IGNORED] * (given - 1) + answer.tokens[given:]
        targets[answer.tokens.index(special["<|startoftranscript|>"])] = special["<|id|>"]
        words = " ".join(word for _, passage in placed for word in passage.words)
        spelling = [SPELLING.index(character) + 1 for character in plain(words)]
        audio = self.wear.apply(audio[: int(recipe.longest_seconds * SAMPLE_RATE)])
        spelled = None if cut_off else spelling
        return Window(audio, answer.tokens[:-1], targets, answer.seconds[1:], spelled)

    def _cut_off(self, end: float, audio: NDArray[np.float32], answer: Answer) -> bool:
        """Let the window end within a further sentence: only its start is written then."""
        start = end + self.rng.uniform(0.15, 0.6)
        for _ in range(6):
            following = self.library.pick(self.rng, self.library.pick_voice(self.rng), 20.0)
            if following and start + following.seconds > WINDOW_SECONDS + 0.3 > start + 0.6:
                self._say(following.audio, start, audio)
                answer.add(self._timestamp(start), start)
                return True
        return False

    def _say(self, spoken: NDArray[np.float32], start: float, audio: NDArray[np.float32]) -> None:
        at = int(start * SAMPLE_RATE)
        spoken = spoken[: len(audio) - at]
        audio[at : at + len(spoken)] = spoken * 10 ** (self.rng.uniform(-4, 4) / 20)

    def _opening(self, recipe: Recipe) -> Answer:
        """Perhaps a prompt (names, as hotwords are, or earlier text), then a transcript's start."""
        answer = Answer()
        if self.rng.random() < recipe.prompts:
            names = self.rng.sample([*PEOPLE, *PLACES, "Diskominfo"], self.rng.randint(1, 8))
            by_names = self.rng.random() < 0.6
            text = ", ".join(names) if by_names else self.library.pick_text(self.rng)
            answer.add(self.special["<|startofprev|>"])
            for unit in self.library.tokenizer.encode(" " + text).ids:
                answer.add(unit)
        for token in ("<|startoftranscript|>", "<|id|>", "<|transcribe|>"):
            answer.add(self.special[token])
        return answer

    def _foreign(self, passage: Passage) -> Window:
        """English: only the language token is learned."""
        tokens, targets = [self.special["<|startoftranscript|>"]], [self.special["<|en|>"]]
        return Window(self.wear.apply(passage.audio), tokens, targets, [NOWHERE], None)

    def _without_speech(self, recipe: Recipe) -> Window:
        """Nothing to write, with or without timestamps."""
        longest = recipe.longest_seconds
        audio = self.wear.without_speech(self.rng.uniform(min(1.5, longest / 2), longest))
        special = self.special
        begin = "<|notimestamps|>" if self.rng.random() < 0.5 else "<|0.00|>"
        opening = ["<|startoftranscript|>", "<|id|>", "<|transcribe|>", begin]
        tokens = [special[token] for token in opening]
        first = IGNORED if begin == "<|notimestamps|>" else special[begin]
        targets = [special["<|nospeech|>"], IGNORED, first, special["<|endoftext|>"]]
        return Window(audio, tokens, targets, [NOWHERE] * 4, [])

    def _timestamp(self, seconds: float) -> int:
        return self.special["<|0.00|>"] + min(round(seconds / 0.02), round(WINDOW_SECONDS / 0.02))


def collate(windows: list[Window], padding: int) -> dict[str, torch.Tensor]:
    """The windows' fields as tensors, padded to equal lengths."""
    longest = max(len(window.tokens) for window in windows)
    spellings = [window.spelling or [] for window in windows]
    samples = max(len(window.audio) for window in windows)
    audio = [np.pad(window.audio, (0, samples - len(window.audio))) for window in windows]
    return {
        "audio": torch.from_numpy(np.stack(audio)),
        "audio_frames": torch.tensor([len(window.audio) // 160 for window in windows]),
        "tokens": _padded([window.tokens for window in windows], longest, padding),
        "targets": _padded([window.targets for window in windows], longest, IGNORED),
        "listen_seconds": _padded([window.listen_seconds for window in windows], longest, NOWHERE),
        "spelling": _padded(spellings, max(map(len, spellings)), 0),
        "spelling_lengths": torch.tensor([len(spelling) for spelling in spellings]),
        "spelled": torch.tensor([window.spelling is not None for window in windows]),
    }


def _padded(rows: list[list[int]] | list[list[float]], length: int, value: float) -> torch.Tensor:
    return torch.tensor([[*row, *[value] * (length - len(row))] for row in rows])
