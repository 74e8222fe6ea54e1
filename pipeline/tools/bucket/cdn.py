"""Tells CloudFront to forget what changed under its old address.

Most files are named by their content and never change; pages and the feed may be kept for five
minutes anyway. So a CDN that cannot be told shows the old feed a little longer, and no more.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

import boto3
from botocore import exceptions as boto
from botocore.config import Config

from pipeline.ground.config import Publish
from pipeline.tools.bucket.refusals import code_of
from pipeline.words.feed import INDEX_KEY
from pipeline.words.web_files import is_named_by_content

# CloudFront takes 3,000 paths at a time, and bills each beyond a thousand in a month.
_MOST_PATHS = 100
_WAITS_SECONDS = (2.0, 5.0)
_BUSY = ("TooManyInvalidationsInProgress", "Throttling", "ThrottlingException")
_REASONS: Mapping[str, str] = {
    "AccessDenied": "this user may not cloudfront:CreateInvalidation on it",
    "NoSuchDistribution": "there is no such distribution",
    "TooManyInvalidationsInProgress": "too many invalidations are under way",
    "InvalidClientTokenId": "it does not know the access key",
    "SignatureDoesNotMatch": "it does not accept the secret of the access key",
}


def forget_at_cdn(settings: Publish, changed_keys: Iterable[str], publication: str) -> str:
    """Have CloudFront fetch changed files anew; a warning when that failed, else nothing.

    `publication` is the id that no other publication has: asking again for the same makes no
    second invalidation. A failure takes nothing back, so nothing is raised.
    """
    paths = paths_to_forget(settings.base_url, changed_keys)
    if not settings.cloudfront_distribution or not paths:
        return ""
    try:
        _invalidate(settings, paths, _reference(publication, paths))
    except boto.ClientError as error:
        code = code_of(error)
        return _warning(settings, paths, _REASONS.get(code, code))
    except boto.NoCredentialsError:
        return _warning(settings, paths, "there are no credentials for it")
    except boto.BotoCoreError as error:
        return _warning(settings, paths, f"it cannot be asked ({error})")
    return ""


def paths_to_forget(base_url: str, changed_keys: Iterable[str]) -> list[str]:
    """The paths of an invalidation: what may change under its name, or a wildcard over it."""
    root = urlsplit(base_url).path
    keys = sorted({key for key in changed_keys if not is_named_by_content(key)})
    paths = [root + key for key in keys]
    if INDEX_KEY in keys:
        paths.append(root)
    if len(paths) <= _MOST_PATHS:
        return paths
    in_folders = {f"{root}{key.partition('/')[0]}/*" for key in keys if "/" in key}
    shorter = [path for path in paths if "/" not in path.removeprefix(root)] + sorted(in_folders)
    return shorter if len(shorter) <= _MOST_PATHS else [f"{root}*"]


def _reference(publication: str, paths: Sequence[str]) -> str:
    """CloudFront refuses one reference with other paths, as when a page is repaired later."""
    digest = hashlib.sha256("\n".join(paths).encode()).hexdigest()
    return f"{publication}-{digest[:16]}"


def _invalidate(settings: Publish, paths: Sequence[str], reference: str) -> None:
    client = boto3.session.Session().client(
        "cloudfront",
        region_name=settings.region or "us-east-1",  # it is the same everywhere but in China
        config=Config(
            connect_timeout=10,
            read_timeout=30,
            retries={"mode": "standard", "total_max_attempts": 3},
        ),
    )
    batch = {"Paths": {"Quantity": len(paths), "Items": list(paths)}, "CallerReference": reference}
    for wait_seconds in (*_WAITS_SECONDS, None):
        try:
            client.create_invalidation(
                DistributionId=settings.cloudfront_distribution, InvalidationBatch=batch
            )
            return
        except boto.ClientError as error:
            if wait_seconds is None or code_of(error) not in _BUSY:
                raise
            time.sleep(wait_seconds)


def _warning(settings: Publish, paths: Sequence[str], reason: str) -> str:
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return (
        "The publication is whole, but CloudFront could not be told to forget what changed: "
        f"{settings.cloudfront_distribution}: {reason}. Readers may see the old version for some "
        f"minutes; to end that, invalidate {', '.join(paths[:3])}{more} there."
    )
