"""What a transcript is searched by: a term for each word, the same for words of one root.

"pengiriman", "mengirim" and "dikirim" share a term. It is rough on purpose: a term only tells in
which transcripts to look; `search.js` takes words apart by the same rules and looks closer there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Each is tried once, in this order, with how many letters must be left. Other languages than
# Indonesian lose a little too, in the question as in the transcript.
RULES: tuple[tuple[str, int], ...] = (
    (r"^(?:meng|peng|meny|peny|mem|pem|men|pen|ter|ber|per|me|pe|di|ke(?=\w+an(?:nya)?$))", 4),
    (r"(?:lah|kah|pun)$", 5),
    (r"nya$", 4),
    (r"(?:kan|an|i)$", 4),
)
# "mengirim" has lost the k of "kirim", "menulis" the t, "memasang" the p, "menyapu" the s.
LOST_IN_PREFIXES = r"^[kpts](?=[aeiou])"

_RULES = tuple((re.compile(rule), left) for rule, left in RULES)
_LOST = re.compile(LOST_IN_PREFIXES)
_WORD = re.compile(r"[^\W_]+")


def terms_of(text: str) -> Iterator[str]:
    """The term of each word of `text`, in order; "Undang-undangnya" gives one twice."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in apart if not unicodedata.category(c).startswith("M")).lower()
    return (_LOST.sub("", _stem(word)) for word in _WORD.findall(plain))


def _stem(word: str) -> str:
    for rule, left in _RULES:
        shorter = rule.sub("", word, count=1)
        word = shorter if len(shorter) >= left else word
    return word
