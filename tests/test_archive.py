"""Whole archives: every row is answered or kept, and files are whole or not there."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import BadQuery, DataError, MissingExtra, NimrightsError, load
from nimrights._cases.rows import harmless
from nimrights._cases.workers import Chunk, in_order
from nimrights.archive import MOST_PROBLEMS, Report, classify_file, count_rows
from nimrights.classifier import classify_many
from nimrights.versions import file_of

LOAN, EMPTY = "Søknad om startlån", "Protokoll fra forrige møte"
#: a text of two areas, so that lists have two members
CAMERAS = "Kameraovervåking i skolegården"
TITLES = [LOAN, EMPTY, CAMERAS, "", "Møte; om «barnevern», sa han"]
OURS = ["nimrights_areas", "nimrights_scores", "nimrights_dataset"]
SUFFIXES = ["csv", "jsonl", "parquet"]


def write_csv(path: Path, rows: list[list[str]], **style) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, **style).writerows(rows)
    return path


def read_csv(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file, delimiter=delimiter, strict=True))


def write(path: Path, titles: list[str]) -> Path:
    """Write titles in the format that the suffix says, numbered from 1."""
    rows = [{"id": number, "tittel": title} for number, title in enumerate(titles, 1)]
    if path.suffix == ".csv":
        return write_csv(path, [["id", "tittel"], *([str(row["id"]), row["tittel"]] for row in rows)])
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    else:
        pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def read(path: Path) -> list[tuple[list[str], list[float], str]]:
    """Read areas, scores and pin of each row in any format."""
    if path.suffix == ".csv":
        areas, scores, pins = zip(*(row[-3:] for row in read_csv(path)[1:]), strict=True)
        lists = [
            (a.split("|"), [float(x) for x in s.split("|")]) if a else ([], [])
            for a, s in zip(areas, scores, strict=True)
        ]
        return [(a, s, pin) for (a, s), pin in zip(lists, pins, strict=True)]
    if path.suffix == ".jsonl":
        found = [json.loads(line)["nimrights"] for line in path.read_text("utf-8").splitlines()]
        rows = [(row["areas"], row["dataset"]) for row in found]
    else:
        rows = [(row["nimrights_areas"], row["nimrights_dataset"]) for row in pq.read_table(path).to_pylist()]
    return [([a["area"] for a in areas], [a["score"] for a in areas], pin) for areas, pin in rows]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- what comes out ----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("threshold", [None, 0.05])
def test_every_row_is_answered_as_classify_many_answers_it(tmp_path, ds, suffix, threshold):
    source, target = write(tmp_path / f"a.{suffix}", TITLES), tmp_path / f"b.{suffix}"
    report = classify_file(str(source), target, threshold=threshold)
    expected = list(classify_many(TITLES, threshold=threshold))
    assert any(len(areas) > 1 for areas in expected)
    assert read(target) == [([a for a, _ in found], [s for _, s in found], ds.pin) for found in expected]
    assert report == Report(rows=5, touched=sum(map(bool, expected)), skipped=0, problems=(), skipped_file=None)
    assert names(tmp_path) == [source.name, target.name]


def test_a_csv_keeps_its_columns_its_delimiter_and_its_line_ends(tmp_path, ds):
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes('\ufeffnr;tittel;"merknad; fri"\r\n7;Søknad om startlån;"to\r\nlinjer ""her"""\r\n'.encode())
    classify_file(source, target)
    raw = target.read_bytes()
    assert raw.startswith("\ufeffnr;tittel;".encode())
    assert raw.count(b"\r\n") == raw.count(b"\n") == 3
    header, row = read_csv(target, ";")
    assert header == ["\ufeffnr", "tittel", "merknad; fri", *OURS]
    assert row[:4] == ["7", LOAN, 'to\r\nlinjer "her"', "housing"]
    assert row[-1] == ds.pin


