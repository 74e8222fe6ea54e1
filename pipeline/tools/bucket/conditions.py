"""Whether a bucket refuses to write over what somebody else wrote meanwhile."""

from __future__ import annotations

import hashlib

from pipeline.tools.bucket.port import Bucket, Content, KeyTaken
from pipeline.words.public_names import CONDITION_CHECK_KEY

_SAID = b"A server that stored this file ignores conditions on writes (If-Match).\n"
# The ETag of no file of ours.
_NO_VERSION = "0" * 32


def keeps_conditions(bucket: Bucket) -> bool:
    """Whether it refuses a write over a version that is not there.

    One that does gets nothing; one that does not is left with a small file that says so.
    """
    content = Content(_SAID, len(_SAID), hashlib.sha256(_SAID).hexdigest())
    try:
        bucket.put(CONDITION_CHECK_KEY, content, if_match=_NO_VERSION)
    except KeyTaken:
        return True
    return False
