"""The sets of rules that a bucket keeps: how each is read and written, and what is needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.ground.config import Publish
from pipeline.tools.bucket import policies, rules

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True, slots=True)
class Rule:
    """One set of rules that a bucket keeps whole.

    `wanted` gives what is there with ours added, and the very same when nothing must be added.
    """

    about: str
    purpose: str
    read: Callable[[S3Client, str], Any]
    write: Callable[[S3Client, str, Any], object]
    nothing: Any
    nothing_code: str
    wanted: Callable[[Any, Publish], Any]


def read_policy(client: S3Client, bucket: str) -> Any:
    return json.loads(client.get_bucket_policy(Bucket=bucket)["Policy"])


def _write_policy(client: S3Client, bucket: str, policy: Any) -> object:
    return client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def read_block(client: S3Client, bucket: str) -> Any:
    return client.get_public_access_block(Bucket=bucket).get("PublicAccessBlockConfiguration", {})


def _write_block(client: S3Client, bucket: str, block: Any) -> object:
    return client.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)


def _read_cors(client: S3Client, bucket: str) -> Any:
    return client.get_bucket_cors(Bucket=bucket).get("CORSRules", [])


def _write_cors(client: S3Client, bucket: str, wanted: Any) -> object:
    return client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": wanted})


def read_lifecycle(client: S3Client, bucket: str) -> Any:
    return client.get_bucket_lifecycle_configuration(Bucket=bucket).get("Rules", [])


def _write_lifecycle(client: S3Client, bucket: str, wanted: Any) -> object:
    return client.put_bucket_lifecycle_configuration(
        Bucket=bucket, LifecycleConfiguration={"Rules": wanted}
    )


# In this order: a policy for everybody is refused while public access is blocked.
RULES = (
    Rule(
        "block of public access",
        "A policy for everybody is allowed",
        read_block,
        _write_block,
        {},
        "NoSuchPublicAccessBlockConfiguration",
        rules.without_block,
    ),
    Rule(
        "policy",
        "Everybody may read what is published",
        read_policy,
        _write_policy,
        None,
        "NoSuchBucketPolicy",
        policies.with_readers,
    ),
    Rule(
        "CORS",
        "Players on other web pages may fetch and seek",
        _read_cors,
        _write_cors,
        [],
        "NoSuchCORSConfiguration",
        rules.with_cors,
    ),
    Rule(
        "lifecycle",
        "What is left of a broken upload goes after seven days",
        read_lifecycle,
        _write_lifecycle,
        [],
        "NoSuchLifecycleConfiguration",
        rules.with_lifecycle,
    ),
)
