"""A file is either whole or not there."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pipeline.ground.files import (
    Digests,
    disk_problems_in_words,
    locked,
    read_json,
    remove_leftovers,
    replacing,
    sha256_of,
    temporary_beside,
    write_json,
    write_text,
)
from pipeline.words.errors import SetupProblem, TemporaryProblem

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def test_a_failed_write_leaves_the_old_content_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def write_half() -> None:
        with replacing(path) as file:
            file.write(b"new and hal")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write_half()
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_library_can_write_by_name(tmp_path: Path) -> None:
    with temporary_beside(tmp_path / "new" / "b.mp3") as hidden:
        assert hidden.suffix == ".mp3"
        hidden.write_bytes(b"x")
        assert not (tmp_path / "new" / "b.mp3").exists()
    assert (tmp_path / "new" / "b.mp3").read_bytes() == b"x"


def test_the_same_json_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_json(tmp_path / name, {"é": [1, 2.5], "z": None})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert read_json(tmp_path / "a") == {"é": [1, 2.5], "z": None}


def test_a_kill_in_the_middle_of_a_write_shows_nobody_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    program = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from pipeline.ground.files import replacing
        with replacing(Path(sys.argv[1])) as file:
            file.write(b"half")
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_full_disk_is_a_sentence_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    program = textwrap.dedent(
        """
        import resource, signal, sys
        from pathlib import Path
        from pipeline.ground.files import write_text
        from pipeline.words.errors import SetupProblem
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            write_text(Path(sys.argv[1]), "x" * 100_000)
        except SetupProblem as error:
            sys.exit(error.problem)
        """
    )
    child = subprocess.run(
        [sys.executable, "-B", "-c", program, str(path)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert "There is no room to write a.txt" in child.stderr
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_read_only_disk_is_not_called_full(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with (
        pytest.raises(SetupProblem, match="cannot be written: the disk is read-only"),
        disk_problems_in_words(path),
    ):
        raise OSError(errno.EROFS, "Read-only file system")


def test_a_digest_is_the_sha256_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    assert sha256_of(tmp_path / "a") == HELLO
    assert Digests(tmp_path / "cache.json").of(tmp_path / "a") == HELLO
    assert Digests(tmp_path / "cache.json").of(tmp_path / "absent") is None


def test_digests_are_remembered_until_the_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"hello")
    digests = Digests(tmp_path / "cache.json")
    digests.of(path)
    digests.save()
    cached = json.loads((tmp_path / "cache.json").read_text())
    cached[str(path)][3] = "remembered"
    (tmp_path / "cache.json").write_text(json.dumps(cached))
    assert Digests(tmp_path / "cache.json").of(path) == "remembered"
    path.write_bytes(b"HELLO")
    assert Digests(tmp_path / "cache.json").of(path) != "remembered"


def test_a_damaged_cache_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    (tmp_path / "cache.json").write_text("{ not json")
    assert Digests(tmp_path / "cache.json").of(tmp_path / "a") == HELLO


def test_a_lock_held_elsewhere_is_a_temporary_problem(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "x.lock", "The feed"),
        pytest.raises(TemporaryProblem, match="The feed is being worked on"),
        locked(tmp_path / "x.lock", "The feed"),
    ):
        pass
    with locked(tmp_path / "x.lock", "The feed"):
        pass


def test_a_read_only_folder_is_not_mistaken_for_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError) as caught:  # noqa: PT011 - which OSError differs by system
        write_text(tmp_path / "file" / "a.txt", "x")
    assert not isinstance(caught.value, SetupProblem)
