"""Making an index: one file of sections that `nimrights._engine.index.Index` reads as it lies, mapped.

The file begins with a line that names it, then a line of JSON, after its CRC-32, that says where each section
lies.
Numbers are unsigned, 32 bits, little-endian. The same documents always give the same bytes,
as long as zlib packs them in the same way.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from nimrights._engine.bits import bits_of
from nimrights._engine.common import STOP_WORDS
from nimrights._engine.folding import fold
from nimrights._engine.norwegian import key

#: first line of the file; a reader refuses another one
MAGIC: Final = b"nimrights search index 2\n"

#: how the texts of a document count, best first: a short name, a longer one, running text
CLASSES: Final = ("name", "title", "text")
_NAME_WORDS: Final = 3
#: a word in more documents than this has its documents as a compressed set
FEW: Final = 256
#: sets are compressed when they are that many times smaller then; reading them is that much slower
MUCH_SMALLER: Final = 6
#: before a proper name among the keys, so that it is no inflection of a word with that key
_PROPER: Final = "\x01"
_BOUNDS: Final = ("\x02", "\x03")
#: lengths are written as private characters, which no folded text has
_FIRST_LENGTH, _LONGEST = 0xE000, 255


class Entry(NamedTuple):
    """One text by which a document can be found."""

    field: str  #: ``label``, ``alias``, ``heading`` or ``text``
    lang: str  #: ``""`` where it has no language
    text: str
    proper: bool = False  #: a proper name, which has no inflections

    def rank(self, folded: str) -> int:
        """Give the place of its class in `CLASSES`."""
        return 2 if self.field == "text" else int(folded.count(" ") >= _NAME_WORDS)


def grams(text: str) -> set[str]:
    """Give the pairs of letters of a text, with its beginning and end."""
    whole = f"{_BOUNDS[0]}{text}{_BOUNDS[1]}"
    return {whole[n : n + 2] for n in range(len(whole) - 1)}


def keys_in(folded: str) -> str:
    """Give the keys of a label's words; two labels with the same keys say the same in other forms."""
    return " ".join([key(word) for word in folded.split() if word not in STOP_WORDS])


def length(text: str, more: int = 0) -> str:
    """Give the pair that stands for the length of a text among its pairs of letters."""
    return f"{_BOUNDS[0]}{chr(_FIRST_LENGTH + max(0, min(len(text) + more, _LONGEST)))}"


def build(documents: Iterable[tuple[str, Sequence[Entry]]], aside: Mapping[str, object] | None = None) -> bytes:
    """Give the bytes of an index of *documents*: a key and texts each, in the order in which ties are shown.

    *aside* holds what else belongs into the file by name, as JSON.
    """
    keys: list[str] = []
    blobs: list[bytes] = []
    codes: dict[tuple[str, str], int] = {}
    kinds: list[bytes] = []
    places: list[bytes] = []
    posted: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    labels: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    common: set[str] = set()  # labels and words that stand elsewhere than in proper names
    for number, (name, entries) in enumerate(documents):
        keys.append(name)
        ranked = sorted(
            (entry.rank(text), n, text, entry) for n, entry in enumerate(entries) if (text := fold(entry.text))
        )
        seen: set[str] = set()
        for rank, _, text, entry in ranked:
            words_here = text.split()
            if not entry.proper:
                common.update(words_here)
            if entry.field != "text":
                if not entry.proper:
                    common.add(text)
                owners = labels[text]
                if not owners or owners[-1] != number:
                    owners.append(number)
            code = number << 2 | rank
            for word in set(words_here) - seen:
                posted[word].append(code)
            seen.update(words_here)
        blobs.append("".join(f" {text} \n" for _, _, text, _ in ranked).encode())
        kinds.append(bytes(codes.setdefault((e.field, e.lang), len(codes)) for _, _, _, e in ranked))
        places.append(b"".join(place.to_bytes(2, "little") for _, place, _, _ in ranked))
    words = sorted(posted)
    sections: dict[str, bytes] = {}
    sections["keys"] = "\n".join(keys).encode()
    sections["words"] = "\n".join(words).encode()
    _postings(sections, [posted[word] for word in words], len(keys))
    _rows(sections, "documents", blobs)
    _rows(sections, "kinds", kinds)
    sections["places"] = b"".join(places)
    _alike(sections, "alike", [key(word) if word in common else _PROPER + word for word in words])
    sections["proper"] = _plain([number for number, word in enumerate(words) if word not in common])
    _gram_rows(sections, "word", words)
    sorted_labels = sorted(labels)
    sections["labels"] = "\n".join(sorted_labels).encode()
    _alike(sections, "same", [keys_in(label) if label in common else _PROPER + label for label in sorted_labels])
    _rows(sections, "owners", [_plain(labels[label]) for label in sorted_labels])
    _gram_rows(sections, "label", [label.replace(" ", "") for label in sorted_labels])
    for name, value in (aside or {}).items():
        sections[f"aside.{name}"] = json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
    return _file(sections, {"documents": len(keys), "codes": [list(code) for code in codes]})


