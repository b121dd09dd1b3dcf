"""The engines that the search benchmark compares: each is made from texts and gives the numbers of the best of them.

Peers get what helps them: accents folded where they can, texts prepared beforehand, one segment, an exact
clause beside the fuzzy one, and a second ranking with rapidfuzz.
"""

# ruff: noqa: PLC0415 - a peer is imported where it is used, as it may not be installed

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from nimrights.texts import TextIndex

Search = Callable[[str, int], list[int]]  #: query and limit -> numbers of texts, best first
Build = Callable[[list[str], Path], Search]

WORD = re.compile(r"\w+")
RERANKED = 50


def nimrights(texts: list[str], folder: Path) -> Search:
    path = folder / "nimrights.index"
    TextIndex.build((str(n), text, ()) for n, text in enumerate(texts)).save(path)
    index = TextIndex.open(path)
    return lambda query, limit: [int(hit.key) for hit in index.search(query, limit=limit)]


def rapidfuzz_with(scorer: str) -> Build:
    def build(texts: list[str], _: Path) -> Search:
        from rapidfuzz import fuzz, process, utils

        prepared = [utils.default_process(text) for text in texts]
        function = getattr(fuzz, scorer)

        def search(query: str, limit: int) -> list[int]:
            found = process.extract(utils.default_process(query), prepared, scorer=function, limit=limit)
            return [number for _, _, number in found]

        return search

    return build


def thefuzz(texts: list[str], _: Path) -> Search:
    from thefuzz import process

    choices = dict(enumerate(texts))
    return lambda query, limit: [number for _, _, number in process.extract(query, choices, limit=limit)]


def _fts5(texts: list[str], path: Path, tokenizer: str, terms: Callable[[str], list[str]]) -> Search:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = '{tokenizer}')")
    connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))
    connection.commit()
    connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
    connection.commit()

    def search(query: str, limit: int) -> list[int]:
        asked = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(query)))
        if not asked:
            return []
        found = connection.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (asked, limit))
        return [number for (number,) in found]

    return search


def fts5_words(texts: list[str], folder: Path) -> Search:
    return _fts5(texts, folder / "words.db", "unicode61 remove_diacritics 2", WORD.findall)


def fts5_trigrams(texts: list[str], folder: Path) -> Search:
    def trigrams(query: str) -> list[str]:
        return [word[n : n + 3] for word in WORD.findall(query) for n in range(len(word) - 2)]

    return _fts5(texts, folder / "trigrams.db", "trigram", trigrams)


class _Tantivy:
    """One index for the three ways of asking tantivy; a text's number is its place in the only segment."""

    def __init__(self, texts: list[str], folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.ascii_fold())
            .build()
        )
        self._schema = tantivy.SchemaBuilder().add_text_field("text", tokenizer_name="folded").build()
        folder.mkdir(exist_ok=True)
        index = tantivy.Index(self._schema, path=str(folder), reuse=False)
        index.register_tokenizer("folded", self._analyzer)
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        for text in texts:
            document = tantivy.Document()
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()
        if self._searcher.num_segments != 1:
            raise RuntimeError("tantivy made more than one segment: give it a larger heap")

    def words(self, query: str) -> list[str]:
        return list(dict.fromkeys(self._analyzer.analyze(query)))

    def exact(self, word: str) -> object:
        return self._tantivy.Query.term_query(self._schema, "text", word)

    def fuzzy(self, word: str) -> object:
        return self._tantivy.Query.fuzzy_term_query(self._schema, "text", word, distance=2 if len(word) >= 6 else 1)

    def best(self, clauses: list[object], limit: int) -> list[int]:
        if not clauses:
            return []
        should = self._tantivy.Occur.Should
        query = self._tantivy.Query.boolean_query([(should, clause) for clause in clauses])
        return [address.doc for _, address in self._searcher.search(query, limit, count=False).hits]


def tantivy_exact(texts: list[str], folder: Path) -> Search:
    index = _Tantivy(texts, folder / "tantivy-exact")
    return lambda query, limit: index.best([index.exact(word) for word in index.words(query)], limit)


def tantivy_fuzzy(texts: list[str], folder: Path) -> Search:
    index = _Tantivy(texts, folder / "tantivy-fuzzy")
    return lambda query, limit: index.best([index.fuzzy(word) for word in index.words(query)], limit)


def _candidates(index: _Tantivy, words: list[str], limit: int) -> list[int]:
    return index.best([make(word) for word in words for make in (index.exact, index.fuzzy)], max(limit, RERANKED))


