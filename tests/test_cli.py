"""The command: results on stdout, messages on stderr, an exit code for each outcome, never a traceback."""

from __future__ import annotations

import gc
import inspect
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from nimrights import __version__, load, published, search
from nimrights.__main__ import run as entry_point
from nimrights._commands.output import DATA, FOUND, NOTHING, USAGE
from nimrights.cli import main
from nimrights.coverage import coverage_of
from nimrights.differences import changelog
from nimrights.models import TABLES
from nimrights.publishing import publish
from nimrights.suggestions import complete, did_you_mean
from nimrights.text import fold
from nimrights.versions import file_of
from nimrights.vocabulary import LANGUAGES

CASE = "Sak 23/145 Klage på vedtak om samvær etter omsorgsovertakelse"
#: click before 8.2 mixes both streams unless told otherwise
_APART = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
_CALM = {"LC_ALL": "nb_NO.UTF-8", "COLUMNS": "80", "NIMRIGHTS_LANG": None}


def run(*args, input=None, **env):
    result = CliRunner(**_APART).invoke(main, [str(a) for a in args], input=input, env={**_CALM, **env})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.stdout + result.stderr
    return result


def json_lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def commands(command=main, path=()):
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, (*path, name))


COMMANDS = {" ".join(path): command for path, command in commands()}


