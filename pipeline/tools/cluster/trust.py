"""Who may connect: the keys in a folder, as dask.distributed wants them."""

# mypy: allow-untyped-calls
from __future__ import annotations

import ssl
from pathlib import Path

from distributed.security import Security

from pipeline.tools.cluster.keys import AUTHORITY, CERTIFICATE, KEY
from pipeline.words.errors import SetupProblem


def trust_of(keys: Path | None) -> Security:
    """What to show and what to ask for; without keys there is no encryption (loopback only).

    Raises SetupProblem when a file is missing or they do not belong together.
    """
    if keys is None:
        return Security(require_encryption=False)
    _check(keys)
    certificate, key = str(keys / CERTIFICATE), str(keys / KEY)
    return Security(
        require_encryption=True,
        tls_ca_file=str(keys / AUTHORITY),
        tls_client_cert=certificate,
        tls_client_key=key,
        tls_scheduler_cert=certificate,
        tls_scheduler_key=key,
        tls_worker_cert=certificate,
        tls_worker_key=key,
    )


def _check(keys: Path) -> None:
    missing = [name for name in (AUTHORITY, CERTIFICATE, KEY) if not (keys / name).is_file()]
    if missing:
        raise SetupProblem(
            f"The folder of keys {keys} has no {' and no '.join(missing)}.",
            "Make keys with `etam cluster-keys`, and copy this machine's folder here.",
        )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(str(keys / AUTHORITY))
        context.load_cert_chain(str(keys / CERTIFICATE), str(keys / KEY))
    except (ssl.SSLError, OSError) as error:
        raise SetupProblem(
            f"The keys in {keys} cannot be used: they are damaged, cannot be read, or do not "
            "belong together.",
            "Copy this machine's folder of keys again, or make new ones with `etam cluster-keys`.",
            str(error),
        ) from error
