"""Looks at a bucket's rules and, when asked, brings them to what a podcast needs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from pipeline.ground.config import Publish
from pipeline.tools.bucket import policies
from pipeline.tools.bucket.advice import advice
from pipeline.tools.bucket.kept_rules import RULES, Rule, read_block, read_policy
from pipeline.tools.bucket.look import Look, State
from pipeline.tools.bucket.reaching import reach
from pipeline.tools.bucket.refusals import cannot_do, code_of, is_refused
from pipeline.words.errors import PipelineError, SetupProblem, TemporaryProblem


def look_at_bucket(settings: Publish) -> list[Look]:
    """Everything about the bucket that matters to readers. Nothing is changed."""
    return _Setup(settings).looks()


def apply_to_bucket(settings: Publish) -> list[Look]:
    """Change the rules that differ, one by one, each read back; the rest is looked at only."""
    return _Setup(settings).applied()


class _Setup:
    """A bucket, seen by whoever may change its rules."""

    def __init__(self, settings: Publish) -> None:
        self._settings = settings
        reached = reach(settings)
        self._client, self._place = reached.client, reached.place

    def looks(self) -> list[Look]:
        with self._place.in_words("look at the rules"):
            self._must_be_there()
            return [*map(self._compared, self._rules()), *advice(self._client, self._settings)]

    def applied(self) -> list[Look]:
        with self._place.in_words("look at the rules"):
            self._must_be_there()
            return [*map(self._changed, self._rules()), *advice(self._client, self._settings)]

    def _rules(self) -> tuple[Rule, ...]:
        """All of them; the block of public access may stay where CloudFront alone reads."""
        try:
            policy = read_policy(self._client, self._settings.bucket)
        except ClientError:  # looked at once more, and told, with the other rules
            policy = None
        closed = policies.lets_cdn_read(policy, self._settings)
        return tuple(rule for rule in RULES if not (closed and rule.read is read_block))

    def _must_be_there(self) -> None:
        try:
            self._client.head_bucket(Bucket=self._settings.bucket)
        except ClientError as error:
            if not is_refused(error):  # what it may do with the rules is another matter
                raise

    def _compared(self, rule: Rule) -> Look:
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

    def _changed(self, rule: Rule) -> Look:
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

    def _why_refused(self, rule: Rule, error: PipelineError) -> str:
        of_account = "Amazon may also block public policies for the whole account."
        hint = of_account if rule.about == "policy" and self._settings.endpoint is None else ""
        remedy = "Run it with an administrator's credentials."
        return " ".join(filter(None, (error.problem, remedy, hint)))


def _lost(before: Look, after: Look) -> str:
    """What was to stay, as the server itself said it before, and is not there now."""
    kept = [part for part in _parts(before.now) if part in _parts(before.wanted)]
    return ", ".join(
        json.dumps(part, default=str) for part in kept if part not in _parts(after.now)
    )


def _parts(document: Any) -> list[Any]:
    """The rules of a document, each of which may be somebody else's."""
    if isinstance(document, Mapping):
        return list(policies.statements_of(document))
    return list(document or ())


def _not_known(about: str, error: ClientError) -> Look:
    if cannot_do(error):
        return Look(about, State.UNKNOWN, "This server does not know such rules.")
    if is_refused(error):
        said = "This user may not look at it; use an administrator's credentials."
        return Look(about, State.HIDDEN, said)
    raise error
