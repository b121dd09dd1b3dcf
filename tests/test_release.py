"""The release format: one spelling for the same records, and no guessing about damaged bytes."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import DataError, NotFound
from nimrights.authoring import read_sources
from nimrights.models import TABLES
from nimrights.publishing import compile_tables
from nimrights.release import FORMAT, canonical, decode, encode

HEADER = {"version": "2026.1", "as_of": "2026-11-22", "title": {"nb": "Prøve"}}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
record_tables = st.dictionaries(
    st.sampled_from(list(TABLES)),
    st.dictionaries(st.text(), st.dictionaries(st.text(), json_values, max_size=3), max_size=4),
    max_size=4,
)


@pytest.fixture(scope="module")
def mini_bytes(mini_root):
    return compile_tables(read_sources(mini_root))


def turned(value):
    """The same value with its keys in the opposite order, at every depth."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


@given(json_values)
def test_equal_values_have_one_spelling_that_reads_back(value):
    spelled = canonical(value)
    assert canonical(turned(value)) == spelled
    assert json.loads(spelled) == value
    assert canonical(json.loads(spelled)) == spelled
    assert "\n" not in spelled


def test_the_spelling_is_compact_sorted_and_keeps_real_letters():
    assert canonical({"ø": [1, None], "a": "blå\n"}) == '{"a":"blå\\n","ø":[1,null]}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"x": [float("-inf")]}])
def test_what_json_cannot_say_is_refused(value):
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(value)


@given(record_tables)
def test_encode_and_decode_make_a_round_trip(tables):
    data = encode(HEADER, tables)
    release = decode(data, "test")
    assert release.header == {**HEADER, "format": FORMAT}
    assert release.sha256() == hashlib.sha256(data).hexdigest()
    assert set(release.tables) == set(tables)
    for name, rows in tables.items():
        assert release.ids(name) == sorted(rows)
        assert {key: release.raw(name, key) for key in rows} == rows
    assert encode(HEADER, tables) == data


@given(record_tables)
def test_the_order_of_records_and_keys_does_not_matter(tables):
    other = {name: turned(rows) for name, rows in tables.items()}
    assert encode(turned(HEADER), other) == encode(HEADER, tables)


@given(record_tables.flatmap(lambda tables: st.tuples(st.just(tables), st.permutations(list(tables)))))
def test_the_order_of_tables_does_not_matter(drawn):
    """Tables stand in the order of `nimrights.models.TABLES`, however they were gathered."""
    tables, order = drawn
    data = encode(HEADER, {name: tables[name] for name in order})
    assert data == encode(HEADER, tables)
    assert decode(data, "test").tables == [name for name in TABLES if name in tables]


@given(record_tables, st.text())
def test_mentioning_finds_every_record_that_holds_the_text(tables, text):
    def holds(value):
        if isinstance(value, dict):
            return any(key == text or holds(item) for key, item in value.items())
        return any(map(holds, value)) if isinstance(value, list) else value == text and isinstance(value, str)

    release = decode(encode(HEADER, tables), "test")
    found = list(release.mentioning(text))
    assert found == [(name, key) for name in release.tables for key in release.ids(name) if holds(tables[name][key])]


def test_a_release_is_a_header_and_one_canonical_line_a_record(mini, mini_bytes):
    first, *lines = mini_bytes.decode().removesuffix("\n").split("\n")
    header = json.loads(first)
    assert [name for name, _ in header["tables"]] == list(TABLES)
    assert [key for _, ids in header["tables"] for key in ids] == [json.loads(line)["id"] for line in lines]
    assert all(ids == sorted(ids) for _, ids in header["tables"])
    assert all(canonical(json.loads(line)) == line for line in [first, *lines])
    assert mini.sha256 == hashlib.sha256(mini_bytes).hexdigest()


@given(st.data())
def test_every_beginning_of_a_release_is_refused(mini_bytes, data):
    cut = data.draw(st.integers(0, len(mini_bytes) - 1))
    with pytest.raises(DataError) as caught:
        decode(mini_bytes[:cut], "cut.jsonl")
    assert "cut.jsonl" in str(caught.value)


