"""The compact Whisper vocabulary: byte-level BPE of our sentences, then the special tokens.

CTranslate2 counts the languages from the order of the special tokens.
"""

import json
import random
import string
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from demo.sentences import sentence

UNITS = 512
# ♪ and its kin in byte-level BPE, which writes bytes as characters.
FIRST_BYTE_OF_NOTES = "â"
LANGUAGES = ["id", "en"]
LAST_TIMESTAMP = 1500
SPECIALS = [
    "<|endoftext|>",
    "<|startoftranscript|>",
    *(f"<|{language}|>" for language in LANGUAGES),
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
    *(f"<|{step * 0.02:.2f}|>" for step in range(LAST_TIMESTAMP + 1)),
]


def train(path: Path, sentences: int = 20_000) -> Tokenizer:
    """Learn the units from made-up sentences and save tokenizer.json, unless it is there."""
    if not path.exists():
        rng = random.Random(7)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            json.dumps(
                _with_word_starts(_learn_units([" " + sentence(rng) for _ in range(sentences)])),
                ensure_ascii=False,
            )
        )
    return Tokenizer.from_file(str(path))


def _learn_units(lines: list[str]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=UNITS, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def _with_word_starts(learned: Tokenizer) -> dict:  # type: ignore[type-arg]
    """tokenizer.json with all of "blank + character", the empty string and the special tokens.

    faster-whisper suppresses the first unit of " -", " '" and " ♪"; were that the lone blank, words
    that begin with a unit learned without it would stick to the word before. The empty string makes
    CTranslate2 call the model multilingual.
    """
    described: dict = json.loads(learned.to_str())  # type: ignore[type-arg]
    units, merges = described["model"]["vocab"], described["model"]["merges"]
    for character in string.ascii_letters + "-'" + FIRST_BYTE_OF_NOTES:
        if "Ġ" + character not in units:
            units["Ġ" + character] = len(units)
            merges.append(["Ġ", character])
    units[""] = len(units)
    described["added_tokens"] = [
        AddedToken(token, special=True).__getstate__() | {"id": len(units) + index}
        for index, token in enumerate(SPECIALS)
    ]
    return described


def ordered(tokenizer: Tokenizer) -> list[str]:
    """All tokens by id, as vocabulary.json lists them."""
    by_id = {index: token for token, index in tokenizer.get_vocab(with_added_tokens=True).items()}
    return [by_id[index] for index in range(len(by_id))]


def specials(tokenizer: Tokenizer) -> dict[str, int]:
    return {token: token_id(tokenizer, token) for token in SPECIALS}


def token_id(tokenizer: Tokenizer, token: str) -> int:
    found = tokenizer.token_to_id(token)
    if found is None:
        raise KeyError(token)
    return found
