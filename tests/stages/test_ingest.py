from __future__ import annotations

import contextlib
import os
import struct
import time
from datetime import date
from pathlib import Path

import pytest

from pipeline.ground.files import sha256_of
from pipeline.ground.workspace import Workspace
from pipeline.stages import ingest
from pipeline.stages.ingest import Outcome, ingest_inbox
from pipeline.tools.inbox import moving
from pipeline.words.errors import PipelineError
from pipeline.words.rejections import Fault, RecordingRejected
from tests.media import write_silent_film, write_sound
from tests.shows import make_show
from tests.signals import RATE, noise, sine, speechlike, stereo, write_wav

_NAME = "2022-10-06 Ahmad Rianto - Diskominfo Kukar.wav"
_SLUG = "2022-10-06-ahmad-rianto-diskominfo-kukar"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_show(tmp_path / "show")


def _wav(path: Path, seconds: float = 1.2, seed: int = 1) -> Path:
    return write_wav(path, noise(-20, seconds, seed))


def _ingest(workspace: Workspace) -> list[ingest.Arrival]:
    return ingest_inbox(workspace, settle_seconds=0.05)


def _outcomes(workspace: Workspace) -> dict[str, Outcome]:
    return {arrival.name: arrival.outcome for arrival in _ingest(workspace)}


def _notes(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in workspace.inbox.glob("*.masalah.txt"))


def test_a_dropped_file_becomes_an_episode_with_what_its_name_says(workspace: Workspace) -> None:
    digest = sha256_of(_wav(workspace.inbox / _NAME))
    (arrival,) = _ingest(workspace)
    assert (arrival.outcome, arrival.slug) == (Outcome.NEW, _SLUG)
    episode = workspace.episode(_SLUG)
    assert episode.details.title == "Diskominfo Kukar"
    assert episode.details.date == date(2022, 10, 6)
    assert [guest.name for guest in episode.details.guests] == ["Ahmad Rianto"]
    (file,) = episode.recording.files
    assert (file.sha256, file.duration_seconds, file.channels) == (digest, 1.2, 1)
    assert sha256_of(episode.recordings[0]) == digest
    assert list(workspace.inbox.iterdir()) == []
    assert len(episode.recording.guid) == 36


def test_a_folder_is_one_episode_of_its_recordings_in_natural_order(workspace: Workspace) -> None:
    folder = workspace.inbox / "2022-10-06 Budi - Sawah"
    folder.mkdir()
    for seed, name in enumerate(("part 10.wav", "part 2.wav", "part 1.wav")):
        _wav(folder / name, seed=seed)
    (folder / "cover.jpg").write_bytes(b"\xff\xd8\xff picture")
    (folder / "catatan.txt").write_text("notes")
    (folder / "episode.toml").write_text('# ours\nplace = "Tenggarong"\n', encoding="utf-8")
    assert _outcomes(workspace) == {"2022-10-06 Budi - Sawah": Outcome.NEW}
    episode = workspace.episode("2022-10-06-budi-sawah")
    names = [path.name for path in episode.recordings]
    assert names == ["part 1.wav", "part 2.wav", "part 10.wav"]
    assert all(path.is_file() for path in episode.recordings)
    assert episode.cover is not None
    assert (episode.folder / "extras" / "catatan.txt").read_text() == "notes"
    assert (episode.details.place, episode.details.title) == ("Tenggarong", "Sawah")
    assert "# ours" in (episode.folder / "episode.toml").read_text()
    assert list(workspace.inbox.iterdir()) == []


def test_a_sidecar_says_more_than_the_name(workspace: Workspace) -> None:
    _wav(workspace.inbox / "rec001.wav")
    sidecar = 'title = "Air bersih"\r\ndate = 2023-01-02\r\nguests = [{ name = "Siti" }]\r\n'
    (workspace.inbox / "rec001.toml").write_bytes(b"\xef\xbb\xbf" + sidecar.encode())
    (workspace.inbox / "rec001.wav.png").write_bytes(b"\x89PNG")
    (arrival,) = _ingest(workspace)
    assert arrival.slug == "2023-01-02-siti-air-bersih"
    assert workspace.episode(arrival.slug).cover is not None
    assert list(workspace.inbox.iterdir()) == []


