"""The folding that makes spellings comparable."""

from __future__ import annotations

import re
import unicodedata

_NO_DECOMPOSITION = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ŧ": "t", "ŋ": "n", "ß": "ss", "§": " § "})
_DIGRAPH = re.compile(r"a[ae]+|oe+")
_NOT_A_WORD = re.compile(r"(?:[^\w§]|_)+")


def fold(text: str) -> str:
    """Fold case, accents, punctuation and the spellings of æ, ø and å.

    Folding is idempotent, and composed and decomposed Unicode give the same result.
    What is no letter, digit or ``§`` becomes one space.

    >>> fold("Bærekraft på SKJÆRGÅRDEN"), fold("baerekraft paa skjaergaarden")
    ('barekraft pa skjargarden', 'barekraft pa skjargarden')
    """
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        plain = plain.casefold().translate(_NO_DECOMPOSITION)
    plain = _NOT_A_WORD.sub(" ", plain)
    return _DIGRAPH.sub(lambda m: m[0][0], plain).strip()


def words(text: str) -> list[str]:
    """Give the folded words of *text* in order.

    >>> words("Klage på vedtak (Sak 23/145)")
    ['klage', 'pa', 'vedtak', 'sak', '23', '145']
    """
    return fold(text).split()
