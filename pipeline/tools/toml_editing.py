"""Changes values in a TOML file that people write; comments and order stay (tomlkit)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, InlineTable


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """`text` saying `values` at its top level; a key whose value is None is taken out.

    What has that value already is not touched. Raises ValueError for text that is no TOML.
    """
    document = tomlkit.parse(text)
    said = document.unwrap()
    for key, value in values.items():
        plain = _plain(value)
        if plain is None:
            document.pop(key, None)
        elif said.get(key) != plain:
            _put(document, key, plain)
    changed = document.as_string()
    _must_say(changed, {**said, **{key: _plain(value) for key, value in values.items()}})
    return changed


def _put(document: tomlkit.TOMLDocument, key: str, value: Any) -> None:
    old = document.get(key)
    if not _is_tables(value):
        document[key] = value
    elif isinstance(old, AoT):
        document[key] = _tables(value)
    else:
        document[key] = _lines(value)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _tables(entries: Sequence[Mapping[str, Any]]) -> AoT:
    tables = tomlkit.aot()
    for entry in entries:
        table = tomlkit.table()
        table.update(entry)
        tables.append(table)
    return tables


def _lines(entries: Sequence[Mapping[str, Any]]) -> Array:
    """One entry a line."""
    array = tomlkit.array()
    for entry in entries:
        array.append(_in_braces(entry))
    return array.multiline(len(entries) > 1)


def _in_braces(entry: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    table.update(entry)
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _must_say(text: str, said: Mapping[str, Any]) -> None:
    """Whatever the library does with people's file, it must read back as what was meant."""
    expected = {key: value for key, value in said.items() if value is not None}
    found = tomllib.loads(text)
    if found != expected:
        wrong = [k for k in found.keys() | expected.keys() if found.get(k) != expected.get(k)]
        raise ValueError(f"{', '.join(sorted(wrong))} would not read back")
