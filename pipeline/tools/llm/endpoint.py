"""Asks an OpenAI-compatible endpoint (chat completions) and says in sentences why it could not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pipeline.ground.language_model_settings import LanguageModel
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem
from pipeline.words.spending import Spending

if TYPE_CHECKING:
    import openai

_NO_KEY = "none"
_KEPT_OF_AN_ERROR = 500


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote; `is_cut` when it ran out of tokens in the middle."""

    text: str
    spending: Spending
    is_cut: bool = False


@dataclass(frozen=True)
class Endpoint:
    """The language model of a show. The library is loaded when the first question is asked."""

    settings: LanguageModel

    def ask(self, messages: Sequence[Message], schema: dict[str, Any] | None = None) -> Answer:
        """The model's answer. The client tries again by itself, as long as `Retry-After` says.

        Raises TemporaryProblem when the endpoint cannot be reached, is too slow, busy or broken,
        and SetupProblem when it refuses key, model or request, or is no such endpoint.
        """
        import openai

        try:
            made = self._client.chat.completions.create(**self._request(messages, schema))
            return _answer(made)
        except openai.APIError as error:
            raise self._problem(error) from error
        except (AttributeError, IndexError, TypeError, ValueError) as error:
            raise SetupProblem(
                f"{self.settings.host} answers, but not as an OpenAI-compatible endpoint does.",
                "Correct `base_url` under [article.llm]; most end in /v1.",
                str(error),
            ) from error

    @cached_property
    def _client(self) -> openai.OpenAI:
        from openai import OpenAI

        return OpenAI(
            api_key=self._key or _NO_KEY,
            base_url=self.settings.base_url,
            timeout=self.settings.timeout_seconds,
            max_retries=self.settings.retries,
        )

    @cached_property
    def _key(self) -> str:
        key = os.environ.get(self.settings.key_variable, "").strip()
        if key and not self.settings.may_take_a_key:
            raise SetupProblem(
                f"The key in {self.settings.key_variable} would travel to {self.settings.host} "
                "for everybody to read: `base_url` under [article.llm] is http.",
                "Use an https address, or unset the variable if that endpoint needs no key.",
            )
        return key

    def _request(
        self, messages: Sequence[Message], schema: dict[str, Any] | None
    ) -> dict[str, Any]:
        settings = self.settings
        request: dict[str, Any] = {
            "model": settings.model,
            "messages": [{"role": m.role, "content": m.content} for m in messages],
        }
        if settings.answer_tokens:
            request["max_tokens"] = settings.answer_tokens
        if settings.temperature is not None:
            request["temperature"] = settings.temperature
        if settings.json_mode == "object":
            request["response_format"] = {"type": "json_object"}
        elif settings.json_mode == "schema" and schema:
            named = {"name": "answer", "schema": schema}
            request["response_format"] = {"type": "json_schema", "json_schema": named}
        return request

    def _problem(self, error: openai.APIError) -> PipelineError:
        import openai

        detail = self._without_key(str(error))[:_KEPT_OF_AN_ERROR]
        host, model = self.settings.host, self.settings.model
        if isinstance(error, openai.APITimeoutError):
            return TemporaryProblem(
                f"The language model at {host} did not answer in "
                f"{self.settings.timeout_seconds:g} s.",
                "It is tried again at the next run; `timeout_seconds` under [article.llm] may "
                "give it longer.",
                detail,
            )
        if isinstance(error, openai.APIConnectionError):
            return TemporaryProblem(
                f"The language model at {host} cannot be reached.",
                "It is tried again at the next run.",
                detail,
            )
        if not isinstance(error, openai.APIStatusError):
            return SetupProblem(
                f"{host} answers, but not as an OpenAI-compatible endpoint does.",
                "Correct `base_url` under [article.llm]; most end in /v1.",
                detail,
            )
        if _is_out_of_money(error):
            return SetupProblem(
                f"The account at {host} has no quota left.", "Top it up, then run again.", detail
            )
        if error.status_code in (408, 409, 429) or error.status_code >= 500:
            return TemporaryProblem(
                f"The language model at {host} is busy or broken (HTTP {error.status_code}).",
                "It is tried again at the next run.",
                detail,
            )
        return SetupProblem(*_refusal(error.status_code, host, model, self.settings), detail)

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text


def _refusal(status: int, host: str, model: str, settings: LanguageModel) -> tuple[str, str]:
    """What is wrong and what to do, for answers that asking again will not change."""
    if status in (401, 403):
        return (
            f"The language model at {host} refuses the key (HTTP {status}).",
            f"Put a valid key into the environment variable {settings.key_variable}.",
        )
    if status == 404:
        return (
            f"{host} knows no model “{model}”, or has no such address.",
            "Correct `base_url` and `model` under [article.llm].",
        )
    return (
        f"The language model at {host} refuses the request (HTTP {status}).",
        "Where it is too long, lower `words_at_once`; where a setting is not understood, try "
        '`json_mode = "off"` or `answer_tokens = 0` under [article.llm].',
    )


def _is_out_of_money(error: openai.APIStatusError) -> bool:
    return getattr(error, "code", None) == "insufficient_quota"


def _answer(made: Any) -> Answer:
    """Typed as Any: servers leave out what the library's types promise."""
    choice = made.choices[0]
    usage = made.usage
    spending = Spending(
        requests=1,
        input_tokens=getattr(usage, "prompt_tokens", 0) or 0,
        output_tokens=getattr(usage, "completion_tokens", 0) or 0,
    )
    return Answer(choice.message.content or "", spending, choice.finish_reason == "length")