def process(*args, input=b"", **env):
    """The command in a process of its own, as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "nimrights", *args],
        input=input,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", **env},
        timeout=120,
        check=False,
    )


# -- help and version --------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_of_every_command_needs_no_data(name, option, releases):
    result = run(*name.split(), option)
    assert result.exit_code == FOUND
    assert result.stdout.startswith(f"Usage: main {name}".rstrip())
    assert result.stderr == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name):
    command = COMMANDS[name]
    assert command.help
    for option in command.params:
        assert isinstance(option, click.Argument) or option.help, f"{name}: {option.name}"


def test_the_commands_are_those_of_the_design():
    assert {"search", "show", "classify", "areas", "data"} <= set(main.commands)
    assert {"versions", "verify", "check", "diff", "path", "publish"} <= set(main.commands["data"].commands)
    assert {"changelog", "coverage", "new"} <= set(main.commands["data"].commands)


def test_version_is_that_of_the_package(releases):
    assert run("--version").stdout == f"nimrights {__version__}\n"


@pytest.mark.parametrize(
    "args", [("nosuch",), ("search",), ("show",), ("data", "nosuch"), ("data", "diff", "2026.1"), ("areas", "x")]
)
def test_a_wrong_call_is_a_usage_error(args):
    result = run(*args)
    assert result.exit_code == USAGE
    assert result.stdout == ""
    assert "Error: " in result.stderr


# -- search ------------------------------------------------------------------------------------


def test_search_shows_hits_on_stdout_only():
    result = run("search", "tvang på sykehjem", "--limit", 3)
    assert (result.exit_code, result.stderr) == (FOUND, "")
    heads = [line for line in result.stdout.splitlines() if re.match(r" *\d+\.\d  ", line)]
    assert len(heads) == 3
    assert "coercive-care" in result.stdout


#: a line with a word in brackets that is not the line of id and kind
MARKED = re.compile(r"^ {7}(?!\S+  \[).*\[\w+\]", re.MULTILINE)


def test_search_shows_the_text_in_which_it_was_found_with_the_words_marked(ds):
    lines = run("search", "kommunens", "internkontroll", "--kind", "obligation", "--limit", "1").stdout.splitlines()
    hit = search("kommunens internkontroll", kind="obligation", limit=1)[0]
    assert len(lines) == 2 + (fold(hit.matched.text) not in fold(hit.record.statement.nb))
    shown = run("search", "krenkelser på skolen", "--limit", "20").stdout
    assert MARKED.search(shown)
    assert "\x1b" not in shown


@pytest.mark.parametrize(("env", "bold"), [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_search_marks_in_bold_on_a_terminal_only(env, bold):
    shown = on_terminal("search", "krenkelser på skolen", "--limit", "20", **env)
    assert ("\x1b[1m" in shown) == bold
    assert bool(MARKED.search(shown)) != bold


def on_terminal(*args, **env):
    """What the command writes to a terminal."""
    import pty

    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "nimrights", *args],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**clean, "LC_ALL": "C.UTF-8", "COLUMNS": "80", "TERM": "xterm", **env},
    ) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how a terminal says that nothing more comes
                break
            if not piece:
                break
            written += piece
        process.wait()
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "options",
    [
        {"area": "child-welfare"}, {"right": "freedom-from-violence"}, {"group": "children"}, {"body": "CRC"},
        {"document": "crpd-c-nor-co-1"}, {"years": (2010, 2019)}, {"municipal": "named"}, {"force": "recommendation"},
        {"kind": "recommendation", "body": "UPR", "offset": 5},
    ],
)  # fmt: skip
def test_search_has_the_filters_of_the_library(options):
    expected = search("barn", limit=20, **options)
    assert expected
    written = {name: f"{v[0]}-{v[1]}" if isinstance(v, tuple) else v for name, v in options.items()}
    args = [part for name, value in written.items() for part in (f"--{name}", value)]
    rows = json_lines(run("search", "barn", "--limit", 20, "--json", *args))
    assert [row["id"] for row in rows] == [hit.record.id for hit in expected]


def test_search_counts_all_hits_after_those_it_shows(ds):
    found = search("vold", limit=2)
    *rows, counts = json_lines(run("search", "vold", "--limit", 2, "--facets", "--json"))
    assert len(rows) == 2
    assert counts == {
        "total": found.total,
        "facets": {name: dict(values) for name, values in found.facets.items()},
        "dataset": ds.pin,
    }
    text = run("search", "vold", "--limit", 2, "--facets").stdout
    assert f"\ntotal: {found.total}\n" in text
    for name in found.facets:
        assert re.search(rf"^{name}: \S+ \d+", text, re.MULTILINE)
    first, count = next(iter(found.facets["kind"].items()))
    assert f"kind: {first} {count}, " in text


def test_search_of_one_year():
    rows = json_lines(run("search", "vold", "--years", "2014", "--limit", 1000, "--json"))
    assert [row["id"] for row in rows] == [hit.record.id for hit in search("vold", years=(2014, 2014), limit=1000)]


def test_search_takes_words_with_and_without_quotes():
    assert run("search", "vold", "i", "nære", "relasjoner").stdout == run("search", "vold i nære relasjoner").stdout


@pytest.mark.parametrize(("lang", "asks"), [("nb", "Mente du"), ("nn", "Meinte du"), ("en", "Did you mean")])
def test_search_that_is_not_sure_asks_what_was_meant_on_stderr(lang, asks):
    query = "eredska og klisil"
    assert not search(query)[:1] or not search(query)[0].confident
    result = run("search", query, "--lang", lang)
    assert f"{asks} {', '.join(did_you_mean(query))}?\n" in result.stderr
    assert asks not in result.stdout
    assert run("search", query, "--json").stderr == ""
    assert asks not in run("search", "barnevern", "--lang", lang).stderr


def test_search_as_json_has_hit_reason_record_and_pin(ds):
    rows = json_lines(run("search", "EMK art. 8", "--json"))
    assert rows[0]["id"] == "echr-8"
    assert (rows[0]["kind"], rows[0]["score"], rows[0]["stage"], rows[0]["confident"]) == (
        "provision",
        99.0,
        "citation",
        True,
    )
    assert rows[0]["matched"]["text"] == "EMK art. 8"
    assert rows[0]["record"] == ds.raw("echr-8")
    assert {row["dataset"] for row in rows} == {ds.pin}


def test_search_keeps_to_kind_and_limit():
    rows = json_lines(run("search", "barn", "--kind", "right", "--limit", "2", "--json"))
    assert [row["kind"] for row in rows] == ["right", "right"]


def test_search_beyond_the_last_hit_shows_none_and_still_found_some():
    result = run("search", "barn", "--offset", "5000", "--facets", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    (counts,) = json_lines(result)
    assert counts["total"] == len(json_lines(run("search", "barn", "--limit", "1000", "--json"))) > 0


def test_completion_goes_on_from_the_words_that_were_given():
    from click.core import Context

    from nimrights._commands.search_command import _complete_names, search

    context = Context(search)
    context.params["query"] = ("barnets",)
    names = [item.value for item in _complete_names(context, search.params[0], "bes")]
    assert "beste" in names
    context.params["query"] = ("menneske",)
    assert not {"i skulen", "til barn"} & {item.value for item in _complete_names(context, search.params[0], "")}


@pytest.mark.parametrize("query", ["xqzwvk", "", "?!", "\ud800", "\0"])
def test_search_that_finds_nothing_says_so_on_stderr(query):
    result = run("search", query)
    assert (result.exit_code, result.stdout, result.stderr) == (NOTHING, "", "Fant ingenting.\n")
    result = run("search", query, "--json")
    assert (result.exit_code, result.stdout) == (NOTHING, "")


@pytest.mark.parametrize(
    "options",
    [
        ("--limit", "0"),
        ("--limit", "1001"),
        ("--limit", "x"),
        ("--kind", "areas"),
        ("--area", "x"),
        ("--years", "x"),
        ("--years", "2020-2010"),
        ("--years", "2010-"),
        ("--offset", "-1"),
        ("--years", "9" * 5000),
        ("--force", "law"),
        ("--lang", "se"),
        ("--nosuch",),
    ],
)
def test_search_with_a_wrong_option_is_a_usage_error(options):
    result = run("search", "barn", *options)
    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert "Error: " in result.stderr


@pytest.mark.parametrize("query", ["a" * 100_000, "'; DROP TABLE", "<b>", "\u202e", "\U0001f600 barn", "-- barn"])
def test_search_takes_any_query(query):
    assert run("search", "--", query).exit_code in (FOUND, NOTHING)


# -- show --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("crc-3", "crc-3"),
        ("CRC-3", "crc-3"),
        ("Child-Welfare", "child-welfare"),
        ("EMK art. 8", "echr-8"),
        ("Article 8 of the ECHR", "echr-8"),
        ("CRPD/C/NOR/CO/1", "crpd-c-nor-co-1"),
        ("HR-2022-401-A", "hr-2022-401-a"),
        ("LOV-2021-06-18-97", "bvl"),
        ("child-welfare/best-interests", "child-welfare/best-interests"),
        ("CRC", "CRC"),
        ("crc", "crc"),
        ("5610", "5610"),
        ("Karasjok", "5610"),
        ("kárášjohka", "5610"),
        ("Guovdageaidnu - Kautokeino", "5612"),
    ],
)
def test_show_takes_an_id_or_a_citation(name, id):
    result = run("show", name)
    assert (result.exit_code, result.stderr) == (FOUND, "")
    assert result.stdout.startswith(f"{id}  [")
    assert json_lines(run("show", name, "--json"))[0]["id"] == id


def test_show_as_json_is_the_record_with_kind_and_pin(ds):
    [row] = json_lines(run("show", "child-welfare", "--json"))
    assert row == {**ds.raw("child-welfare"), "kind": "area", "dataset": ds.pin}


def test_show_one_record_of_every_kind(ds):
    for table in TABLES:
        key = next(iter(ds.table(table)))
        assert run("show", key).stdout.startswith(f"{key}  [")
        assert json_lines(run("show", key, "--json"))[0]["kind"] == TABLES[table].kind


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_show_of_an_unknown_id_suggests_others(options):
    result = run("show", "child-welfar", *options)
    assert (result.exit_code, result.stdout) == (NOTHING, "")
    assert "'child-welfar' is not in" in result.stderr
    assert "did you mean 'child-welfare'" in result.stderr


@pytest.mark.parametrize("name", ["", " ", "xqzwvk", "\ud800", "\0", "a" * 10_000, "EMK art. 99", "§ 9999"])
def test_show_of_junk_is_not_found(name):
    result = run("show", "--", name)
    assert (result.exit_code, result.stdout) == (NOTHING, "")
    assert result.stderr.startswith("Error: ")


def test_show_of_a_retired_id_says_why_and_what_to_use(mini_copy, releases):
    publish(mini_copy)
    result = run("show", "playgrounds/old-duty")
    assert result.exit_code == NOTHING
    assert "split in two" in result.stderr
    assert "'playgrounds/keep-safe'" in result.stderr


# -- classify ----------------------------------------------------------------------------------


def test_classify_shows_area_duties_and_recommendations():
    result = run("classify", CASE)
    assert result.exit_code == FOUND
    assert result.stdout.startswith("Barnevern (child-welfare, ")
    assert "EMK 8" in result.stdout
    assert "(ikke bindende)" in result.stdout
    assert not result.stdout.startswith("#")


def test_classify_says_on_stderr_whose_answer_it_is_not(ds):
    message = run("classify", CASE).stderr
    assert "Ikke juridisk rådgivning" in message
    assert f"nimrights {__version__}, data {ds.version} ({ds.as_of})" in message


def test_classify_as_json_has_evidence_force_source_and_pin(ds):
    result = run("classify", CASE, "--json")
    row = json_lines(result)[0]
    assert result.stderr == ""
    assert (row["text"], row["area"], row["dataset"]) == (CASE, "child-welfare", ds.pin)
    assert {e["word"] for e in row["evidence"][:2]} == {"omsorgsovertakelse", "samvær"}
    assert all(duty["binding"] and duty["force"] and duty["provisions"] for duty in row["obligations"])
    assert len(row["recommendations"]) >= 3
    assert all(not r["binding"] and r["force"] == "recommendation" and r["source"] for r in row["recommendations"])


def test_classify_nothing_known():
    result = run("classify", "Protokoll fra forrige møte")
    assert (result.exit_code, result.stdout) == (NOTHING, "")
    assert "Ingen politikkområder" in result.stderr


def test_classify_nothing_known_as_json_is_a_line_that_says_so(ds):
    result = run("classify", "Protokoll fra forrige møte", "--json")
    assert (result.exit_code, result.stderr) == (NOTHING, "")
    assert json_lines(result) == [{"text": "Protokoll fra forrige møte", "area": None, "dataset": ds.pin}]


LINES = f"{CASE}\n\n  Protokoll fra forrige møte  \r\nReguleringsplan for nytt boligfelt\n"


def test_classify_every_line_of_standard_input():
    result = run("classify", input=LINES)
    assert result.exit_code == FOUND
    heads = [line for line in result.stdout.splitlines() if line.startswith("# ")]
    assert heads == [f"# {CASE}", "# Protokoll fra forrige møte", "# Reguleringsplan for nytt boligfelt"]


def test_classify_a_file_gives_the_same_as_standard_input(tmp_path):
    file = tmp_path / "saker.txt"
    file.write_bytes(LINES.encode())
    expected = run("classify", "--json", input=LINES)
    assert run("classify", "--file", file, "--json").stdout == expected.stdout
    assert run("classify", "--file", "-", "--json", input=LINES).stdout == expected.stdout
    assert [row["area"] for row in json_lines(expected)] == ["child-welfare", None, "planning-property"]


@pytest.mark.parametrize("content", ["", "\n \n\t\n", "Protokoll fra forrige møte\n"])
def test_classify_lines_without_a_case_find_nothing(content):
    assert run("classify", input=content).exit_code == NOTHING


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_classify_a_line_that_is_not_utf8_is_named(tmp_path, options):
    file = tmp_path / "latin1.txt"
    file.write_bytes(f"{CASE}\nReguleringsplan\n".encode() + "Søknad om støtte\n".encode("latin-1"))
    result = run("classify", "--file", file, *options)
    assert result.exit_code == DATA
    assert "line 3 is not UTF-8" in result.stderr
    assert "convert the input to UTF-8" in result.stderr
    assert "child-welfare" in result.stdout


def test_classify_a_byte_order_mark_is_no_part_of_the_text():
    rows = json_lines(run("classify", "--json", input=b"\xef\xbb\xbf" + CASE.encode()))
    assert [row["text"] for row in rows][:1] == [CASE]


def test_classify_with_options():
    everything = json_lines(run("classify", CASE, "--json", "--threshold", "0"))
    assert len(everything) == 31
    assert run("classify", "xqzw", "--threshold", "1").exit_code == NOTHING
    assert "child-welfare" in run("classify", CASE, "--recommendations", "0").stdout
    assert "(ikke bindende)" not in run("classify", CASE, "--recommendations", "0").stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--threshold", "1.5"),
        ("--threshold", "-1"),
        ("--threshold", "x"),
        ("--recommendations", "-1"),
        ("--file", "no/such/file"),
    ],
)
def test_classify_with_a_wrong_option_is_a_usage_error(options):
    result = run("classify", *(() if "--file" in options else (CASE,)), *options)
    assert (result.exit_code, result.stdout) == (USAGE, "")


def test_classify_a_threshold_that_is_no_number_is_a_usage_error():
    assert run("classify", CASE, "--threshold", "nan").exit_code == USAGE


def test_classify_a_lone_surrogate_from_the_shell():
    for options in ((), ("--json",)):
        assert run("classify", f"\udcff {CASE}", *options).exit_code == FOUND


@pytest.fixture
def terminal():
    """A pseudo-terminal of 50 columns."""
    pty, fcntl, termios = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios"))
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    with os.fdopen(inner, "r+b", buffering=0) as raw:
        yield io.TextIOWrapper(raw, write_through=True)
    os.close(outer)


def test_classify_at_a_terminal_without_a_text_asks_for_one(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stdin", terminal)
    with pytest.raises(click.UsageError, match="give a TEXT, a --file, a --case, or lines on standard input"):
        main.main(["classify"], standalone_mode=False)


# -- areas -------------------------------------------------------------------------------------


def test_areas_are_listed_with_their_names(ds):
    result = run("areas")
    assert result.exit_code == FOUND
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(ds.areas)
    assert all(area.label.nb in line for area, line in zip(ds.areas.values(), lines, strict=True))
    assert result.stderr == "Plikter, anbefalinger\n"


def test_areas_as_json_have_the_pin(ds):
    result = run("areas", "--json")
    rows = json_lines(result)
    assert result.stderr == ""
    assert [row["id"] for row in rows] == list(ds.areas)
    assert {row.get("dataset") for row in rows} == {ds.pin}


# -- language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "lang"),
    [
        ("nb_NO.UTF-8", "nb"), ("no_NO", "nb"), ("nn_NO.UTF-8", "nn"), ("NN", "nn"), ("en_GB.UTF-8", "en"), ("en", "en"),
        ("se_NO", "nb"), ("de_DE", "nb"), ("C", "nb"), ("C.UTF-8", "nb"), ("POSIX", "nb"), ("", "nb"), (None, "nb"),
    ],
)  # fmt: skip
def test_language_is_that_of_the_locale_or_bokmaal(ds, locale, lang):
    label = ds.areas["child-welfare"].label[lang]
    env = {"LC_ALL": locale, "LC_MESSAGES": None, "LANG": None}
    assert run("show", "child-welfare", **env).stdout.splitlines()[1] == label


def test_locale_variables_count_in_their_order(ds):
    def head(**env):
        return run(
            "show", "child-welfare", **{"LC_ALL": None, "LC_MESSAGES": None, "LANG": None} | env
        ).stdout.splitlines()[1]

    label = ds.areas["child-welfare"].label
    assert head(LANG="en_GB") == label.en
    assert head(LC_MESSAGES="nn_NO", LANG="en_GB") == label.nn
    assert head(LC_ALL="en_GB", LC_MESSAGES="nn_NO", LANG="nb_NO") == label.en
    assert head(LC_ALL="", LC_MESSAGES="nn_NO") == label.nn


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lang_goes_before_the_locale(ds, lang):
    assert (
        run("show", "child-welfare", "--lang", lang, LC_ALL="de_DE").stdout.splitlines()[1]
        == ds.areas["child-welfare"].label[lang]
    )
    assert ds.areas["education"].label[lang] in run("areas", "--lang", lang).stdout
    assert run("classify", CASE, "--lang", lang).stdout.startswith(ds.areas["child-welfare"].label[lang])


def test_messages_are_in_the_language_too():
    assert run("search", "xqzwvk", "--lang", "en").stderr == "Found nothing.\n"
    assert run("classify", "xqzw", "--lang", "nn").stderr.startswith("Ingen politikkområde med")
    assert "Not legal advice" in run("classify", CASE, "--lang", "en").stderr


@pytest.mark.parametrize("columns", ["50", "80", "300"])
def test_text_keeps_to_the_terminal(columns):
    lines = run("show", "child-welfare", COLUMNS=columns).stdout.splitlines()
    prose = [line for line in lines if "https:" not in line and " " in line.strip().removeprefix("- ")]
    assert max(map(len, prose)) <= min(int(columns), 100)  # an id alone cannot be broken


@pytest.mark.parametrize("columns", [None, "", "wide"])
def test_text_keeps_to_the_width_that_the_terminal_says(terminal, monkeypatch, columns):
    monkeypatch.setattr(sys, "__stdout__", terminal)
    assert run("show", "crc-3", COLUMNS=columns).stdout == run("show", "crc-3", COLUMNS="50").stdout


def test_text_without_a_terminal_has_a_usual_width(monkeypatch, tmp_path):
    usual = run("show", "crc-3", COLUMNS="88").stdout
    with (tmp_path / "out.txt").open("w") as file:
        for nowhere in (file, io.StringIO(), None):
            monkeypatch.setattr(sys, "__stdout__", nowhere)
            assert run("show", "crc-3", COLUMNS=None).stdout == usual


# -- which dataset -----------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("search", "barn"), ("show", "crc-3"), ("classify", CASE), ("areas",)])
def test_dataset_may_be_a_version_a_pin_or_a_file(ds, command):
    expected = run(*command).stdout
    for which in (ds.version, ds.pin, file_of(ds.version)):
        result = run(*command, "--dataset", which)
        assert (result.exit_code, result.stdout) == (FOUND, expected)


@pytest.mark.parametrize(
    ("which", "code", "message"),
    [
        ("1999.1", NOTHING, "did you mean"),
        (f"2026.1@sha256:{'0' * 64}", DATA, "differs from what was pinned"),
        ("2026.1@sha256:12", DATA, "neither a version"),
        ("newest", DATA, "neither a version"),
        ("no/such/file.jsonl", DATA, "nor a file"),
        (__file__, DATA, "is not a nimrights release"),
    ],
)
def test_a_dataset_that_is_not_there_or_not_trusted_stops_every_command(which, code, message):
    for command in (("search", "barn"), ("show", "crc-3"), ("classify", CASE), ("areas",), ("data", "diff", "2026.1")):
        last = (which,) if command[0] == "data" else ("--dataset", which)
        result = run(*command, *last)
        assert (result.exit_code, result.stdout) == (code, "")
        assert message in result.stderr


# -- data --------------------------------------------------------------------------------------


def test_versions_are_one_line_each(ds):
    result = run("data", "versions")
    assert len(result.stdout.splitlines()) == len(published())
    assert f"{ds.version}  as of {ds.as_of}" in result.stdout
    assert f"sha256:{ds.sha256}" in result.stdout


def test_versions_as_json_have_what_identifies_them(ds):
    rows = json_lines(run("data", "versions", "--json"))
    assert (rows[-1]["version"], rows[-1]["as_of"], rows[-1]["sha256"]) == (ds.version, ds.as_of, ds.sha256)


def test_verify_all_or_one(ds):
    result = run("data", "verify")
    assert result.exit_code == FOUND
    assert result.stdout == "".join(run("data", "verify", row.version).stdout for row in published())
    assert f"{ds.version}: OK, sha256:{ds.sha256}" in result.stdout
    assert run("data", "verify", "1999.1").exit_code == NOTHING


def test_verify_says_whether_the_search_index_is_what_it_would_be_now(mini_copy, releases):
    publish(mini_copy, releases)
    path = releases / "2026.1.index"
    assert run("data", "verify").stdout.splitlines()[1] == "2026.1: search index OK"
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    result = run("data", "verify")
    assert (result.exit_code, result.stdout.splitlines()[1]) == (
        DATA,
        "2026.1: search index is not what it would be now",
    )
    assert "nimrights data index 2026.1" in result.stderr
    made = run("data", "index", "2026.1")
    assert (made.exit_code, made.stdout) == (FOUND, f"{path}\n")
    assert path.read_bytes() == data
    path.unlink()
    assert "index" not in run("data", "verify").stdout
    run("data", "index")
    assert path.read_bytes() == data


def test_an_index_of_an_unknown_version_is_not_made(releases, mini_copy):
    publish(mini_copy, releases)
    assert run("data", "index", "1999.1").exit_code == NOTHING


def test_verify_of_changed_bytes_names_both_hashes(mini_copy, releases):
    version = publish(mini_copy)
    file = Path(file_of(version.version))
    file.write_bytes(file.read_bytes().replace(b"lek-12", b"lek-13", 1))
    result = run("data", "verify")
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert f"expected sha256 {version.sha256}" in result.stderr


def test_verify_of_a_version_without_a_model(mini_copy, releases):
    publish(mini_copy)
    assert run("data", "verify").exit_code == FOUND
    result = run("classify", "lekeplass")
    assert result.exit_code == DATA
    assert "published without a model" in result.stderr


def test_path_is_where_the_version_is(ds):
    for args in ((), (ds.version,)):
        path = Path(run("data", "path", *args).stdout.rstrip("\n"))
        assert path.is_file()
        assert load(path).sha256 == ds.sha256
    assert run("data", "path", "1999.1").exit_code == NOTHING


@pytest.mark.parametrize("command", [("versions",), ("verify",), ("path",)])
def test_an_installation_without_releases_is_a_data_error(releases, command):
    result = run("data", *command)
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert "index.json" in result.stderr
    assert run("areas").exit_code == DATA


def test_an_installation_with_no_version_is_a_data_error(releases):
    (releases / "index.json").write_text("[]", encoding="utf-8")
    for command in (("areas",), ("data", "path")):
        assert run(*command).exit_code == DATA
    assert run("data", "versions").stdout == ""


def test_check_of_good_sources(mini_root):
    result = run("data", "check", mini_root)
    assert (result.exit_code, result.stdout, result.stderr) == (FOUND, "", "0 problem(s)\n")


def test_check_lists_every_problem(mini_copy, swap):
    swap("areas/playgrounds.toml", 'sdg = ["11.7"]', 'sdg = ["11.7"]\nodd = 1')
    swap("areas/playgrounds.toml", 'applies_to = "owns-playgrounds"', 'applies_to = "nobody"')
    result = run("data", "check", mini_copy)
    assert result.exit_code == DATA
    lines = result.stdout.splitlines()
    assert len(lines) >= 2
    assert result.stderr == f"{len(lines)} problem(s)\n"
    rows = json_lines(run("data", "check", mini_copy, "--json"))
    assert len(rows) == len(lines)
    assert all(set(row) == {"file", "key", "code", "message"} for row in rows)
    assert all(line.startswith(row["code"]) and row["message"] in line for row, line in zip(rows, lines, strict=True))


def test_check_of_a_folder_that_is_no_dataset(tmp_path):
    result = run("data", "check", tmp_path)
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert "dataset.toml" in result.stderr
    assert run("data", "check", tmp_path / "none").exit_code == USAGE


@pytest.fixture
def two(mini_copy, swap, releases):
    """Two versions of the miniature dataset: a label changed, a duty added, a decision retired and one lost."""
    publish(mini_copy)
    swap("dataset.toml", 'version = "2026.1"', 'version = "2026.2"')
    swap("areas/playgrounds.toml", 'label.en = "Playgrounds"', 'label.en = "Places to play"')
    area = mini_copy / "areas" / "playgrounds.toml"
    swap("areas/parks.toml", '"playgrounds/supervise"', '"playgrounds/inspect"')
    text = area.read_text(encoding="utf-8")
    begin, end = text.index("[obligations.supervise]"), text.index("[obligations.let-play]")
    area.write_text(
        text[:begin] + text[begin:end].replace("supervise", "inspect") + text[end:],
        encoding="utf-8",
    )
    with (mini_copy / "retired.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n["playgrounds/supervise"]\nreplacement = "playgrounds/inspect"\nreason = "renamed"\nsince = "2026.2"\n'
        )
    assert run("data", "check", mini_copy).stdout == ""
    return mini_copy


def test_publish_adds_a_version_and_says_its_hash(two, releases):
    result = run("data", "publish", two)
    row = published()[-1]
    assert result.exit_code == FOUND
    assert result.stdout == f"2026.2: {row.records} records, sha256:{row.sha256}\n"
    assert row.version == "2026.2"
    assert run("data", "publish", two).stdout == result.stdout
    assert len(list(releases.glob("2026.2.jsonl*"))) == 1


def test_diff_shows_what_changed(two):
    run("data", "publish", two)
    result = run("data", "diff", "2026.1", "2026.2")
    assert (result.exit_code, result.stderr) == (FOUND, "")
    heads = [" ".join(line.split()) for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert heads == [
        "added obligations playgrounds/inspect",
        "retired obligations playgrounds/supervise -> playgrounds/inspect (renamed)",
        "remapped areas parks",
        "relabelled areas playgrounds",
    ]
    fields = [line.split(":")[0].split() for line in result.stdout.splitlines() if line.startswith("  ")]
    assert fields == [["remapped", "obligations"], ["relabelled", "label"], ["remapped", "obligations"]]
    assert '"Playgrounds"' in result.stdout
    assert '"Places to play"' in result.stdout


def test_diff_as_json(two):
    run("data", "publish", two)
    rows = json_lines(run("data", "diff", "2026.1", "2026.2", "--json"))
    by_id = {row["id"]: row for row in rows}
    assert by_id["playgrounds/supervise"]["replacement"] == "playgrounds/inspect"
    assert by_id["playgrounds/inspect"]["change"] == "added"
    assert {field["field"]: field["kind"] for field in by_id["playgrounds"]["fields"]} == {
        "label": "relabelled",
        "obligations": "remapped",
    }
    assert (by_id["playgrounds/supervise"]["change"], by_id["playgrounds/supervise"]["why"]) == ("retired", "renamed")
    assert {row["error"] for row in rows} == {False}


def test_changelog_is_the_section_that_the_library_writes(two):
    run("data", "publish", two)
    result = run("data", "changelog", "2026.1", "2026.2")
    assert (result.exit_code, result.stderr) == (FOUND, "")
    assert result.stdout == changelog(load("2026.1"), load("2026.2"))
    assert result.stdout.startswith("### Data 2026.2, as of 2026-11-22, compared with 2026.1\n")
    assert "- `playgrounds/supervise` -> `playgrounds/inspect`: renamed.\n" in result.stdout


def test_coverage_is_a_line_for_each_document(mini_copy, releases):
    publish(mini_copy)
    result = run("data", "coverage")
    assert (result.exit_code, result.stderr) == (FOUND, "")
    lines = [line.split() for line in result.stdout.splitlines()]
    assert [line[0] for line in lines] == [row.status or "-" for row in coverage_of(load())]
    assert [line[1:] for line in lines] == [
        ["2", "of", "3", "PLAY", "2024-05-07", "play-c-nor-co-1"],
        ["1", "of", "?", "PLAY", "-"],
        ["3", "of", "?", "-", "-"],
    ]


def test_coverage_as_json_has_status_and_pin(ds):
    rows = json_lines(run("data", "coverage", "--json"))
    assert [(row["body"], row["document"], row["held"], row["status"]) for row in rows] == [
        (row.body, row.document, row.held, row.status) for row in coverage_of(ds)
    ]
    assert {row["dataset"] for row in rows} == {ds.pin}
    old = json_lines(run("data", "coverage", "--json", "--dataset", "2026.1"))
    assert {row["dataset"] for row in old} == {load("2026.1").pin}
    assert run("data", "coverage", "--dataset", "1999.1").exit_code == NOTHING


def test_new_prints_a_template_and_says_where_it_belongs(mini_root):
    result = run("data", "new", "recommendation", "play1-7", "--set", "document=play-c-nor-co-1", "--root", mini_root)
    assert result.exit_code == FOUND
    assert result.stderr == f"for {mini_root / 'recommendations' / 'play-c-nor-co-1.toml'}\n"
    row = tomllib.loads(result.stdout)["play1-7"]
    assert row["document"] == "play-c-nor-co-1"
    assert row["municipal"] == "TODO"


def test_new_appends_a_template_where_it_belongs(mini_copy):
    file = mini_copy / "sources.toml"
    before = file.read_text(encoding="utf-8")
    shown = run("data", "new", "source", "src-map", "--set", "publisher=A = B", "--root", mini_copy)
    result = run("data", "new", "source", "src-map", "--set", "publisher=A = B", "--root", mini_copy, "--append")
    assert (result.exit_code, result.stdout) == (FOUND, "")
    assert f"added to {file}" in result.stderr
    assert f"nimrights data check {mini_copy}" in result.stderr
    assert file.read_text(encoding="utf-8") == f"{before.rstrip()}\n\n{shown.stdout}"
    assert tomllib.loads(shown.stdout)["src-map"]["publisher"] == "A = B"


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (("recommendation",), USAGE, "Missing argument"),
        (("swing", "x"), USAGE, "there is no template for 'swing'"),
        (("right", "play"), USAGE, "the id 'play' is in rights.toml"),
        (("right", "swings"), USAGE, "was retired and never comes back"),
        (("right", "x", "--set", "colour=red"), USAGE, "a right has no colour"),
        (("right", "x", "--set", "basis"), USAGE, "'basis' is not FIELD=VALUE"),
        (("obligation", "swings/push", "--append"), DATA, "an obligation needs the file of its area first"),
    ],
)
def test_new_that_cannot_be_says_why_and_writes_nothing(mini_copy, args, code, message):
    before = {path: path.read_bytes() for path in mini_copy.rglob("*") if path.is_file()}
    result = run("data", "new", *args, "--root", mini_copy)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in " ".join(result.stderr.split())
    assert {path: path.read_bytes() for path in mini_copy.rglob("*") if path.is_file()} == before


def test_new_needs_a_folder_with_a_dataset(tmp_path):
    assert run("data", "new", "right", "x", "--root", tmp_path).exit_code == DATA
    assert run("data", "new", "right", "x", "--root", tmp_path / "none").exit_code == USAGE


def test_diff_of_a_version_with_itself_is_nothing(ds):
    for options in ((), ("--json",)):
        result = run("data", "diff", ds.version, ds.pin, *options)
        assert (result.exit_code, result.stdout) == (NOTHING, "")


def test_publish_of_other_data_under_a_published_version_is_refused(mini_copy, swap, releases):
    publish(mini_copy)
    before = {path.name: path.read_bytes() for path in releases.iterdir()}
    swap("areas/playgrounds.toml", 'label.en = "Playgrounds"', 'label.en = "Other"')
    result = run("data", "publish", mini_copy)
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert "never changes" in result.stderr
    assert {path.name: path.read_bytes() for path in releases.iterdir()} == before


def test_publish_of_sources_with_problems_lists_them_and_writes_nothing(mini_copy, swap, releases):
    swap("areas/playgrounds.toml", 'applies_to = "owns-playgrounds"', 'applies_to = "nobody"')
    result = run("data", "publish", mini_copy)
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert "1 problem(s) in the dataset sources" in result.stderr
    assert list(releases.iterdir()) == []


def test_publish_with_a_model(mini_copy, releases, ds, tmp_path):
    model = tmp_path / "some.model"
    model.write_bytes(b"no model")
    result = run("data", "publish", mini_copy, "--model", model)
    assert (result.exit_code, result.stdout) == (DATA, "")
    assert "some.model is not a nimrights model" in result.stderr
    assert run("data", "publish", mini_copy, "--model", tmp_path / "none").exit_code == USAGE


def test_publish_writes_below_its_sources_and_leaves_the_installation_alone(mini_copy, ds):
    before = published()
    assert run("data", "publish", mini_copy).exit_code == FOUND
    assert (mini_copy / "releases" / "index.json").is_file()
    assert published() == before
    assert run("data", "verify", ds.version).exit_code == FOUND


# -- completion --------------------------------------------------------------------------------


def completions(*args):
    *before, incomplete = args
    found = ShellComplete(main, {}, "nimrights", "_NIMRIGHTS_COMPLETE").get_completions(list(before), incomplete)
    return [item.value for item in found]


def test_ids_are_completed_from_the_data(ds):
    found = completions("show", "child-w")
    assert found[0] == "child-welfare"
    assert "child-welfare/best-interests" in found
    assert all(key in ds for key in found)
    assert completions("show", "CHILD-W") == found
    assert "crc-3" in completions("show", "crc-3")
    assert completions("show", "xqzwvk") == []


def test_the_words_of_a_query_are_completed_to_names():
    assert completions("search", "barnehagel") == complete("barnehagel", limit=20)
    whole = complete("vold i nære", limit=20)
    assert "Vold i nære relasjoner" in whole or "vold i nære relasjoner" in whole
    assert completions("search", "vold", "i", "nære") == [" ".join(name.split()[2:]) for name in whole]
    assert completions("search", "vold i nære") == whole
    assert completions("search", "--dataset", "2026.1", "barnehagel")
    for nothing in (("xqzwvk",), ("?",), ("--dataset", "1999.1", "barn")):
        assert completions("search", *nothing) == []


def test_ids_of_the_guide_the_course_and_the_city_are_completed(mini_root, releases):
    publish(mini_root, releases)
    assert completions("show", "guide-") == ["guide-which-right", "guide-hear-children"]
    assert completions("show", "course-") == ["course-play", "course-play/before-building", "course-play/swing"]
    assert completions("show", "city-") == ["city-swing-count", "city-promise"]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_a_step_a_module_a_question_and_an_element_are_shown(mini_root, releases, lang):
    publish(mini_root, releases)
    for key, kind in [("guide-hear-children", "step"), ("course-play", "module"), ("Course-Play/Swing", "question"), ("city-promise", "element")]:  # fmt: skip
        shown = run("show", key, "--lang", lang)
        assert (shown.exit_code, shown.stderr) == (FOUND, "")
        assert shown.stdout.startswith(f"{key.lower()}  [{kind}]\n")
        [row] = json_lines(run("show", key, "--json"))
        assert (row["id"], row["kind"]) == (key.lower(), kind)


def test_completion_is_bounded():
    assert 0 < len(completions("show", "")) <= 50


def test_completion_without_data_is_silent(releases):
    assert completions("show", "crc") == []


def test_commands_and_languages_are_completed():
    assert completions("cla") == ["classify"]
    assert set(completions("show", "--lang", "n")) == {"nb", "nn"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_completion_script_is_valid_shell():
    script = process(_NIMRIGHTS_COMPLETE="bash_source")
    assert script.returncode == 0
    checked = subprocess.run(["bash", "-n"], input=script.stdout, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert b"nimrights" in script.stdout


# -- as a process ------------------------------------------------------------------------------


def test_the_command_runs_as_a_module():
    done = process("search", "EMK art. 8", "--limit", "1")
    assert done.returncode == FOUND
    assert b"echr-8" in done.stdout
    assert done.stderr == b""
    assert process("show", "nosuch").returncode == NOTHING
    assert process("--help").stdout.startswith(b"Usage: nimrights")


def test_the_script_runs_the_command_with_the_collector_on(monkeypatch, capsys):
    before = gc.get_threshold()
    monkeypatch.setattr(sys, "argv", ["nimrights", "--version"])
    try:
        with pytest.raises(SystemExit) as stopped:
            entry_point()
        assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
    assert stopped.value.code == FOUND
    assert capsys.readouterr().out == f"nimrights {__version__}\n"


def test_the_script_is_declared():
    from importlib.metadata import entry_points

    [script] = [entry for entry in entry_points(group="console_scripts") if entry.name == "nimrights"]
    assert callable(script.load())


@pytest.mark.parametrize(
    "args", [("show", "5622"), ("areas",), ("classify", "\U0001f600 " + CASE, "--json"), ("search", "xqzwvk")]
)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_letters_gives_no_traceback(args, encoding):
    done = process(*args, PYTHONIOENCODING=encoding)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (FOUND, NOTHING)


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
@pytest.mark.parametrize(
    "args", [("search", b"\xff"), ("show", b"\xff"), ("classify", b"\xff " + CASE.encode(), "--json")]
)
@pytest.mark.parametrize("mode", ["0", "1"])
def test_arguments_that_are_not_utf8_give_no_traceback(args, mode):
    done = process(*args, PYTHONUTF8=mode, PYTHONIOENCODING="utf-8:strict")
    assert b"Traceback" not in done.stderr
    assert done.returncode in (FOUND, NOTHING)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_reader_that_stops_early_gives_no_traceback():
    script = f'"{sys.executable}" -m nimrights search barn --limit 1000 --json | head -n 1'
    done = subprocess.run(["bash", "-c", script], capture_output=True, timeout=60, check=False)
    assert b"Traceback" not in done.stderr
    assert json.loads(done.stdout)["dataset"]
