"""Where public files live: a folder on this machine, or an S3 bucket."""

from __future__ import annotations

from pipeline.ground.config import Show
from pipeline.ground.workspace import Workspace
from pipeline.tools.bucket.conditions import keeps_conditions
from pipeline.tools.bucket.folder import FolderBucket
from pipeline.tools.bucket.port import Bucket, Content, KeyTaken, Progress, Stored

__all__ = [
    "Bucket",
    "Content",
    "FolderBucket",
    "KeyTaken",
    "Progress",
    "Stored",
    "keeps_conditions",
    "open_bucket",
]


def open_bucket(show: Show, workspace: Workspace, *, thorough: bool = False) -> Bucket:
    """The bucket that `show` publishes to. Nothing is asked of it before it is used.

    When `thorough`, it is asked about every file, and what this machine remembers is not believed.
    """
    if show.publish.target == "folder":
        return FolderBucket(workspace.public, workspace.digests)
    # Imported when needed: boto3 takes a moment that `etam plan` need not wait.
    from pipeline.tools.bucket.s3 import S3Bucket

    return S3Bucket(show.publish, workspace.cache / "bucket.sqlite", thorough=thorough)