def _plain(numbers: Sequence[int]) -> bytes:
    listed = array("I", numbers)
    return listed.tobytes()


def _postings(sections: dict[str, bytes], lists: Sequence[array[int]], size: int) -> None:
    """Write the documents of each word by the class of the text: few as lists, many as sets."""
    at, listed, many, sets = array("I", [0]), array("I"), array("I"), []
    for word, numbers in enumerate(lists):
        by_class = [[n >> 2 for n in numbers if n & 3 == rank] for rank in range(len(CLASSES))]
        if len(numbers) > FEW:
            many.append(word)
            whole = [bits_of(members, size).to_bytes((size + 7) >> 3, "little") for members in by_class]
            sets += [_set(data) if members else b"" for data, members in zip(whole, by_class, strict=True)]
        for members in by_class:
            if len(numbers) <= FEW:
                listed.extend(members)
            at.append(len(listed))
    sections["posted"], sections["posted.at"], sections["many"] = _plain(listed), _plain(at), _plain(many)
    _rows(sections, "sets", sets)


def _set(data: bytes) -> bytes:
    """Give a set as it is stored: compressed where that makes it much smaller; the length tells."""
    packed = zlib.compress(data, 6)
    return packed if len(packed) * MUCH_SMALLER < len(data) else data


def _rows(sections: dict[str, bytes], name: str, rows: Sequence[bytes]) -> None:
    at = array("I", [0])
    for row in rows:
        at.append(at[-1] + len(row))
    sections[name] = b"".join(rows)
    sections[f"{name}.at"] = _plain(at)


def _alike(sections: dict[str, bytes], name: str, common: Sequence[str]) -> None:
    """Write the words or labels by what they have in common."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, shared in enumerate(common):
        groups[shared].append(number)
    names = sorted(groups)
    sections[name] = "\n".join(names).encode()
    _rows(sections, f"{name}.of", [_plain(groups[shared]) for shared in names])
    row_of = {shared: row for row, shared in enumerate(names)}
    sections[f"{name}.row"] = _plain([row_of[shared] for shared in common])


def _gram_rows(sections: dict[str, bytes], name: str, texts: Sequence[str]) -> None:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for gram in grams(text):
            found[gram].append(number)
        found[length(text)].append(number)
    names = sorted(found, key=lambda gram: (len(found[gram]), gram))  # a lower number is a rarer one
    size = (len(texts) + 7) >> 3
    sections[f"{name}.grams"] = "".join(names).encode()
    _rows(sections, f"{name}.gram.rows", [_set(bits_of(found[g], len(texts)).to_bytes(size, "little")) for g in names])


def _file(sections: Mapping[str, bytes], head: dict[str, Any]) -> bytes:
    at, places = 0, {}
    for name, data in sections.items():
        places[name] = [at, len(data)]
        at += len(data) + -len(data) % 8
    body = b"".join(data + bytes(-len(data) % 8) for data in sections.values())
    whole = {**head, "sections": places, "crc32": zlib.crc32(body)}
    line = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    begin = MAGIC + f"{zlib.crc32(line):08x} ".encode() + line
    begin += b" " * (-(len(begin) + 1) % 8) + b"\n"
    return begin + body
