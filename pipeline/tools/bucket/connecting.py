"""A connection to an S3 server, made the way that this server needs.

Credentials come from the AWS chain (environment, profile, instance role), never from the show.
Measured against Ceph radosgw 16.2, which like many servers cannot take botocore's trailing
checksums and wants the ETag of If-Match without quotes.
"""

from __future__ import annotations

import base64
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

from pipeline.ground.config import Publish
from pipeline.tools.bucket.parts import Outgoing
from pipeline.words.errors import SetupProblem

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_AMAZON = (".amazonaws.com", ".amazonaws.com.cn")
# Amazon checks a CRC32 that botocore adds; others answer 411 to it, and check MD5 and signature.
_PLAIN = {
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


def s3_client(
    session: boto3.session.Session,
    settings: Publish,
    *,
    connect_timeout: int,
    read_timeout: int,
    retries: int,
) -> S3Client:
    """A client of the server that `settings` name; time-outs are in seconds, `retries` in all."""
    _must_hold_an_authority(settings.ca_bundle)

    def client(checksums: dict[str, Any]) -> S3Client:
        return session.client(
            "s3",
            endpoint_url=settings.endpoint,
            # A server that is not Amazon's mostly ignores the region; a signature needs one.
            region_name=settings.region or ("us-east-1" if settings.endpoint else None),
            verify=settings.ca_bundle or None,  # None: AWS_CA_BUNDLE, or the well-known ones
            config=Config(
                connect_timeout=connect_timeout,
                read_timeout=read_timeout,
                retries={"mode": "standard", "total_max_attempts": retries},
                # The signature covers the body too: what arrives damaged is refused.
                s3={"addressing_style": settings.addressing, "payload_signing_enabled": True},
                **checksums,
            ),
        )

    made = client({} if _looks_like_amazon(settings) else _PLAIN)
    if not is_amazon(made) and not settings.endpoint:  # AWS_ENDPOINT_URL leads elsewhere
        made = client(_PLAIN)
    if not is_amazon(made):
        made.meta.events.register("before-sign.s3.PutObject", _unquote_if_match)
    made.meta.events.register("before-send.s3", _tell_that_it_is_sent)
    return made


def is_amazon(client: S3Client) -> bool:
    """Whether this client speaks to Amazon's own S3."""
    return (urlsplit(client.meta.endpoint_url).hostname or "").endswith(_AMAZON)


def proof_of(client: S3Client, md5: str) -> dict[str, Any]:
    """What lets a server refuse a body that arrives damaged, beyond the signature."""
    if is_amazon(client):
        return {"ChecksumAlgorithm": "CRC32"}
    return {"ContentMD5": base64.b64encode(bytes.fromhex(md5)).decode()}


def _looks_like_amazon(settings: Publish) -> bool:
    return (urlsplit(settings.endpoint or "").hostname or _AMAZON[0]).endswith(_AMAZON)


def _must_hold_an_authority(ca_bundle: str) -> None:
    try:
        if ca_bundle:
            ssl.create_default_context(cafile=ca_bundle)
    except (ssl.SSLError, OSError) as error:
        raise SetupProblem(
            f"{ca_bundle} cannot be read as the certificate authority of the bucket's server.",
            "Let `ca_bundle` under [publish] in show.toml name a PEM file of certificates.",
            str(error),
        ) from error


def _unquote_if_match(request: Any, **_: Any) -> None:
    if "If-Match" in request.headers:
        value = request.headers["If-Match"]
        del request.headers["If-Match"]
        request.headers["If-Match"] = value.strip('"')


def _tell_that_it_is_sent(request: Any, **_: Any) -> None:
    """A body is read for its signature before it is read to be sent."""
    body = getattr(request.body, "_raw", request.body)  # botocore wraps what gets a trailer
    if isinstance(body, Outgoing):
        body.starts()
