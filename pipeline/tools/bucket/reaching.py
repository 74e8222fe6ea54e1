"""A bucket within reach of an operator: its client, and its server's errors in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from pipeline.ground.config import Publish
from pipeline.tools.bucket.connecting import s3_client
from pipeline.tools.bucket.refusals import Place

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_PATIENCE = {"connect_timeout": 10, "read_timeout": 30, "retries": 4}


@dataclass(frozen=True)
class Reached:
    """A client, and the place whose errors it has."""

    client: S3Client
    place: Place


def reach(settings: Publish) -> Reached:
    """The bucket that `settings` name. Nothing is asked of it yet."""
    endpoint = settings.endpoint or f"Amazon S3 ({settings.region or 'default region'})"
    place = Place(settings.bucket, endpoint)
    with place.in_words("connect"):
        return Reached(s3_client(boto3.session.Session(), settings, **_PATIENCE), place)
