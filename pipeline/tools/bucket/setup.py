"""Looks at a bucket's rules and, when asked, brings them to what a podcast needs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket import policies, rules
from pipeline.tools.bucket.reaching import reach
from pipeline.tools.bucket.refusals import code_of
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_UNKNOWN_TO_SERVER = ("NotImplemented", "MethodNotAllowed", "NotSupported", "501", "405")
_REFUSED = ("AccessDenied", "403", "Forbidden", "AllAccessDisabled")
_SAYS_NOTHING = (
    *_UNKNOWN_TO_SERVER,
    *_REFUSED,
    "NoSuchBucketPolicy",
    "NoSuchLifecycleConfiguration",
    "ServerSideEncryptionConfigurationNotFoundError",
)


class State(StrEnum):
    """How one thing about a bucket stands: UNKNOWN to the server, HIDDEN from this user."""

    FINE = "fine"
    DIFFERS = "differs"
    CHANGED = "changed"
    ADVICE = "advice"
    UNKNOWN = "unknown"
    HIDDEN = "hidden"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Look:
    """One thing about a bucket: how it stands, what is there now and what should be."""

    about: str
    state: State
    sentence: str
    now: Any = None
    wanted: Any = None


def look_at_bucket(settings: Publish) -> list[Look]:
    """Everything about the bucket that matters to readers. Nothing is changed."""
    return _Setup(settings).looks()


def apply_to_bucket(settings: Publish) -> list[Look]:
    """Change the rules that differ, one by one, each read back; the rest is looked at only."""
    return _Setup(settings).applied()


@dataclass(frozen=True, slots=True)
class _Rule:
    """One set of rules that a bucket keeps whole.

    `wanted` gives what is there with ours added, and the very same when nothing must be added.
    """

    about: str
    purpose: str
    read: Callable[[S3Client, str], Any]
    write: Callable[[S3Client, str, Any], object]
    nothing: Any
    nothing_code: str
    wanted: Callable[[Any, Publish], Any]


class _Setup:
    """A bucket, seen by whoever may change its rules."""

    def __init__(self, settings: Publish) -> None:
        self._settings = settings
        reached = reach(settings)
        self._client, self._place = reached.client, reached.place

    def looks(self) -> list[Look]:
        with self._place.in_words("look at the rules"):
            self._must_be_there()
            return [*map(self._compared, self._rules()), *self._advice()]

    def applied(self) -> list[Look]:
        with self._place.in_words("look at the rules"):
            self._must_be_there()
            return [*map(self._changed, self._rules()), *self._advice()]

    def _rules(self) -> tuple[_Rule, ...]:
        """All of them; the block of public access may stay where CloudFront alone reads."""
        try:
            policy = _read_policy(self._client, self._settings.bucket)
        except ClientError:  # looked at once more, and told, with the other rules
            policy = None
        closed = policies.lets_cdn_read(policy, self._settings)
        return tuple(rule for rule in _RULES if not (closed and rule.read is _read_block))

    def _must_be_there(self) -> None:
        try:
            self._client.head_bucket(Bucket=self._settings.bucket)
        except ClientError as error:
            if code_of(error) not in _REFUSED:  # what it may do with the rules is another matter
                raise

    def _compared(self, rule: _Rule) -> Look:
        try:
            now = rule.read(self._client, self._settings.bucket)
        except ClientError as error:
            if code_of(error) != rule.nothing_code:
                return _not_known(rule.about, error)
            now = rule.nothing
        wanted = rule.wanted(now, self._settings)
        if wanted == now:
            return Look(rule.about, State.FINE, f"{rule.purpose}.", now)
        return Look(rule.about, State.DIFFERS, f"Not yet: {rule.purpose}.", now, wanted)

    def _changed(self, rule: _Rule) -> Look:
        """Apply one rule to what is there at this moment, and read it back."""
        before = self._compared(rule)
        if before.state is not State.DIFFERS:
            return before
        try:
            with self._place.in_words(f"change its {rule.about}"):
                rule.write(self._client, self._settings.bucket, before.wanted)
        except (SetupProblem, TemporaryProblem) as error:
            return replace(before, state=State.FAILED, sentence=self._why_refused(rule, error))
        after = self._compared(rule)
        if lost := _lost(before, after):
            said = f"The {rule.about} of others did not come back as it was; put it right: {lost}"
            return Look(rule.about, State.FAILED, said, after.now, before.wanted)
        if after.state is State.FINE:
            return Look(rule.about, State.CHANGED, f"Done: {rule.purpose}.", before.now, after.now)
        said = f"The {rule.about} was sent, but what is there now is not what was sent."
        return Look(rule.about, State.FAILED, said, after.now, before.wanted)

    def _why_refused(self, rule: _Rule, error: PipelineError) -> str:
        of_account = "Amazon may also block public policies for the whole account."
        hint = of_account if rule.about == "policy" and self._settings.endpoint is None else ""
        remedy = "Run it with an administrator's credentials."
        return " ".join(filter(None, (error.problem, remedy, hint)))

    def _advice(self) -> Iterator[Look]:
        """What a person decides; nothing here is ever changed."""
        for ask in (_others_rights, _lifecycle_of_others, _versioning, _encryption, _payer, _site):
            try:
                yield from ask(self._client, self._settings)
            except ClientError as error:
                if code_of(error) not in _SAYS_NOTHING:
                    raise


def _lost(before: Look, after: Look) -> str:
    """What was to stay, as the server itself said it before, and is not there now."""
    kept = [part for part in _parts(before.now) if part in _parts(before.wanted)]
    return ", ".join(json.dumps(part) for part in kept if part not in _parts(after.now))


def _parts(document: Any) -> list[Any]:
    """The rules of a document, each of which may be somebody else's."""
    if isinstance(document, Mapping):
        return list(policies.statements_of(document))
    return list(document or ())


