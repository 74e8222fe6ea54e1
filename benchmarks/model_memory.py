"""How much memory a process takes that works with a Whisper of some size, against what is promised.

Networks of random weights, in the shapes of the published ones and stored as they are (float16), so
that no download is needed. Each is loaded and hears one window of 28 s in a process of its own.
`python -m benchmarks.model_memory --help`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

from pipeline.tools.whisper.catalogue import NAMED_MODELS, Shape
from pipeline.tools.whisper.engine import load
from pipeline.tools.whisper.needs import working_memory_gb
from pipeline.tools.whisper.windows import SAMPLE_RATE_HZ
from tests.tools.random_whisper import write_tokenizer

_HEAD_WIDTH = 64
_WINDOW_SECONDS = 28


def main() -> None:
    options = _options()
    if options.folder:
        print(_peak_gb(options.folder, options.types[0]))
        return
    print("| model | model.bin | computed as | peak memory | promised | measured / promised |")
    print("|---|---|---|---|---|---|")
    for name in options.models:
        shape = NAMED_MODELS[name].shape
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            _write_model(folder, shape)
            size = (folder / "model.bin").stat().st_size
            for kind in options.types:
                peak_gb = _in_own_process(folder, kind)
                promised_gb = working_memory_gb(shape.weights, kind)
                print(
                    f"| {name} | {size:,} | {kind} | {peak_gb:.2f} GB | {promised_gb:.2f} GB "
                    f"| {peak_gb / promised_gb:.2f} |",
                    flush=True,
                )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", default=["tiny", "base"], choices=NAMED_MODELS)
    parser.add_argument("--types", nargs="+", default=["int8"], choices=["int8", "float32"])
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_own_process(folder: Path, kind: str) -> float:
    command = [sys.executable, "-m", "benchmarks.model_memory", "--folder", str(folder)]
    done = subprocess.run(
        [*command, "--types", kind], check=True, capture_output=True, text=True, cwd=_ROOT
    )
    return float(done.stdout.split()[-1])


_ROOT = Path(__file__).parents[1]


def _peak_gb(folder: Path, kind: str) -> float:
    engine = load(folder, "cpu", kind)
    noise = np.random.default_rng(0).normal(size=SAMPLE_RATE_HZ * _WINDOW_SECONDS)
    segments, _ = engine.model.transcribe(
        (noise * 0.1).astype(np.float32),
        language="id",
        beam_size=5,
        word_timestamps=True,
        temperature=[0.0],
        condition_on_previous_text=False,
        max_new_tokens=120,
    )
    list(segments)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e9


def _write_model(folder: Path, shape: Shape) -> None:
    """A whole model folder of random weights in this shape."""
    vocabulary = write_tokenizer(folder, shape.words)
    heads = shape.width // _HEAD_WIDTH
    spec = ctranslate2.specs.WhisperSpec(shape.encoder_layers, heads, shape.decoder_layers, heads)
    _fill(spec, shape, _numbers())
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [vocabulary.index("<|id|>")]
    spec.config.alignment_heads = [[0, 0]]
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.optimize("float16")
    spec.save(str(folder))
    settings = {"feature_size": shape.mels, "chunk_length": 30}
    (folder / "preprocessor_config.json").write_text(json.dumps(settings), encoding="utf-8")


def _numbers() -> Iterator[Any]:
    """Blocks of numbers, no two alike: equal arrays would be stored once."""
    block = (np.random.default_rng(1).normal(size=1 << 20) * 0.02).astype(np.float16)
    for number in itertools.count(1):
        marked = block.copy()
        marked[0], marked[1] = number % 1000, number // 1000
        yield marked


def _fill(spec: Any, shape: Shape, numbers: Iterator[Any]) -> None:
    width = shape.width

    def random(*size: int) -> Any:
        return np.resize(next(numbers), size)

    def linear(layer: Any, rows: int, columns: int = width) -> None:
        layer.weight, layer.bias = random(rows, columns), random(rows)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = random(width) + 1, random(width)

    def attention(layer: Any, first: int, second: int = 0) -> None:
        linear(layer.linear[0], first)
        if second:
            linear(layer.linear[1], second)
        linear(layer.linear[-1], width)
        norm(layer.layer_norm)

    def feed_forward(layer: Any) -> None:
        linear(layer.linear_0, 4 * width)
        linear(layer.linear_1, width, 4 * width)
        norm(layer.layer_norm)

    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = random(width, shape.mels, 3), random(width)
    encoder.conv2.weight, encoder.conv2.bias = random(width, width, 3), random(width)
    encoder.position_encodings.encodings = random(1500, width)
    norm(encoder.layer_norm)
    for layer in encoder.layer:
        attention(layer.self_attention, 3 * width)
        feed_forward(layer.ffn)
    decoder.embeddings.weight = random(shape.words, width)
    decoder.scale_embeddings = False
    decoder.position_encodings.encodings = random(448, width)
    decoder.projection.weight = decoder.embeddings.weight
    norm(decoder.layer_norm)
    for layer in decoder.layer:
        attention(layer.self_attention, 3 * width)
        attention(layer.attention, width, 2 * width)
        feed_forward(layer.ffn)


if __name__ == "__main__":
    main()
