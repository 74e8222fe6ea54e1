"""Gets an answer of a given form: asks, checks, and says what was wrong until it is right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipeline.tools.llm.endpoint import Answer, Endpoint, Message
from pipeline.words.errors import EpisodeProblem
from pipeline.words.spending import Spending

Form = TypeVar("Form", bound=BaseModel)
_FENCE = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n?```\s*$", re.DOTALL)
_MOST_FAULTS = 12
_KEPT_OF_AN_ANSWER = 6000


class UnusableAnswer(EpisodeProblem):
    """The model answered each time, and never so that it could be used."""


@dataclass(slots=True)
class Interview:
    """Questions to one model, and what all of them have cost so far."""

    endpoint: Endpoint
    attempts: int
    spending: Spending = field(default_factory=Spending)

    def answer(
        self,
        question: Sequence[Message],
        form: type[Form],
        faults_of: Callable[[Form], Sequence[str]],
        mended: Callable[[Form], Form | None] = lambda _: None,
    ) -> Form:
        """An answer in which `faults_of` finds nothing.

        `mended` may save the last one, by leaving out what is wrong in it. Raises UnusableAnswer
        when no attempt was usable.
        """
        messages, last, faults = list(question), None, list[str]()
        for _ in range(self.attempts):
            given = self.endpoint.ask(messages, form.model_json_schema())
            self.spending += given.spending
            last, faults = _read(given, form)
            if last is not None and not (faults := list(faults_of(last))):
                return last
            messages = [*question, *_objection(given, faults)]
        if last is not None and (saved := mended(last)) is not None:
            return saved
        model = self.endpoint.settings.model
        raise UnusableAnswer(
            f"The language model {model} was asked {self.attempts} times and gave no usable "
            f"answer: {faults[0]}",
            "Try another model, or change feed/prompts/article.md; `--force draft` asks again.",
            "; ".join(faults),
        )


def _read(given: Answer, form: type[Form]) -> tuple[Form | None, list[str]]:
    """The answer, or why it is none."""
    if given.is_cut:
        return None, ["It was cut off before its end. Write less."]
    if not given.text.strip():
        return None, ["It was empty."]
    fenced = _FENCE.match(given.text)
    try:
        return form.model_validate(json.loads(fenced[1] if fenced else given.text)), []
    except ValidationError as error:
        return None, [_sentence(fault) for fault in error.errors()[:_MOST_FAULTS]]
    except (ValueError, RecursionError) as error:
        return None, [f"It was no JSON object: {error}."]


def _sentence(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"]) or "the whole"
    return f"“{place}”: {fault['msg']}."


def _objection(given: Answer, faults: Sequence[str]) -> tuple[Message, Message]:
    listed = "\n".join(f"- {fault}" for fault in faults[:_MOST_FAULTS])
    return (
        Message("assistant", given.text[:_KEPT_OF_AN_ANSWER] or "(nothing)"),
        Message(
            "user",
            f"Your answer cannot be used:\n{listed}\n"
            "Answer again with the whole JSON object, corrected, and nothing else.",
        ),
    )
