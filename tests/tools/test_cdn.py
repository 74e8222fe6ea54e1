"""CloudFront is told what changed; whatever it answers, the publication stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from pipeline.ground.config import Publish
from pipeline.tools.bucket.cdn import forget_at_cdn, paths_to_forget
from tests.s3_places import sign_in

BASE = "https://podcast.example.org/etam/"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def cloudfront(endpoint: str, monkeypatch) -> Any:
    sign_in(monkeypatch, "key", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", endpoint)
    return boto3.session.Session().client("cloudfront", region_name="us-east-1")


def new_distribution(cloudfront: Any, name: str) -> str:
    config = {
        "CallerReference": name,
        "Comment": "",
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "bucket",
                    "DomainName": "b.s3.amazonaws.com",
                    "S3OriginConfig": {"OriginAccessIdentity": ""},
                }
            ],
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": "bucket",
            "ViewerProtocolPolicy": "allow-all",
            "MinTTL": 0,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        },
    }
    return cloudfront.create_distribution(DistributionConfig=config)["Distribution"]["Id"]


def settings_for(distribution: str) -> Publish:
    return Publish(base_url=BASE, cloudfront_distribution=distribution)


def invalidations(cloudfront: Any, distribution: str) -> list[tuple[str, list[str]]]:
    listed = cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"]
    found = []
    for entry in listed.get("Items", []):
        got = cloudfront.get_invalidation(DistributionId=distribution, Id=entry["Id"])
        batch = got["Invalidation"]["InvalidationBatch"]
        found.append((batch["CallerReference"], sorted(batch["Paths"]["Items"])))
    return found


def test_what_changed_under_its_old_name_is_forgotten(cloudfront: Any) -> None:
    distribution = new_distribution(cloudfront, "one")
    changed = ["feed.xml", "index.html", "media/satu-0123456789abcdef.mp3"]
    assert forget_at_cdn(settings_for(distribution), changed, "digest-of-this-publication") == ""
    assert invalidations(cloudfront, distribution) == [
        ("digest-of-this-publication", ["/etam/", "/etam/feed.xml", "/etam/index.html"])
    ]


def test_nothing_is_asked_when_only_new_names_appeared_or_nothing_is_configured(
    cloudfront: Any,
) -> None:
    distribution = new_distribution(cloudfront, "two")
    media = ["media/satu-0123456789abcdef.mp3"]
    assert forget_at_cdn(settings_for(distribution), media, "x") == ""
    assert forget_at_cdn(settings_for(""), ["feed.xml"], "x") == ""
    assert invalidations(cloudfront, distribution) == []


def test_the_same_publication_asks_with_the_same_reference(cloudfront: Any) -> None:
    """CloudFront itself makes one invalidation of them; moto keeps both."""
    distribution = new_distribution(cloudfront, "three")
    for _ in range(2):
        forget_at_cdn(settings_for(distribution), ["feed.xml"], "same")
    assert set(map(str, invalidations(cloudfront, distribution))) == {
        str(("same", ["/etam/feed.xml"]))
    }


def test_a_distribution_that_is_not_there_is_a_warning(cloudfront: Any) -> None:
    said = forget_at_cdn(settings_for("E000000000"), ["feed.xml"], "x")
    assert "E000000000: there is no such distribution" in said
    assert "The publication is whole" in said
    assert "invalidate /etam/feed.xml" in said


def test_a_cdn_that_cannot_be_reached_is_a_warning(cloudfront: Any, monkeypatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", "http://127.0.0.1:9")
    assert "cannot be asked" in forget_at_cdn(settings_for("E1"), ["feed.xml"], "x")


def test_missing_credentials_are_a_warning(cloudfront: Any, monkeypatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    said = forget_at_cdn(settings_for("E1"), ["feed.xml"], "x")
    assert "there are no credentials" in said


def test_many_pages_of_episodes_are_one_wildcard_that_spares_the_audio() -> None:
    pages = [f"episodes/e{number}/index.html" for number in range(2000)]
    paths = paths_to_forget(BASE, [*pages, "feed.xml", "index.html"])
    assert paths == ["/etam/feed.xml", "/etam/index.html", "/etam/", "/etam/episodes/*"]


def test_very_many_paths_at_the_root_are_one_wildcard() -> None:
    assert paths_to_forget("https://x.org/", [f"year-{y}.html" for y in range(500)]) == ["/*"]
