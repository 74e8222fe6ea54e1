"""What a voice is called: as the sidecar says, or as its recording's name plainly says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from pipeline.tools.inbox.names import safe_name
from pipeline.words.degrees import without_degrees
from pipeline.words.episode import Episode, EpisodeDetails
from pipeline.words.errors import EpisodeProblem
from pipeline.words.recording_name import clean_text

_SIDES = {"kiri": "left", "l": "left", "kanan": "right", "r": "right"}
_NUMBERED = re.compile(r"(?:pembicara|speaker)? ?(\d+)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# How staff and recorders call tracks; none of these words belongs to a person's name.
_NO_NAMES = _words(
    "audio aud rec recording rekaman record track trk trek tr mic mik mikrofon microphone ch chan "
    "channel kanal zoom podcast siniar episode eps ep part bagian final mix mixdown master raw "
    "copy salinan backup new baru edit edited fix take voice suara memo vocal vokal speaker "
    "pembicara stereo mono left right kiri kanan input output file wav isolated local lokal "
    "remote musik music jingle intro outro backsound bgm sfx bed the dan and"
)
_HOSTS = _words("host presenter pembawa pemandu penyiar pewawancara interviewer moderator")
_GUESTS = _words("guest tamu narasumber narsum")
_GUEST_NUMBER = re.compile(rf"(?:{'|'.join(sorted(_GUESTS))})[ _-]*(\d{{1,2}})", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_NAME_WORDS = range(2, 5)
_LEAST_LETTERS = 3


def called(track: str) -> str:
    """What two ways of naming a track have in common: capitals and spaces do not count."""
    name = clean_text(safe_name(track)).casefold()  # ingest gave the recordings such names
    if numbered := _NUMBERED.fullmatch(name):
        return numbered[1]
    return _SIDES.get(name, name)


def names_said(details: EpisodeDetails) -> dict[str, str]:
    """The names that `episode.toml` gives to tracks, by what these are `called`."""
    return {called(speaker.track): " ".join(speaker.name.split()) for speaker in details.speakers}


def names_in_files(episode: Episode, host: str) -> dict[str, str]:
    """The names of those whose tracks' file names say them plainly, by file name.

    A single recording is named for what it is about, so its name says nothing here.
    """
    files = [file.name for file in episode.recording.files]
    guests = [guest.name for guest in episode.details.guests]
    found = {name: name_in_file(name, host, guests) for name in files if len(files) > 1}
    return {file: name for file, name in found.items() if name}


def is_numbered(speaker: str) -> bool:
    """Whether a speaker in a transcript has a number and no name: "Pembicara 2"."""
    return bool(_NUMBERED.fullmatch(speaker.casefold()))


def name_in_file(name: str, host: str, guests: Sequence[str]) -> str:
    """Who speaks in a track, as its file name says it plainly, or "".

    A person of the episode is recognised in any spelling (`audioBudiSantoso112.m4a`), `host` and
    `tamu 2` stand for host and second guest; otherwise two to four capitalised words are a name.
    """
    stem = clean_text(PurePath(name).stem)
    letters = "".join(letter for letter in stem.casefold() if letter.isalpha())
    people = {person: _squeezed(person) for person in (host, *guests)}
    known = [p for p, said in people.items() if len(said) >= _LEAST_LETTERS and said in letters]
    if known:
        return max(known, key=len)
    words = _NAME_WORD.findall(stem.replace("_", " "))
    folded = {word.casefold() for word in words}
    if folded & _HOSTS:
        return host
    if folded & _GUESTS:
        return _numbered_guest(stem, guests)
    return _plain_name(words)


def names_of_voices(
    voices: Sequence[str], files: Mapping[str, str], said: Mapping[str, str]
) -> tuple[str | None, ...]:
    """A name for each voice; None where it is not known, "" where nobody is said to speak.

    `files` and `said` are what `names_in_files` and `names_said` found.
    """
    return tuple(
        next((said[key] for key in _keys_of(voice) if key in said), files.get(voice))
        for voice in voices
    )


def refuse_unknown(voices: Sequence[str], said: Mapping[str, str], slug: str) -> None:
    """Raise EpisodeProblem when `said` names a track that there is not. A number is the place in
    the order of first speaking, of which nothing is known yet."""
    there_are = {key for voice in voices for key in _keys_of(voice)}
    unknown = [track for track in said if track not in there_are and not track.isdecimal()]
    if unknown:
        raise no_such_voice(unknown[0], voices, slug)


def no_such_voice(track: str, voices: Sequence[str], slug: str) -> EpisodeProblem:
    """That `episode.toml` names somebody who cannot be told apart from others."""
    there_are = ", ".join(f"“{voice}”" for voice in voices) or "none"
    return EpisodeProblem(
        f"episode.toml of “{slug}” says who speaks in “{track}”, but the voices that can be told "
        f"apart are: {there_are}.",
        "Correct `track` under `speakers`, or take that entry out.",
    )


def _keys_of(voice: str) -> tuple[str, ...]:
    return (called(voice), called(PurePath(voice).stem))


def _numbered_guest(stem: str, guests: Sequence[str]) -> str:
    """The guest with the number behind the word, or the only one there is."""
    number = _GUEST_NUMBER.search(stem)
    index = int(number[1]) - 1 if number else 0
    return guests[index] if 0 <= index < len(guests) and (number or len(guests) == 1) else ""


def _plain_name(words: Sequence[str]) -> str:
    are_a_name = (
        len(words) in _NAME_WORDS
        and all(word[0].isupper() and len(word) >= _LEAST_LETTERS for word in words)
        and not {word.casefold() for word in words} & _NO_NAMES
        and not all(word.isupper() for word in words)
    )
    return " ".join(words) if are_a_name else ""


def _squeezed(name: str) -> str:
    """Its letters alone, without degrees."""
    return "".join(letter for letter in without_degrees(name).casefold() if letter.isalpha())
