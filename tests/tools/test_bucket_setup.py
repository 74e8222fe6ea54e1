"""A bucket gets what readers need, and keeps what other people set there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import requests
from botocore.exceptions import ClientError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.ground.config import Publish
from pipeline.tools.bucket import rules
from pipeline.tools.bucket.look import Look, State
from pipeline.tools.bucket.policies import (
    clearer_policy,
    given_to_all,
    publisher_policy,
    with_readers,
)
from pipeline.tools.bucket.s3 import S3Bucket
from pipeline.tools.bucket.setup import _Setup, apply_to_bucket, look_at_bucket
from pipeline.words.errors import SetupProblem
from tests.s3_places import (
    REAL_ENDPOINT,
    need_real_server,
    new_bucket,
    plain_client,
    settings_for,
    sign_in,
    sign_in_at_real_server,
)
from tests.servers import running
from tests.tools.test_bucket import content_in, content_of

REFUSED = r"\(403\)|\(AccessDenied\)"
RULES = ["block of public access", "policy", "CORS", "lifecycle"]
THEIR_STATEMENT = {
    "Sid": "Reports",
    "Effect": "Allow",
    "Principal": {"AWS": ["arn:aws:iam:::user/stranger"]},
    "Action": ["s3:GetObject"],
}
THEIR_CORS = {
    "ID": "uploads",
    "AllowedMethods": ["PUT"],
    "AllowedOrigins": ["https://intranet.example.org"],
    "AllowedHeaders": ["Authorization"],
    "MaxAgeSeconds": 5,
}
THEIR_LIFECYCLE = {
    "ID": "logs",
    "Status": "Enabled",
    "Filter": {"Prefix": "logs/"},
    "Expiration": {"Days": 30},
}


@pytest.fixture(params=["moto", pytest.param("real", marks=pytest.mark.s3)])
def settings(request, monkeypatch) -> Publish:
    if request.param == "real":
        return real_settings(monkeypatch)
    sign_in(monkeypatch, "key", "secret")
    endpoint = request.getfixturevalue("moto_endpoint")
    return settings_for(endpoint, new_bucket(endpoint))


@pytest.fixture
def real(monkeypatch) -> Publish:
    return real_settings(monkeypatch)


def real_settings(monkeypatch) -> Publish:
    need_real_server()
    sign_in_at_real_server(monkeypatch)
    return settings_for(REAL_ENDPOINT, new_bucket(REAL_ENDPOINT))


def become_stranger(monkeypatch) -> None:
    key, secret = os.environ["ETAM_S3_STRANGER_KEY"], os.environ["ETAM_S3_STRANGER_SECRET"]
    sign_in(monkeypatch, key, secret)


def client_for(settings: Publish) -> Any:
    return plain_client(str(settings.endpoint))


def states(looks: list[Look]) -> dict[str, State]:
    return {look.about: look.state for look in looks if look.about in RULES}


def put_rules_of_others(settings: Publish) -> None:
    client, bucket = client_for(settings), settings.bucket
    statement = {**THEIR_STATEMENT, "Resource": f"arn:aws:s3:::{bucket}/reports/*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))
    client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [THEIR_CORS]})
    client.put_bucket_lifecycle_configuration(
        Bucket=bucket, LifecycleConfiguration={"Rules": [THEIR_LIFECYCLE]}
    )


def test_looking_changes_nothing(settings: Publish) -> None:
    for _ in range(2):
        found = states(look_at_bucket(settings))
        assert found["policy"] is found["CORS"] is found["lifecycle"] is State.DIFFERS
    with pytest.raises(ClientError, match="NoSuchBucketPolicy"):
        client_for(settings).get_bucket_policy(Bucket=settings.bucket)


def test_what_was_applied_is_there_and_is_not_applied_twice(settings: Publish) -> None:
    assert states(apply_to_bucket(settings)) == {
        "block of public access": State.FINE,
        "policy": State.CHANGED,
        "CORS": State.CHANGED,
        "lifecycle": State.CHANGED,
    }
    assert set(states(apply_to_bucket(settings)).values()) == {State.FINE}
    assert set(states(look_at_bucket(settings)).values()) == {State.FINE}


def test_rules_of_other_people_stay(settings: Publish) -> None:
    put_rules_of_others(settings)
    apply_to_bucket(settings)
    client, bucket = client_for(settings), settings.bucket
    policy = json.loads(client.get_bucket_policy(Bucket=bucket)["Policy"])
    assert [each["Sid"][:11] for each in policy["Statement"]] == ["Reports", "EtamReaders"]
    cors = client.get_bucket_cors(Bucket=bucket)["CORSRules"]
    assert cors[0] == THEIR_CORS
    assert [rule["ID"] for rule in cors] == ["uploads", "etam-players"]
    lifecycle = client.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert {rule["ID"] for rule in lifecycle} == {"logs", "etam-unfinished-uploads:acara/"}
    assert THEIR_LIFECYCLE in lifecycle


def test_two_shows_share_a_bucket(settings: Publish) -> None:
    other = settings.model_copy(update={"prefix": "lain"})
    apply_to_bucket(settings)
    apply_to_bucket(other)
    assert set(states(look_at_bucket(settings)).values()) == {State.FINE}
    assert set(states(look_at_bucket(other)).values()) == {State.FINE}


def test_a_block_of_public_access_is_lifted_for_policies_alone(settings: Publish) -> None:
    client_for(settings).put_public_access_block(
        Bucket=settings.bucket,
        PublicAccessBlockConfiguration=dict.fromkeys(
            ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"],
            True,
        ),
    )
    assert states(look_at_bucket(settings))["block of public access"] is State.DIFFERS
    assert states(apply_to_bucket(settings))["policy"] is State.CHANGED
    there = client_for(settings).get_public_access_block(Bucket=settings.bucket)
    assert there["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": False,
        "RestrictPublicBuckets": False,
    }


def test_rights_that_others_give_to_everybody_are_told(settings: Publish) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:ListBucket", "s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{settings.bucket}", f"arn:aws:s3:::{settings.bucket}/*"],
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    client_for(settings).put_bucket_policy(Bucket=settings.bucket, Policy=json.dumps(policy))
    looks = look_at_bucket(settings)
    assert states(looks)["policy"] is State.FINE  # it lets everybody read already
    assert any("more than reading: s3:ListBucket" in look.sentence for look in looks)


def test_a_rule_that_would_delete_episodes_is_told(settings: Publish) -> None:
    rule = {**THEIR_LIFECYCLE, "Filter": {"Prefix": ""}}
    client_for(settings).put_bucket_lifecycle_configuration(
        Bucket=settings.bucket, LifecycleConfiguration={"Rules": [rule]}
    )
    said = [look.sentence for look in look_at_bucket(settings)]
    assert "The lifecycle rule “logs” deletes files that the feed names." in said


def test_a_bucket_that_is_not_there_is_a_setup_problem(settings: Publish) -> None:
    with pytest.raises(SetupProblem, match="There is no bucket “etam-nowhere”"):
        look_at_bucket(settings.model_copy(update={"bucket": "etam-nowhere"}))


@pytest.mark.s3
def test_a_user_without_the_rights_is_told_and_changes_nothing(real: Publish, monkeypatch) -> None:
    become_stranger(monkeypatch)
    assert set(states(apply_to_bucket(real)).values()) == {State.HIDDEN}
    sign_in_at_real_server(monkeypatch)
    assert states(look_at_bucket(real))["policy"] is State.DIFFERS


@pytest.mark.s3
def test_a_user_who_may_look_but_not_change_fails_in_words(real: Publish, monkeypatch) -> None:
    grant(real, ["s3:GetBucketPolicy", "s3:GetBucketCORS", "s3:GetLifecycleConfiguration"])
    become_stranger(monkeypatch)
    looks = apply_to_bucket(real)
    assert states(looks)["CORS"] is State.FAILED
    failed = next(look for look in looks if look.about == "CORS")
    assert "This user may not change its CORS in the bucket" in failed.sentence
    assert "administrator" in failed.sentence


@pytest.mark.s3
def test_anybody_may_read_under_the_prefix_and_nobody_may_list(real: Publish) -> None:
    client = client_for(real)
    client.put_object(Bucket=real.bucket, Key="acara/feed.xml", Body=b"<rss/>")
    client.put_object(Bucket=real.bucket, Key="secret.txt", Body=b"secret")
    root = f"{real.endpoint}/{real.bucket}"
    assert requests.get(f"{root}/acara/feed.xml", timeout=20).status_code == 403
    apply_to_bucket(real)
    assert requests.get(f"{root}/acara/feed.xml", timeout=20).content == b"<rss/>"
    assert requests.get(f"{root}/secret.txt", timeout=20).status_code == 403
    for listing in (f"{root}/", f"{root}/?prefix=acara/", f"{root}/?uploads", f"{root}?policy"):
        assert requests.get(listing, timeout=20).status_code == 403, listing
    assert requests.put(f"{root}/acara/feed.xml", data=b"evil", timeout=20).status_code == 403
    assert requests.delete(f"{root}/acara/feed.xml", timeout=20).status_code == 403


@pytest.mark.s3
def test_a_player_on_another_web_page_may_seek(real: Publish) -> None:
    client_for(real).put_object(Bucket=real.bucket, Key="acara/a.mp3", Body=b"0123456789")
    apply_to_bucket(real)
    url = f"{real.endpoint}/{real.bucket}/acara/a.mp3"
    origin = {"Origin": "https://player.example.org"}
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    preflight = requests.options(url, headers={**origin, **asked}, timeout=20)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] in ("*", origin["Origin"])
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]
    assert "range" in preflight.headers["Access-Control-Allow-Headers"].lower()
    got = requests.get(url, headers={**origin, "Range": "bytes=2-4"}, timeout=20)
    assert (got.status_code, got.content) == (206, b"234")
    exposed = got.headers["Access-Control-Expose-Headers"].lower()
    for name in ("content-range", "accept-ranges", "content-length", "etag"):
        assert name in exposed
    write = {**asked, "Access-Control-Request-Method": "PUT"}
    refused = requests.options(url, headers={**origin, **write}, timeout=20)
    assert "Access-Control-Allow-Origin" not in refused.headers


def grant(settings: Publish, actions: list[str]) -> None:
    """Give rights over the bucket to the user stranger."""
    bucket = f"arn:aws:s3:::{settings.bucket}"
    give(settings, [{"Effect": "Allow", "Action": actions, "Resource": [bucket, f"{bucket}/*"]}])


def give(settings: Publish, statements: list[Any]) -> None:
    """Give these statements to the user stranger, through the bucket's policy."""
    who = {"Principal": {"AWS": ["arn:aws:iam:::user/stranger"]}}
    policy = {"Version": "2012-10-17", "Statement": [{**each, **who} for each in statements]}
    client_for(settings).put_bucket_policy(Bucket=settings.bucket, Policy=json.dumps(policy))


