"""What about a bucket a person decides; nothing here is ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket import policies, rules
from pipeline.tools.bucket.kept_rules import read_lifecycle, read_policy
from pipeline.tools.bucket.look import Look, State
from pipeline.tools.bucket.refusals import cannot_do, code_of, is_refused

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_NOTHING_THERE = (
    "NoSuchBucketPolicy",
    "NoSuchLifecycleConfiguration",
    "ServerSideEncryptionConfigurationNotFoundError",
)


def advice(client: S3Client, settings: Publish) -> Iterator[Look]:
    """What would hurt readers, or could be had back; silent about what this user may not see."""
    for ask in (_others_rights, _lifecycle_of_others, _versioning, _encryption, _payer, _site):
        try:
            yield from ask(client, settings)
        except ClientError as error:
            is_nothing = code_of(error) in _NOTHING_THERE
            if not (is_nothing or cannot_do(error) or is_refused(error)):
                raise


def _others_rights(client: S3Client, settings: Publish) -> Iterator[Look]:
    rights = ", ".join(policies.given_to_all(read_policy(client, settings.bucket)))
    if rights:
        said = f"A policy that is not ours gives everybody more than reading: {rights}."
        yield Look("policy of others", State.ADVICE, said)


def _lifecycle_of_others(client: S3Client, settings: Publish) -> Iterator[Look]:
    for sentence in rules.endangering(read_lifecycle(client, settings.bucket), settings):
        yield Look("lifecycle of others", State.ADVICE, sentence)


def _versioning(client: S3Client, settings: Publish) -> Iterator[Look]:
    status = client.get_bucket_versioning(Bucket=settings.bucket).get("Status", "never on")
    said = (
        "Versioning is on: what is overwritten or deleted is kept, and paid for, until a lifecycle "
        "rule takes older versions away."
        if status == "Enabled"
        else "Versioning is off: what a person deletes in the bucket by mistake is gone. Turned "
        "on, with a lifecycle rule for older versions, it can be had back."
    )
    yield Look("versioning", State.ADVICE, said, status)


def _encryption(client: S3Client, settings: Publish) -> Iterator[Look]:
    answer = client.get_bucket_encryption(Bucket=settings.bucket)
    for rule in answer.get("ServerSideEncryptionConfiguration", {}).get("Rules", []):
        kind = rule.get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm", "")
        if kind.startswith("aws:kms"):
            said = (
                f"New files are encrypted with {kind}: readers without a key get 403. Use AES256."
            )
            yield Look("encryption", State.ADVICE, said, kind)


def _payer(client: S3Client, settings: Publish) -> Iterator[Look]:
    if client.get_bucket_request_payment(Bucket=settings.bucket).get("Payer") == "Requester":
        said = "Readers must pay for each request, which no podcast app does; turn that off."
        yield Look("payer", State.ADVICE, said)


def _site(client: S3Client, settings: Publish) -> Iterator[Look]:
    try:
        site = client.get_bucket_website(Bucket=settings.bucket)
    except ClientError as error:
        if code_of(error) != "NoSuchWebsiteConfiguration":
            raise
        site = None
    page = site.get("ErrorDocument", {}).get("Key", "") if site else ""
    wanted = f"{policies.prefix_of(settings)}404.html"
    if page == wanted:
        return
    said = (
        f"Where there is nothing, readers get the server's own message (403, since nobody may list)"
        f". As a static web site with “{wanted}” as its error document, or behind a CDN that shows "
        "it, the bucket answers with our page."
    )
    yield Look("web site", State.ADVICE, said, page or None)
