"""`[article.llm]` of `feed/show.toml`: a language model that writes drafts, if there is one."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from pipeline.ground.setting_types import Section, WebAddress

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class LanguageModel(Section):
    """An OpenAI-compatible endpoint. Without `base_url` and `model` nothing is ever asked.

    The key is in the environment variable `key_variable`, never here. Prices are for a million
    tokens, in `currency`; they only serve the receipt.
    """

    base_url: WebAddress | None = None
    model: str = ""
    key_variable: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] = "ETAM_LLM_KEY"
    timeout_seconds: Annotated[float, Field(gt=0, le=3600)] = 120.0
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    words_at_once: Annotated[int, Field(ge=200, le=100_000)] = 3000
    answer_tokens: Annotated[int, Field(ge=0, le=100_000)] = 4000
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    json_mode: Literal["object", "schema", "off"] = "object"
    price_in: Annotated[float, Field(ge=0)] = 0.0
    price_out: Annotated[float, Field(ge=0)] = 0.0
    currency: str = "USD"

    @property
    def is_configured(self) -> bool:
        return bool(self.base_url and self.model)

    @property
    def host(self) -> str:
        """The machine that is asked, for sentences."""
        return urlsplit(self.base_url or "").hostname or ""

    @property
    def may_take_a_key(self) -> bool:
        """Whether a key can travel there unread: over https, or on this machine alone."""
        return urlsplit(self.base_url or "").scheme == "https" or self.host in _LOOPBACK

    @model_validator(mode="after")
    def _both_or_neither(self) -> LanguageModel:
        if bool(self.base_url) != bool(self.model):
            raise ValueError("“base_url” and “model” belong together; give both or neither")
        return self
