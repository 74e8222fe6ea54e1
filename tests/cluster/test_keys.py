"""Keys: private, never overwritten, and signed so that a strict TLS library takes them."""

from __future__ import annotations

import shutil
import socket
import ssl
import threading
from pathlib import Path

import pytest

from pipeline.tools.cluster.keys import make_keys
from pipeline.tools.cluster.trust import trust_of
from pipeline.words.errors import SetupProblem


def test_keys_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    make_keys(tmp_path / "keys", ["scheduler", "worker-1"])
    for path in (tmp_path / "keys").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_keys_are_never_overwritten(tmp_path: Path) -> None:
    (place,) = make_keys(tmp_path, ["worker"])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.pem")}
    with pytest.raises(SetupProblem, match="never overwritten"):
        make_keys(tmp_path, ["new", "worker"])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.pem")} == before
    assert place.is_dir()


def test_a_machine_that_comes_later_is_trusted_too(tmp_path: Path) -> None:
    (first,) = make_keys(tmp_path, ["first"])
    (later,) = make_keys(tmp_path, ["later"])
    assert hands_are_shaken(first, later)


def test_machines_of_two_authorities_do_not_trust_each_other(tmp_path: Path) -> None:
    (ours,) = make_keys(tmp_path / "ours", ["a"])
    (theirs,) = make_keys(tmp_path / "theirs", ["a"])
    with pytest.raises(ssl.SSLCertVerificationError):
        hands_are_shaken(ours, theirs)


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "x" * 65])
def test_a_name_leads_out_of_no_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupProblem, match="no name for a machine"):
        make_keys(tmp_path / "keys", [name])
    assert not (tmp_path / "keys").exists()


def test_a_lost_authority_is_not_replaced_silently(tmp_path: Path) -> None:
    make_keys(tmp_path, ["first"])
    (tmp_path / "ca-key.pem").unlink()
    with pytest.raises(SetupProblem, match="cannot be read"):
        make_keys(tmp_path, ["second"])
    assert not (tmp_path / "second").exists()


def test_a_folder_of_keys_that_lacks_a_file_is_named(tmp_path: Path) -> None:
    (place,) = make_keys(tmp_path, ["worker"])
    (place / "key.pem").unlink()
    with pytest.raises(SetupProblem, match=r"has no key\.pem"):
        trust_of(place)


def test_keys_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    one, other = make_keys(tmp_path, ["one", "other"])
    shutil.copy(one / "key.pem", other / "key.pem")
    with pytest.raises(SetupProblem, match="do not belong together"):
        trust_of(other)


def hands_are_shaken(server: Path, client: Path) -> bool:
    """Whether two machines speak with each other as RFC 5280 wants it, both with certificates."""
    answering = _context(ssl.PROTOCOL_TLS_SERVER, server)
    asking = _context(ssl.PROTOCOL_TLS_CLIENT, client)
    one, other = socket.socketpair()

    def answer() -> None:
        try:
            with answering.wrap_socket(one, server_side=True) as secure:
                secure.sendall(secure.recv(5))
        except OSError:
            one.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with asking.wrap_socket(other) as secure:
            secure.sendall(b"hello")
            return secure.recv(5) == b"hello"
    finally:
        other.close()
        thread.join()


def _context(protocol: int, keys: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(str(keys / "ca.pem"))
    context.load_cert_chain(str(keys / "certificate.pem"), str(keys / "key.pem"))
    return context
