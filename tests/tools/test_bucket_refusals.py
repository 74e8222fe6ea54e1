"""What a server answers decides who acts: nobody, who waits; an operator; or who plans again."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from pipeline.tools.bucket.port import KeyTaken
from pipeline.tools.bucket.refusals import ArrivedDamaged, NotNow, Place
from pipeline.words.errors import SetupProblem

PLACE = Place("acara", "https://s3.example.org")


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [
        ("SlowDown", 503, NotNow),
        ("UnknownError", 500, NotNow),  # Ceph, to some of those who write at once
        ("SomethingNew", 599, NotNow),
        ("UnknownError", 400, SetupProblem),
        ("NotImplemented", 501, SetupProblem),
        ("AccessDenied", 403, SetupProblem),
        ("PreconditionFailed", 412, KeyTaken),
        ("BadDigest", 400, ArrivedDamaged),
    ],
)
def test_an_answer_decides_who_acts(code: str, status: int, problem: type[Exception]) -> None:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    with pytest.raises(problem), PLACE.in_words("write"):
        raise ClientError(answer, "PutObject")  # type: ignore[arg-type]
