"""What no request gets past, and what every answer carries."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from pipeline.faces.web.visitors import CSRF_HEADER
from tests.faces.web.conftest import SignIn


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8001", ""])
def test_another_name_for_this_machine_is_refused(stranger: TestClient, host: str) -> None:
    assert stranger.get("/sign-in", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_request_from_another_site_changes_nothing(
    sign_in: SignIn, headers: dict[str, str]
) -> None:
    client = sign_in()
    assert client.post("/sign-out", headers=headers).status_code == 403
    assert client.get("/").status_code == 200


def test_a_request_without_the_pages_proof_changes_nothing(sign_in: SignIn) -> None:
    client = sign_in()
    del client.headers[CSRF_HEADER]
    assert client.post("/sign-out").status_code == 403
    assert client.get("/").status_code == 200


def test_a_form_carries_the_proof_in_a_field(sign_in: SignIn) -> None:
    client = sign_in()
    proof = client.headers.pop(CSRF_HEADER)
    data = {"csrf_token": proof, "language": "en", "next": "/"}
    answer = client.post("/language", data=data)
    assert answer.status_code == 303
    assert "etam_language=en" in answer.headers["set-cookie"]


@pytest.mark.parametrize("address", ["/sign-in", "/static/style.css", "/nothing-here"])
def test_every_answer_has_a_strict_policy(stranger: TestClient, address: str) -> None:
    headers = stranger.get(address).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
