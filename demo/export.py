"""Export a checkpoint's averaged weights as a CTranslate2 folder that faster-whisper loads.

python -m demo.export
"""

import argparse
import json
import tempfile
from itertools import product
from pathlib import Path
from shutil import copyfile

import numpy as np
import torch
from ctranslate2.specs import WhisperSpec
from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec
from torch import Tensor, nn

from demo import vocabulary
from demo.network import (
    ALL_POSITIONS,
    WINDOW_POSITIONS,
    Attention,
    FeedForward,
    Size,
    Whisper,
    sinusoids,
)
from demo.windows import WINDOW_SECONDS

MODEL = Path("pipeline/demo/model")


def export(work: Path, target: Path) -> None:
    """Write model.bin (int8), config, vocabulary, tokenizer and preprocessor settings."""
    network = averaged_network(work / "checkpoint.pt")
    tokenizer = vocabulary.train(work / "tokenizer.json")
    spec = describe(network)
    special = vocabulary.specials(tokenizer)
    spec.config.suppress_ids = []
    # Whisper's holds the blank, which begins words here, and the end, an answer to silence.
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [special[f"<|{language}|>"] for language in vocabulary.LANGUAGES]
    layers, heads = range(network.size.decoder_layers), range(network.size.guided_heads)
    spec.config.alignment_heads = [list(pair) for pair in product(layers, heads)]
    spec.register_vocabulary(vocabulary.ordered(tokenizer))
    spec.validate()
    spec.optimize("int8")
    target.mkdir(parents=True, exist_ok=True)
    # CTranslate2 adds files beside model.bin; only those that faster-whisper reads are kept.
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        for name in ("model.bin", "config.json", "vocabulary.json"):
            copyfile(Path(folder) / name, target / name)
    copyfile(work / "tokenizer.json", target / "tokenizer.json")
    extractor = {
        "chunk_length": int(WINDOW_SECONDS),
        "feature_size": 80,
        "hop_length": 160,
        "n_fft": 400,
        "sampling_rate": 16000,
    }
    (target / "preprocessor_config.json").write_text(json.dumps(extractor, indent=2) + "\n")


def averaged_network(checkpoint: Path) -> Whisper:
    state = torch.load(checkpoint, weights_only=True)
    network = Whisper(Size(**state["size"]))
    network.load_state_dict(state["average"])
    network.eval()
    return network


def describe(network: Whisper) -> WhisperSpec:
    """CTranslate2's description of the network, filled with its weights."""
    size = network.size
    spec = WhisperSpec(size.encoder_layers, size.heads, size.decoder_layers, size.heads)
    encoder, decoder = network.encoder, network.decoder
    for name in ("conv1", "conv2"):
        getattr(spec.encoder, name).weight = _array(getattr(encoder, name).weight)
        getattr(spec.encoder, name).bias = _array(getattr(encoder, name).bias)
    spec.encoder.position_encodings.encodings = _encoder_positions(network)
    _fill_norm(spec.encoder.layer_norm, encoder.norm)
    for described, layer in zip(spec.encoder.layer, encoder.layers, strict=True):
        _fill_self_attention(described.self_attention, layer.attention, layer.attention_norm)
        _fill_feed_forward(described.ffn, layer.feed_forward, layer.feed_forward_norm)
    spec.decoder.embeddings.weight = _array(decoder.embedding.weight)
    spec.decoder.projection.weight = _array(decoder.embedding.weight)
    spec.decoder.position_encodings.encodings = _array(decoder.positions)
    _fill_norm(spec.decoder.layer_norm, decoder.norm)
    for described, layer in zip(spec.decoder.layer, decoder.layers, strict=True):
        _fill_self_attention(described.self_attention, layer.attention, layer.attention_norm)
        _fill_listening(described.attention, layer.listening, layer.listening_norm)
        _fill_feed_forward(described.ffn, layer.feed_forward, layer.feed_forward_norm)
    return spec


def _encoder_positions(network: Whisper) -> np.ndarray:
    """Sinusoids within the window, one and the same vector behind it (see demo.network)."""
    behind = network.encoder.behind_window.expand(ALL_POSITIONS - WINDOW_POSITIONS, -1)
    return _array(torch.cat([sinusoids(WINDOW_POSITIONS, network.size.width), behind]))


def _fill_self_attention(
    described: MultiHeadAttentionSpec, attention: Attention, norm: nn.LayerNorm
) -> None:
    _fill_norm(described.layer_norm, norm)
    _fill_linear(described.linear[0], *_stacked(attention.query, attention.key, attention.value))
    _fill_linear(described.linear[1], attention.out.weight, attention.out.bias)


def _fill_listening(
    described: MultiHeadAttentionSpec, attention: Attention, norm: nn.LayerNorm
) -> None:
    _fill_norm(described.layer_norm, norm)
    _fill_linear(described.linear[0], attention.query.weight, attention.query.bias)
    _fill_linear(described.linear[1], *_stacked(attention.key, attention.value))
    _fill_linear(described.linear[2], attention.out.weight, attention.out.bias)


def _fill_feed_forward(described: object, feed_forward: FeedForward, norm: nn.LayerNorm) -> None:
    _fill_norm(described.layer_norm, norm)  # type: ignore[attr-defined]
    _fill_linear(described.linear_0, feed_forward[0].weight, feed_forward[0].bias)  # type: ignore[attr-defined]
    _fill_linear(described.linear_1, feed_forward[2].weight, feed_forward[2].bias)  # type: ignore[attr-defined]


def _stacked(*linears: nn.Linear) -> tuple[Tensor, Tensor]:
    """Weights and biases on top of each other; keys have no bias, which is a bias of zeros."""
    biases = [
        linear.bias if linear.bias is not None else torch.zeros(linear.out_features)
        for linear in linears
    ]
    return torch.cat([linear.weight for linear in linears]), torch.cat(biases)


def _fill_linear(described: LinearSpec, weight: Tensor, bias: Tensor) -> None:
    described.weight, described.bias = _array(weight), _array(bias)


def _fill_norm(described: LayerNormSpec, norm: nn.LayerNorm) -> None:
    described.gamma, described.beta = _array(norm.weight), _array(norm.bias)


def _array(tensor: Tensor) -> np.ndarray:
    return np.asarray(tensor.detach().contiguous())


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--work", type=Path, default=Path(".cache/demo-model"))
    arguments.add_argument("--target", type=Path, default=MODEL)
    export(**vars(arguments.parse_args()))
