"""Kinds of settings that more than one file of settings has, each with its check."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, HttpUrl, TypeAdapter


class Section(BaseModel):
    """A table of settings; an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


def web_address(value: str) -> str:
    """`value` when it is an absolute web address; raises ValueError when it is none.

    Nor may it hold a name or a password: what is in settings ends up in feeds, logs and backups.
    """
    address = TypeAdapter(HttpUrl).validate_python(value)
    if address.username or address.password:
        raise ValueError("a web address in settings may hold no name or password")
    return value


def _base_address(value: str) -> str:
    return web_address(value).rstrip("/") + "/"


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", value):
        raise ValueError("a language is written as in “id” or “en-GB”")
    return value


def _language_or_auto(value: str) -> str:
    try:
        return value if value == "auto" else _language(value)
    except ValueError as error:
        raise ValueError(f"{error}; or “auto”") from error


WebAddress = Annotated[str, AfterValidator(web_address)]
BaseAddress = Annotated[str, AfterValidator(_base_address)]
Language = Annotated[str, AfterValidator(_language)]
LanguageOrAuto = Annotated[str, AfterValidator(_language_or_auto)]
