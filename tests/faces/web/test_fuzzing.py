"""The interface under requests that nobody would write: never an error of the server.

schemathesis makes them from the OpenAPI document, right ones and wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from pipeline.faces.web.app import make_review_app
from pipeline.faces.web.newsroom import open_newsroom
from pipeline.ground.people_file import change_people
from pipeline.ground.workspace import Workspace
from pipeline.words.people import Person, Role
from tests.episodes_on_disk import add_episode, make_workspace
from tests.faces.web.conftest import signed_in

SLUG = "air-bersih"


@pytest.fixture(scope="module")
def boss(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An administrator's browser, in a show with an episode."""
    workspace = make_workspace(tmp_path_factory.mktemp("fuzz") / "show", approval="editor")
    add_episode(workspace, SLUG)
    change_people(workspace, lambda _people: (Person("bos", "Bos", Role.ADMIN),))
    newsroom = open_newsroom(workspace)
    with signed_in(newsroom, "bos") as client:
        yield client
    newsroom.events.end()


def operations() -> list[Any]:
    """Everything in the OpenAPI document."""
    nowhere = open_newsroom(Workspace(Path("/nowhere")))
    schema = schemathesis.openapi.from_dict(make_review_app(nowhere).openapi())
    found = list(schema.get_all_operations())
    assert all(isinstance(each, Ok) for each in found)
    return [each.ok() for each in found]


@pytest.mark.parametrize("operation", operations(), ids=lambda each: each.label)
def test_no_request_is_an_error_of_the_server(boss: TestClient, operation: Any) -> None:
    @settings(
        max_examples=30, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of(operation.as_strategy(mode) for mode in schemathesis.GenerationMode))
    def ask(case: Any) -> None:
        if "slug" in (case.path_parameters or {}):
            case.path_parameters["slug"] = SLUG
        answer = boss.request(**_as_httpx(case, boss))
        assert answer.status_code < 500, (case.as_curl_command(), answer.text)
        has_words = answer.request.method != "HEAD" and answer.status_code != 405
        if answer.status_code >= 400 and has_words:
            assert set(answer.json()) >= {"problem", "remedy"}

    ask()


def _as_httpx(case: Any, boss: TestClient) -> dict[str, Any]:
    """The request, with the session and the proof of `boss` in place of made-up ones."""
    request = case.as_transport_kwargs(base_url=str(boss.base_url))
    request.pop("cookies", None)
    request["headers"] = {**request.get("headers", {}), **boss.headers}
    if isinstance(request.get("data"), bytes | str):
        request["content"] = request.pop("data")
    return request


def test_there_is_an_interface_to_fuzz() -> None:
    assert len(operations()) > 10
