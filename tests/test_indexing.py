"""The file of an index: the same bytes from the same texts, and nothing else is taken for one."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import DataError, Dataset
from nimrights._engine.index import Index
from nimrights._engine.indexing import CLASSES, FEW, MAGIC, Entry, build, grams, length
from nimrights._engine.searchable import index_bytes, index_file_of, index_is_fresh, index_of
from nimrights._engine.sections import Sections
from nimrights._files import map_file, read_bytes
from nimrights.text import fold
from nimrights.versions import published

LINES = [
    ("a", (Entry("label", "nb", "Barnevern"), Entry("text", "nb", "Kommunen skal hjelpe barn som trenger det."))),
    ("b", (Entry("label", "nb", "Skolemiljø"), Entry("alias", "nn", "skulemiljø"), Entry("heading", "", "Skole"))),
    ("c", ()),
]
DATA = build(LINES, {"note": {"b": [1], "a": "å"}})

documents = st.lists(
    st.lists(st.tuples(st.sampled_from(["label", "alias", "heading", "text"]), st.text(max_size=20)), max_size=4),
    max_size=6,
).map(lambda rows: [(str(n), tuple(Entry(f, "", t) for f, t in row)) for n, row in enumerate(rows)])


@given(documents)
def test_the_same_documents_give_the_same_bytes(rows):
    assert build(rows) == build(list(rows))


def test_the_bytes_do_not_depend_on_the_process(mini_root):
    program = f"""
import hashlib
from pathlib import Path
from nimrights._engine.searchable import index_bytes
from nimrights.publishing import compile_sources
print(hashlib.sha256(index_bytes(compile_sources(Path({str(mini_root)!r})))).hexdigest())
"""
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


@given(documents)
def test_every_text_stands_in_the_index_folded_with_its_field_and_place(rows):
    index = Index(build(rows))
    assert index.size == len(rows)
    for number, (key, entries) in enumerate(rows):
        assert index.keys[number] == key
        lines = index.text_of(number).decode().split("\n")[:-1]
        written = [(fold(e.text), e.field, place) for place, e in enumerate(entries) if fold(e.text)]
        found = [(line[1:-1], *index.entry(number, n)[::2]) for n, line in enumerate(lines)]
        assert sorted(found) == sorted(written)


@given(documents)
def test_every_name_leads_to_its_owners(rows):
    index = Index(build(rows))
    for number, (_, entries) in enumerate(rows):
        for name in {fold(e.text) for e in entries if e.field != "text"} - {""}:
            assert number in list(index.owners(index.label(name)))
    assert list(index.labels) == sorted(index.labels)


def test_what_was_put_aside_comes_back():
    index = Index(DATA)
    assert index.aside("note") == {"a": "å", "b": [1]}
    assert index.aside("other") is None


def test_a_word_in_many_documents_is_found_in_all_of_them():
    """Beyond `FEW` documents a word is stored as sets by class, and large sets are compressed."""
    names = ("barn", "barn i en lang tittel", "")
    rows = []
    for n in range(8 * FEW):
        name = names[n % 3]
        texts = (Entry("label", "", name), Entry("text", "", "om barn" if n < 2 * FEW or not name else ""))
        rows.append((str(n), texts))
    index = Index(build(rows))
    ranking = index.rank("barn")
    shares = [ranking.shares([n])[n] for n in range(len(rows))]
    assert min(shares) > 0
    assert len({shares[n::3][-1] for n in range(3)}) == len(CLASSES)
    assert all(shares[n] == shares[n % 3] for n in range(len(rows)))


# -- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", [0, 1, len(MAGIC) - 1, len(MAGIC), len(MAGIC) + 20, len(DATA) // 2, len(DATA) - 9])
def test_a_file_that_is_cut_off_is_refused(cut, tmp_path):
    path = tmp_path / "texts.index"
    path.write_bytes(DATA[:cut])
    with pytest.raises(DataError, match=r"texts\.index"):
        Index(map_file(path), str(path))


@pytest.mark.parametrize(
    "data",
    [b"x", b"{}", b"nimrights search index 9\n" + DATA[len(MAGIC) :], DATA[1:], DATA.upper(), MAGIC + b"{}\n", MAGIC * 9],
    ids=["x", "json", "another format", "shifted", "other letters", "no checksum", "no head"],
)  # fmt: skip
def test_a_foreign_file_is_refused(data):
    with pytest.raises(DataError, match="make it again"):
        Index(data, "it")


@given(st.integers(len(MAGIC), DATA.index(b"\n", len(MAGIC)) - 1), st.integers(1, 255))
def test_a_damaged_head_is_refused(at, change):
    broken = DATA[:at] + bytes([DATA[at] ^ change]) + DATA[at + 1 :]
    if (
        broken[len(MAGIC) : broken.find(b"\n", len(MAGIC))].rstrip()
        == DATA[len(MAGIC) : DATA.index(b"\n", len(MAGIC))].rstrip()
    ):
        return  # a blank at the end stands for nothing
    with pytest.raises(DataError):
        Index(broken)


def test_the_head_is_json_that_says_where_everything_lies():
    line = DATA[len(MAGIC) :].partition(b"\n")[0]
    head = json.loads(line.partition(b" ")[2])
    assert head["documents"] == len(LINES)
    assert sorted(head["sections"]) == sorted(Sections(DATA, "it").head["sections"])


# -- the index of a dataset --------------------------------------------------------------------


def test_only_the_newest_version_is_shipped_with_an_index_and_it_is_what_would_be_made_now():
    *older, newest = [row.version for row in published()]
    assert [version for version in older if index_is_fresh(version) is not None] == []
    assert index_is_fresh(newest)


def test_the_index_of_a_dataset_is_the_one_beside_its_release(ds):
    data = read_bytes(index_file_of(ds.version))
    assert index_of(ds).size == Index(data).size
    assert Index(data).aside("dataset") == ds.fingerprint


def test_an_index_of_other_data_is_not_used(ds, mini, releases):
    assert mini.version != ds.version
    (releases / f"{mini.version}.index").write_bytes(index_bytes(ds))
    assert index_of(Dataset(mini._release)).size == sum(1 for _ in index_bytes_keys(mini))


def index_bytes_keys(dataset):
    return Sections(index_bytes(dataset), "it").strings("keys")


@pytest.mark.parametrize("damage", [b"", b"junk", b"nimrights search index 1\n"])
def test_a_damaged_index_beside_a_release_is_made_in_memory(mini, releases, damage):
    (releases / f"{mini.version}.index").write_bytes(damage)
    assert index_of(Dataset(mini._release)).size == len(index_bytes_keys(mini))


# -- letters -----------------------------------------------------------------------------------


@given(st.text(max_size=20).map(fold), st.text(max_size=20).map(fold))
def test_a_text_is_known_by_its_pairs_of_letters_and_its_length(one, other):
    if not one or not other:
        return
    assert grams(one) == grams(one)
    assert len(grams(one)) <= len(one) + 1
    assert (length(one) == length(other)) == (len(one) == len(other))
    assert length(one) not in grams(one) | grams(other)
    assert length(one, 1) == length(one + "x")
