"""An endpoint's failures become sentences that say who acts, and a key is never shown."""

from __future__ import annotations

import time

import pytest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from pipeline.ground.language_model_settings import LanguageModel
from pipeline.tools.llm.endpoint import Answer, Endpoint, Message
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem
from pipeline.words.spending import Spending
from tests.language_models import Asked, Server, completion, language_model

QUESTION = (Message("user", "Answer in JSON."),)


def ask(server: Server, **settings: object) -> Answer:
    asked = {"base_url": server.base_url, "model": "m", "retries": 0, **settings}
    return Endpoint(LanguageModel.model_validate(asked)).ask(QUESTION)


def test_an_answer_comes_with_its_tokens() -> None:
    with language_model(lambda _: completion("{}")) as server:
        assert ask(server) == Answer("{}", Spending(1, 100, 20))
        assert server.asked[0].body["model"] == "m"
        assert server.asked[0].body["response_format"] == {"type": "json_object"}


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAM_LLM_KEY", "rahasia-123")
    with language_model(lambda _: completion("{}")) as server:
        ask(server)
        assert server.asked[0].headers["authorization"] == "Bearer rahasia-123"


def test_a_key_does_not_travel_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAM_LLM_KEY", "rahasia-123")
    settings = LanguageModel(base_url="http://10.0.0.5:11434/v1", model="m")
    with pytest.raises(SetupProblem, match="for everybody to read"):
        Endpoint(settings).ask(QUESTION)


def status(code: int, body: object = None, **headers: str) -> object:
    def answer(_asked: Asked) -> Response:
        return JSONResponse(body or {"error": {"message": "no"}}, code, headers)

    return answer


@pytest.mark.parametrize(
    ("turn", "problem", "words"),
    [
        (status(401), SetupProblem, "refuses the key"),
        (status(403), SetupProblem, "refuses the key"),
        (status(404), SetupProblem, "knows no model “m”"),
        (status(400), SetupProblem, "refuses the request"),
        (status(413), SetupProblem, "refuses the request"),
        (status(429), TemporaryProblem, "busy or broken"),
        (status(500), TemporaryProblem, "busy or broken"),
        (status(503), TemporaryProblem, "busy or broken"),
        (
            status(429, {"error": {"message": "no", "code": "insufficient_quota"}}),
            SetupProblem,
            "no quota left",
        ),
        (lambda _: HTMLResponse("<p>Welcome"), SetupProblem, "not as an OpenAI-compatible"),
        (lambda _: PlainTextResponse("ok"), SetupProblem, "not as an OpenAI-compatible"),
        (lambda _: JSONResponse({"choices": []}), SetupProblem, "not as an OpenAI-compatible"),
        (lambda _: JSONResponse([1]), SetupProblem, "not as an OpenAI-compatible"),
    ],
)
def test_each_failure_says_who_acts(
    turn: object, problem: type[PipelineError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ETAM_LLM_KEY", "rahasia-123")
    with language_model(turn) as server, pytest.raises(problem, match=words) as caught:  # type: ignore[arg-type]
        ask(server)
    assert caught.value.remedy
    assert "rahasia-123" not in str(caught.value) + caught.value.detail


def test_a_key_that_the_server_echoes_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETAM_LLM_KEY", "rahasia-123")
    echo = status(401, {"error": {"message": "Incorrect API key provided: rahasia-123"}})
    with language_model(echo) as server, pytest.raises(SetupProblem) as caught:  # type: ignore[arg-type]
        ask(server)
    assert "rahasia-123" not in caught.value.detail
    assert "Incorrect API key" in caught.value.detail


def test_a_slow_endpoint_is_given_up_in_time() -> None:
    with language_model(lambda _: "{}", slow_seconds=1.5) as server:
        started = time.monotonic()
        with pytest.raises(TemporaryProblem, match=r"did not answer in 0\.3 s"):
            ask(server, timeout_seconds=0.3)
        assert time.monotonic() - started < 1.4


def test_a_busy_endpoint_is_asked_again_when_it_says() -> None:
    busy = status(429, None, **{"Retry-After": "1"})
    with language_model(busy, lambda _: completion("{}")) as server:  # type: ignore[arg-type]
        started = time.monotonic()
        assert ask(server, retries=1).text == "{}"
        assert time.monotonic() - started >= 1
        assert len(server.asked) == 2


def test_nobody_there_is_temporary() -> None:
    settings = LanguageModel(base_url="http://127.0.0.1:9/v1", model="m", retries=0)
    with pytest.raises(TemporaryProblem, match="cannot be reached"):
        Endpoint(settings).ask(QUESTION)


def test_an_answer_that_was_cut_off_says_so() -> None:
    with language_model(lambda _: completion('{"a', "length")) as server:
        assert ask(server).is_cut


def test_usage_may_be_missing() -> None:
    bare = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "{}"}}]}
    with language_model(lambda _: JSONResponse(bare)) as server:
        assert ask(server).spending == Spending(1, 0, 0)
