"""Files of others are those that were published, with their licence beside them."""

from __future__ import annotations

import hashlib
import tomllib

from pipeline.faces.web.static_files import STATIC

VENDOR = STATIC / "vendor"
FILES = tomllib.loads((VENDOR / "vendored.toml").read_text("utf-8"))["file"]


def test_each_file_has_the_digest_it_is_named_with_and_a_licence() -> None:
    for each in FILES:
        path = VENDOR / each["file"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == each["sha256"], path
        assert (path.parent / "LICENSE").stat().st_size > 500
        assert each["version"]
        assert each["licence"]
        assert each["integrity"].startswith("sha512-")


def test_no_file_of_others_is_left_unnamed() -> None:
    named = {each["file"] for each in FILES}
    there = {
        path.relative_to(VENDOR).as_posix()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "LICENSE" and path != VENDOR / "vendored.toml"
    }
    assert there == named
