"""What a sentence does in a conversation: greets, thanks, asks, or leans on what came before."""

from __future__ import annotations

import re

from pipeline.words.spoken import spoken

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_END = re.compile(r"[.?!…]['\"”’)]*$")
_QUESTION = re.compile(r"\?['\"”’)]*$")
_QUESTION_WORD_AMONG = 4


def is_question(sentence: str, language: str) -> bool:
    """Whether it asks: a question mark, or without any punctuation a question word early on."""
    if _END.search(sentence):
        return bool(_QUESTION.search(sentence))
    asking = spoken(language).question_words
    return bool(asking.intersection(_words(sentence)[:_QUESTION_WORD_AMONG]))


def is_greeting(sentence: str, language: str) -> bool:
    """ "Selamat pagi, pendengar …"."""
    return _starts_with(sentence, spoken(language).greetings)


def is_courtesy(sentence: str, language: str) -> bool:
    """A greeting, thanks, or talk about the show itself: said to the listener, not to be quoted."""
    table = spoken(language)
    return (
        is_greeting(sentence, language)
        or _starts_with(sentence, table.courtesies)
        or bool(table.show_words.intersection(_words(sentence)))
    )


def is_introduction(sentence: str, language: str) -> bool:
    """ "Saya Budi Santoso …", "Nama saya Slamet."."""
    said = _WORD.findall(sentence)
    for phrase in spoken(language).introductions:
        words = _words(phrase)
        follows = said[len(words) : len(words) + 1]
        if _words(sentence)[: len(words)] == words and follows and follows[0][0].isupper():
            return True
    return False


def leans_on_what_came_before(sentence: str, language: str) -> bool:
    """Whether it starts with a word that points back: "Mereka …", "Karena itu …"."""
    return _words(sentence)[:1] != [] and _words(sentence)[0] in spoken(language).leaning_starts


def addresses_somebody(sentence: str, language: str) -> bool:
    """Whether it speaks to the other one: "Menarik sekali, Bu.", "Tadi Ibu bercerita …".

    A title with a name behind it may be about somebody, and one that starts a sentence may be a
    noun ("Ibu hamil …"); neither counts here.
    """
    said = sentence.split()
    titles = spoken(language).honorifics
    for word, following in zip(said[1:], [*said[2:], ""], strict=True):
        bare = word.strip('.,!?…"”')
        if bare[:1].isupper() and bare.casefold() in titles and not following[:1].isupper():
            return True
    return False


def looks_ahead(sentence: str, language: str) -> bool:
    """Whether it hopes, asks or invites, as people do at the end."""
    return bool(spoken(language).closing_words.intersection(_words(sentence)))


def without_address(question: str, language: str) -> str:
    """A question without what leads up to it: "Lalu, Pak Budi, mengapa …?" is "Mengapa …?"."""
    asking = spoken(language).question_words
    head, comma, rest = question.partition(",")
    while comma and not asking.intersection(_words(head)) and asking.intersection(_words(rest)):
        question = rest.strip()
        head, comma, rest = question.partition(",")
    return question[:1].upper() + question[1:]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _starts_with(sentence: str, phrases: tuple[str, ...]) -> bool:
    said = f"{' '.join(_words(sentence))} "
    return any(said.startswith(f"{' '.join(_words(phrase))} ") for phrase in phrases)
