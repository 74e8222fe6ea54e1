"""Scripts and styles: kept for ever at addresses of one release, asked for under plain names."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.static_files import static_address


def test_what_a_page_names_is_kept_for_ever(stranger: TestClient) -> None:
    answer = stranger.get(static_address("style.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


def test_what_a_script_imports_lies_beside_it_in_the_same_release(stranger: TestClient) -> None:
    folder = static_address("transcript.js").rpartition("/")[0]
    answer = stranger.get(f"{folder}/transcript/rows.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_another_release_and_plain_names_are_not_kept(stranger: TestClient) -> None:
    assert stranger.get("/static/0123456789abcdef/style.css").status_code == 404
    assert stranger.get("/static/style.css").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "transcript"])
def test_nothing_else_is_served(stranger: TestClient, name: str) -> None:
    assert stranger.get(static_address(name)).status_code == 404