def test_a_truncated_release_says_how_many_records_are_expected(mini_bytes):
    lines = mini_bytes.split(b"\n")
    count = len(lines) - 2
    with pytest.raises(DataError, match=rf"x\.gz is truncated: version 2026\.1 has {count} records.* {count - 3}\b"):
        decode(b"\n".join(lines[:-4]) + b"\n", "x.gz")


@pytest.mark.parametrize("more", [b"{}\n", b"{}", b" ", b"\n"])
def test_more_than_the_header_announces_is_refused(mini_bytes, more):
    with pytest.raises(DataError, match="longer"):
        decode(mini_bytes + more, "longer.jsonl")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xff\xfe\x00",
        b"id,label\n0301,Oslo\n",
        b"[]\n",
        b"5\n",
        b'"text"\n',
        b"null\n",
        b"{}\n",
        b'{"version": "2026.1", "format": 1}\n',
        b'{"tables": [], "format": 1}\n',
        b'{"tables": [], "version": "2026.1"}\n',
        b'{"as_of":"2026-11-22","format":1,"tables":5,"version":"2026.1"}\n',
        b'{"as_of":"2026-11-22","format":1,"tables":[["areas"]],"version":"2026.1"}\n',
        b'{"as_of":"2026-11-22","format":1,"tables":[["areas",5]],"version":"2026.1"}\n',
        b'{"format":1,"tables":[],"version":"2026.1"}\n',
    ],
)
def test_foreign_bytes_are_refused_naming_the_file_and_what_was_expected(data):
    with pytest.raises(DataError, match=r"strange\.bin is not a nimrights release: .* JSON object with version"):
        decode(data, "strange.bin")


@pytest.mark.parametrize("form", [FORMAT + 1, 99, "2", None])
def test_another_format_is_refused_naming_both(mini_bytes, form):
    first, _, rest = mini_bytes.partition(b"\n")
    header = {**json.loads(first), "format": form}
    with pytest.raises(DataError) as caught:
        decode(canonical(header).encode() + b"\n" + rest, "future.gz")
    assert str(caught.value).startswith(f"future.gz has format {form!r}; this nimrights reads 1 to {FORMAT}:")


@pytest.mark.parametrize("form", range(1, FORMAT + 1))
def test_every_format_up_to_the_present_one_is_read(mini_bytes, form):
    """An older release lacks tables and fields; it is never rewritten."""
    first, _, rest = mini_bytes.partition(b"\n")
    header = {**json.loads(first), "format": form}
    gone = sum(len(ids) for name, ids in header["tables"] if name in list(TABLES)[12:])
    header["tables"] = [row for row in header["tables"] if row[0] in list(TABLES)[:12]]
    lines = rest.split(b"\n")[: -gone - 1]
    release = decode(b"\n".join([canonical(header).encode(), *lines, b""]), "older.jsonl")
    assert release.header["format"] == form
    assert release.ids("codes") == []
    assert release.ids("areas") == ["parks", "playgrounds"]
    assert release.raw("areas", "parks")["id"] == "parks"


@pytest.mark.parametrize("form", [0, -1, 1.5, [], {}])
def test_a_format_that_never_was_is_refused(mini_bytes, form):
    first, _, rest = mini_bytes.partition(b"\n")
    header = {**json.loads(first), "format": form}
    with pytest.raises(DataError, match=r"old\.jsonl"):
        decode(canonical(header).encode() + b"\n" + rest, "old.jsonl")


def test_new_releases_are_written_in_the_newest_format(mini_bytes):
    assert json.loads(mini_bytes.partition(b"\n")[0])["format"] == FORMAT == 3


def test_what_is_not_there_is_not_found(mini_bytes):
    release = decode(mini_bytes, "mini")
    assert release.ids("swings") == []
    assert release.table_of("swings") is None
    assert release.table_of("play") == "rights"
    for table, key in [("areas", "play"), ("swings", "play"), ("areas", "")]:
        with pytest.raises(NotFound, match=table):
            release.raw(table, key)


def test_the_repr_of_a_release_does_not_print_the_data(mini_bytes):
    assert len(repr(decode(mini_bytes, "mini"))) < 200
