"""What a bucket needs besides a policy: rules that are merged into those of other people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.ground.config import Publish
from pipeline.tools.bucket.policies import prefix_of

Rules = Sequence[Mapping[str, Any]]

_EXPOSED = ("Content-Range", "Accept-Ranges", "Content-Length", "ETag")
_CORS_RULE: Mapping[str, Any] = {
    "ID": "etam-players",
    "AllowedOrigins": ["*"],
    "AllowedMethods": ["GET", "HEAD"],
    "AllowedHeaders": ["Range"],
    "ExposeHeaders": list(_EXPOSED),
    "MaxAgeSeconds": 3600,
}
_UNFINISHED_DAYS = 7
# Policies that let everybody read are what a podcast lives from; access lists stay blocked.
_POLICY_BLOCKS = ("BlockPublicPolicy", "RestrictPublicBuckets")


def with_cors(rules: Rules, _settings: Publish) -> Rules:
    """`rules` with ours for players on web pages; `rules` itself when one of them does as well.

    A server uses the first rule that matches. Rules for certain origins therefore stay before
    ours, and one for all origins that says less comes after it.
    """
    first = next((rule for rule in rules if _is_for_reading_anywhere(rule)), None)
    if first is not None and _is_enough(first):
        return rules
    others = [rule for rule in rules if rule.get("ID") != _CORS_RULE["ID"]]
    place = next((n for n, rule in enumerate(others) if _is_for_reading_anywhere(rule)), None)
    place = len(others) if place is None else place
    return [*others[:place], _CORS_RULE, *others[place:]]


def with_lifecycle(rules: Rules, settings: Publish) -> Rules:
    """`rules` with ours, which gives up unfinished uploads after seven days."""
    prefix = prefix_of(settings)
    if any(_gives_up_uploads(rule, prefix) for rule in rules):
        return rules
    name = f"etam-unfinished-uploads:{prefix}"[:255]
    # Amazon refuses a mixture of the old way to name a prefix and the new one.
    is_old = any("Prefix" in rule for rule in rules)
    ours = {
        "ID": name,
        "Status": "Enabled",
        **({"Prefix": prefix} if is_old else {"Filter": {"Prefix": prefix}}),
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": _UNFINISHED_DAYS},
    }
    return [*(rule for rule in rules if rule.get("ID") != name), ours]


def without_block(block: Mapping[str, bool], _settings: Publish) -> Mapping[str, bool]:
    """Amazon's block of public access, without what forbids policies for everybody."""
    if not any(block.get(name) for name in _POLICY_BLOCKS):
        return block
    return {**block, **dict.fromkeys(_POLICY_BLOCKS, False)}


def endangering(rules: Rules, settings: Publish) -> Iterator[str]:
    """A sentence for each lifecycle rule that takes published files away."""
    prefix = prefix_of(settings)
    for rule in rules:
        start = _prefix_of_rule(rule)
        reached = start.startswith(prefix) or prefix.startswith(start)
        if rule.get("Status") == "Enabled" and reached and not _is_for_tagged_files(rule):
            name = rule.get("ID") or start or "without a name"
            if {"Days", "Date"} & set(rule.get("Expiration", {})):
                yield f"The lifecycle rule “{name}” deletes files that the feed names."
            if rule.get("Transitions"):
                yield f"The lifecycle rule “{name}” moves files where readers may wait for them."


def _is_for_reading_anywhere(rule: Mapping[str, Any]) -> bool:
    return "*" in rule.get("AllowedOrigins", ()) and "GET" in rule.get("AllowedMethods", ())


def _is_enough(rule: Mapping[str, Any]) -> bool:
    accepted = {name.lower() for name in rule.get("AllowedHeaders", ())}
    exposed = {name.lower() for name in rule.get("ExposeHeaders", ())}
    return (
        "HEAD" in rule["AllowedMethods"]
        and bool({"*", "range"} & accepted)
        and {name.lower() for name in _EXPOSED} <= exposed
    )


def _gives_up_uploads(rule: Mapping[str, Any], prefix: str) -> bool:
    days = rule.get("AbortIncompleteMultipartUpload", {}).get("DaysAfterInitiation")
    is_on = rule.get("Status") == "Enabled" and days is not None and days <= _UNFINISHED_DAYS
    return is_on and not _is_for_tagged_files(rule) and prefix.startswith(_prefix_of_rule(rule))


def _is_for_tagged_files(rule: Mapping[str, Any]) -> bool:
    """Ours have no tags. A filter by size counts as one: what it leaves out is not known."""
    return bool({"Tag", "And"} & set(rule.get("Filter", {})))


def _prefix_of_rule(rule: Mapping[str, Any]) -> str:
    chosen = rule.get("Filter", {})
    return str(
        rule.get("Prefix") or chosen.get("Prefix") or chosen.get("And", {}).get("Prefix") or ""
    )
