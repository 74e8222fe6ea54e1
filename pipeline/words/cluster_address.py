"""Addresses of a cluster's parts, and the one rule about them: in the open only with keys.

dask.distributed runs whatever a connected program sends it, so beyond this machine everybody who
connects must show a certificate (mutual TLS).
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

DEFAULT_PORT = 8786


def fault_of(address: str, *, has_keys: bool) -> str:
    """What is wrong with a scheduler's address, or an empty text."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        scheme, host, port = "", None, None
    if scheme not in ("tls", "tcp") or not host or port is None:
        return f"“{address}” is no address such as tls://10.0.0.5:{DEFAULT_PORT}"
    if scheme == "tls" and not has_keys:
        return f"“{address}” needs the folder of this machine's keys; `etam cluster-keys` makes it"
    if scheme == "tcp" and not is_this_machine(host):
        return (
            f"“{address}” is open to everybody who can reach it; beyond this machine only "
            "tls:// is taken"
        )
    return ""


def is_this_machine(host: str) -> bool:
    """Whether nobody else can reach this host name or IP address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(address: str) -> str:
    """The host in an address such as “tls://10.0.0.5:8786”."""
    return urlsplit(address).hostname or ""
