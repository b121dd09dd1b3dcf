"""What two spellings of one Norwegian word have in common, bokmål or nynorsk, whatever its ending.

`key` is lossy on purpose: it groups words, and is never shown. The correspondences are those of
the two written languages; `tests/test_norwegian.py` measures them on the parallel labels of the
dataset.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: spellings in folded nynorsk and what answers to them in folded bokmål, tried in this order
_CORRESPONDING: Final = (
    ("styresmakt", "myndighet"), ("tryggleik", "sikkerhet"), ("handsam", "behandl"), ("verksemd", "virksomhet"),
    ("verknad", "virkning"), ("moglegheit", "mulighet"), ("mogleg", "mulig"), ("skilnad", "forskjell"),
    ("bustad", "bolig"), ("bustot", "bostot"), ("butilbo", "botilbu"), ("bumilj", "bomilj"), ("buform", "boform"),
    ("bufelle", "bofelle"), ("utgrei", "utred"), ("rettlei", "veiled"), ("fridom", "frihet"), ("eigedom", "eiendom"),
    ("rettighet", "rett"), ("rettigheit", "rett"), ("tilrading", "anbefaling"), ("tilra", "anbefal"),
    ("hovud", "hoved"), ("heim", "hjem"), ("sjuk", "syk"), ("sjol", "sel"), ("skul", "skol"), ("tenest", "tjenest"),
    ("heit", "het"), ("leik", "lek"), ("teikn", "tegn"), ("rekne", "regn"), ("reikn", "regn"), ("vatn", "vann"),
    ("vass", "vann"), ("naud", "nod"), ("laus", "los"), ("vald", "vold"), ("hald", "hold"), ("fald", "fold"),
    ("tilskot", "tilskudd"), ("brot", "brudd"), ("tilbod", "tilbud"), ("forbod", "forbud"), ("pabod", "pabud"),
    ("namn", "navn"), ("hamn", "havn"), ("jamn", "jevn"), ("framand", "fremmed"), ("fram", "frem"),
    ("utval", "utvalg"), ("trudom", "trosfrihet"), ("gong", "gang"), ("mjolk", "melk"), ("kyrk", "kirk"),
    ("eigar", "eier"), ("eige", "eie"), ("eigen", "egen"), ("stad", "sted"), ("forelder", "foreldr"),
    ("avgjersl", "avgjor"), ("avgjer", "avgjor"), ("avgjors", "avgjor"), ("verj", "verg"), ("verk", "virk"),
    ("gjev", "gi"), ("giv", "gi"), ("heil", "hel"),
    ("ikkje", "ikke"), ("berek", "barek"), ("leg", "lig"), ("veg", "vei"),
    ("mellombels", "midlertidig"), ("teieplikt", "taushetsplikt"), ("tilset", "ansat"), ("ansett", "ansat"),
    ("royst", "stemm"), ("rorsl", "bevegels"), ("svolt", "sult"), ("oppmod", "oppfordr"),
    ("merksemd", "oppmerksomhet"), ("reining", "rensning"), ("grunngj", "begrunn"), ("grunngi", "begrunn"),
    ("bod", "bud"), ("slepp", "slipp"), ("vaks", "voks"), ("open", "apen"), ("opne", "apne"),
    ("frasegn", "erklaring"), ("omsyn", "hensyn"), ("leiar", "leder"), ("leiing", "ledelse"), ("velj", "velg"),
    ("gjer", "gjor"),
)  # fmt: skip
#: sounds that the languages spell differently
_SOUNDS: Final = (
    ("au", "o"), ("oy", "o"), ("ei", "e"), ("gj", "g"), ("kj", "k"), ("tj", "t"), ("sj", "s"), ("hj", "h"),
    ("hv", "v"), ("kv", "v"), ("gd", "gt"), ("mn", "vn"), ("nn", "n"),
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1")
#: endings of inflection, then endings that make a noun of a verb or an adjective; each is taken off once
_INFLECTION: Final = re.compile(
    r"(?:ingane|ingene|ningene|ningane|ingar|inger|ninger|ningar|inga|ingen|ninga|ningen|hetene|hetens|heten|heter|hets|het"
    r"|andes|endes|ande|ende|arane|erne|arar|anes|enes|ast|ane|ene|ers|ars|ens|ets|ede|ete|ere|are|ar|er|en|et|te|de|dd"
    r"|es|as|a|e|t|s)$"
)
_DERIVATION: Final = re.compile(r"(?:ning|ing|else|els|ighet|het|ig|ad|j)$|(?<=.....)[te]$")
_SHORTEST: Final = 3


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """Give the key that a folded *word* shares with its inflections in both written languages.

    >>> key("hjemmetjenester") == key("heimetenesta") == key("hjemmetjeneste")
    True
    >>> key("skole") == key("skolar"), key("skole") == key("skjold")
    (True, False)
    """
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    for theirs, ours in _CORRESPONDING:
        if theirs in word:
            word = word.replace(theirs, ours)
    for theirs, ours in _SOUNDS:
        word = word.replace(theirs, ours)
    word = _DOUBLED.sub(r"\1", word)
    ending = _INFLECTION.search(word)
    if ending is not None and ending.start() >= _SHORTEST:
        word = word[: ending.start()]
    ending = _DERIVATION.search(word)
    if ending is not None and ending.start() > _SHORTEST:
        word = word[: ending.start()]
    return word
