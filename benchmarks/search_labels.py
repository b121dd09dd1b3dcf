"""Search over the names of the dataset's records: how often the right one comes first, by query set, and how fast."""

from __future__ import annotations

import csv
import gc
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import search_peers
import search_queries as made
from search_queries import Query

import nimrights as package
from nimrights.text import fold
from nimrights.texts import TextIndex

TABLES = ("areas", "rights", "provisions", "instruments", "documents", "bodies", "practices")
FIELDS = ("label", "title", "abbreviation", "synonyms", "aliases")
SEARCHED = (*TABLES, "obligations", "decisions", "recommendations", "municipalities", "advice", "findings")
TEXT_FIELDS = (*FIELDS, "heading", "summary", "statement", "description", "names", "place", "symbol", "number")
NORWEGIAN = ("nb", "nn")
FORMS = Path(__file__).parents[1] / "tests" / "citation_forms.csv"
SEED = 20261123
SIZE = 300  #: queries of a set, or as many as there are
SAMPLE = 40  #: queries of a round to the whole dataset
FIRST = 5
AGAIN = "nimrights.search, asked again"

Engine = Callable[[str], list[str]]  #: query -> keys of the best records


class Name(NamedTuple):
    key: str
    field: str
    lang: str  #: empty where the data gives none
    text: str


class QuerySet(NamedTuple):
    title: str
    queries: list[Query]
    langs: frozenset[str] = frozenset({"nb", "nn", "en", ""})  #: languages of the names in the index
    share: bool = False  #: of several right records, the share among the first five counts


class Result(NamedTuple):
    """What an engine gave for the queries of a set, one by one."""

    first: list[bool]  #: the first is right
    among_five: list[float]
    missed: list[str]  #: what was asked and wanted, and what came first
    seconds: list[float]


def names() -> list[Name]:
    """Give every name of the records, each once for a record and language."""
    data = package.load()
    found: dict[Name, None] = {}
    for table in TABLES:
        for key in data.table(table):
            record = data.raw_in(table, key)
            for field in FIELDS:
                value = record.get(field, {})
                by_lang = value if isinstance(value, dict) else {"": value}
                for lang, texts in by_lang.items():
                    for text in [texts] if isinstance(texts, str) else texts:
                        found[Name(key, field, lang, text)] = None
    return list(found)


# -- the query sets ----------------------------------------------------------------------------------


class _Maker:
    """Makes query sets from names: seeded, each source once, and no query that is itself a name."""

    def __init__(self, rows: list[Name]) -> None:
        self.owners: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            self.owners[fold(row.text)].add(row.key)
        self.texts = {lang: list(dict.fromkeys(r.text for r in rows if r.lang == lang)) for lang in ("nb", "nn", "en")}
        self.norwegian = list(dict.fromkeys(text for lang in NORWEGIAN for text in self.texts[lang]))
        self.known = made.folded_words(row.text for row in rows)

    def set(
        self, title: str, change: made.Change, sources: list[str] | None = None, *, share: bool = False
    ) -> QuerySet:
        chance = random.Random(f"{SEED} {title}")
        sources = list(self.norwegian if sources is None else sources)
        chance.shuffle(sources)
        queries: dict[str, Query] = {}
        for source in sources:
            text = change(source, chance)
            if text is None or (fold(text) in self.owners and fold(text) != fold(source)) or len(fold(text)) < 2:
                continue
            right = self.containing(text) if share else frozenset(self.owners[fold(source)])
            queries.setdefault(fold(text), Query(text, right, source))
            if len(queries) == SIZE:
                break
        return QuerySet(title, list(queries.values()), share=share)

    def containing(self, part: str) -> frozenset[str]:
        wanted = fold(part)
        return frozenset(key for name, keys in self.owners.items() if wanted in name for key in keys)

    def same_words(self, wanted: QuerySet) -> QuerySet:
        """Count names as right too that differ from the one meant by their ending only."""
        same: defaultdict[str, set[str]] = defaultdict(set)
        for name, keys in self.owners.items():
            same[made.INFLECTED.sub("", name)] |= keys
        return wanted._replace(
            queries=[q._replace(right=q.right | same[made.INFLECTED.sub("", fold(q.source))]) for q in wanted.queries]
        )

    def beginning(self, text: str) -> set[str]:
        wanted = fold(text)
        return {key for name, keys in self.owners.items() if name.startswith(wanted) for key in keys}


