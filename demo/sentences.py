"""Indonesian sentences to speak: templates of the show's world, and random words.

The random words make the vocabulary open: what was heard must be written, sensible or not.
"""

import random
import re
import tomllib
from functools import cache
from pathlib import Path

from wordfreq import top_n_list, word_frequency

SCRIPT = Path(__file__).parent.parent / "pipeline/demo/recording/script.txt"
DOMAIN = tomllib.loads((Path(__file__).parent / "domain.toml").read_text(encoding="utf-8"))
TEMPLATES: list[str] = DOMAIN["templates"]
ENGLISH: list[str] = DOMAIN["english"]
SLOTS: dict[str, list[str]] = DOMAIN["slots"]
PEOPLE, PLACES = SLOTS["person"], SLOTS["place"]
SLOTS |= {f"{slot}{repeat}": phrases for slot, phrases in SLOTS.items() for repeat in (2, 3)}
SLOTS["first"] = [person.split()[0] for person in PEOPLE]
FOREIGN_SPELLING = re.compile(
    r"[qxv]|th|ck|oo|ee|sh|ph|gh|ou|ie|ea|wh|ll|ss|tt|pp|rr|ff|mm|nn|cc"
    r"|[bcdfghjklmnpqrstvwz]{4}|[^g]h$|[aiueo]{3}|y$|w$|c$|j$|tion|ow|ew|aw|ay"
)


def sentence(rng: random.Random) -> str:
    """One sentence for training, never one of the sample recording's script."""
    while True:
        made = rng.choices([from_template, common_words, rare_words], [0.45, 0.38, 0.17])[0](rng)
        if plain(made) not in script_sentences():
            return made


def from_template(rng: random.Random) -> str:
    """A sentence of the show's domain."""
    chosen = {slot: rng.choice(phrases) for slot, phrases in SLOTS.items()}
    filled = rng.choice(TEMPLATES).format(**chosen)
    return filled[0].upper() + filled[1:]


def common_words(rng: random.Random) -> str:
    """Random words of the domain and of everyday Indonesian, in no sensible order."""
    return as_sentence(rng.choices(*common_vocabulary(), k=rng.randint(2, 13)), rng)


def rare_words(rng: random.Random) -> str:
    """Half of the words from the long tail of Indonesian."""
    words = rng.choices(*common_vocabulary(), k=rng.randint(2, 9))
    mixed = [rng.choice(rare_vocabulary()) if rng.random() < 0.5 else word for word in words]
    return as_sentence(mixed, rng)


def as_sentence(words: list[str], rng: random.Random) -> str:
    with_commas = [word + "," if rng.random() < 0.09 else word for word in words[:-1]]
    text = " ".join([*with_commas, words[-1]])
    return text[0].upper() + text[1:] + ("?" if rng.random() < 0.12 else ".")


@cache
def common_vocabulary() -> tuple[list[str], list[float]]:
    """All words of the domain and the script and the most frequent of Indonesian, with weights."""
    spelled = " ".join([*script_lines(), *(re.sub(r"{\w+}", "", made) for made in TEMPLATES)])
    domain = {word for phrases in SLOTS.values() for phrase in phrases for word in phrase.split()}
    domain |= set(re.findall(r"[A-Za-z-]+", spelled))
    proper = {word for phrase in PEOPLE + PLACES for word in phrase.split()} | {"Diskominfo"}
    domain = {word if word in proper else word.lower() for word in domain if len(word) > 1}
    words = sorted(domain | set(indonesian_words()[:1400]))
    return words, [_weight(word) + (0.06 if word in domain else 0.0) for word in words]


def _weight(word: str) -> float:
    return float(max(word_frequency(word.lower(), "id"), 1e-6) ** 0.3)


@cache
def rare_vocabulary() -> list[str]:
    return indonesian_words()[1400:9000]


@cache
def indonesian_words() -> list[str]:
    """Frequent words, without those in foreign spelling, which does not follow from their sound."""
    return [
        word
        for word in top_n_list("id", 16000)
        if re.fullmatch(r"[a-z]{2,14}", word)
        and re.search("[aiueo]", word)
        and not FOREIGN_SPELLING.search(word)
    ]


@cache
def script_sentences() -> frozenset[str]:
    return frozenset(
        plain(part) for line in script_lines() for part in re.split(r"(?<=[.?])\s", line)
    )


def script_lines() -> list[str]:
    return [line.split(": ", 1)[1] for line in SCRIPT.read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    """Lower case, letters, digits and hyphens only: what word error rates compare."""
    return " ".join(re.sub(r"[^a-z0-9\- ]", " ", text.lower()).split())
