from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.tools.audio.decoding import Mp3Decoder, decoded
from pipeline.tools.audio.samples import in_blocks
from pipeline.tools.mp3 import DELAY_MOMENTS, Mp3Encoder
from tests.signals import RATE, noise, sine


def _encoded(samples: np.ndarray, bitrate_kbps: int) -> bytes:
    encoder = Mp3Encoder(samples.shape[1], bitrate_kbps)
    pieces = [encoder.encode(block) for block in in_blocks(samples.astype(np.float32))]
    return b"".join([*pieces, encoder.finish()])


@pytest.mark.parametrize("bitrate_kbps", [64, 96, 128, 160, 192, 224, 256, 320])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_level_is_kept_at_every_bit_rate(
    tmp_path: Path, bitrate_kbps: int, channels: int
) -> None:
    path = tmp_path / "a.mp3"
    tone = np.repeat(sine(-12, 2)[:, None], channels, axis=1)
    path.write_bytes(_encoded(tone, bitrate_kbps))
    heard = np.concatenate(list(decoded(path, channels)))[RATE // 2 : RATE + RATE // 2]
    level_db = 20 * np.log10(np.std(heard) / np.std(tone))
    assert level_db == pytest.approx(0, abs=0.02)


def test_a_player_hears_each_moment_as_much_later_as_we_say(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    signal = noise(-20, 1)
    path.write_bytes(_encoded(signal[:, None], 320))
    heard = np.concatenate(list(decoded(path, 1)))[:, 0]
    likeness = [float(signal[:9000] @ heard[delay : delay + 9000]) for delay in range(2000)]
    assert int(np.argmax(likeness)) == DELAY_MOMENTS


def test_decoding_piece_by_piece_gives_what_decoding_the_file_gives(tmp_path: Path) -> None:
    content = _encoded(np.stack([noise(-20, 2, 1), noise(-20, 2, 2)], axis=1), 128)
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    whole = np.concatenate(list(decoded(path, 2)))
    decoder = Mp3Decoder()
    blocks = []
    for at in range(0, len(content), 1000):
        blocks += [*decoder.decode(b""), *decoder.decode(content[at : at + 1000])]
    pieces = np.concatenate([*blocks, *decoder.finish()])
    np.testing.assert_allclose(pieces, whole[: len(pieces)], atol=1e-6)
    assert abs(len(pieces) - len(whole)) <= 1152
