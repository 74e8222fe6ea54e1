"""Who may do what in the bucket, as policies: the publisher, who clears it, and everybody else.

Source: AWS's service authorization reference for S3. `s3:prefix` limits listings alone: servers
never match it for `ListBucketMultipartUploads`, which therefore stands without a condition and
shows the names of unfinished uploads in the whole bucket.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.ground.config import Publish
from pipeline.words.public_names import CLEARED_KEY

Statement = Mapping[str, Any]
Policy = Mapping[str, Any]

_VERSION = "2012-10-17"
_OBJECTS_OF_PUBLISHER = (
    "s3:PutObject",
    "s3:GetObject",
    "s3:AbortMultipartUpload",
    "s3:ListMultipartUploadParts",
)
_OBJECTS_OF_CLEARER = ("s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
_INCLUDES_READING = frozenset(["s3:GetObject", "s3:Get*", "s3:*", "*"])
_HARMLESS = frozenset(["s3:GetObject", "s3:GetObjectVersion"])
# Regions of China and of the US government have names of their own for everything.
_PARTITIONS = (("cn-", "aws-cn"), ("us-gov-", "aws-us-gov"))


def publisher_policy(settings: Publish) -> Policy:
    """What whoever runs `etam publish` may do, and nothing else: no deleting, no rights."""
    invalidation = _invalidation(settings)
    return _policy([*_rights(settings, _OBJECTS_OF_PUBLISHER), *invalidation])


def clearer_policy(settings: Publish) -> Policy:
    """What whoever runs `etam gc --delete` may do: deleting, and writing only that it did."""
    note = {
        "Sid": "EtamNote",
        "Effect": "Allow",
        "Action": "s3:PutObject",
        "Resource": _arn(settings, f"{settings.bucket}/{prefix_of(settings)}{CLEARED_KEY}"),
    }
    return _policy([*_rights(settings, _OBJECTS_OF_CLEARER), note])


def with_readers(policy: Policy | None, settings: Publish) -> Policy:
    """The bucket's `policy` with everybody's right to read; what others put there stays.

    `policy` itself when it gives that right already, or gives it to CloudFront in their stead.
    """
    statements = statements_of(policy)
    if policy is not None and (
        lets_cdn_read(policy, settings) or any(_lets_all_read(s, settings) for s in statements)
    ):
        return policy
    ours = readers_statement(settings)
    others = [each for each in statements if each.get("Sid") != ours["Sid"]]
    return {"Version": _VERSION, **(policy or {}), "Statement": [*others, ours]}


def lets_cdn_read(policy: Policy | None, settings: Publish) -> bool:
    """Whether the show's distribution reads with an identity of its own (origin access control).

    Then readers need no right to the bucket, and it may stay closed to everybody else.
    """
    name = settings.cloudfront_distribution
    return bool(name) and any(
        each.get("Effect") == "Allow"
        and _named(each, "Service") == ["cloudfront.amazonaws.com"]
        and f':distribution/{name}"' in json.dumps(each.get("Condition", {}))
        and _gives_reading(each, settings)
        for each in statements_of(policy)
    )


def readers_statement(settings: Publish) -> Statement:
    """Everybody may read what is under the prefix; nobody may list."""
    return {
        # Two shows in one bucket each have their own statement.
        "Sid": f"EtamReaders{hashlib.sha256(prefix_of(settings).encode()).hexdigest()[:8]}",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": _objects(settings),
    }


def given_to_all(policy: Policy | None) -> list[str]:
    """What everybody may do besides reading, such as listing; each right once."""
    rights = (
        right
        for statement in statements_of(policy)
        if _is_for_all(statement)
        for right in _several(statement.get("Action"))
        if right not in _HARMLESS
    )
    return sorted(set(rights))


def statements_of(policy: Policy | None) -> Sequence[Statement]:
    """The statements of a policy; a single one may stand without a list around it."""
    said = (policy or {}).get("Statement", [])
    return [said] if isinstance(said, Mapping) else list(said)


def prefix_of(settings: Publish) -> str:
    """What each key begins with: empty, or with a slash at its end."""
    return f"{settings.prefix.strip('/')}/".lstrip("/")


def _rights(settings: Publish, on_objects: Iterable[str]) -> list[Statement]:
    bucket = _arn(settings, settings.bucket)
    listing: dict[str, Any] = {
        "Sid": "EtamList",
        "Effect": "Allow",
        "Action": "s3:ListBucket",
        "Resource": bucket,
    }
    if prefix := prefix_of(settings):
        listing["Condition"] = {"StringLike": {"s3:prefix": f"{prefix}*"}}
    return [
        {
            "Sid": "EtamObjects",
            "Effect": "Allow",
            "Action": list(on_objects),
            "Resource": _objects(settings),
        },
        listing,
        {
            "Sid": "EtamUnfinishedUploads",
            "Effect": "Allow",
            "Action": "s3:ListBucketMultipartUploads",
            "Resource": bucket,
        },
    ]


def _invalidation(settings: Publish) -> list[Statement]:
    name = settings.cloudfront_distribution
    if not name:
        return []
    return [
        {
            "Sid": "EtamInvalidation",
            "Effect": "Allow",
            "Action": "cloudfront:CreateInvalidation",
            "Resource": f"arn:{_partition(settings)}:cloudfront::*:distribution/{name}",
        }
    ]


def _policy(statements: Sequence[Statement]) -> Policy:
    return {"Version": _VERSION, "Statement": list(statements)}


def _objects(settings: Publish) -> str:
    return _arn(settings, f"{settings.bucket}/{prefix_of(settings)}*")


def _arn(settings: Publish, name: str) -> str:
    return f"arn:{_partition(settings)}:s3:::{name}"


def _partition(settings: Publish) -> str:
    if settings.endpoint is not None:
        return "aws"  # what other servers imitate
    return next((name for start, name in _PARTITIONS if settings.region.startswith(start)), "aws")


def _lets_all_read(statement: Statement, settings: Publish) -> bool:
    return _is_for_all(statement) and _gives_reading(statement, settings)


def _gives_reading(statement: Statement, settings: Publish) -> bool:
    resources = _several(statement.get("Resource"))
    return bool(_INCLUDES_READING & set(_several(statement.get("Action")))) and any(
        _covers(each, _objects(settings)) for each in resources
    )


def _is_for_all(statement: Statement) -> bool:
    """Whether a statement gives something to everybody, under no condition."""
    allowed = statement.get("Effect") == "Allow" and not statement.get("Condition")
    return allowed and "*" in _named(statement, "AWS")


def _named(statement: Statement, kind: str) -> list[str]:
    """Whom of a kind a statement is for; a principal without a kind is for accounts."""
    principal = statement.get("Principal")
    if isinstance(principal, Mapping):
        return _several(principal.get(kind))
    return _several(principal) if kind == "AWS" else []


def _covers(pattern: str, wanted: str) -> bool:
    """Whether a resource that ends in `*` holds everything that `wanted` does."""
    start = pattern.removesuffix("*")
    return start != pattern and not set("*?") & set(start) and wanted.startswith(start)


def _several(value: Any) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else list(value)
