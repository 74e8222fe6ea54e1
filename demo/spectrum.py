"""Log-mel spectra of whole batches, equal to those of faster-whisper's FeatureExtractor."""

import torch
from faster_whisper.feature_extractor import FeatureExtractor
from torch import Tensor
from torch.nn import functional

from demo.network import EDGE_POSITIONS, MEL_BINS

_FILTERS = torch.from_numpy(
    FeatureExtractor.get_mel_filters(16_000, 400, MEL_BINS).astype("float32")
)
_HANN = torch.hann_window(400)


def log_mel(audio: Tensor, audio_frames: Tensor, window_frames: int, vary: bool = False) -> Tensor:
    """[batch, 80, window_frames + edge]; frames behind a clip's own are zero, as there.

    `vary` bends the spectrum, dims the highest bins, and puts the loudest sound outside the window.
    """
    spectrum = torch.stft(
        functional.pad(audio, (0, 160)), 400, 160, window=_HANN, return_complex=True
    )[..., :-1]
    spectrum = (_FILTERS @ spectrum.abs().square()).clamp(min=1e-10).log10()
    loudest_elsewhere = torch.zeros(len(audio), 1, 1)
    if vary:
        spectrum = spectrum + _bend(len(audio))
        loudest_elsewhere = (torch.rand(len(audio), 1, 1) - 0.4).clamp(min=0) * 1.2
    present = (torch.arange(spectrum.shape[-1]) < audio_frames[:, None])[:, None]
    loudest = spectrum.masked_fill(~present, -10.0).amax((1, 2), keepdim=True) + loudest_elsewhere
    spectrum = (torch.maximum(spectrum, loudest - 8.0) + 4.0) / 4.0 * present
    spectrum = spectrum[..., :window_frames]
    return functional.pad(spectrum, (0, window_frames + 2 * EDGE_POSITIONS - spectrum.shape[-1]))


def _bend(batch: int) -> Tensor:
    """Smooth equalizer curves of a few decibels, and for some clips a loss of the highest bins."""
    nodes = torch.randn(batch, 1, 6) * 0.2
    curve = functional.interpolate(nodes, MEL_BINS, mode="linear", align_corners=True)[
        :, 0, :, None
    ]
    edge = torch.where(torch.rand(batch, 1, 1) < 0.2, torch.randint(66, 80, (batch, 1, 1)), 80)
    return curve - 3.0 * (torch.arange(MEL_BINS)[None, :, None] >= edge)
