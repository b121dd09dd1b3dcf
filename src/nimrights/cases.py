"""Cases as archives and service portals write them: texts, keywords and codes, each under its field.

The names are those of Noark 5 (``tittel``, ``offentligTittel``, ``noekkelord``, ``klasse``) and of
eInnsyn, which uses the same; ``kostra``, ``los`` and ``kkode`` are ours, for systems that hold such codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from nimrights.exceptions import BadQuery

#: name of the field where the case is only a text
TEXT: Final = "text"
#: fields that hold text, in the order in which they are read
TEXTS: Final = ("tittel", "offentligTittel", "beskrivelse", "tekst", "noekkelord")
#: field -> scheme of the codes that it holds
CODES: Final = {"kostra": "kostra", "los": "los", "kkode": "k-codes"}
#: what a classification system is called when its classes are K-koder
_K_CODES: Final = ("k-koder", "k-kodar", "kkoder", "k-kode")
#: a journal entry belongs to a case file
_PARENT: Final = "saksmappe"


@frozen
class Case:
    """What a case says about itself."""

    texts: tuple[tuple[str, str], ...] = ()  #: field, text
    codes: tuple[tuple[str, str, str], ...] = ()  #: field, scheme, code


def read_case(case: object) -> Case:
    """Read a ``saksmappe`` or ``journalpost`` (as decoded from JSON), or a text; other fields are left alone.

    A ``klasse`` is read as a class of K-koder only when its ``klassifikasjonssystem`` says so, since the
    same letters mean other things in other keys; its ``tittel`` is always read as text.
    Raises `BadQuery` when *case* is neither, or a field that is read holds something else than text
    (or a list of texts).

    >>> read_case({"tittel": "Klage", "noekkelord": ["barnevern"], "kostra": "244"}).codes
    (('kostra', 'kostra', '244'),)
    """
    if isinstance(case, str):
        return Case(((TEXT, case),))
    if not isinstance(case, Mapping):
        raise BadQuery(f"a case is a text or a mapping of its fields, not {type(case).__name__}")
    texts, codes = [], []
    for name in TEXTS:
        texts += [(name, text) for text in _values(case, name)]
    for name, scheme in CODES.items():
        codes += [(name, scheme, code) for code in _values(case, name)]
    for entry in _entries(case, "klasse"):
        texts += [("klasse", text) for text in _values(entry, "tittel", "klasse.")]
        if _is_k_codes(entry):
            codes += [("klasse", "k-codes", code) for code in _values(entry, "klasseID", "klasse.")]
    for parent in _entries(case, _PARENT):
        above = read_case(parent)
        texts += [(f"{_PARENT}.{field}", text) for field, text in above.texts]
        codes += [(f"{_PARENT}.{field}", scheme, code) for field, scheme, code in above.codes]
    return Case(tuple(texts), tuple(codes))


def _values(case: Mapping[str, Any], name: str, path: str = "") -> list[str]:
    value = case.get(name)
    values = [] if value is None else list(value) if isinstance(value, (list, tuple)) else [value]
    for item in values:
        if not isinstance(item, str):
            raise BadQuery(f"{path}{name} of a case is a text or a list of texts, not {type(item).__name__}")
    return [item for item in values if item.strip()]


def _entries(case: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Give the objects below a field; a class may also be given as its title alone, or several in a list."""
    value = case.get(name)
    for item in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(item, Mapping):
            yield item
        elif isinstance(item, str):  # a class by its title; a case file by its id, which tells nothing
            yield {"tittel": item} if name == "klasse" else {}
        elif item is not None:
            raise BadQuery(f"{name} of a case is an object, not {type(item).__name__}")


def _is_k_codes(entry: Mapping[str, Any]) -> bool:
    system = entry.get("klassifikasjonssystem")
    names = system.values() if isinstance(system, Mapping) else [system]
    return any(isinstance(name, str) and name.strip().lower() in _K_CODES for name in names)