def test_a_wrong_sidecar_is_explained_and_ingested_once_corrected(workspace: Workspace) -> None:
    _wav(workspace.inbox / "a.wav")
    sidecar = workspace.inbox / "a.toml"
    sidecar.write_text('titel = "Air"\n')
    (arrival,) = _ingest(workspace)
    assert arrival.outcome is Outcome.REJECTED
    assert "did you mean “title”" in (workspace.inbox / "a.wav.masalah.txt").read_text()
    sidecar.write_text('title = "Air"\n')
    assert _outcomes(workspace) == {"a.wav": Outcome.NEW}
    assert list(workspace.inbox.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    ['title = "../../etc"\ndate = 2022-01-01\n', 'title = "/etc/passwd"\ndate = 2022-01-01\n'],
)
def test_titles_never_lead_out_of_the_episodes(workspace: Workspace, content: str) -> None:
    _wav(workspace.inbox / "..x.wav").rename(workspace.inbox / "x.wav")
    (workspace.inbox / "x.toml").write_text(content)
    (arrival,) = _ingest(workspace)
    assert arrival.slug is not None
    assert (workspace.episodes_folder / arrival.slug).parent == workspace.episodes_folder
    assert workspace.slugs() == [arrival.slug]


def test_the_same_bytes_twice_make_one_episode(workspace: Workspace) -> None:
    _wav(workspace.inbox / _NAME)
    _ingest(workspace)
    _wav(workspace.inbox / "copy.wav")
    assert _outcomes(workspace) == {"copy.wav": Outcome.KNOWN}
    assert workspace.slugs() == [_SLUG]
    note = workspace.inbox / "copy.wav.masalah.txt"
    assert _SLUG in note.read_text(encoding="utf-8")
    before = note.stat().st_mtime_ns
    assert _outcomes(workspace) == {"copy.wav": Outcome.KNOWN}
    assert note.stat().st_mtime_ns == before
    (workspace.inbox / "copy.wav").unlink()
    assert _ingest(workspace) == []
    assert _notes(workspace) == []


def test_two_episodes_of_one_name_get_two_slugs(workspace: Workspace) -> None:
    _wav(workspace.inbox / _NAME)
    _ingest(workspace)
    _wav(workspace.inbox / _NAME, seed=5)
    (arrival,) = _ingest(workspace)
    assert arrival.slug == f"{_SLUG}-2"


