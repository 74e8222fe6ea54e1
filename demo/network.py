"""Whisper's architecture in PyTorch, small, with two aids to learning that are dropped on export.

The aids: a CTC head that spells the words from the encoder's output, and attention weights of some
cross-attention heads, handed out so that training can guide them to where each token is spoken.

faster-whisper pads every window to 30 s with zeros. Behind the window all encoder positions get the
same position vector, so all of them hold equal values in every layer; training computes one of
them and counts it `REPEATS` times in each softmax, which is the same sum at a third of the cost.
"""

# mypy: allow-subclassing-any

from dataclasses import dataclass
from math import log

import torch
from torch import Tensor, nn
from torch.nn import functional

MEL_BINS = 80
WINDOW_POSITIONS = 500
ALL_POSITIONS = 1500
EDGE_POSITIONS = 2
REPEATS = ALL_POSITIONS - WINDOW_POSITIONS - EDGE_POSITIONS + 1
TEXT_POSITIONS = 448
SPELLING = " abcdefghijklmnopqrstuvwxyz-"


@dataclass(frozen=True)
class Size:
    width: int = 128
    heads: int = 4
    encoder_layers: int = 4
    decoder_layers: int = 2
    guided_heads: int = 2
    vocabulary: int = 2209


class Whisper(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.size = size
        self.encoder = Encoder(size)
        self.decoder = Decoder(size)
        self.spelling = nn.Linear(size.width, len(SPELLING) + 1)
        self.apply(_initialize)

    def forward(self, mel: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the next token [batch, tokens, vocabulary], logits of the spelling [batch,
        positions, characters, the blank first], and logarithms of the guided attention [layers,
        batch, heads, tokens, positions]."""
        audio, crowding = self.encoder(mel)
        logits, attention = self.decoder(tokens, audio, crowding)
        return logits, self.spelling(audio), attention


class Encoder(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MEL_BINS, size.width, 3, padding=1)
        self.conv2 = nn.Conv1d(size.width, size.width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(WINDOW_POSITIONS, size.width), persistent=False)
        self.behind_window = nn.Parameter(torch.zeros(size.width))
        self.layers = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.norm = nn.LayerNorm(size.width)

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """Audio [batch, positions, width], and what to add to scores of attention to it.

        The mel [batch, 80, 2 x positions] ends in EDGE_POSITIONS of zeros.
        """
        x = functional.gelu(self.conv1(mel))
        x = functional.gelu(self.conv2(x)).transpose(1, 2)
        within = x.shape[1] - EDGE_POSITIONS
        positions = torch.cat(
            [self.positions[:within], self.behind_window.expand(EDGE_POSITIONS, -1)]
        )
        crowding = torch.zeros(1, 1, 1, x.shape[1])
        crowding[..., -1] = log(REPEATS)
        x = x + positions
        for layer in self.layers:
            x = layer(x, crowding)
        return self.norm(x), crowding


class EncoderLayer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.attention_norm, self.attention = nn.LayerNorm(size.width), Attention(size)
        self.feed_forward_norm, self.feed_forward = (
            nn.LayerNorm(size.width),
            FeedForward(size.width),
        )

    def forward(self, x: Tensor, crowding: Tensor) -> Tensor:
        normed = self.attention_norm(x)
        x = x + self.attention(normed, normed, crowding)
        return x + self.feed_forward(self.feed_forward_norm(x))


class Decoder(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.embedding = nn.Embedding(size.vocabulary, size.width)
        self.positions = nn.Parameter(torch.randn(TEXT_POSITIONS, size.width) * 0.02)
        self.layers = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.norm = nn.LayerNorm(size.width)

    def forward(self, tokens: Tensor, audio: Tensor, crowding: Tensor) -> tuple[Tensor, Tensor]:
        x = self.embedding(tokens) + self.positions[: tokens.shape[1]]
        attentions = []
        for layer in self.layers:
            x, attention = layer(x, audio, crowding)
            attentions.append(attention)
        return self.norm(x) @ self.embedding.weight.T, torch.stack(attentions)


class DecoderLayer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.guided_heads = size.guided_heads
        self.attention_norm, self.attention = nn.LayerNorm(size.width), Attention(size)
        self.listening_norm, self.listening = nn.LayerNorm(size.width), Attention(size)
        self.feed_forward_norm, self.feed_forward = (
            nn.LayerNorm(size.width),
            FeedForward(size.width),
        )

    def forward(self, x: Tensor, audio: Tensor, crowding: Tensor) -> tuple[Tensor, Tensor]:
        normed = self.attention_norm(x)
        x = x + self.attention(normed, normed, causal=True)
        heard, attention = self.listening.explicit(self.listening_norm(x), audio, crowding)
        x = x + heard
        return x + self.feed_forward(self.feed_forward_norm(x)), attention[:, : self.guided_heads]


class Attention(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        self.query, self.value, self.out = (nn.Linear(size.width, size.width) for _ in range(3))
        self.key = nn.Linear(size.width, size.width, bias=False)

    def forward(
        self, x: Tensor, source: Tensor, crowding: Tensor | None = None, causal: bool = False
    ) -> Tensor:
        query, key, value = (
            self._split(self.query(x)),
            self._split(self.key(source)),
            self._split(self.value(source)),
        )
        heard = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=crowding, is_causal=causal
        )
        return self.out(heard.transpose(1, 2).flatten(2))

    def explicit(self, x: Tensor, source: Tensor, crowding: Tensor) -> tuple[Tensor, Tensor]:
        """The same, with logarithms of the weights [batch, heads, rows of x, rows of source]."""
        query, key, value = (
            self._split(self.query(x)),
            self._split(self.key(source)),
            self._split(self.value(source)),
        )
        scores = query @ key.transpose(2, 3) / query.shape[-1] ** 0.5 + crowding
        attention = scores.log_softmax(-1)
        return self.out((attention.exp() @ value).transpose(1, 2).flatten(2)), attention

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)


class FeedForward(nn.Sequential):
    def __init__(self, width: int) -> None:
        super().__init__(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's position vectors for the encoder."""
    scales = torch.exp(-log(10_000) / (width // 2 - 1) * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * scales[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def _initialize(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=module.in_features**-0.5 * 0.7)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=0.04)
