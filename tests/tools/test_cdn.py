"""CloudFront is told what changed; whatever it answers, the publication stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import pytest

from pipeline.faces.publishing import Planned
from pipeline.faces.rollback import roll_back
from pipeline.faces.work import carry_out_with_bar
from pipeline.ground.config import Publish
from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import Publication, open_bucket, plan_publication
from pipeline.tools.bucket.cdn import forget_at_cdn, paths_to_forget
from tests.episodes_on_disk import NOW, add_episode, make_workspace
from tests.s3_places import sign_in

BASE = "https://podcast.example.org/etam/"


@pytest.fixture
def cloudfront(moto_endpoint: str, monkeypatch) -> Any:
    sign_in(monkeypatch, "key", "secret")
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", moto_endpoint)
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
    [(reference, paths)] = invalidations(cloudfront, distribution)
    assert reference.startswith("digest-of-this-publication-")
    assert paths == ["/etam/", "/etam/feed.xml", "/etam/index.html"]


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
    assert len({reference for reference, _ in invalidations(cloudfront, distribution)}) == 1
    forget_at_cdn(settings_for(distribution), ["index.html"], "same")
    forget_at_cdn(settings_for(distribution), ["feed.xml"], "another")
    assert len({reference for reference, _ in invalidations(cloudfront, distribution)}) == 3


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


def publish_now(show: Workspace) -> Publication:
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    planned = Planned(bucket, plan_publication(fresh, bucket, NOW))
    return carry_out_with_bar(fresh, planned, "publishing")


def test_a_publication_tells_cloudfront_what_changed_and_no_audio(
    cloudfront: Any, tmp_path: Path
) -> None:
    distribution = new_distribution(cloudfront, "four")
    setting = f'cloudfront_distribution = "{distribution}"'
    show = make_workspace(tmp_path / "show", publish=setting)
    add_episode(show, "satu", title="Satu")
    done = publish_now(show)
    assert done.work is not None
    assert done.warnings == ()
    [(reference, paths)] = invalidations(cloudfront, distribution)
    assert reference.startswith(done.work.catalogue.id)
    assert {"/etam/feed.xml", "/etam/episodes/satu/index.html"} <= set(paths)
    assert not any(path.endswith(".mp3") for path in paths)
    publish_now(show)
    assert len(invalidations(cloudfront, distribution)) == 1


def test_going_back_to_what_was_public_before_is_told_again(
    cloudfront: Any, tmp_path: Path
) -> None:
    """CloudFront answers a reference that it knows with the old invalidation, and does nothing."""
    distribution = new_distribution(cloudfront, "five")
    setting = f'cloudfront_distribution = "{distribution}"'
    show = make_workspace(tmp_path / "show", publish=setting)
    for title in ("Satu", "Dua", "Satu", "Dua"):
        add_episode(show, "satu", title=title)
        publish_now(show)
    references = [reference for reference, _ in invalidations(cloudfront, distribution)]
    assert len(set(references)) == 4


def test_a_rollback_tells_cloudfront_too(cloudfront: Any, tmp_path: Path) -> None:
    distribution = new_distribution(cloudfront, "six")
    setting = f'cloudfront_distribution = "{distribution}"'
    show = make_workspace(tmp_path / "show", publish=setting)
    for title in ("Satu", "Dua"):
        add_episode(show, "satu", title=title)
        done = publish_now(show)
    assert done.work is not None
    roll_back(Workspace(show.root), done.work.catalogue.before, dry_run=False)
    told = invalidations(cloudfront, distribution)
    assert len(told) == 3
    assert all("/etam/feed.xml" in paths for _, paths in told)


def test_a_cdn_that_refuses_leaves_the_publication_whole(cloudfront: Any, tmp_path: Path) -> None:
    setting = 'cloudfront_distribution = "E000000000"'
    show = make_workspace(tmp_path / "show", publish=setting)
    add_episode(show, "satu", title="Satu")
    [warning] = publish_now(show).warnings
    assert "there is no such distribution" in warning
    assert (show.public / "feed.xml").is_file()
