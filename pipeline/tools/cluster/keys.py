"""Certificates for a cluster: an authority of its own, and a key for each machine.

Whoever holds a key that the authority signed may connect, as any part; nobody else may.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pipeline.ground.files import sync_folder
from pipeline.words.errors import SetupProblem

AUTHORITY, CERTIFICATE, KEY = "ca.pem", "certificate.pem", "key.pem"
"""The files in the folder of one machine's keys."""

_AUTHORITY_KEY = "ca-key.pem"
_AUTHORITY_DAYS = 20 * 365
_MACHINE_DAYS = 5 * 365


def make_keys(folder: Path, names: Sequence[str]) -> list[Path]:
    """A folder of keys in `folder` for each of `names`, signed by the authority that lives there.

    The first call makes the authority. Nothing is ever overwritten: raises SetupProblem when a name
    has keys already. Every file can be read by its owner alone.
    """
    for name in names:
        _refuse(folder / name, name)
    _make_private(folder)
    authority, key = _authority(folder)
    return [_make_machine(folder / name, name, authority, key) for name in names]


def _refuse(place: Path, name: str) -> None:
    if not name or name != Path(name).name or name.startswith(".") or len(name) > 64:
        raise SetupProblem(f"“{name}” is no name for a machine.", "Use letters, digits and -.")
    if place.exists():
        raise SetupProblem(
            f"{place} is there already, and keys are never overwritten.",
            "Choose another name; or delete that folder if nobody uses these keys any more.",
        )


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate, key = folder / AUTHORITY, folder / _AUTHORITY_KEY
    if not certificate.exists() and not key.exists():
        new_key = ec.generate_private_key(ec.SECP256R1())
        _write_new(key, _pem_of(new_key))
        _write_new(certificate, _pem(_signed("etam cluster", new_key)))
    try:
        read = serialization.load_pem_private_key(key.read_bytes(), None)
        authority = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError) as error:
        raise SetupProblem(
            f"The authority in {folder} cannot be read: {certificate.name} and {key.name} must "
            "both be there and whole.",
            "Restore them from a copy, or make new keys for all machines in another folder.",
            str(error),
        ) from error
    if not isinstance(read, ec.EllipticCurvePrivateKey) or (
        read.public_key() != authority.public_key()
    ):
        raise SetupProblem(
            f"{key.name} in {folder} does not belong to {certificate.name}.",
            "Restore both from the same copy.",
        )
    return authority, read


def _make_machine(
    place: Path, name: str, authority: x509.Certificate, signer: ec.EllipticCurvePrivateKey
) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    _make_private(place)
    _write_new(place / KEY, _pem_of(key))
    _write_new(place / CERTIFICATE, _pem(_signed(name, key, authority, signer)))
    _write_new(place / AUTHORITY, _pem(authority))
    sync_folder(place)
    return place


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate | None = None,
    signer: ec.EllipticCurvePrivateKey | None = None,
) -> x509.Certificate:
    """A certificate of `key` with what RFC 5280 asks for; without `authority` it is one itself."""
    is_authority = authority is None
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC) - timedelta(days=1)  # clocks differ
    days = _AUTHORITY_DAYS if is_authority else _MACHINE_DAYS
    signing_key = signer or key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(is_authority, 0 if is_authority else None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), False
        )
        .add_extension(_usage(is_authority), True)
    )
    if not is_authority:
        both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = builder.add_extension(x509.ExtendedKeyUsage(both), False)
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(f"{_as_host(name)}.etam")]), False
        )
    return builder.sign(signing_key, hashes.SHA256())


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _as_host(name: str) -> str:
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that its owner alone can read, and that was not there before."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
