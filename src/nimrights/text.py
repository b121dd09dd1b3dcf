"""Text in three languages, and the folding that makes spellings comparable."""

from __future__ import annotations

import re
import unicodedata
from typing import cast

from attrs import frozen

from nimrights.exceptions import UnknownLanguage
from nimrights.vocabulary import LANGUAGES, Language


def check_language(lang: str) -> Language:
    """Give *lang* back if it is one of `LANGUAGES`; there is no silent fallback.

    >>> check_language("nn")
    'nn'
    >>> check_language("se")
    Traceback (most recent call last):
    ...
    nimrights.exceptions.UnknownLanguage: 'se' is not a language of the data; use nb, nn or en
    """
    if lang not in LANGUAGES:
        raise UnknownLanguage(f"{lang!r} is not a language of the data; use nb, nn or en")
    return lang


@frozen
class Text:
    """The same short text in bokmål, nynorsk and English; all three are always there.

    >>> Text(nb="Barnets beste", nn="Det beste for barnet", en="Best interests of the child")["nn"]
    'Det beste for barnet'
    """

    nb: str  #: bokmål
    nn: str  #: nynorsk
    en: str  #: English

    def __getitem__(self, lang: str) -> str:
        """Give the text in *lang*; raise `UnknownLanguage` for any other language."""
        return cast("str", getattr(self, check_language(lang)))


@frozen
class Texts:
    """Lists of texts in the three languages: synonyms, aliases, questions."""

    nb: tuple[str, ...] = ()  #: bokmål
    nn: tuple[str, ...] = ()  #: nynorsk
    en: tuple[str, ...] = ()  #: English

    def __getitem__(self, lang: str) -> tuple[str, ...]:
        """Give the list in *lang*; raise `UnknownLanguage` for any other language."""
        return cast("tuple[str, ...]", getattr(self, check_language(lang)))


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