@pytest.mark.s3
def test_the_rights_of_the_publisher_are_enough_to_publish(
    real: Publish, tmp_path: Path, monkeypatch
) -> None:
    client_for(real).put_object(Bucket=real.bucket, Key="other.txt", Body=b"not ours")
    give(real, publisher_policy(real)["Statement"])
    become_stranger(monkeypatch)
    bucket = S3Bucket(real, tmp_path / "bucket.sqlite", thorough=True)
    bucket.check()
    assert bucket.stored(["feed.xml", "media/a.mp3"]) == {}
    assert bucket.get("feed.xml") is None
    long = content_in(tmp_path / "long.mp3", os.urandom(6 * 1024 * 1024))
    bucket.put("media/a.mp3", long, if_absent=True)
    first = bucket.put("feed.xml", content_of(b"1"), if_absent=True)
    bucket.put("feed.xml", content_of(b"2"), if_match=first.etag)
    found = bucket.get("feed.xml")
    assert found is not None
    assert found[0] == b"2"


@pytest.mark.s3
def test_the_rights_of_the_publisher_are_not_more(real: Publish, monkeypatch) -> None:
    put = client_for(real).put_object
    put(Bucket=real.bucket, Key="acara/feed.xml", Body=b"<rss/>")
    put(Bucket=real.bucket, Key="other.txt", Body=b"not ours")
    give(real, publisher_policy(real)["Statement"])
    become_stranger(monkeypatch)
    client, key = client_for(real), {"Bucket": real.bucket, "Key": "acara/feed.xml"}
    outside = {"Bucket": real.bucket, "Key": "other.txt"}
    bucket = {"Bucket": real.bucket}
    for refused in (
        lambda: client.delete_object(**key),
        lambda: client.put_object_acl(**key, ACL="public-read"),
        lambda: client.get_object(**outside),
        lambda: client.put_object(**outside, Body=b"x"),
        lambda: client.list_objects_v2(**bucket),
        lambda: client.list_objects_v2(**bucket, Prefix="oth"),
        lambda: client.get_bucket_policy(**bucket),
        lambda: client.put_bucket_policy(**bucket, Policy="{}"),
        lambda: client.put_bucket_cors(**bucket, CORSConfiguration={"CORSRules": [THEIR_CORS]}),
        lambda: client.delete_bucket(**bucket),
    ):
        with pytest.raises(ClientError, match=REFUSED):
            refused()


