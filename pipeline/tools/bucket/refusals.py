"""What boto3 raises, in words: who acts, and how."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from botocore import exceptions as boto

from pipeline.tools.bucket.port import KeyTaken
from pipeline.words.errors import SetupProblem, TemporaryProblem

_NOT_THERE = ("NoSuchKey", "404", "NotFound")
# Amazon says that there is no such key when what should be replaced is gone.
_TAKEN = ("412", "409", "PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
_BUSY = (
    "429",
    "500",
    "502",
    "503",
    "504",
    "SlowDown",
    "InternalError",
    "ServiceUnavailable",
    "RequestTimeout",
    "Throttling",
    "NoSuchUpload",  # somebody else completed it or gave it up; what is there is asked anew
)
_DAMAGED = (
    "BadDigest",
    "IncompleteBody",
    "InvalidDigest",
    "InvalidPart",
    "XAmzContentSHA256Mismatch",
)
_REFUSED = ("AccessDenied", "403", "Forbidden", "AllAccessDisabled")
_NOT_OFFERED = ("NotImplemented", "MethodNotAllowed", "NotSupported", "405", "501")
_SAME_AS = {
    "501": "NotImplemented",
    "403": "AccessDenied",
    "404": "NoSuchBucket",
    "Forbidden": "AccessDenied",
    "NotFound": "NoSuchBucket",
    "301": "PermanentRedirect",
    "AuthorizationHeaderMalformed": "PermanentRedirect",
    "InvalidToken": "InvalidAccessKeyId",
    "ExpiredToken": "InvalidAccessKeyId",
}
_SENTENCES = {
    "NoSuchBucket": (
        "There is no bucket “{bucket}” at {endpoint}.",
        "Make it there, or correct `bucket` under [publish] in show.toml.",
    ),
    "InvalidAccessKeyId": (
        "{endpoint} does not know the access key.",
        "Correct AWS_ACCESS_KEY_ID, or the profile that is used.",
    ),
    "SignatureDoesNotMatch": (
        "{endpoint} does not accept the secret of the access key.",
        "Correct AWS_SECRET_ACCESS_KEY, or the profile that is used.",
    ),
    "RequestTimeTooSkewed": (
        "This machine's clock is too far from that of {endpoint}.",
        "Set the clock (for example with NTP) and publish again.",
    ),
    "AccessDenied": (
        "This user may not {action} in the bucket “{bucket}” at {endpoint}.",
        "Give it the rights that `etam setup-bucket` shows (docs/publishing.md).",
    ),
    "PermanentRedirect": (
        "The bucket “{bucket}” is in another region.",
        "Set `region` under [publish] in show.toml to the region of the bucket.",
    ),
    "InvalidBucketName": (
        "“{bucket}” cannot be the name of a bucket.",
        "Correct `bucket` under [publish] in show.toml.",
    ),
    "NotImplemented": (
        "{endpoint} does not know all that publishing needs to {action} in the bucket “{bucket}”.",
        "Use a server that docs/reliability.md names, or a newer version of this one.",
    ),
    "QuotaExceeded": (
        "The bucket “{bucket}” at {endpoint} is full.",
        "Raise its quota and publish again.",
    ),
}
# What OpenSSL says of certificates, and the system of the file that AWS_CA_BUNDLE names.
_UNTRUSTED = ("CERTIFICATE_VERIFY_FAILED", "NO_CERTIFICATE_OR_CRL_FOUND", "[Errno")
_NO_CREDENTIALS = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.ProfileNotFound,
)
_WRONG_ADDRESS = (boto.NoRegionError, boto.InvalidRegionError, boto.ParamValidationError)


class NotNow(TemporaryProblem):
    """No answer, or none that helps; trying again may. `timed_out`: the line may just be slow."""

    timed_out = False


class ArrivedDamaged(TemporaryProblem):
    """An upload came out other than it was sent; sending it again may do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket and its server, as sentences name them."""

    bucket: str
    endpoint: str

    @contextlib.contextmanager
    def in_words(self, action: str) -> Iterator[None]:
        """Turn what boto3 raises while this user tries to `action` into a problem of ours.

        Raises KeyTaken when a conditional write lost.
        """
        try:
            yield
        except boto.ClientError as error:
            raise self._refusal(error, action) from error
        except _NO_CREDENTIALS as error:
            raise SetupProblem(
                f"There are no credentials for the bucket “{self.bucket}” at {self.endpoint}.",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
                str(error),
            ) from error
        except (*_WRONG_ADDRESS, ValueError) as error:
            raise SetupProblem(
                f"The bucket “{self.bucket}” at {self.endpoint} cannot be addressed.",
                "Correct `bucket`, `endpoint` and `region` under [publish] in show.toml.",
                str(error),
            ) from error
        except boto.SSLError as error:
            is_untrusted = any(sign in str(error) for sign in _UNTRUSTED)
            raise (self._untrusted if is_untrusted else self._later)(error) from error
        except boto.BotoCoreError as error:
            raise self._later(error) from error

    def _refusal(self, error: boto.ClientError, action: str) -> Exception:
        code = code_of(error)
        if code in _TAKEN:
            return KeyTaken(str(error))
        if code in _BUSY or _is_the_servers_fault(error):
            return self._later(error)
        if code in _DAMAGED:
            return self.damaged(str(error))
        sentence = _SENTENCES.get(_SAME_AS.get(code, code))
        if sentence is None:
            return SetupProblem(
                f"{self.endpoint} refused to {action} in the bucket “{self.bucket}” ({code}).",
                "Look at [publish] in show.toml and at what the server says.",
                str(error),
            )
        words = {"bucket": self.bucket, "endpoint": self.endpoint, "action": action}
        return SetupProblem(sentence[0].format(**words), sentence[1], str(error))

    def damaged(self, detail: str) -> ArrivedDamaged:
        """What was sent is not what arrived."""
        return ArrivedDamaged(
            f"What was sent to {self.endpoint} arrived damaged.",
            "Publish again; the feed has not changed and does not name it yet.",
            detail,
        )

    def _later(self, error: Exception) -> NotNow:
        problem = NotNow(
            f"{self.endpoint} cannot be reached or is too busy.",
            "Publish again later; what was uploaded is kept, and the feed is as it was.",
            str(error),
        )
        problem.timed_out = _is_time_out(error)
        return problem

    def _untrusted(self, error: Exception) -> SetupProblem:
        return SetupProblem(
            f"The certificate of {self.endpoint} is not one that this machine trusts.",
            "Correct `endpoint`, or name the file of its certificate authority in `ca_bundle` "
            "under [publish] in show.toml or in AWS_CA_BUNDLE.",
            str(error),
        )


def is_not_there(error: boto.ClientError) -> bool:
    """Whether a server says that there is no such object."""
    return code_of(error) in _NOT_THERE


def is_refused(error: boto.ClientError) -> bool:
    """Whether a server says that this user may not."""
    return code_of(error) in _REFUSED


def cannot_do(error: boto.ClientError) -> bool:
    """Whether a server says that it does not know what is asked of it."""
    return code_of(error) in _NOT_OFFERED


def is_no_upload(error: boto.ClientError) -> bool:
    """Whether a server says that there is no such upload in parts."""
    return code_of(error) == "NoSuchUpload"


def _is_the_servers_fault(error: boto.ClientError) -> bool:
    """Whether it says so by its status, whatever word it has for it.

    Ceph answers 500 and "UnknownError" to some of those who write at once under a condition.
    """
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= 500 and not cannot_do(error)


def code_of(error: boto.ClientError) -> str:
    """The server's own word for what is wrong, or the HTTP status."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _is_time_out(error: BaseException | None) -> bool:
    """Whether `error`, or what it comes from, is a wait that was given up."""
    while error is not None:
        if isinstance(error, (boto.ReadTimeoutError, TimeoutError)):
            return True
        error = error.__cause__ or error.__context__
    return False