def query_sets(rows: list[Name]) -> list[QuerySet]:
    maker = _Maker(rows)
    typos, compounds = made.Typos(maker.known), made.Compounds(maker.known)

    def telling_prefix(name: str, chance: random.Random) -> str | None:
        """Leave out what more than five records begin with: nothing says which of them is meant."""
        cut = made.prefix(name, chance)
        return cut if cut and len(maker.beginning(cut)) <= FIRST else None

    prefixes = maker.set("prefix, the name it was cut from", telling_prefix)
    any_name = [q._replace(right=frozenset(maker.beginning(q.text))) for q in prefixes.queries]
    endings = [maker.set(f"inflected, {lang}", made.inflected(lang), maker.texts[lang]) for lang in NORWEGIAN]
    return [
        maker.set("exact", lambda name, _: name),
        prefixes,
        QuerySet("prefix, any name that begins so", any_name),
        maker.set("one typo", typos.one),
        maker.set("typo in every word", typos.every),
        maker.set("two typos in a long word", typos.two),
        *map(maker.same_words, endings),
        maker.set("joined", made.joined),
        maker.set("split", compounds.split),
        maker.set("part of a compound", compounds.part, share=True),
        maker.set("æøå as ae, oe, aa", made.digraphs),
        maker.set("æøå as a, o, a", made.bare),
        *_nynorsk(rows, maker),
        *_english(rows, maker),
    ]


def _nynorsk(rows: list[Name], maker: _Maker) -> Iterator[QuerySet]:
    """Give nynorsk names of records that are known by their bokmål names only.

    A synonym counts where both languages list equally many for the record.
    """
    by_field: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        by_field[row.key, row.field][row.lang].append(row.text)
    bokmal = {fold(row.text) for row in rows if row.lang in {"nb", ""}}
    for title, fields in (("labels", ("label", "title")), ("synonyms", ("synonyms", "aliases"))):
        right: defaultdict[str, set[str]] = defaultdict(set)
        for (_, field), texts in by_field.items():
            if field in fields and len(texts["nb"]) == len(texts["nn"]):
                for theirs, text in zip(texts["nb"], texts["nn"], strict=True):
                    right[text] |= maker.owners[fold(text)]
                    if title == "labels":  # whoever has the same name in bokmål is as right
                        right[text] |= maker.owners[fold(theirs)]
        queries = [Query(t, frozenset(keys), t) for t, keys in sorted(right.items()) if fold(t) not in bokmal]
        random.Random(SEED).shuffle(queries)
        yield QuerySet(f"nynorsk {title}, bokmål index", queries[:SIZE], frozenset({"nb", ""}))


def _english(rows: list[Name], maker: _Maker) -> Iterator[QuerySet]:
    every = maker.set("English, all names", lambda name, _: name, maker.texts["en"])
    norwegian = {fold(row.text) for row in rows if row.lang != "en"}
    others = [name for name in maker.texts["en"] if fold(name) not in norwegian]
    without = maker.set("English, Norwegian names only", lambda name, _: name, others)
    yield every
    yield without._replace(langs=frozenset({"nb", "nn", ""}))


# -- the engines -------------------------------------------------------------------------------------


def ours(rows: list[Name], _: Path) -> Engine:
    names_of: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        names_of[row.key].append(row.text)
    index = TextIndex.build((key, "", texts) for key, texts in names_of.items())
    return lambda query: [hit.key for hit in index.search(query, limit=FIRST)]


def peer(build: search_peers.Build) -> Callable[[list[Name], Path], Engine]:
    """Give an engine that has every name as a text, and gives each record once."""

    def engine(rows: list[Name], folder: Path) -> Engine:
        distinct = list(dict.fromkeys((row.key, row.text) for row in rows))
        search = build([text for _, text in distinct], folder)

        def keys(query: str) -> list[str]:
            return list(dict.fromkeys(distinct[n][0] for n in search(query, 4 * FIRST)))[:FIRST]

        return keys

    return engine


