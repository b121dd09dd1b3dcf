"""Text in three languages, and the folding that makes spellings comparable."""

from __future__ import annotations

from typing import cast

from attrs import frozen

from nimrights._engine.folding import fold, words
from nimrights.vocabulary import check_language

__all__ = ["Text", "Texts", "fold", "words"]


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