def _not_known(about: str, error: ClientError) -> Look:
    if code_of(error) in _UNKNOWN_TO_SERVER:
        return Look(about, State.UNKNOWN, "This server does not know such rules.")
    if code_of(error) in _REFUSED:
        said = "This user may not look at it; use an administrator's credentials."
        return Look(about, State.HIDDEN, said)
    raise error


def _read_policy(client: S3Client, bucket: str) -> Any:
    return json.loads(client.get_bucket_policy(Bucket=bucket)["Policy"])


def _write_policy(client: S3Client, bucket: str, policy: Any) -> object:
    return client.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def _read_block(client: S3Client, bucket: str) -> Any:
    return client.get_public_access_block(Bucket=bucket).get("PublicAccessBlockConfiguration", {})


def _write_block(client: S3Client, bucket: str, block: Any) -> object:
    return client.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)


def _read_cors(client: S3Client, bucket: str) -> Any:
    return client.get_bucket_cors(Bucket=bucket).get("CORSRules", [])


def _write_cors(client: S3Client, bucket: str, wanted: Any) -> object:
    return client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": wanted})


def _read_lifecycle(client: S3Client, bucket: str) -> Any:
    return client.get_bucket_lifecycle_configuration(Bucket=bucket).get("Rules", [])


def _write_lifecycle(client: S3Client, bucket: str, wanted: Any) -> object:
    return client.put_bucket_lifecycle_configuration(
        Bucket=bucket, LifecycleConfiguration={"Rules": wanted}
    )


# In this order: a policy for everybody is refused while public access is blocked.
_RULES = (
    _Rule(
        "block of public access",
        "A policy for everybody is allowed",
        _read_block,
        _write_block,
        {},
        "NoSuchPublicAccessBlockConfiguration",
        rules.without_block,
    ),
    _Rule(
        "policy",
        "Everybody may read what is published",
        _read_policy,
        _write_policy,
        None,
        "NoSuchBucketPolicy",
        policies.with_readers,
    ),
    _Rule(
        "CORS",
        "Players on other web pages may fetch and seek",
        _read_cors,
        _write_cors,
        [],
        "NoSuchCORSConfiguration",
        rules.with_cors,
    ),
    _Rule(
        "lifecycle",
        "What is left of a broken upload goes after seven days",
        _read_lifecycle,
        _write_lifecycle,
        [],
        "NoSuchLifecycleConfiguration",
        rules.with_lifecycle,
    ),
)


def _others_rights(client: S3Client, settings: Publish) -> Iterator[Look]:
    rights = ", ".join(policies.given_to_all(_read_policy(client, settings.bucket)))
    if rights:
        said = f"A policy that is not ours gives everybody more than reading: {rights}."
        yield Look("policy of others", State.ADVICE, said)


def _lifecycle_of_others(client: S3Client, settings: Publish) -> Iterator[Look]:
    for sentence in rules.endangering(_read_lifecycle(client, settings.bucket), settings):
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
