"""A connection to an S3 server, made the way that this server needs.

Credentials come from the AWS chain (environment, profile, instance role), never from the show.
Measured against Ceph radosgw 16.2, which like many servers cannot take botocore's trailing
checksums and wants the ETag of If-Match without quotes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from pipeline.ground.config import Publish

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def s3_client(
    session: boto3.session.Session,
    settings: Publish,
    *,
    connect_timeout: int,
    read_timeout: int,
    retries: int,
) -> S3Client:
    """A client of the server that `settings` name; time-outs are in seconds, `retries` in all."""
    other_server: dict[str, Any] = {}
    if settings.endpoint is not None:
        other_server = {
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }
    client = session.client(
        "s3",
        endpoint_url=settings.endpoint,
        # A server that is not Amazon's mostly ignores the region, but a signature needs one.
        region_name=settings.region or ("us-east-1" if settings.endpoint else None),
        config=Config(
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            retries={"mode": "standard", "total_max_attempts": retries},
            # The signature covers the body too, so a server refuses a part that arrives damaged.
            s3={"addressing_style": settings.addressing, "payload_signing_enabled": True},
            **other_server,
        ),
    )
    if settings.endpoint is not None:
        client.meta.events.register("before-sign.s3.PutObject", _unquote_if_match)
    return client


def _unquote_if_match(request: Any, **_: Any) -> None:
    if "If-Match" in request.headers:
        value = request.headers["If-Match"]
        del request.headers["If-Match"]
        request.headers["If-Match"] = value.strip('"')
