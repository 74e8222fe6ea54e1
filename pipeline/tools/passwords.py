"""Passwords, as salted argon2id hashes. The only module that knows pwdlib."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash

SHORTEST = 10
LONGEST = 200


def hashed(password: str) -> str:
    """A salted hash of the password (argon2id with the parameters that RFC 9106 recommends)."""
    return _hasher().hash(password)


def is_right(password: str, kept: str) -> bool:
    """Whether `kept` is a hash of the password; takes as long when there is none to compare."""
    if not kept:
        _hasher().verify(password, _some_hash())
        return False
    return _hasher().verify(password, kept)


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _some_hash() -> str:
    return _hasher().hash("a password that nobody has")
