"""A Whisper of random weights: real files through the real libraries, and no meaning at all.

For tests of how a model is loaded, refused, shared and asked; what it writes is nonsense. The
recipe of the files is the demo model's (`docs/transcription.md`).
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import ctranslate2
import numpy as np
import tokenizers
from tokenizers import decoders, models, pre_tokenizers

WIDTH = 32
HEADS = 2
MELS = 80
ENCODER_POSITIONS = 1500
DECODER_POSITIONS = 448
LANGUAGES = ("id", "en")


def random_whisper(
    folder: Path,
    languages: tuple[str, ...] = LANGUAGES,
    chunk_seconds: int = 10,
    seed: int = 3,
    eager_to_end: float = 3.0,
) -> Path:
    """Write a model folder; without `languages` it is one that knows English only.

    `eager_to_end` weighs the end of the text: 3 keeps it short, 6 leaves none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = _vocabulary(languages)
    _weights(vocabulary, languages, seed, eager_to_end).save(str(folder))
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    preprocessor = {"feature_size": MELS, "chunk_length": chunk_seconds}
    (folder / "preprocessor_config.json").write_text(json.dumps(preprocessor), encoding="utf-8")
    return folder


def write_tokenizer(folder: Path, words: int, languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """Write a tokenizer that knows `words` tokens, most of them meaningless; return them all."""
    folder.mkdir(parents=True, exist_ok=True)
    known = _vocabulary(languages)
    vocabulary = [*known, *(f"word{number}" for number in range(words - len(known)))]
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    return vocabulary


@functools.cache
def _byte_letters() -> tuple[str, ...]:
    return tuple(sorted(pre_tokenizers.ByteLevel.alphabet()))


def _vocabulary(languages: tuple[str, ...]) -> list[str]:
    specials = ["<|endoftext|>", "<|startoftranscript|>"]
    specials += [f"<|{language}|>" for language in languages]
    specials += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>"]
    specials += ["<|nospeech|>", "<|notimestamps|>"]
    times = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
    multilingual = [""] if languages else []
    return [*_byte_letters(), *multilingual, *specials, *times]


def _tokenizer(vocabulary: list[str]) -> tokenizers.Tokenizer:
    numbered = {token: number for number, token in enumerate(vocabulary)}
    tokenizer = tokenizers.Tokenizer(models.BPE(vocab=numbered, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([token for token in vocabulary if token.startswith("<|")])
    return tokenizer


def _weights(
    vocabulary: list[str], languages: tuple[str, ...], seed: int, eager_to_end: float
) -> ctranslate2.specs.WhisperSpec:
    generator = np.random.default_rng(seed)
    spec = ctranslate2.specs.WhisperSpec(1, HEADS, 1, HEADS)

    def random(*shape: int) -> np.ndarray:
        return (generator.normal(size=shape) * 0.3).astype(np.float32)

    def linear(layer: object, rows: int, columns: int = WIDTH) -> None:
        layer.weight, layer.bias = random(rows, columns), random(rows)

    def norm(layer: object) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(layer: object, first: int, second: int | None = None) -> None:
        linear(layer.linear[0], first)
        if second:
            linear(layer.linear[1], second)
        linear(layer.linear[-1], WIDTH)
        norm(layer.layer_norm)

    def feed_forward(layer: object) -> None:
        linear(layer.linear_0, 4 * WIDTH)
        linear(layer.linear_1, WIDTH, 4 * WIDTH)
        norm(layer.layer_norm)

    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = random(WIDTH, MELS, 3), random(WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = random(WIDTH, WIDTH, 3), random(WIDTH)
    encoder.position_encodings.encodings = random(ENCODER_POSITIONS, WIDTH)
    norm(encoder.layer_norm)
    attention(encoder.layer[0].self_attention, 3 * WIDTH)
    feed_forward(encoder.layer[0].ffn)
    decoder.embeddings.weight = random(len(vocabulary), WIDTH)
    decoder.scale_embeddings = False
    decoder.position_encodings.encodings = random(DECODER_POSITIONS, WIDTH)
    decoder.projection.weight = decoder.embeddings.weight
    decoder.projection.bias = np.zeros(len(vocabulary), np.float32)
    decoder.projection.bias[vocabulary.index("<|endoftext|>")] = eager_to_end
    norm(decoder.layer_norm)
    attention(decoder.layer[0].self_attention, 3 * WIDTH)
    attention(decoder.layer[0].attention, WIDTH, 2 * WIDTH)
    feed_forward(decoder.layer[0].ffn)

    number = {token: index for index, token in enumerate(vocabulary)}
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [number["<|endoftext|>"]]
    spec.config.lang_ids = [number[f"<|{language}|>"] for language in languages]
    spec.config.alignment_heads = [[0, 0]]
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.optimize("int8")
    return spec
