"""The transcript editor: the page, and what its scripts ask for."""

from fastapi import APIRouter

from pipeline.faces.web.transcript import (
    editing,
    exports,
    glossary,
    hearing,
    history,
    reading,
    sound,
)

router = APIRouter()
for part in (reading, editing, history, hearing, glossary, exports, sound):
    router.include_router(part.router)