def tantivy_tuned_for_names(texts: list[str], folder: Path) -> Search:
    """Rank the best again by the likeness of the whole name."""
    from rapidfuzz.fuzz import ratio

    index = _Tantivy(texts, folder / "tantivy-tuned")
    folded = [" ".join(index.words(text)) for text in texts]

    def search(query: str, limit: int) -> list[int]:
        words = index.words(query)
        asked = " ".join(words)
        return sorted(_candidates(index, words, limit), key=lambda n: -ratio(asked, folded[n]))[:limit]

    return search


def tantivy_tuned(texts: list[str], folder: Path) -> Search:
    """Rank the best again by how like each word of the query is to the likest word of the text."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cdist

    index = _Tantivy(texts, folder / "tantivy-tuned")
    folded = [" ".join(index.words(text)) for text in texts]

    def search(query: str, limit: int) -> list[int]:
        asked = index.words(query)
        numbers = _candidates(index, asked, limit)
        if not numbers:
            return []
        words = [folded[n].split() for n in numbers]
        place_of = {word: place for place, word in enumerate(dict.fromkeys(w for row in words for w in row))}
        likeness = cdist(asked, list(place_of), scorer=ratio)
        covered = [likeness[:, [place_of[word] for word in row]].max(axis=1).sum() for row in words]
        return [numbers[n] for n in sorted(range(len(numbers)), key=lambda n: -covered[n])][:limit]

    return search


def whoosh(texts: list[str], folder: Path) -> Search:
    from whoosh.analysis import CharsetFilter, StandardAnalyzer
    from whoosh.fields import TEXT, Schema
    from whoosh.index import create_in
    from whoosh.query import FuzzyTerm, Or
    from whoosh.support.charset import accent_map

    analyzer = StandardAnalyzer() | CharsetFilter(accent_map)
    place = folder / "whoosh"
    place.mkdir(exist_ok=True)
    index = create_in(place, Schema(text=TEXT(analyzer=analyzer, phrase=False)))
    writer = index.writer(limitmb=256)
    for text in texts:
        writer.add_document(text=text)
    writer.commit(optimize=True)
    searcher = index.searcher()

    def search(query: str, limit: int) -> list[int]:
        words = dict.fromkeys(token.text for token in analyzer(query))
        asked = Or([FuzzyTerm("text", word, maxdist=2 if len(word) >= 6 else 1) for word in words])
        return [hit.docnum for hit in searcher.search(asked, limit=limit)]

    return search


class Peer(NamedTuple):
    package: str
    names: Build | None  #: how it is made for names, if it is asked there
    texts: Build


PEERS = {
    "rapidfuzz WRatio": Peer("rapidfuzz", rapidfuzz_with("WRatio"), rapidfuzz_with("WRatio")),
    "rapidfuzz partial_ratio": Peer("rapidfuzz", None, rapidfuzz_with("partial_ratio")),
    "thefuzz": Peer("thefuzz", thefuzz, thefuzz),
    "FTS5 unicode61 OR": Peer("sqlite3", fts5_words, fts5_words),
    "FTS5 trigram OR": Peer("sqlite3", fts5_trigrams, fts5_trigrams),
    "tantivy OR, no typos": Peer("tantivy", None, tantivy_exact),
    "tantivy fuzzy": Peer("tantivy", tantivy_fuzzy, tantivy_fuzzy),
    "tantivy tuned": Peer("tantivy", tantivy_tuned_for_names, tantivy_tuned),
    "whoosh fuzzy": Peer("whoosh", whoosh, whoosh),
}
SLOW = {"rapidfuzz WRatio", "thefuzz", "whoosh fuzzy"}  #: they get fewer queries
LARGEST = {"thefuzz": 5_000, "whoosh fuzzy": 5_000}  #: texts; more take too long


def missing() -> list[str]:
    """Give the packages that peers need and that are not installed."""
    needed = {peer.package for peer in PEERS.values()} | {"pycountry"}
    return sorted(package for package in needed if find_spec(package) is None)


def for_names() -> dict[str, Build]:
    return {name: peer.names for name, peer in PEERS.items() if peer.names and find_spec(peer.package)}


def for_texts(size: int) -> dict[str, Build]:
    """Give the engines that can be asked at a number of texts, ours first."""
    peers = {name: peer.texts for name, peer in PEERS.items() if find_spec(peer.package)}
    return {"nimrights": nimrights} | {n: build for n, build in peers.items() if size <= LARGEST.get(n, size)}


def versions() -> str:
    """Give the versions of what is compared."""
    names = [name for name in ("rapidfuzz", "thefuzz", "tantivy", "whoosh", "pycountry") if find_spec(name)]
    return ", ".join([*(f"{name} {version(name)}" for name in names), f"SQLite {sqlite3.sqlite_version}"])