def test_a_file_that_grows_between_two_looks_is_left(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _wav(workspace.inbox / "a.wav")

    def copy_goes_on(_seconds: float) -> None:
        with path.open("ab") as file:
            file.write(b"more")

    monkeypatch.setattr(time, "sleep", copy_goes_on)
    assert _outcomes(workspace) == {"a.wav": Outcome.STILL_COPYING}
    assert path.exists()
    monkeypatch.undo()
    assert _outcomes(workspace) == {"a.wav": Outcome.NEW}


def test_a_time_stamp_in_the_future_does_not_starve_a_file(workspace: Workspace) -> None:
    path = _wav(workspace.inbox / "a.wav")
    os.utime(path, (time.time() + 1e6, time.time() + 1e6))
    assert _outcomes(workspace) == {"a.wav": Outcome.NEW}


def test_settled_files_are_not_waited_for(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _wav(workspace.inbox / "a.wav")
    os.utime(path, (1e9, 1e9))
    monkeypatch.setattr(time, "sleep", lambda _s: pytest.fail("waited"))
    assert _outcomes(workspace) == {"a.wav": Outcome.NEW}


def test_hidden_partial_and_readme_files_are_passed_over(workspace: Workspace) -> None:
    for name in (".a.wav", "a.wav.part", "b.wav.crdownload", "c.tmp", "d.wav~", "README.md"):
        _wav(workspace.inbox / name)
    (workspace.inbox / "waiting.toml").write_text("")
    assert _ingest(workspace) == []


def test_a_folder_with_a_partial_file_in_it_is_still_being_copied(workspace: Workspace) -> None:
    folder = workspace.inbox / "Budi"
    folder.mkdir()
    _wav(folder / "1.wav")
    _wav(folder / "2.wav.part", seed=2)
    assert _outcomes(workspace) == {"Budi": Outcome.STILL_COPYING}
    (folder / "2.wav.part").rename(folder / "2.wav")
    (folder / "._1.wav").write_bytes(b"macOS")
    assert _outcomes(workspace) == {"Budi": Outcome.NEW}
    assert list(workspace.inbox.iterdir()) == []


def test_a_name_that_is_no_utf_8_is_taken_in(workspace: Workspace) -> None:
    path = _wav(workspace.inbox / "a.wav")
    odd = path.rename(workspace.inbox / os.fsdecode(b"Budi \xff\xfe - Sawah.wav"))
    os.utime(odd, (1e9, 1e9))
    (arrival,) = _ingest(workspace)
    assert arrival.outcome is Outcome.NEW, arrival.problem
    assert arrival.slug is not None
    assert workspace.episode(arrival.slug).details.title == "Sawah"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["a.wav", "folder"])
def test_what_may_not_be_read_is_said_so(workspace: Workspace, name: str) -> None:
    path = workspace.inbox / name
    _wav(path) if name.endswith("wav") else path.mkdir()
    path.chmod(0)
    (arrival,) = _ingest(workspace)
    path.chmod(0o700)
    assert isinstance(arrival.problem, RecordingRejected)
    assert arrival.problem.fault is Fault.UNREADABLE


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("Ini bukan rekaman.\n" * 400)


def _playlist(path: Path) -> None:
    path.write_text(f"#EXTM3U\n#EXTINF:2,\n{path.with_name('.other.wav')}\n")


def _hls(path: Path) -> None:
    other = path.with_name(".other.wav")
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile:{other}\n#EXT-X-ENDLIST\n")


def _concat(path: Path) -> None:
    path.write_text(f"ffconcat version 1.0\nfile '{path.with_name('.other.wav')}'\n")


def _dash(path: Path) -> None:
    path.write_text('<?xml version="1.0"?>\n<MPD><BaseURL>.other.wav</BaseURL></MPD>')


def _sdp(path: Path) -> None:
    path.write_text("v=0\no=- 0 0 IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n")


def _passwd(path: Path) -> None:
    path.write_text("#EXTM3U\n/etc/passwd\n")


def _locked(path: Path) -> None:
    content = write_sound(path.with_suffix(".m4a"), noise(-20, 2), "aac").read_bytes()
    assert content.count(b"mp4a") == 1
    path.write_bytes(content.replace(b"mp4a", b"drms"))


def _unknown_codec(path: Path) -> None:
    content = bytearray(_wav(path).read_bytes())
    content[20:22] = struct.pack("<H", 0x1234)
    path.write_bytes(bytes(content))


def _noise_in_the_middle(path: Path) -> None:
    content = bytearray(write_sound(path, noise(-20, 6), "libopus").read_bytes())
    for at in range(3000, len(content) - 3000, 400):
        content[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(content))


def _short(path: Path) -> None:
    _wav(path, 0.2)


def _truncated_wav(path: Path) -> None:
    content = _wav(path, 4).read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _truncated_aiff(path: Path) -> None:
    content = write_sound(path.with_suffix(".aiff"), noise(-20, 4), "pcm_s16be").read_bytes()
    path.with_suffix(".aiff").unlink()
    path.write_bytes(content[: len(content) // 2])


def _truncated_flac(path: Path) -> None:
    content = write_sound(path.with_suffix(".flac"), noise(-20, 4), "flac").read_bytes()
    path.with_suffix(".flac").unlink()
    path.write_bytes(content[: len(content) // 2])


def _truncated_mp3(path: Path) -> None:
    content = write_sound(path.with_suffix(".mp3"), noise(-20, 6), "libmp3lame").read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _m4a_without_moov(path: Path) -> None:
    content = write_sound(path.with_suffix(".m4a"), noise(-20, 4), "aac").read_bytes()
    path.with_suffix(".m4a").unlink()
    assert content.rfind(b"moov") > len(content) // 2
    path.write_bytes(content[: content.rfind(b"moov") - 4])


def _truncated_faststart(path: Path) -> None:
    write_sound(path, noise(-20, 6), "aac", options={"movflags": "faststart"})
    content = path.read_bytes()
    assert content.find(b"moov") < content.find(b"mdat")
    path.write_bytes(content[: len(content) // 2])


def _film_without_sound(path: Path) -> None:
    write_silent_film(path)


def _picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)


def _link(path: Path) -> None:
    path.symlink_to(_wav(path.with_name(".other.wav")))


def _dangling_link(path: Path) -> None:
    path.symlink_to("/nowhere/x.wav")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _empty_folder(path: Path) -> None:
    path.mkdir()


def _nested_folder(path: Path) -> None:
    (path / "day 1").mkdir(parents=True)


def _folder_with_a_bad_part(path: Path) -> None:
    path.mkdir()
    _wav(path / "1.wav")
    _text(path / "2.wav")


def _folder_with_a_repetition(path: Path) -> None:
    path.mkdir()
    _wav(path / "1.wav")
    _wav(path / "1 (1).wav")


def _only_a_header(path: Path) -> None:
    path.write_bytes(_wav(path, 2).read_bytes()[:44])


_BAD = {
    "empty.wav": (_empty, Fault.EMPTY),
    "text.mp3": (_text, Fault.NOT_MEDIA),
    "text.wav": (_text, Fault.NOT_MEDIA),
    "playlist.wav": (_playlist, Fault.PLAYLIST),
    "hls.mp3": (_hls, Fault.PLAYLIST),
    "concat.wav": (_concat, Fault.PLAYLIST),
    "dash.m4a": (_dash, Fault.PLAYLIST),
    "sdp.mp3": (_sdp, Fault.PLAYLIST),
    "passwd.mp3": (_passwd, Fault.PLAYLIST),
    "list.m3u": (_text, Fault.PLAYLIST),
    "locked.m4a": (_locked, Fault.PROTECTED),
    "unknown.wav": (_unknown_codec, Fault.UNKNOWN_CODEC),
    "short.wav": (_short, Fault.TOO_SHORT),
    "truncated.wav": (_truncated_wav, Fault.TRUNCATED),
    "truncated.aif": (_truncated_aiff, Fault.TRUNCATED),
    "truncated.fla": (_truncated_flac, Fault.TRUNCATED),
    "truncated.mp3": (_truncated_mp3, Fault.TRUNCATED),
    "header.wav": (_only_a_header, Fault.TRUNCATED),
    "truncated.m4a": (_truncated_faststart, Fault.TRUNCATED),
    "unfinished.mp4": (_m4a_without_moov, Fault.DAMAGED),
    "holes.ogg": (_noise_in_the_middle, Fault.TRUNCATED),
    "film.mp4": (_film_without_sound, Fault.NO_AUDIO),
    "picture.png": (_picture, Fault.NO_AUDIO),
    "link.wav": (_link, Fault.NOT_A_FILE),
    "dangling.wav": (_dangling_link, Fault.NOT_A_FILE),
    "pipe.wav": (_pipe, Fault.NOT_A_FILE),
    "empty folder": (_empty_folder, Fault.EMPTY_FOLDER),
    "nested": (_nested_folder, Fault.NESTED_FOLDER),
    "bad part": (_folder_with_a_bad_part, Fault.NOT_MEDIA),
    "repetition": (_folder_with_a_repetition, Fault.REPEATED),
}


@pytest.mark.parametrize("name", _BAD)
def test_what_cannot_be_used_stays_with_a_note_and_stops_nothing_else(
    workspace: Workspace, name: str
) -> None:
    make, fault = _BAD[name]
    make(workspace.inbox / name)
    _wav(workspace.inbox / "good.wav", seed=9)
    arrivals = {arrival.name: arrival for arrival in _ingest(workspace)}
    assert arrivals["good.wav"].outcome is Outcome.NEW
    problem = arrivals[name].problem
    assert isinstance(problem, RecordingRejected)
    assert problem.fault is fault
    assert os.path.lexists(workspace.inbox / name)
    note = (workspace.inbox / f"{name}.masalah.txt").read_text(encoding="utf-8")
    assert problem.problem in note
    assert note.index(problem.problem) > 20, "Indonesian comes first"
    assert len(workspace.slugs()) == 1


def test_every_fault_has_its_own_sentence_in_both_languages() -> None:
    facts = dict.fromkeys(
        ("seconds", "promised", "inner", "first", "second", "problem", "slug"), "x"
    )
    notes = {RecordingRejected(fault, "a.wav", **facts).note for fault in Fault}
    assert len(notes) == len(Fault)
    assert all("a.wav" in note and note.count("\n") >= 5 for note in notes)


def _eight_channels(path: Path) -> None:
    write_wav(path, noise(-20, 8).reshape(-1, 8))


def _eight_khz(path: Path) -> None:
    write_wav(path, noise(-20, 1.5, rate=8000), 8000)


def _float_beyond_full_scale(path: Path) -> None:
    write_wav(path, noise(3, 1.5), is_float=True)


def _deep(path: Path) -> None:
    write_wav(path, noise(-20, 1.5), bits=24)


def _film(path: Path) -> None:
    write_sound(path, noise(-20, 1.5), "aac", video=True)


def _film_mkv(path: Path) -> None:
    write_sound(path, noise(-20, 1.5), "libopus", video=True, streams=2)


def _live_wav(path: Path) -> None:
    content = bytearray(_wav(path).read_bytes())
    content[40:44] = struct.pack("<I", 0xFFFFFFFF)
    path.write_bytes(bytes(content))


_GOOD = {
    "eight.wav": _eight_channels,
    "8khz.wav": _eight_khz,
    "float.wav": _float_beyond_full_scale,
    "24bit.wav": _deep,
    "film.mp4": _film,
    "film.mkv": _film_mkv,
    "stream.wav": _live_wav,
    "voice.mp3": lambda p: write_sound(p, stereo(noise(-20, 2)), "libmp3lame"),
    "voice.m4a": lambda p: write_sound(p, noise(-20, 2), "aac"),
    "voice.ogg": lambda p: write_sound(p, noise(-20, 2), "libopus"),
    "voice.flac": lambda p: write_sound(p, noise(-20, 2), "flac"),
    "-dash.wav": _wav,
    "per%03dcent.wav": _wav,
    "concat:a.wav|b.wav": _wav,
    "http:x.wav": _wav,
    "new\nline \U0001f399.wav": _wav,
    "a" * 240 + ".wav": _wav,
    "no suffix": _wav,
    "normalized.wav": _wav,
}


@pytest.mark.parametrize("name", _GOOD)
def test_any_sound_under_any_name_becomes_an_episode(workspace: Workspace, name: str) -> None:
    _GOOD[name](workspace.inbox / name)
    (arrival,) = _ingest(workspace)
    assert arrival.outcome is Outcome.NEW, arrival.problem
    assert arrival.slug is not None
    assert arrival.slug.isascii()
    assert len(arrival.slug) <= 80
    episode = workspace.episode(arrival.slug)
    (kept,) = episode.recordings
    assert kept.is_file()
    assert kept.parent == episode.folder
    assert kept not in (episode.normalized, episode.enclosure, episode.speech)
    assert episode.recording.files[0].duration_seconds >= 1.0
    assert episode.details.title.isprintable()


def test_a_playlist_is_never_followed(workspace: Workspace) -> None:
    secret = write_wav(workspace.root / "secret.wav", sine(-6, 2))
    os.utime(secret, (1e9, 1e9))
    for name, make in (("a.wav", _playlist), ("b.mp3", _hls), ("c.wav", _concat)):
        path = workspace.inbox / name
        make(path)
        path.write_text(path.read_text().replace(str(path.with_name(".other.wav")), str(secret)))
    read_before = secret.stat().st_atime_ns
    assert set(_outcomes(workspace).values()) == {Outcome.REJECTED}
    assert secret.stat().st_atime_ns == read_before
    assert workspace.slugs() == []


class _PowerCut(BaseException):
    """Nobody catches this one."""


@pytest.mark.parametrize("moment", range(18))  # as many steps as there are
def test_killed_at_any_moment_the_next_ingest_completes_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    folder = workspace.inbox / "2022-10-06 Budi - Sawah"
    folder.mkdir()
    digests = {sha256_of(_wav(folder / f"{n}.wav", seed=n)) for n in (1, 2)}
    (folder / "episode.toml").write_text('place = "Tenggarong"\n')
    (folder / "cover.png").write_bytes(b"\x89PNG")
    calls = 0

    def until_the_power_cut(real):  # type: ignore[no-untyped-def]
        def step(*args, **kwargs):  # type: ignore[no-untyped-def]
            nonlocal calls
            calls += 1
            if calls == moment + 1:
                raise _PowerCut
            return real(*args, **kwargs)

        return step

    with monkeypatch.context() as patched:
        for owner, name in (
            (Path, "rename"),
            (Path, "replace"),
            (Path, "unlink"),
            (Path, "rmdir"),
            (moving, "write_json"),
            (moving, "sync_folder"),
        ):
            patched.setattr(owner, name, until_the_power_cut(getattr(owner, name)))
        with contextlib.suppress(_PowerCut):
            ingest_inbox(workspace, settle_seconds=0)
    _ingest(workspace)
    (slug,) = workspace.slugs()
    episode = workspace.episode(slug)
    assert {sha256_of(path) for path in episode.recordings} == digests
    assert episode.details.place == "Tenggarong"
    assert episode.cover is not None
    assert list(workspace.episodes_folder.glob(".*")) == []
    assert all(arrival.outcome is not Outcome.NEW for arrival in _ingest(workspace))


def test_to_another_file_system_a_recording_is_copied_compared_and_then_removed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = sha256_of(_wav(workspace.inbox / _NAME))
    real = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self.parent == workspace.inbox:
            raise OSError(18, "Invalid cross-device link")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", across)
    assert _outcomes(workspace) == {_NAME: Outcome.NEW}
    assert sha256_of(workspace.episode(_SLUG).recordings[0]) == digest
    assert list(workspace.inbox.iterdir()) == []


def test_a_title_that_says_nothing_gives_the_day_of_the_recording(workspace: Workspace) -> None:
    path = _wav(workspace.inbox / "\U0001f399.wav")
    os.utime(path, (1_665_100_800, 1_665_100_800))  # 7 October 2022, 08:00 in Makassar
    (arrival,) = _ingest(workspace)
    assert arrival.slug == "2022-10-07-rekaman-07-10-2022"


def test_what_a_killed_copy_left_is_removed_after_a_day(workspace: Workspace) -> None:
    for name, age_seconds in ((".adding-old", 90_000), (".adding-new", 60)):
        folder = workspace.inbox / name
        folder.mkdir()
        (folder / "copy").write_bytes(b"half")
        os.utime(folder, (time.time() - age_seconds,) * 2)
    _ingest(workspace)
    assert [path.name for path in workspace.inbox.iterdir()] == [".adding-new"]


def test_a_name_without_a_date_takes_that_of_the_recorder(workspace: Workspace) -> None:
    write_sound(
        workspace.inbox / "Budi - Sawah.m4a",
        noise(-20, 2),
        "aac",
        metadata={"creation_time": "2022-10-05T20:30:00.000000Z"},  # 04:30 next day in Makassar
    )
    (arrival,) = _ingest(workspace)
    assert arrival.slug == "2022-10-06-budi-sawah"


def test_only_one_ingest_at_a_time(workspace: Workspace) -> None:
    with workspace.inbox_locked(), pytest.raises(PipelineError, match="being worked on"):
        _ingest(workspace)


def test_a_real_recording_keeps_its_bytes_whatever_is_in_its_metadata(
    workspace: Workspace,
) -> None:
    path = write_wav(workspace.inbox / "a.wav", speechlike(2))
    content = path.read_bytes()
    assert len(content) == 44 + 2 * RATE * 2
    (arrival,) = _ingest(workspace)
    assert arrival.slug is not None
    assert workspace.episode(arrival.slug).recordings[0].read_bytes() == content