@pytest.mark.s3
def test_the_rights_of_who_clears_are_to_delete_and_not_to_write(
    real: Publish, monkeypatch
) -> None:
    put = client_for(real).put_object
    put(Bucket=real.bucket, Key="acara/old.html", Body=b"old")
    put(Bucket=real.bucket, Key="other.txt", Body=b"not ours")
    give(real, clearer_policy(real)["Statement"])
    become_stranger(monkeypatch)
    client = client_for(real)
    for refused in (
        lambda: client.put_object(Bucket=real.bucket, Key="acara/feed.xml", Body=b"x"),
        lambda: client.delete_object(Bucket=real.bucket, Key="other.txt"),
    ):
        with pytest.raises(ClientError, match=REFUSED):
            refused()
    client.delete_object(Bucket=real.bucket, Key="acara/old.html")
    assert client.list_objects_v2(Bucket=real.bucket, Prefix="acara/")["KeyCount"] == 0


def plain(**changes: Any) -> Publish:
    return Publish(base_url="https://x.org/", target="s3", bucket="b", **changes)


def test_a_bucket_that_belongs_to_the_show_alone_needs_no_condition() -> None:
    listing = publisher_policy(plain())["Statement"][1]
    assert "Condition" not in listing
    assert publisher_policy(plain())["Statement"][0]["Resource"] == "arn:aws:s3:::b/*"


