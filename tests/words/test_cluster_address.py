"""In the open only on this machine."""

from __future__ import annotations

import pytest

from pipeline.words.cluster_address import fault_of


@pytest.mark.parametrize(
    ("address", "has_keys"),
    [
        ("tls://10.0.0.5:8786", True),
        ("tls://ruang-redaksi.example.org:8786", True),
        ("tls://[fd00::5]:8786", True),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://[::1]:8786", False),
    ],
)
def test_an_address_that_is_safe(address: str, has_keys: bool) -> None:
    assert fault_of(address, has_keys=has_keys) == ""


@pytest.mark.parametrize(
    ("address", "has_keys", "part"),
    [
        ("tcp://10.0.0.5:8786", False, "open to everybody"),
        ("tcp://10.0.0.5:8786", True, "open to everybody"),
        ("tcp://0.0.0.0:8786", False, "open to everybody"),
        ("tcp://[::]:8786", False, "open to everybody"),
        ("tcp://scheduler:8786", False, "open to everybody"),
        ("tls://10.0.0.5:8786", False, "keys"),
        ("tls://10.0.0.5", True, "no address"),
        ("tls://10.0.0.5:port", True, "no address"),
        ("tls://10.0.0.5:99999", True, "no address"),
        ("10.0.0.5:8786", True, "no address"),
        ("http://10.0.0.5:8786", True, "no address"),
        ("tls://:8786", True, "no address"),
        ("tls://[10:8786", True, "no address"),
    ],
)
def test_an_address_that_is_not(address: str, has_keys: bool, part: str) -> None:
    assert part in fault_of(address, has_keys=has_keys)
