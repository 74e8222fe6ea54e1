"""The demo model with more layers that add nothing: the same words for the work of a larger model.

A layer whose last projections are zero leaves what runs through it as it is, so a model may be made
as heavy as wished without being trained. The format is CTranslate2's `model.bin`, version 6 (its
source: `python/ctranslate2/specs/model_spec.py`, `ModelSpec._serialize`).
"""

from __future__ import annotations

import re
import shutil
import struct
from pathlib import Path
from typing import BinaryIO

_Variable = tuple[str, bytes, bytes]
_SILENT = re.compile(r"/(?:self_attention|attention)/linear_(\d)/(?:weight|bias)$|/ffn/linear_1/")


def heavier(model: Path, folder: Path, layers: int) -> Path:
    """A copy of `model` in `folder` whose encoder and decoder have so many layers more."""
    shutil.copytree(model, folder)
    with (model / "model.bin").open("rb") as file:
        head, variables, rest = _read(file)
    more = [copy for variable in variables for copy in _silent_copies(variable, variables, layers)]
    body = b"".join(b"".join((_text(name), head_, data)) for name, head_, data in variables + more)
    count = struct.pack("I", len(variables) + len(more))
    (folder / "model.bin").write_bytes(head + count + body + rest)
    return folder


def _read(file: BinaryIO) -> tuple[bytes, list[_Variable], bytes]:
    """What comes before the count of variables, the variables, what comes after them."""
    version = file.read(4)
    if struct.unpack("I", version) != (6,):
        raise SystemExit("This model is not in version 6 of CTranslate2's format.")
    name = _take_text(file)
    head = version + name + file.read(4)
    (count,) = struct.unpack("I", file.read(4))
    return head, [_take_variable(file) for _ in range(count)], file.read()


def _take_text(file: BinaryIO) -> bytes:
    length = file.read(2)
    return length + file.read(struct.unpack("H", length)[0])


def _take_variable(file: BinaryIO) -> _Variable:
    name = _take_text(file)[2:-1].decode()
    rank = file.read(1)
    dimensions = file.read(4 * rank[0])
    kind, size = file.read(1), file.read(4)
    return name, rank + dimensions + kind + size, file.read(struct.unpack("I", size)[0])


def _text(text: str) -> bytes:
    return struct.pack("H", len(text) + 1) + text.encode() + b"\0"


def _silent_copies(variable: _Variable, variables: list[_Variable], layers: int) -> list[_Variable]:
    name, head, data = variable
    match = re.match(r"(encoder|decoder)/layer_0/", name)
    if match is None:
        return []
    first = sum(1 for other, *_ in variables if re.fullmatch(_same(name), other))
    if _is_last_projection(name, variables):
        data = bytes(len(data))
    return [
        (name.replace("/layer_0/", f"/layer_{first + number}/"), head, data)
        for number in range(layers)
    ]


def _same(name: str) -> str:
    return re.escape(name).replace("layer_0/", r"layer_\d+/")


def _is_last_projection(name: str, variables: list[_Variable]) -> bool:
    """Whether what the layer adds is zero when this is: weights and biases, not scales."""
    found = _SILENT.search(name)
    if found is None or not name.endswith(("/weight", "/bias")):
        return False
    if found.group(1) is None:
        return True
    following = name.replace(f"linear_{found.group(1)}/", f"linear_{int(found.group(1)) + 1}/")
    return all(other != following for other, *_ in variables)