def test_china_has_names_of_its_own() -> None:
    said = json.dumps([publisher_policy(plain(region="cn-north-1")), with_readers(None, plain(
        region="cn-north-1"))])  # fmt: skip
    assert "arn:aws-cn:s3:::b" in said
    assert "arn:aws:s3" not in said


def test_the_publisher_may_invalidate_where_a_distribution_is_set() -> None:
    rights = publisher_policy(plain(cloudfront_distribution="E123"))["Statement"]
    assert rights[-1]["Action"] == "cloudfront:CreateInvalidation"
    assert rights[-1]["Resource"].endswith("distribution/E123")
    assert "cloudfront" not in json.dumps(publisher_policy(plain()))


ANYBODY_READS = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::b/*",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"Effect": "Deny"},
        {"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},
        {"Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:*"},
        {"Resource": "arn:aws:s3:::b/acara/media/*"},
        {"Principal": None, "NotPrincipal": "*"},
        {"Action": "s3:GetObjectVersion"},
    ],
)
def test_what_does_not_let_everybody_read_is_no_reason_to_leave_ours_out(changes) -> None:
    statement = {**ANYBODY_READS, **changes}
    policy = with_readers({"Version": "2012-10-17", "Statement": statement}, plain(prefix="acara"))
    assert policy["Statement"][0] == statement
    assert len(policy["Statement"]) == 2
    assert given_to_all(policy) == []


def test_a_statement_that_lets_everybody_read_is_enough() -> None:
    for changes in ({}, {"Principal": {"AWS": ["*"]}}, {"Action": ["s3:Get*", "s3:List*"]}):
        policy = {"Version": "2012-10-17", "Statement": [{**ANYBODY_READS, **changes}]}
        assert with_readers(policy, plain(prefix="acara")) is policy


CDN_READS = {
    "Effect": "Allow",
    "Principal": {"Service": "cloudfront.amazonaws.com"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::b/*",
    "Condition": {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::1:distribution/E123"}},
}


@pytest.mark.parametrize(
    ("changes", "is_enough"),
    [
        ({}, True),
        ({"Condition": {"ArnLike": {"AWS:SourceArn": ["a", "x:distribution/E123"]}}}, True),
        ({"Condition": {}}, False),
        ({"Condition": {"StringEquals": {"AWS:SourceArn": "x:distribution/E999"}}}, False),
        ({"Condition": {"StringEquals": {"AWS:SourceArn": "x:distribution/E1234"}}}, False),
        ({"Principal": {"Service": "logging.s3.amazonaws.com"}}, False),
        ({"Resource": "arn:aws:s3:::b/acara/media/*"}, False),
        ({"Effect": "Deny"}, False),
    ],
)
def test_a_bucket_that_cloudfront_alone_reads_stays_closed(changes, is_enough: bool) -> None:
    policy = {"Version": "2012-10-17", "Statement": [{**CDN_READS, **changes}]}
    settings = plain(prefix="acara", cloudfront_distribution="E123")
    assert (with_readers(policy, settings) is policy) is is_enough
    assert with_readers(policy, plain(prefix="acara")) is not policy
    assert given_to_all(policy) == []


def test_the_block_of_public_access_stays_where_cloudfront_alone_reads(
    moto_endpoint: str, monkeypatch
) -> None:
    sign_in(monkeypatch, "key", "secret")
    settings = settings_for(moto_endpoint, new_bucket(moto_endpoint)).model_copy(
        update={"cloudfront_distribution": "E123"}
    )
    client, bucket = client_for(settings), settings.bucket
    statement = {**CDN_READS, "Resource": f"arn:aws:s3:::{bucket}/*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    client.put_bucket_policy(Bucket=bucket, Policy=policy)
    blocked = {"BlockPublicPolicy": True, "RestrictPublicBuckets": True}
    client.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=blocked)
    done = states(apply_to_bucket(settings))
    assert done == {"policy": State.FINE, "CORS": State.CHANGED, "lifecycle": State.CHANGED}
    there = client.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert there["BlockPublicPolicy"] is there["RestrictPublicBuckets"] is True


def test_our_old_statement_is_replaced_and_the_policys_own_name_stays() -> None:
    first = with_readers({"Id": "theirs", "Version": "2012-10-17", "Statement": []}, plain())
    moved = {**first, "Statement": [{**first["Statement"][0], "Resource": "arn:aws:s3:::b/old/*"}]}
    again = with_readers(moved, plain())
    assert again == first
    assert again["Id"] == "theirs"


def test_a_cors_rule_for_all_that_says_less_comes_after_ours() -> None:
    less = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
    merged = rules.with_cors([THEIR_CORS, less], plain())
    assert [rule.get("ID") for rule in merged] == ["uploads", "etam-players", None]
    assert rules.with_cors(merged, plain()) == merged


def test_a_cors_rule_that_says_as_much_is_enough() -> None:
    theirs = {
        "AllowedMethods": ["HEAD", "GET"],
        "AllowedOrigins": ["*"],
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["etag", "content-length", "content-range", "accept-ranges", "Date"],
    }
    assert rules.with_cors([theirs], plain()) == [theirs]


@pytest.mark.parametrize(
    ("rule", "is_enough"),
    [
        ({"Filter": {"Prefix": ""}}, True),
        ({"Prefix": ""}, True),
        ({"Filter": {"Prefix": "aca"}}, True),
        ({"Filter": {"Prefix": "acara/media/"}}, False),
        ({"Filter": {"Tag": {"Key": "a", "Value": "b"}}}, False),
        ({"Filter": {"And": {"Prefix": "", "Tags": []}}}, False),
        ({"Filter": {}, "Status": "Disabled"}, False),
        ({"Filter": {}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 30}}, False),
    ],
)
def test_another_rule_that_gives_up_uploads_in_time_is_enough(rule, is_enough: bool) -> None:
    days = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}
    there = [{"ID": "theirs", "Status": "Enabled", **days, **rule}]
    merged = rules.with_lifecycle(there, plain(prefix="acara"))
    assert (merged == there) is is_enough
    assert merged[0] == there[0]


def test_old_and_new_ways_to_name_a_prefix_are_not_mixed() -> None:
    theirs = {"ID": "old", "Status": "Enabled", "Prefix": "logs/", "Expiration": {"Days": 1}}
    ours = rules.with_lifecycle([theirs], plain(prefix="acara"))[1]
    assert ours["Prefix"] == "acara/"
    assert "Filter" not in ours


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"Filter": {"Prefix": "acara/media/"}, "Expiration": {"Days": 1}}, "deletes"),
        ({"Prefix": "", "Expiration": {"Date": "2030-01-01"}}, "deletes"),
        ({"Filter": {}, "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}]}, "moves"),
        ({"Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 1}}, ""),
        ({"Filter": {}, "Expiration": {"ExpiredObjectDeleteMarker": True}}, ""),
        ({"Filter": {}, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}, ""),
    ],
)
def test_rules_that_take_published_files_away_are_told(rule, says: str) -> None:
    there = [{"ID": "theirs", "Status": "Enabled", **rule}]
    found = list(rules.endangering(there, plain(prefix="acara")))
    assert bool(found) == bool(says)
    assert all(says in sentence for sentence in found)


def test_a_lifecycle_rule_of_others_for_tagged_files_keeps_its_meaning(settings: Publish) -> None:
    """radosgw 16.2 answers with the tag beside the prefix, not within `And`, and takes it so."""
    tagged = {"And": {"Prefix": "x/", "Tags": [{"Key": "a", "Value": "b"}]}}
    theirs = {"ID": "t", "Status": "Enabled", "Filter": tagged, "Expiration": {"Days": 3}}
    client, bucket = client_for(settings), settings.bucket
    put = client.put_bucket_lifecycle_configuration
    put(Bucket=bucket, LifecycleConfiguration={"Rules": [theirs]})
    before = client.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    apply_to_bucket(settings)
    after = client.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
    assert [rule for rule in after if rule["ID"] == "t"] == before
    assert len(after) == 2


def test_a_server_that_loses_a_rule_of_others_is_not_called_done(
    moto_endpoint: str, monkeypatch
) -> None:
    """The server is real; what is written is cut on the way, as by one that knows half of it."""
    sign_in(monkeypatch, "key", "secret")
    settings = settings_for(moto_endpoint, new_bucket(moto_endpoint))
    put_rules_of_others(settings)
    setup = _Setup(settings)

    def keep_the_last(params, **_) -> None:
        params["CORSConfiguration"] = {"CORSRules": params["CORSConfiguration"]["CORSRules"][-1:]}

    events = setup._client.meta.events
    events.register("provide-client-params.s3.PutBucketCors", keep_the_last)
    cors = next(look for look in setup.applied() if look.about == "CORS")
    assert cors.state is State.FAILED
    assert "did not come back as it was" in cors.sentence
    assert "intranet.example.org" in cors.sentence


def test_a_server_that_knows_none_of_these_rules_is_said_to(monkeypatch) -> None:
    sign_in(monkeypatch, "key", "secret")

    def refuse(request: Request) -> Response:
        if request.method == "HEAD":
            return Response()
        body = "<Error><Code>NotImplemented</Code><Message>Not known.</Message></Error>"
        return Response(body, 501, media_type="application/xml")

    every = Route("/{path:path}", refuse, methods=["GET", "HEAD", "PUT"])
    with running(Starlette(routes=[every])) as port:
        looks = apply_to_bucket(settings_for(f"http://127.0.0.1:{port}", "small"))
    assert [look.about for look in looks] == RULES
    assert {look.state for look in looks} == {State.UNKNOWN}
