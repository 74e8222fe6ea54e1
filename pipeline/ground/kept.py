"""`kept/`: what gives way to something newer and may be wanted again; nothing there is deleted."""

from __future__ import annotations

from pathlib import Path

from pipeline.ground.files import sha256_of, sync_folder


def put_aside(path: Path) -> Path:
    """Move `path` into `kept/` beside it, under a name that tells its content; its new place."""
    aside = path.parent / "kept" / f"{path.stem}-{sha256_of(path)[:12]}{path.suffix}"
    aside.parent.mkdir(exist_ok=True)
    path.replace(aside)
    sync_folder(aside.parent)
    return aside