@given(st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))] * 2)))
def test_cells_pass_through_whatever_they_hold(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("cells")
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["tittel", "x"], *rows])
    (folder / "a.csv").write_bytes(text.getvalue().encode())
    report = classify_file(folder / "a.csv", folder / "b.csv")
    assert report.rows == len(rows)
    assert [row[:2] for row in read_csv(folder / "b.csv")[1:]] == [[harmless(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("name", "header", "delimiter"),
    [
        ("a.csv", "id,tittel", ","),
        ("a.csv", "id;tittel", ";"),
        ("a.csv", "id\ttittel", "\t"),
        ("a.csv", "id|tittel", "|"),
        ("a.csv", '"a,b,c";tittel', ";"),
        ("a.tsv", "id\ttittel", "\t"),
        ("a.TSV", "id;tittel", ";"),
    ],
)
def test_the_delimiter_is_guessed_from_the_header(tmp_path, name, header, delimiter):
    (tmp_path / name).write_text(f"{header}\n1{delimiter}{LOAN}\n", encoding="utf-8")
    target = tmp_path / f"out{Path(name).suffix}"
    assert classify_file(tmp_path / name, target).touched == 1
    assert read_csv(target, delimiter)[1][:3] == ["1", LOAN, "housing"]


def test_a_column_alone_has_no_delimiter_to_guess(tmp_path):
    for suffix, cell in [("csv", f"{LOAN}; hastesak"), ("tsv", f"{LOAN}, hastesak")]:
        source = tmp_path / f"a.{suffix}"
        source.write_text(f"tittel\n{cell}\n", encoding="utf-8")
        assert classify_file(source, tmp_path / f"b.{suffix}").touched == 1
        assert read_csv(tmp_path / f"b.{suffix}", "\t" if suffix == "tsv" else ",")[1][0] == cell


def test_a_given_delimiter_counts(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text(f"a,b,c;tittel\n1,2;{LOAN}\nx:y;tittel\n", encoding="utf-8")
    assert classify_file(source, tmp_path / "b.csv", delimiter=";").rows == 2
    source.write_text(f"id:tittel\n1:{LOAN}\n", encoding="utf-8")
    assert classify_file(source, tmp_path / "b.csv", delimiter=":").touched == 1


def test_blank_lines_are_no_rows_but_are_counted_as_lines(tmp_path):
    (tmp_path / "a.csv").write_text(f"id,tittel\n\n1,{LOAN}\n\n\n2\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(f'\n{{"tittel": "{LOAN}"}}\n   \n\n\n[]\n', encoding="utf-8")
    for suffix in ("csv", "jsonl"):
        report = classify_file(tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}", on_error="skip")
        assert (report.rows, report.touched, report.skipped) == (2, 1, 1)
        assert report.problems[0].startswith("row 2 (line 6): ")


def test_an_object_passes_through_to_the_letter(tmp_path, ds):
    lines = [
        '{"tittel": "Søknad om startlån", "n": 1e400, "n": 12345678901234567890.10}',
        '  {"b":{"x":[1,2]},"a":"\\u00e5\\ud800"  }  ',
        "{}",
        "{ }",
    ]
    (tmp_path / "a.ndjson").write_bytes("\ufeff".encode() + "\r\n".join(lines).encode())
    report = classify_file(tmp_path / "a.ndjson", tmp_path / "b.ndjson")
    assert (report.rows, report.touched) == (4, 1)
    written = (tmp_path / "b.ndjson").read_text("utf-8").split("\n")
    assert written.pop() == ""
    for line, given_line in zip(written, lines, strict=True):
        start = given_line.strip()[:-1].rstrip()
        assert line.startswith(start)
        rest = json.loads("{" + line.removeprefix(start).removeprefix(", "))
        assert list(rest) == ["nimrights"]
        assert rest["nimrights"]["dataset"] == ds.pin
        assert json.loads(line)["nimrights"] == rest["nimrights"]


def test_a_parquet_file_keeps_its_schema(tmp_path, ds):
    schema = pa.schema(
        [
            pa.field("id", pa.int16(), nullable=False),
            pa.field("tittel", pa.large_string(), metadata={"k": "v"}),
            pa.field("date", pa.timestamp("ms", "Europe/Oslo")),
            pa.field("type", pa.dictionary(pa.int8(), pa.string())),
            pa.field("parts", pa.list_(pa.struct([("a", pa.decimal128(9, 2))]))),
        ],
        metadata={"made-by": "us"},
    )
    rows = [
        {"id": n, "tittel": t, "date": None, "type": "x", "parts": [{"a": None}]} for n, t in enumerate([LOAN, None])
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema), tmp_path / "a.parquet")
    classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet")
    table = pq.read_table(tmp_path / "b.parquet")
    before = pq.read_table(tmp_path / "a.parquet")
    assert table.select(before.column_names).equals(before, check_metadata=True)
    assert table.schema.metadata[b"made-by"] == b"us"
    assert table.schema.field("nimrights_areas").type.value_type == pa.struct(
        [("area", pa.string()), ("score", pa.float64())]
    )
    assert [[area["area"] for area in row] for row in table["nimrights_areas"].to_pylist()] == [["housing"], []]
    assert table["nimrights_dataset"].to_pylist() == [ds.pin] * 2


def test_row_groups_are_written_together(tmp_path, monkeypatch):
    monkeypatch.setattr("nimrights._cases.parquet._GROUP", 2000)
    classify_file(write(tmp_path / "a.parquet", [EMPTY] * 4500), tmp_path / "b.parquet")
    made = pq.ParquetFile(tmp_path / "b.parquet").metadata
    assert [made.row_group(n).num_rows for n in range(made.num_row_groups)] == [2000, 2000, 500]


@pytest.mark.parametrize("suffix", ["jsonl", "parquet", "csv"])
def test_a_file_without_rows_gives_one_without_rows(tmp_path, suffix):
    source = write(tmp_path / f"a.{suffix}", [])
    if suffix == "parquet":
        pq.write_table(pa.table({"tittel": pa.array([], pa.string())}), source)
    report = classify_file(source, tmp_path / f"b.{suffix}")
    assert report == Report(0, 0, 0, (), None)
    assert (tmp_path / f"b.{suffix}").exists()


# -- fields ------------------------------------------------------------------------------------


def test_columns_named_as_in_a_case_are_its_fields(tmp_path):
    fields = [
        ("offentligTittel", LOAN, "housing"), ("beskrivelse", LOAN, "housing"), ("tekst", LOAN, "housing"),
        ("noekkelord", "startlån", "housing"), ("kostra", "244", "child-welfare"),
    ]  # fmt: skip
    for name, value, area in fields:
        source = write_csv(tmp_path / "a.csv", [["tittel", name], [EMPTY, value], [EMPTY, ""]])
        classify_file(source, tmp_path / "b.csv")
        assert [row[2] for row in read_csv(tmp_path / "b.csv")[1:]] == [area, ""]
        pq.write_table(pa.table({"tittel": [EMPTY, None], name: [value, None]}), tmp_path / "a.parquet")
        classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet")
        assert [areas for areas, _, _ in read(tmp_path / "b.parquet")] == [[area], []]


def test_lists_of_texts_are_fields_in_parquet_and_json(tmp_path):
    row = {"tittel": "PS 1/24", "noekkelord": ["startlån", "bolig"]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "a.parquet")
    for suffix in ("jsonl", "parquet"):
        classify_file(tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}")
        assert read(tmp_path / f"b.{suffix}")[0][0] == ["housing"]


def test_objects_are_read_as_cases_with_all_their_fields(tmp_path):
    rows = [
        {"tittel": "PS 1/24", "klasse": {"klasseID": "B12", "tittel": LOAN}},
        {"title": EMPTY, "saksmappe": {"tittel": LOAN}},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    classify_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert [areas for areas, _, _ in read(tmp_path / "b.jsonl")] == [["housing"]] * 2


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_column_of_the_titles_can_have_any_name(tmp_path, suffix):
    source = write(tmp_path / f"a.{suffix}", [LOAN])
    source.write_bytes(source.read_bytes().replace(b"tittel", b"emne42"))
    if suffix == "parquet":
        pq.write_table(pa.table({"emne42": [LOAN]}), source)
    assert classify_file(source, tmp_path / f"b.{suffix}", column="emne42").touched == 1


def test_texts_in_a_dictionary_are_texts(tmp_path):
    column = pa.array([LOAN, None, LOAN]).dictionary_encode()
    pq.write_table(pa.table({"tittel": column, "kostra": pa.nulls(3)}), tmp_path / "a.parquet")
    assert classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet").touched == 2


# -- formula characters ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["=1+1", "+SUM(A1)", "-x", "@cmd", "\tx", "\rx", "\nx", "＝1", "-", "+47 22", "-1-2", "=1"]
)
def test_a_cell_that_a_spreadsheet_could_take_for_a_formula_is_marked(tmp_path, cell):
    source = write_csv(tmp_path / "a.csv", [["tittel", cell], [cell, cell]], quoting=csv.QUOTE_ALL)
    classify_file(source, tmp_path / "b.csv")
    header, row = read_csv(tmp_path / "b.csv")
    assert header[:2] == ["tittel", f"'{cell}"]
    assert row[:2] == [f"'{cell}"] * 2


@pytest.mark.parametrize("cell", ["-1", "+4722222222", "-12,5", "-.5", "-1.5e-3", "x=1", "'=1", "a\rb", " =1"])
def test_plain_numbers_and_other_texts_are_not(tmp_path, cell):
    write_csv(tmp_path / "a.csv", [["tittel", "x"], [LOAN, cell]], quoting=csv.QUOTE_ALL)
    classify_file(tmp_path / "a.csv", tmp_path / "b.csv")
    assert read_csv(tmp_path / "b.csv")[1][1] == cell


def test_the_mark_does_not_change_what_is_classified(tmp_path):
    for title in (f"={LOAN}", f"-{LOAN}"):
        write_csv(tmp_path / "a.csv", [["tittel"], [title]])
        classify_file(tmp_path / "a.csv", tmp_path / "b.csv")
        assert read_csv(tmp_path / "b.csv")[1][:2] == [f"'{title}", "housing"]


# -- broken rows -------------------------------------------------------------------------------

GOOD_CSV, GOOD_JSON = f"1,{LOAN}\n".encode(), f'{{"tittel": "{LOAN}"}}\n'.encode()
BROKEN = [
    ("csv", b"2\n", "another number of columns (1) than the header (2)"),
    ("csv", b"2,a,b\n", "another number of columns (3) than the header (2)"),
    ("csv", b'2,"a"b\n', "quotation marks"),
    ("csv", b'2,"unclosed\n', "quotation marks"),
    ("csv", b"2,a\rb\n", "quotation marks"),
    ("csv", b"2," + b"x" * 140_000 + b"\n", "field larger than field limit"),
    ("csv", b"2,Bes\xf8k\n", "not UTF-8"),
    ("csv", b"2,a\0b\n", "NUL"),
    ("csv", b'2,"a\nb",c\n', "another number of columns (3)"),
    ("jsonl", b'{"tittel": "a\n', "not JSON"),
    ("jsonl", b"nonsense\n", "not JSON"),
    ("jsonl", b'{"tittel": NaN}\n', "NaN is no JSON"),
    ("jsonl", b"[1]\n", "no object but list"),
    ("jsonl", b"null\n", "no object but NoneType"),
    ("jsonl", b'{"tittel": 5}\n', "tittel of a case is a text or a list of texts, not int"),
    ("jsonl", b'{"kostra": 244}\n', "kostra of a case is a text or a list of texts, not int"),
    ("jsonl", b'{"klasse": 5}\n', "klasse of a case is an object"),
    ("jsonl", b'{"tittel": "Bes\xf8k"}\n', "not UTF-8"),
    ("jsonl", b'{"tittel": "a\0b"}\n', "NUL"),
    ("jsonl", b'{"x": ' + b"[" * 200_000 + b"\n", "nested too deep"),
    ("jsonl", b'{"x": ' + b"9" * 5000 + b"}\n", "not JSON"),
]


@pytest.fixture
def broken(tmp_path, request):
    suffix, row, _ = request.param
    head, good = (b"id,tittel\n", GOOD_CSV) if suffix == "csv" else (b"", GOOD_JSON)
    source = tmp_path / f"a.{suffix}"
    source.write_bytes(head + good + row + good)
    return source, tmp_path / f"b.{suffix}", *request.param


each_broken_row = pytest.mark.parametrize("broken", BROKEN, indirect=True, ids=lambda row: f"{row[0]} {row[2]}")


@each_broken_row
def test_a_broken_row_ends_the_run_and_is_named(broken):
    source, target, suffix, _, why = broken
    target.write_bytes(b"old")
    with pytest.raises(DataError) as caught:
        classify_file(source, target)
    text = str(caught.value)
    assert text.startswith(f"{source}, row 2 (line {3 if suffix == 'csv' else 2}): ")
    assert why in text
    assert "on_error='skip'" in text
    assert target.read_bytes() == b"old"
    assert names(source.parent) == [source.name, target.name]


@each_broken_row
def test_a_broken_row_is_kept_as_it_was_when_it_is_skipped(broken):
    source, target, suffix, row, why = broken
    report = classify_file(source, target, on_error="skip")
    aside = target.with_name(target.name + ".skipped")
    assert (report.rows, report.touched, report.skipped, report.skipped_file) == (3, 2, 1, str(aside))
    assert aside.read_bytes() == row
    assert why in report.problems[0]
    assert report.problems[0].startswith(f"row 2 (line {3 if suffix == 'csv' else 2}): ")
    assert len(read(target)) == 2
    assert names(source.parent) == [source.name, target.name, aside.name]


@given(st.lists(st.binary(max_size=12) | st.sampled_from([b'"', b"1,Sak", b'2,"Sak"', b"3,\xc3\xb8", b',"a,"'])))
def test_no_line_is_lost_whatever_a_file_holds(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("lines")
    body = b"".join(line.replace(b"\n", b"") + b"\n" for line in lines)
    (folder / "a.csv").write_bytes(b"id,tittel\n" + body)
    report = classify_file(folder / "a.csv", folder / "b.csv", on_error="skip")
    aside = (folder / "b.csv.skipped").read_bytes() if report.skipped else b""
    kept = read_csv(folder / "b.csv")[1:]
    assert len(kept) == report.rows - report.skipped
    assert all(len(row) == 5 for row in kept)
    # what was written and what was put aside have all the lines, but for those that are blank
    blank = sum(line in (b"\n", b"\r\n", b"\r\r\n") for line in body.splitlines(keepends=True))
    inside = sum(cell.count("\n") for row in kept for cell in row)
    assert body.count(b"\n") - blank <= aside.count(b"\n") + len(kept) + inside <= body.count(b"\n")


def test_a_stray_quotation_mark_costs_one_row_only(tmp_path):
    rows = ["1,a", '2,"b', "3,c", "4,d", '5,"e, f"', "6,g"]
    (tmp_path / "a.csv").write_text("id,tittel\n" + "\n".join(rows), encoding="utf-8")
    report = classify_file(tmp_path / "a.csv", tmp_path / "b.csv", on_error="skip")
    assert (report.rows, report.skipped) == (6, 1)
    assert [row[0] for row in read_csv(tmp_path / "b.csv")[1:]] == ["1", "3", "4", "5", "6"]
    assert (tmp_path / "b.csv.skipped").read_text("utf-8") == '2,"b\n'


def invalid_utf8() -> pa.Array:
    parts = [LOAN.encode(), b"Bes\xf8k", None, b"\xff"]
    return pa.Array.from_buffers(pa.string(), 4, pa.array(parts, pa.binary()).buffers())


def test_texts_that_are_not_utf8_break_their_rows_in_parquet(tmp_path):
    table = pa.table({"id": [1, 2, 3, 4], "tittel": invalid_utf8(), "tekst": [None, None, LOAN, LOAN]})
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(DataError, match=r"a\.parquet, row 2: tittel is not UTF-8 .*on_error='skip'"):
        classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet")
    assert names(tmp_path) == ["a.parquet"]
    report = classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet", on_error="skip")
    assert (report.rows, report.touched, report.skipped, len(report.problems)) == (4, 2, 2, 2)
    assert pq.read_table(tmp_path / "b.parquet")["id"].to_pylist() == [1, 3]
    aside = pq.read_table(tmp_path / "b.parquet.skipped")
    assert aside.equals(pq.read_table(tmp_path / "a.parquet").take([1, 3]))


def test_only_the_first_problems_are_told(tmp_path):
    (tmp_path / "a.jsonl").write_text("x\n" * 1500, encoding="utf-8")
    report = classify_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl", on_error="skip")
    assert (report.rows, report.skipped, len(report.problems)) == (1500, 1500, MOST_PROBLEMS)
    assert report.problems[-1].startswith(f"row {MOST_PROBLEMS} ")
    assert (tmp_path / "b.jsonl.skipped").read_bytes() == b"x\n" * 1500
    assert (tmp_path / "b.jsonl").read_bytes() == b""


def test_rows_that_an_earlier_run_skipped_do_not_stay_beside_a_new_target(tmp_path):
    source, target = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    source.write_text("x", encoding="utf-8")
    assert classify_file(source, target, on_error="skip").skipped_file == str(tmp_path / "b.jsonl.skipped")
    source.write_text("{}", encoding="utf-8")
    assert classify_file(source, target, on_error="skip").skipped_file is None
    assert names(tmp_path) == ["a.jsonl", "b.jsonl"]


# -- files that cannot be used -----------------------------------------------------------------


@pytest.mark.parametrize("on_error", ["fail", "skip"])
@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", "tittel\nx\n".encode("utf-16"), "not UTF-8|NUL"),
        ("a.csv", b"tit\xf8l,tittel\n", "header cannot be read: it is not UTF-8; save the file as UTF-8"),
        ("a.csv", b'"tittel\nx\n', "header cannot be read"),
        ("a.csv", b"tittel,nimrights_areas\nx,y\n", "already has the column 'nimrights_areas'"),
        ("a.csv", b"tittel,nimrights_scores\nx,y\n", "already has the column 'nimrights_scores'"),
        ("a.csv", b"tittel,nimrights_dataset\nx,y\n", "already has the column 'nimrights_dataset'"),
        ("a.jsonl", b'{}\n{"nimrights": 1}\n', "row 2 .*already has the key 'nimrights'"),
        ("a.parquet", b"PAR1 no", "cannot read"),
        ("nowhere.csv", None, "cannot read .*nowhere.csv"),
        ("nowhere.jsonl", None, "cannot read .*nowhere.jsonl"),
        ("nowhere.parquet", None, "cannot read .*nowhere.parquet"),
    ],
)
def test_a_file_that_cannot_be_read_as_what_it_is_changes_nothing(tmp_path, name, data, message, on_error):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    target = tmp_path / f"b{Path(name).suffix}"
    target.write_bytes(b"old")
    with pytest.raises(DataError, match=message) as caught:
        classify_file(tmp_path / name, target, on_error=on_error)
    assert name in str(caught.value)
    assert target.read_bytes() == b"old"
    assert not [other for other in names(tmp_path) if other not in (name, target.name)]


@pytest.mark.parametrize("name", ["nimrights_areas", "nimrights_dataset"])
def test_a_parquet_file_with_a_column_of_ours_is_refused(tmp_path, name):
    pq.write_table(pa.table({"tittel": ["x"], name: ["y"]}), tmp_path / "a.parquet")
    with pytest.raises(DataError, match=f"already has the column '{name}'"):
        classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet")


@pytest.mark.parametrize(
    "columns", [{"tittel": [1]}, {"tittel": [["x"]]}, {"tittel": ["x"], "kostra": [244]}, {"tittel": [b"x"]}]
)
def test_a_parquet_column_that_is_no_text_is_refused_before_any_work(tmp_path, columns):
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    with pytest.raises(DataError, match=r"a\.parquet: the column '(tittel|kostra)' holds .*, not text"):
        classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet", on_error="skip")
    assert names(tmp_path) == ["a.parquet"]


def test_a_parquet_file_damaged_inside_ends_the_run_where_it_is(tmp_path):
    source = write(tmp_path / "a.parquet", [f"{LOAN} {n}" for n in range(5000)])
    data = bytearray(source.read_bytes())
    data[100:30_000] = bytes(29_900)
    source.write_bytes(data)
    with pytest.raises(DataError, match=r"cannot read .*a\.parquet from row \d+: "):
        classify_file(source, tmp_path / "b.parquet", on_error="skip")
    assert names(tmp_path) == ["a.parquet"]


@pytest.mark.parametrize(
    ("source", "target", "options", "message"),
    [
        ("a.xlsx", "b.xlsx", {}, "suffix '.xlsx'; read are files with: .csv"),
        ("a", "b", {}, "suffix ''"),
        ("a.csv", "b.jsonl", {}, "format of"),
        ("a.csv", "b", {}, "format of"),
        ("a.csv", "a.csv", {}, "written over what is read"),
        ("a.csv", "../x/a.csv", {}, "written over what is read"),
        ("a.csv", "link.csv", {}, "written over what is read"),
        ("a.csv", "b.csv", {"on_error": "ignore"}, "on_error is 'fail' or 'skip'"),
        ("a.csv", "b.csv", {"processes": 0}, "processes is a whole number"),
        ("a.csv", "b.csv", {"processes": True}, "processes is a whole number"),
        ("a.csv", "b.csv", {"processes": 1.5}, "processes is a whole number"),
        ("a.csv", "b.csv", {"delimiter": "::"}, "a delimiter is one character"),
        ("a.csv", "b.csv", {"delimiter": '"'}, "a delimiter is one character"),
        ("a.csv", "b.csv", {"delimiter": "\n"}, "a delimiter is one character"),
        ("a.csv", "b.csv", {"delimiter": ""}, "a delimiter is one character"),
        ("a.csv", "b.csv", {"delimiter": 1}, "a delimiter is one character"),
        ("a.jsonl", "b.jsonl", {"delimiter": ","}, "only CSV has a delimiter"),
        ("a.csv", "b.csv", {"threshold": 2}, "threshold is a number from 0 to 1"),
        ("a.csv", "b.csv", {"column": "title"}, "no column 'title'.*out of: id, tittel, x, x"),
        ("a.csv", "b.csv", {"column": "x"}, "two columns are named 'x'"),
    ],
)
def test_a_wrong_call_is_refused_before_any_work(tmp_path, source, target, options, message):
    folder = tmp_path / "x"
    folder.mkdir()
    (folder / "a.csv").write_text(f"id,tittel,x,x\n1,{LOAN},,\n", encoding="utf-8")
    (folder / "a.jsonl").touch()
    os.link(folder / "a.csv", folder / "link.csv")
    with pytest.raises(BadQuery, match=message):
        classify_file(folder / source, folder / target, **options)
    assert names(folder) == ["a.csv", "a.jsonl", "link.csv"]


def test_a_path_is_a_path(tmp_path):
    with pytest.raises(BadQuery, match="named by its path, not by StringIO"):
        classify_file(io.StringIO("tittel\n"), tmp_path / "b.csv")


@pytest.mark.parametrize("name", ["b.csv", "b.csv.skipped"])
def test_what_is_no_file_is_not_written_over(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(DataError, match=f"cannot write .*{name}: it is not a file"):
        classify_file(write(tmp_path / "a.csv", TITLES), tmp_path / "b.csv")


def test_a_target_in_a_folder_that_is_not_there_cannot_be_written(tmp_path):
    with pytest.raises(DataError, match="cannot write"):
        classify_file(write(tmp_path / "a.csv", TITLES), tmp_path / "nowhere" / "b.csv")


def test_parquet_without_pyarrow_says_what_to_install(tmp_path, monkeypatch):
    source = write(tmp_path / "a.parquet", TITLES)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    for call in (lambda: classify_file(source, tmp_path / "b.parquet"), lambda: count_rows(source)):
        with pytest.raises(MissingExtra, match=r"pyarrow.*pip install 'nimrights\[tables\]'"):
            call()


# -- whole or not at all, and no more in memory than needed ------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_run_that_is_broken_off_leaves_nothing(tmp_path, suffix):
    source, target = write(tmp_path / f"a.{suffix}", [LOAN] * 3000), tmp_path / f"b.{suffix}"
    target.write_bytes(b"old")

    def stop(rows):
        assert any(name.endswith(".part") for name in names(tmp_path))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_file(source, target, progress=stop)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == [source.name, target.name]


def test_rows_put_aside_are_whole_or_not_there_too(tmp_path):
    (tmp_path / "a.jsonl").write_text("x\n" * 1000 + '{"nimrights": 1}\n', encoding="utf-8")
    (tmp_path / "b.jsonl.skipped").write_bytes(b"old")
    with pytest.raises(DataError, match="row 1001"):
        classify_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl", on_error="skip")
    assert names(tmp_path) == ["a.jsonl", "b.jsonl.skipped"]
    assert (tmp_path / "b.jsonl.skipped").read_bytes() == b"old"
    parts = [b"\xff"] * 1000
    bad = pa.Array.from_buffers(pa.string(), 1000, pa.array(parts, pa.binary()).buffers())
    pq.write_table(pa.table({"tittel": bad}), tmp_path / "a.parquet")

    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_file(tmp_path / "a.parquet", tmp_path / "b.parquet", on_error="skip", progress=stop)
    assert names(tmp_path) == ["a.jsonl", "a.parquet", "b.jsonl.skipped"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_rows_are_done_before_all_have_been_read(tmp_path, suffix):
    pipe, first_done = tmp_path / f"a.{suffix}", threading.Event()
    os.mkfifo(pipe)
    head, row = ("id,tittel\n", f"1,{LOAN}\n") if suffix == "csv" else ("", f'{{"tittel": "{LOAN}"}}\n')
    in_time = []

    def feed():
        with pipe.open("w", encoding="utf-8") as file:
            file.write(head + row * 1500)
            file.flush()
            in_time.append(first_done.wait(timeout=60))
            file.write(row * 700)

    thread = threading.Thread(target=feed)
    thread.start()
    seen = []
    report = classify_file(pipe, tmp_path / f"b.{suffix}", progress=lambda rows: (seen.append(rows), first_done.set()))
    thread.join()
    assert in_time == [True]
    assert seen == [1000, 2000]
    assert report.rows == report.touched == 2200


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_memory_does_not_grow_with_the_file(tmp_path, suffix):
    def peak(rows):
        source = write(tmp_path / f"a{rows}.{suffix}", [LOAN] * rows)
        tracemalloc.start()
        try:
            classify_file(source, tmp_path / f"b.{suffix}")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1000)
    assert peak(12_000) < 1.5 * peak(3000)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_progress_is_told_every_thousand_rows(tmp_path, suffix):
    seen = []
    source = write(tmp_path / f"a.{suffix}", [EMPTY] * 2500)
    classify_file(source, tmp_path / f"b.{suffix}", progress=seen.append)
    assert seen == [1000, 2000]
    assert count_rows(source) == 2500


# -- several processes -------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_two_processes_write_the_same_bytes_as_one(tmp_path, suffix):
    titles = [title for n in range(900) for title in (*TITLES, f"{LOAN} nr. {n}")]
    source = write(tmp_path / f"a.{suffix}", titles)
    if suffix != "parquet":
        rows = source.read_bytes().split(b"\n")
        rows[2000:2000] = rows[10:10] = [b"\xff", b'"', b"[]"]
        source.write_bytes(b"\n".join(rows))
    reports = []
    for processes in (1, 2):
        (tmp_path / str(processes)).mkdir()
        target = tmp_path / str(processes) / f"b.{suffix}"
        reports.append(classify_file(source, target, processes=processes, on_error="skip", threshold=0.3))
    assert reports[0].rows == 5400 + reports[0].skipped
    assert reports[0].problems == reports[1].problems
    assert names(tmp_path / "1") == names(tmp_path / "2")
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()


def test_a_broken_row_ends_a_run_of_two_processes_as_well(tmp_path):
    (tmp_path / "a.jsonl").write_text("{}\n" * 7000 + "x\n" + "{}\n" * 7000, encoding="utf-8")
    with pytest.raises(DataError, match="row 7001 "):
        classify_file(tmp_path / "a.jsonl", tmp_path / "b.jsonl", processes=2)
    assert names(tmp_path) == ["a.jsonl"]


def test_a_dataset_that_is_not_published_stays_in_one_process(tmp_path):
    text = Path(file_of("2026.1")).read_text("utf-8")
    changed = tmp_path / "changed.jsonl"
    changed.write_text(text.replace("2026-11-22", "2026-11-21"), encoding="utf-8")
    dataset = load(changed)
    assert dataset.pin != load("2026.1").pin
    source, target = write(tmp_path / "a.csv", TITLES), tmp_path / "b.csv"
    with pytest.raises(BadQuery, match=r"dataset 2026\.1 is not published .*use one process"):
        classify_file(source, target, processes=2, dataset=dataset)
    assert not target.exists()
    classify_file(source, target, dataset=dataset)
    assert read(target)[0][2] == dataset.pin


def test_the_dataset_that_is_asked_for_is_used_by_every_process(tmp_path):
    old = load("2026.1")
    classify_file(write(tmp_path / "a.csv", TITLES), tmp_path / "b.csv", processes=2, dataset=old)
    assert {pin for _, _, pin in read(tmp_path / "b.csv")} == {old.pin}


def test_a_process_that_dies_ends_the_run_with_advice():
    chunks = [Chunk(1, 3, None)]  # each process is told to exit with code 3
    with pytest.raises(NimrightsError, match="worker process ended before its time"):
        list(in_order(chunks, os._exit, 2))


def test_a_run_over_processes_can_be_left_in_the_middle():
    sent = []

    def chunks():
        for number in range(1000):
            sent.append(number)
            yield Chunk(number, [number], None)

    run = in_order(chunks(), len, 2)
    assert next(run)[1] == 1
    run.close()
    assert len(sent) <= 6
