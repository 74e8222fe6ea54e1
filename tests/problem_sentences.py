"""The sentences of the program's problems, out of its source, with `{names}` for what varies."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "pipeline"
_PROBLEMS = {"EpisodeProblem", "SetupProblem", "TemporaryProblem"}
_FEWEST_LETTERS = 12


def sentences_in(rooms: tuple[str, ...]) -> dict[str, str]:
    """Each sentence of `PipelineError`s raised in these files or folders, and where it stands.

    A sentence that is another's, or that has hardly a word of its own, is none.
    """
    found = {}
    for room in rooms:
        place = PACKAGE / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            for line, sentence in _sentences(ast.parse(path.read_text())):
                found.setdefault(sentence, f"{path.relative_to(PACKAGE)}:{line}")
    return found


def _sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _PROBLEMS:
            for argument in node.args[:2]:
                sentence = _template(argument)
                if sum(c.isalpha() for c in _without_names(sentence)) >= _FEWEST_LETTERS:
                    yield node.lineno, sentence


def _template(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    names: dict[str, str] = {}
    pieces = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            pieces.append(f"{{{_own_name(part.value, names)}}}")
        else:
            assert isinstance(part, ast.Constant)
            pieces.append(str(part.value))
    return "".join(pieces)


def _own_name(node: ast.expr, names: dict[str, str]) -> str:
    """A name for what stands there; the same expression has the same one."""
    said = ast.unparse(node)
    name = _name(node)
    while names.setdefault(name, said) != said:
        name += "_b"
    return name


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        is_plain = node.attr in ("name", "value")
        return _name(node.value) if is_plain else node.attr.strip("_").lower()
    if isinstance(node, ast.Name):
        return node.id.strip("_").lower()
    if isinstance(node, ast.Call):
        return _name(node.func)
    return "value"


def _without_names(sentence: str) -> str:
    pieces = sentence.split("{")
    return pieces[0] + "".join(piece.partition("}")[2] for piece in pieces[1:])
