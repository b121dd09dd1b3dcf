"""The command ``batch``: a file in, a file out, a report on standard error, an exit code for each outcome."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from nimrights import load
from nimrights._commands.case_commands import batch
from nimrights._commands.output import DATA, FOUND, NOTHING, USAGE
from nimrights.cli import main

LOAN, EMPTY = "Søknad om startlån", "Protokoll fra forrige møte"


def run(*args):
    result = CliRunner().invoke(main, ["batch", *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"id;tittel\n1;{LOAN}\n2;{EMPTY}\n", encoding="utf-8")
    return path


def test_the_command_is_one_of_the_program():
    assert main.commands["batch"] is batch


def test_a_file_is_classified_and_the_report_is_a_message(source, tmp_path, ds):
    result = run(source, tmp_path / "b.csv")
    assert (result.exit_code, result.stdout) == (FOUND, "")
    assert result.stderr == f"2 rows, 1 with an area; data {ds.version} ({ds.as_of})\n"
    rows = (tmp_path / "b.csv").read_text("utf-8").splitlines()
    assert rows[1].startswith(f"1;{LOAN};housing;0.")
    assert rows[2] == f"2;{EMPTY};;;{ds.pin}"


def test_nothing_found_is_an_exit_code_of_its_own(source, tmp_path):
    source.write_text(f"tittel\n{EMPTY}\n", encoding="utf-8")
    assert run(source, tmp_path / "b.csv").exit_code == NOTHING
    assert (tmp_path / "b.csv").exists()


def test_the_report_as_json(source, tmp_path, ds):
    result = run(source, tmp_path / "b.csv", "--json")
    assert result.stderr == ""
    assert json.loads(result.stdout) == {
        "rows": 2, "touched": 1, "skipped": 0, "problems": [], "skipped_file": None, "dataset": ds.pin,
    }  # fmt: skip


def test_options_reach_the_library(tmp_path):
    old = load("2026.1")
    (tmp_path / "a.tsv").write_text(f"emne\tx\n{LOAN}\ta,b\n{EMPTY}\t\n", encoding="utf-8")
    result = run(
        tmp_path / "a.tsv", tmp_path / "b.tsv", "--column", "emne", "--delimiter", "tab", "--threshold", "0",
        "--processes", "2", "--dataset", "2026.1", "--json",
    )  # fmt: skip
    assert result.exit_code == FOUND
    report = json.loads(result.stdout)
    assert (report["touched"], report["dataset"]) == (2, old.pin)
    row = (tmp_path / "b.tsv").read_text("utf-8").splitlines()[1].split("\t")
    assert row[1] == "a,b"
    assert row[2].count("|") == len(old.areas) - 1
    (tmp_path / "a.csv").write_text(f"emne:x\n{LOAN}:1\n", encoding="utf-8")
    assert run(tmp_path / "a.csv", tmp_path / "b.csv", "--column", "emne", "--delimiter", ":").exit_code == FOUND


def test_a_broken_row_is_a_data_error_that_names_it(source, tmp_path):
    source.write_bytes(source.read_bytes() + b"3\n")
    result = run(source, tmp_path / "b.csv")
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert result.stderr.startswith(
        f"Error: {source}, row 3 (line 4): it has another number of columns (1) than the header (2)"
    )
    assert "--on-error skip" in result.stderr
    assert not (tmp_path / "b.csv").exists()


def test_broken_rows_are_skipped_told_and_counted(source, tmp_path):
    source.write_bytes(source.read_bytes() + b"3\n" * 25)
    result = run(source, tmp_path / "b.csv", "--on-error", "skip")
    assert result.exit_code == FOUND
    lines = result.stderr.splitlines()
    assert lines[0] == "row 3 (line 4): it has another number of columns (1) than the header (2)"
    assert len(lines) == 22
    assert lines[20] == "... and 5 more"
    assert lines[21].startswith(f"27 rows, 1 with an area, 25 skipped: {tmp_path / 'b.csv.skipped'}; data ")


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("a.csv",),
        ("nowhere.csv", "b.csv"),
        ("a.csv", "a.csv"),
        ("a.csv", "b.parquet"),
        ("a.csv", "b.csv", "--column", "title"),
        ("a.csv", "b.csv", "--on-error", "ignore"),
        ("a.csv", "b.csv", "--threshold", "2"),
        ("a.csv", "b.csv", "--processes", "0"),
        ("a.csv", "b.csv", "--delimiter", "::"),
        ("a.csv", "."),
    ],
)
def test_a_wrong_call_is_a_usage_error(source, tmp_path, monkeypatch, args):
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == USAGE
    assert "Error: " in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_parquet_without_pyarrow_is_a_usage_error_that_names_the_extra(tmp_path, monkeypatch):
    pq.write_table(pa.table({"tittel": [LOAN]}), tmp_path / "a.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = run(tmp_path / "a.parquet", tmp_path / "b.parquet")
    assert result.exit_code == USAGE
    assert "pip install 'nimrights[tables]'" in result.stderr


def everything(terminal: int) -> str:
    """Read what a closed terminal still holds; its end is an error on Linux."""
    parts = []
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 100_000):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no terminal to open")
@pytest.mark.parametrize("rows", [0, 1500])
def test_a_terminal_gets_a_progress_bar_on_standard_error(tmp_path, monkeypatch, capsys, rows):
    import pty

    (tmp_path / "a.csv").write_text("tittel\n" + f"{LOAN}\n" * rows, encoding="utf-8")
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        args = ["batch", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--json"]
        assert main(args, standalone_mode=False) == (FOUND if rows else NOTHING)
        monkeypatch.undo()
    shown = everything(ours)
    assert json.loads(capsys.readouterr().out)["rows"] == rows
    assert "rows" in shown
    if rows:
        assert "66%" in shown
        assert "100%" in shown


def test_elsewhere_there_is_no_bar(source, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "nimrights", "batch", source, tmp_path / "b.csv"],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == FOUND
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no interrupts of this kind")
def test_an_interrupt_leaves_no_file_and_no_traceback(tmp_path):
    (tmp_path / "a.csv").write_text("tittel\n" + f"{LOAN}\n" * 300_000, encoding="utf-8")
    # where tests run in the background, interrupts are ignored unless asked for
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from nimrights.__main__ import run; run()"
    )
    command = [sys.executable, "-c", program, "batch", "a.csv", "b.csv", "--processes", "2"]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    # so many rows that every worker has long been started
    while running.poll() is None and not any(p.stat().st_size > 1_000_000 for p in tmp_path.glob(".b.csv.*.part")):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1
    assert said.strip() == "Aborted!"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
