"""Whether an object is there, also for users who may list nothing but a prefix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from pipeline.tools.bucket.refusals import is_not_there, is_refused

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def is_absent(client: S3Client, target: Mapping[str, Any], refusal: ClientError) -> bool:
    """Whether `refusal`, the answer to a HEAD or GET of `target`, means that nothing is there.

    A server says 403 of what is missing to who may not list. Ceph's gateway says so too when the
    right to list ends at a prefix (its pull request 68577 corrects that in 2026); then the key
    itself is listed, which that right allows.
    """
    if not is_refused(refusal):
        return is_not_there(refusal)
    listed = client.list_objects_v2(Bucket=target["Bucket"], Prefix=target["Key"], MaxKeys=1)
    return all(entry["Key"] != target["Key"] for entry in listed.get("Contents", []))