def measured(engine: Engine, wanted: QuerySet, most: int) -> Result:
    first: list[bool] = []
    five: list[float] = []
    missed: list[str] = []
    seconds: list[float] = []
    for query in wanted.queries[:most]:
        start = time.process_time()
        keys = engine(query.text)
        seconds.append(time.process_time() - start)
        first.append(bool(keys) and keys[0] in query.right)
        there = len(query.right.intersection(keys[:FIRST]))
        five.append(there / min(FIRST, len(query.right)) if wanted.share else float(there > 0))
        if not first[-1]:
            wanted_keys, came = ", ".join(sorted(query.right)[:3]), ", ".join(keys[:3]) or "nothing"
            missed.append(f"`{query.text}` from `{query.source}`: wanted {wanted_keys}; came {came}")
    return Result(first, five, missed, seconds)


def run(peers: dict[str, search_peers.Build], most_of_slow: int) -> dict[str, dict[str, Result]]:
    """Give the result of every engine on every set; the engines take turns in another order each time."""
    rows = names()
    chance = random.Random(SEED)
    sets = query_sets(rows)
    makers = {"nimrights": ours} | {name: peer(build) for name, build in peers.items()}
    found: dict[str, dict[str, Result]] = {wanted.title: {} for wanted in sets}
    with tempfile.TemporaryDirectory() as folder:
        for langs in dict.fromkeys(wanted.langs for wanted in sets):
            place = Path(folder) / "-".join(sorted(langs))
            place.mkdir()
            known = [row for row in rows if row.lang in langs]
            engines = {name: make(known, place) for name, make in makers.items()}
            gc.collect()
            gc.freeze()  # what the peers hold should not slow down the collection of our garbage
            for wanted in sets:
                if wanted.langs == langs:
                    order = list(engines)
                    chance.shuffle(order)
                    for name in order:
                        most = most_of_slow if name in search_peers.SLOW else SIZE
                        found[wanted.title][name] = measured(engines[name], wanted, most)
    return found


def citations() -> Result:
    """Give the result of `nimrights.search` on written forms of citations and codes."""
    with FORMS.open(encoding="utf-8", newline="") as file:
        queries = [Query(row["form"], frozenset({row["id"]}), row["id"]) for row in csv.DictReader(file)]
    return measured(dataset_engine, QuerySet("citations and codes", queries), len(queries))


def dataset_engine(query: str) -> list[str]:
    return [hit.id for hit in package.search(query, limit=FIRST)]


def reading_engine(query: str) -> list[object]:
    """Also make the record and the reason of every hit."""
    return [(hit.record, hit.stage, hit.matched) for hit in package.search(query, limit=FIRST)]


# -- the dataset's real size ---------------------------------------------------------------------------


def record_texts() -> list[str]:
    """Give what each record of the dataset says, as one text."""
    data = package.load()
    records = [data.raw_in(table, key) for table in SEARCHED for key in data.table(table)]
    return [" ".join(_strings([record.get(field, "") for field in TEXT_FIELDS])) for record in records]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)
    else:
        yield str(value)


def real_size(rounds: int, whole_records: search_peers.Build | None) -> dict[str, list[float]]:
    """Give the seconds of queries to the whole dataset: other queries each round, of all Norwegian sets in turn."""
    sets = [wanted for wanted in query_sets(names()) if len(wanted.langs) == 4]
    mixed = list(dict.fromkeys(q.text for row in zip(*(wanted.queries for wanted in sets), strict=False) for q in row))
    engines: dict[str, Callable[[str], object]] = {
        "nimrights.search": dataset_engine,
        "nimrights.search, every hit read": reading_engine,
    }
    if whole_records:
        search = whole_records(record_texts(), Path())
        engines["rapidfuzz WRatio, a text for each record"] = lambda query: search(query, FIRST)
    taken: dict[str, list[float]] = {name: [] for name in (*engines, AGAIN)}
    chance = random.Random(SEED)
    dataset_engine("barnevern")
    for number in range(rounds):
        order = list(engines)
        chance.shuffle(order)
        for name in order:
            begin = (number * len(engines) + list(engines).index(name)) * SAMPLE  # words that nobody asked for before
            queries = mixed[begin:][: SAMPLE if name.startswith("nimrights") else SAMPLE // 5]
            taken[name] += [_seconds(engines[name], query) for query in queries]
            if name == "nimrights.search":
                taken[AGAIN] += [_seconds(dataset_engine, query) for query in queries]
    return taken


def _seconds(engine: Callable[[str], object], query: str) -> float:
    start = time.process_time()
    engine(query)
    return time.process_time() - start
