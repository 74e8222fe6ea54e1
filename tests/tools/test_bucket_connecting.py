"""Each server is spoken to the way it needs: Amazon, others, own authorities, both addressings."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from pipeline.ground.config import Publish
from pipeline.tools.bucket.connecting import is_amazon
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.words.errors import SetupProblem
from tests.certificates import make_authority
from tests.faults import FaultProxy
from tests.s3_places import new_bucket, settings_for, sign_in
from tests.tools.test_bucket import content_in, content_of

KEY = "media/satu-0123456789abcdef.mp3"
LONG = 11 * 1024 * 1024


@pytest.fixture
def signed_in(monkeypatch) -> None:
    sign_in(monkeypatch, "key", "secret")


@pytest.fixture
def authority(tmp_path: Path, moto_endpoint: str, signed_in) -> Iterator[tuple[Path, Publish]]:
    """The file of a certificate authority, and a bucket that only it vouches for."""
    ca, tls = make_authority(tmp_path)
    with FaultProxy(moto_endpoint, tls=tls) as proxy:
        yield ca, settings_for(proxy.endpoint, new_bucket(moto_endpoint))


def test_a_server_with_an_authority_of_its_own_is_trusted_when_the_show_names_it(
    authority, tmp_path: Path
) -> None:
    ca, settings = authority
    settings = settings.model_copy(update={"ca_bundle": str(ca)})
    bucket = S3Bucket(settings, tmp_path / "bucket.sqlite")
    content = content_in(tmp_path / "long.mp3", os.urandom(LONG))
    sent: list[int] = []
    bucket.put(KEY, content, if_absent=True, progress=sent.append)
    assert bucket.stored([KEY])[KEY].sha256 == content.sha256
    assert sum(sent) == LONG


@pytest.mark.parametrize("wrong", ["missing.pem", "empty.pem"])
def test_a_wrong_file_in_the_environment_is_a_setup_problem(
    authority, tmp_path: Path, monkeypatch, wrong: str
) -> None:
    _, settings = authority
    (tmp_path / "empty.pem").write_text("")
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / wrong))
    with pytest.raises(SetupProblem, match="certificate") as caught:
        S3Bucket(settings, tmp_path / "bucket.sqlite").stored([KEY])
    assert "AWS_CA_BUNDLE" in caught.value.remedy


def test_an_authority_may_be_named_as_every_aws_tool_does(
    authority, tmp_path: Path, monkeypatch
) -> None:
    ca, settings = authority
    monkeypatch.setenv("AWS_CA_BUNDLE", str(ca))
    assert S3Bucket(settings, tmp_path / "bucket.sqlite").stored([KEY]) == {}


def test_a_certificate_of_an_unknown_authority_is_a_setup_problem(
    authority, tmp_path: Path
) -> None:
    _, settings = authority
    with pytest.raises(SetupProblem, match="not one that this machine trusts") as caught:
        S3Bucket(settings, tmp_path / "bucket.sqlite").stored([KEY])
    assert "ca_bundle" in caught.value.remedy


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_authority_that_is_not_in_its_file_is_a_setup_problem(
    authority, tmp_path: Path, content: str | None
) -> None:
    _, settings = authority
    wrong = tmp_path / "wrong.pem"
    if content is not None:
        wrong.write_text(content)
    settings = settings.model_copy(update={"ca_bundle": str(wrong)})
    with pytest.raises(SetupProblem, match="certificate authority") as caught:
        S3Bucket(settings, tmp_path / "bucket.sqlite").stored([KEY])
    assert "ca_bundle" in caught.value.remedy


@pytest.fixture
def amazon(signed_in) -> Iterator[Publish]:
    """A bucket at what passes for Amazon's own S3."""
    with mock_aws():
        settings = Publish(
            target="s3", base_url="https://a.example/", bucket="amazon-b", region="us-east-1"
        )
        boto3.session.Session().client("s3", region_name="us-east-1").create_bucket(
            Bucket="amazon-b"
        )
        yield settings


def test_amazon_gets_a_crc32_of_each_part_and_of_whole_files(
    amazon: Publish, tmp_path: Path
) -> None:
    bucket = S3Bucket(amazon, tmp_path / "bucket.sqlite")
    asking, sending = bucket.clients
    assert is_amazon(asking)
    checks: list[str] = []
    sending.meta.events.register(
        "before-send.s3",
        lambda request, **_: checks.append(
            str(request.headers.get("x-amz-sdk-checksum-algorithm"))
        ),
    )
    long = content_in(tmp_path / "long.mp3", os.urandom(LONG))
    sent: list[int] = []
    bucket.put(KEY, long, if_absent=True, progress=sent.append)
    bucket.put("feed.xml", content_of(b"<rss/>"))
    assert sum(sent) == LONG
    assert checks == ["b'CRC32'"] * 3 + ["None"] + ["b'CRC32'"]
    head = asking.head_object(Bucket="amazon-b", Key=KEY, ChecksumMode="ENABLED")
    assert head["ChecksumCRC32"]


def test_another_address_in_the_environment_is_not_taken_for_amazon(
    moto_endpoint: str, tmp_path: Path, signed_in, monkeypatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto_endpoint)
    settings = settings_for(moto_endpoint, new_bucket(moto_endpoint))
    settings = settings.model_copy(update={"endpoint": None, "region": "us-east-1"})
    bucket = S3Bucket(settings, tmp_path / "bucket.sqlite")
    checks: list[object] = []
    bucket.clients[1].meta.events.register(
        "before-send.s3",
        lambda request, **_: checks.append(request.headers.get("x-amz-sdk-checksum-algorithm")),
    )
    stored = bucket.put("feed.xml", content_of(b"1"))
    bucket.put("feed.xml", content_of(b"2"), if_match=stored.etag)
    assert checks == [None, None]


def test_the_bucket_may_be_in_the_name_of_the_host(
    moto_endpoint: str, tmp_path: Path, signed_in, monkeypatch
) -> None:
    usual = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: usual("127.0.0.1", *rest, **more)
    )
    port = moto_endpoint.rpartition(":")[2]
    settings = settings_for(f"http://s3.localhost:{port}", new_bucket(moto_endpoint))
    settings = settings.model_copy(update={"addressing": "virtual"})
    bucket = S3Bucket(settings, tmp_path / "bucket.sqlite")
    asked: list[str] = []
    bucket.clients[1].meta.events.register(
        "before-send.s3", lambda request, **_: asked.append(request.url)
    )
    bucket.put("feed.xml", content_of(b"<rss/>"))
    assert asked == [f"http://{settings.bucket}.s3.localhost:{port}/acara/feed.xml"]
    assert bucket.get("feed.xml") is not None
