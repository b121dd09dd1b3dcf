"""Every check fires on a source that is wrong in its way, and on no other."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from nimrights.authoring import Problem, read_sources
from nimrights.checks import LINKS, VOCABULARY, check, check_sources, codes
from nimrights.models import TABLES

Break = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Break:
    """Replace a text that stands once in a file."""

    def act(root: Path) -> None:
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return act


def write(file: str, data: bytes) -> Break:
    return lambda root: root.joinpath(file).write_bytes(data) and None


def add(file: str, text: str) -> Break:
    def act(root: Path) -> None:
        path = root / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return act


def remove(file: str) -> Break:
    return lambda root: root.joinpath(file).unlink()


class Bad(NamedTuple):
    """A way to break the miniature, and the problem that must be reported."""

    code: str
    act: Break
    file: str
    key: str
    says: str = ""


AREA, REC = "areas/playgrounds.toml", "recommendations/other.toml"
LEK, LPL = "instruments/lek.toml", "instruments/lpl.toml"
HEAR, SAFE = "playgrounds/hear-children", "playgrounds/keep-safe"

BAD = {
    # a file that cannot be read
    "toml": Bad("E101", write("rights.toml", b"[play\n"), "rights.toml", "", "cannot be read"),
    "toml key twice": Bad("E101", add("bodies.toml", "\n[PLAY]\n"), "bodies.toml", "", "cannot be read"),
    "toml not utf-8": Bad("E101", write("terms.toml", b'x = "\xe5"\n'), "terms.toml", "", "cannot be read"),
    "toml missing": Bad("E101", remove("decisions.toml"), "decisions.toml", "", "cannot be read"),
    "area toml": Bad("E101", write(AREA, b"= 5"), AREA, "", "cannot be read"),
    "dataset.toml": Bad("E101", write("dataset.toml", b"= 5"), "dataset.toml", "", "cannot be read"),
    "retired.toml": Bad("E101", write("retired.toml", b"= 5"), "retired.toml", "", "cannot be read"),
    "csv": Bad("E101", add("municipalities.csv", '9903,"x\n'), "municipalities.csv", "", "cannot be read"),
    "csv not utf-8": Bad("E101", write("los.csv", b"uri\n\xe5\n"), "los.csv", "", "cannot be read"),
    "csv missing": Bad("E101", remove("kostra.csv"), "kostra.csv", "", "cannot be read"),
    # a table or a record is expected
    "no record": Bad("E102", swap("rights.toml", "[play]", 'x = "y"\n\n[play]'), "rights.toml", "x", "'y'"),
    "no terms": Bad("E102", swap("terms.toml", "[group.children]", "x = 1\n\n[group.children]"), "terms.toml", ""),
    "no term": Bad("E102", swap("terms.toml", "[group.children]", "group.x = 1\n\n[group.children]"), "terms.toml", "x"),
    "no provision": Bad("E102", swap(LEK, "[provisions.3]", "[provisions]\n9 = 5\n\n[provisions.3]"), LEK, "9", "5"),
    "no provisions": Bad("E102", swap("instruments/lpl.toml", '\n[provisions."4 A-3"]', 'provisions = "none"\n\n[x]'), LPL, ""),
    "no obligation": Bad("E102", swap(AREA, "[obligations.keep-safe]", "[obligations]\nx = []\n\n[obligations.keep-safe]"), AREA, "x"),
    # an id twice
    "id in two files": Bad("E103", add(REC, '\n[play1-6]\nmunicipal = "none"\n'), "recommendations/play-c-nor-co-1.toml", "play1-6", "recommendations/other.toml"),
    "id in two tables": Bad("E103", swap("decisions.toml", "[hr-2020-1-a]", "[play]"), "decisions.toml", "play", "rights.toml"),
    "municipality twice": Bad("E103", add("municipalities.csv", "9901,Lekvik,Lekvik,nor,99,,,,,src-list,\n"), "municipalities.csv", "9901"),
    "provision twice": Bad("E103", swap(LPL, '[provisions."4 A-3"]', '[provisions."4a-3"]\nlabel = {nb = "a", nn = "b", en = "c"}\n\n[provisions."4 A-3"]'), LPL, "lpl-4a-3"),
    # structure
    "unknown key": Bad("E110", swap(REC, 'position = "accepted"', 'position = "accepted"\ncolour = "red"'), REC, "upr9-7.2", "colour"),
    "unknown language": Bad("E110", swap(AREA, 'label.en = "Playgrounds"', 'label.en = "Playgrounds"\nlabel.se = "x"'), AREA, "playgrounds", "se"),
    "unknown key inside": Bad("E110", swap(LEK, 'since = "2013-06"', 'from = "2013-06"'), LEK, "lek", "from"),
    "required key": Bad("E110", swap("bodies.toml", 'abbreviation = "PLAY"\n', ""), "bodies.toml", "PLAY", "abbreviation"),
    "number for text": Bad("E110", swap(LPL, 'number = "LOV-2001-05-04-9"', "number = 9"), LPL, "lpl", "number"),
    "number in a text": Bad("E110", swap("rights.toml", 'label.nb = "Retten til lek"', "label.nb = 5"), "rights.toml", "play", "label"),
    "text for number": Bad("E110", swap("documents.toml", "stated = 3", 'stated = "three"'), "documents.toml", "play-c-nor-co-1", "stated"),
    "truth for number": Bad("E110", swap("documents.toml", "stated = 3", "stated = true"), "documents.toml", "play-c-nor-co-1", "stated"),
    "text for list": Bad("E110", swap(LEK, 'aliases = ["LK", "play convention"]', 'aliases = "LK"'), LEK, "lek", "aliases"),
    "text for list of links": Bad("E110", swap(REC, 'rights = ["play"]', 'rights = "play"'), REC, "upr9-7.2", "rights"),
    "text for list of terms": Bad("E110", swap(AREA, 'groups = ["children"]', 'groups = "children"'), AREA, "playgrounds", "groups"),
    "unknown verification": Bad("E110", swap(REC, '"register"', '"hearsay"'), REC, "upr9-7.2", "verification"),
    "unknown force": Bad("E110", swap(LPL, 'force = "statute"', 'force = "law"'), LPL, "lpl", "force"),
    "csv too short": Bad("E101", add("municipalities.csv", "9903,Sted\n"), "municipalities.csv", "9903", "columns"),
    "id written": Bad("E104", swap("rights.toml", "[play]", '[play]\nid = "leisure"'), "rights.toml", "play", "follows"),
    # ids
    "id with a space": Bad("E111", swap("decisions.toml", "[hr-2020-1-a]", '["HR 2020"]'), "decisions.toml", "HR 2020", "lower-case"),
    "id with a letter outside a-z": Bad("E111", swap("rights.toml", "[safe-places]", '["trygge-områder"]'), "rights.toml", "trygge-områder"),
    "id with an underscore": Bad("E111", swap(AREA, "[obligations.keep-safe]", "[obligations.keep_safe]"), AREA, "playgrounds/keep_safe"),
    "body with a digit": Bad("E111", swap("bodies.toml", "[PLAY]", "[PLAY2]"), "bodies.toml", "PLAY2"),
    "municipality without id": Bad("E111", add("municipalities.csv", ",Sted,Sted,nor,99,,,,,src-list,\n"), "municipalities.csv", ""),
    # retired ids
    "retired id is back": Bad("E112", add("retired.toml", '\n[play]\nreason = "x"\n'), "rights.toml", "play", "never come back"),
    "replacement missing": Bad("E112", swap("retired.toml", '"playgrounds/keep-safe"', '"playgrounds/gone"'), "retired.toml", "playgrounds/old-duty", "'playgrounds/gone' does not exist"),
    "retired without reason": Bad("E112", swap("retired.toml", 'reason = "was never an area"\n', ""), "retired.toml", "swings", "reason"),
    # the header
    "no version": Bad("E113", swap("dataset.toml", 'version = "2026.1"\n', ""), "dataset.toml", "version", "YYYY.N"),
    "odd version": Bad("E113", swap("dataset.toml", '"2026.1"', '"1.0.0"'), "dataset.toml", "version", "YYYY.N"),
    "version as number": Bad("E113", swap("dataset.toml", '"2026.1"', "2026.10"), "dataset.toml", "version", "YYYY.N"),
    "no date": Bad("E113", swap("dataset.toml", 'as_of = "2026-11-22"\n', ""), "dataset.toml", "as_of", "YYYY-MM-DD"),
    "half a date": Bad("E113", swap("dataset.toml", '"2026-11-22"', '"2026-11"'), "dataset.toml", "as_of", "YYYY-MM-DD"),
    "date without quotation marks": Bad("E113", swap("dataset.toml", '"2026-11-22"', "2026-11-22"), "dataset.toml", "as_of", "YYYY-MM-DD"),
    "no title": Bad("E113", lambda root: [swap("dataset.toml", f"title.{lang} =", f"name.{lang} =")(root) for lang in ("nb", "nn", "en")] and None, "dataset.toml", "title", "nb, nn and en"),
    "title in two languages": Bad("E113", swap("dataset.toml", "title.nn =", "subtitle.nn ="), "dataset.toml", "title", "nn"),
    # links
    "provision of a right": Bad("E201", swap("rights.toml", 'provisions = ["lek-3"]', 'provisions = ["lek-33"]'), "rights.toml", "play", "'lek-33', which is not in provisions"),
    "provision of an obligation": Bad("E201", swap(AREA, 'legal_basis = [{ provision = "lek-3" }]', 'legal_basis = [{ provision = "lek-3" }, { provision = "x-1" }]'), AREA, HEAR, "legal_basis.provision names 'x-1'"),
    "right of an obligation": Bad("E201", swap(AREA, 'rights = ["play", "safe-places"]', 'rights = ["play", "sleep"]'), AREA, "playgrounds/let-play", "'sleep'"),
    "area of a recommendation": Bad("E201", swap(REC, 'rights = ["play"]', 'areas = ["swings"]'), REC, "upr9-7.2", "'swings'"),
    "decision of an area": Bad("E201", swap(AREA, '"hr-2020-1-a"', '"hr-2021-1-a"'), AREA, "playgrounds", "'hr-2021-1-a'"),
    "body of a document": Bad("E201", swap("documents.toml", 'body = "PLAY"', 'body = "play"'), "documents.toml", "play-c-nor-co-1", "which is not in bodies"),
    "source of a fact": Bad("E201", swap(REC, '"src-report"', '"src-rumour"'), REC, "upr9-7.2", "provenance.source names 'src-rumour'"),
    "source of a municipality": Bad("E201", add("municipalities.csv", "9903,Sted,Sted,nor,99,,,,,src-map,\n"), "municipalities.csv", "9903", "'src-map'"),
    "successor of an instrument": Bad("E201", swap(LPL, 'unit = "section"', 'unit = "section"\nreplaced_by = "lpl-2030"'), LPL, "lpl", "replaced_by names 'lpl-2030'"),
    # vocabularies
    "group": Bad("E202", swap(AREA, 'groups = ["children"]', 'groups = ["children", "adults"]'), AREA, "playgrounds", "groups has 'adults'; use one of children, sami"),
    "measure": Bad("E202", swap("recommendations/play-c-nor-co-1.toml", '"training"', '"prayer"'), "recommendations/play-c-nor-co-1.toml", "play1-6", "'prayer'"),
    "body type": Bad("E202", swap("bodies.toml", '"treaty-body"', '"club"'), "bodies.toml", "PLAY", "type has 'club'"),
    "instrument type": Bad("E202", swap(LPL, 'type = "statute"', 'type = "rule"'), LPL, "lpl", "'rule'"),
    "document type": Bad("E202", swap("documents.toml", '"concluding-observations"', '"letter"'), "documents.toml", "play-c-nor-co-1", "'letter'"),
    "applies to": Bad("E202", swap(AREA, '"owns-playgrounds"', '"nobody"'), AREA, SAFE, "applies_to has 'nobody'"),
    # KOSTRA and Los
    "kostra unknown": Bad("E203", swap(AREA, 'kostra = ["335"]', 'kostra = ["999"]'), AREA, "playgrounds", "no function '999'"),
    "kostra ended": Bad("E203", swap(AREA, 'kostra = ["335"]', 'kostra = ["335", "254"]'), AREA, "playgrounds", "254 ended 2023-12-31, replaced by 257 and 258"),
    "los unknown": Bad("E204", swap(AREA, "los/lekeplass", "los/sandkasse"), AREA, "playgrounds", "https://example.org/los/sandkasse"),
    # duties
    "three obligations": Bad("E205", lambda root: cut(root / AREA, "[obligations.let-play]"), AREA, "playgrounds", "at least four"),
    "no basis": Bad("E205", swap(AREA, 'legal_basis = [{ provision = "lek-3" }]', "legal_basis = []"), AREA, HEAR, "in force"),
    "basis not in force yet": Bad("E205", swap(LPL, 'since = "2002"', 'since = "2027-01-01"'), AREA, "playgrounds/supervise", "in force"),
    "basis repealed": Bad("E205", swap(LPL, 'since = "2002"', 'since = "2002", until = "2020-12-31"'), AREA, "playgrounds/supervise", "in force"),
    # languages
    "label lacks a language": Bad("E301", swap("rights.toml", 'label.nn = "Retten til leik"\n', ""), "rights.toml", "play", "label lacks nn"),
    "empty text": Bad("E301", swap(AREA, 'label.en = "Playgrounds"', 'label.en = ""'), AREA, "playgrounds", "label lacks en"),
    "questions lack a language": Bad("E301", swap(AREA, 'questions.nn = ["Er barna høyrde?"]\n', ""), AREA, HEAR, "questions lacks nn"),
    "questions differ in number": Bad("E301", swap(AREA, '"Was the playground inspected this year?", ', ""), AREA, SAFE, "number"),
    "synonyms lack a language": Bad("E301", swap(AREA, 'synonyms.nn = ["leikeplass", "huske"]\n', ""), AREA, "playgrounds", "synonyms lacks nn"),
    "term lacks a language": Bad("E301", swap("terms.toml", 'label.nn = "samar"\n', ""), "terms.toml", "group/sami", "nn"),
    # provenance
    "no provenance": Bad("E302", swap(REC, "provenance = [", "states2 = ["), REC, "upr9-7.2", "add provenance"),
    "empty provenance": Bad("E302", lambda root: cut(root / REC, "provenance = [", "provenance = []\n"), REC, "upr9-7.2", "add provenance"),
    "provenance without locator": Bad("E302", swap(REC, ' locator = "para. 7.2",', ""), REC, "upr9-7.2", "lacks locator"),
    "provenance without date": Bad("E302", swap(REC, ', checked = "2026-11-22"', ""), REC, "upr9-7.2", "lacks checked"),
    "instrument without provenance": Bad("E302", swap(LEK, "provenance = [", "force2 = ["), LEK, "lek-3", "add provenance"),
    "municipality without source": Bad("E302", add("municipalities.csv", "9903,Sted,Sted,nor,99,,,,,,\n"), "municipalities.csv", "9903", "add provenance"),
    # dates
    "no date at all": Bad("E303", swap(REC, 'date = "2024"', 'date = "last year"'), REC, "upr9-7.2", "'last year'"),
    "day that does not exist": Bad("E303", swap("documents.toml", '"2024-05-07"', '"2024-02-30"'), "documents.toml", "play-c-nor-co-1", "2024-02-30"),
    "month that does not exist": Bad("E303", swap("sources.toml", '"2024-05"', '"2024-13"'), "sources.toml", "src-report", "published"),
    "half a date of checking": Bad("E303", swap(REC, 'checked = "2026-11-22"', 'checked = "2026-11"'), REC, "upr9-7.2", "write YYYY-MM-DD"),
    "checked in the future": Bad("E303", swap(REC, 'checked = "2026-11-22"', 'checked = "2026-11-23"'), REC, "upr9-7.2", "lies after the dataset's date 2026-11-22"),
    "document of the future": Bad("E303", swap(REC, 'date = "2024"', 'date = "2027"'), REC, "upr9-7.2", "lies after"),
    "ends before it starts": Bad("E303", swap(LPL, 'since = "2002"', 'since = "2002-05-01", until = "2001-12-31"'), LPL, "lpl", "before it starts"),
    "half a date of retrieval": Bad("E303", lambda root: last(root / "sources.toml", 'retrieved = "2026-11-20"', 'retrieved = "2026-11"'), "sources.toml", "src-report", "write YYYY-MM-DD"),
    "retrieved in the future": Bad("E303", lambda root: last(root / "sources.toml", 'retrieved = "2026-11-20"', 'retrieved = "2026-11-30"'), "sources.toml", "src-report", "lies after"),
    "published in the future": Bad("E303", swap("sources.toml", 'published = "2024-05"', 'published = "2026-12"'), "sources.toml", "src-report", "lies after"),
    "half a last day": Bad("E303", swap(LPL, 'since = "2002"', 'since = "2002", until = "2027"'), LPL, "lpl", "write YYYY-MM-DD"),
    "half a date of a municipality": Bad("E303", swap("municipalities.csv", "2024-01-01", "2024"), "municipalities.csv", "9902", "write YYYY-MM-DD"),
    "toml date": Bad("E303", swap(LEK, 'since = "2026-01-01"', "since = 2026-01-01"), LEK, "lek", "since"),
    "toml date of a recommendation": Bad("E303", swap(REC, 'date = "2024"', "date = 2024-05-07"), REC, "upr9-7.2", "date"),
    # style
    "stray space": Bad("E401", swap(AREA, '"The municipality must let children play in peace."', '"The municipality must let  children play in peace."'), AREA, "playgrounds/let-play", "statement.en: remove stray space"),
    "space at the end": Bad("E401", swap("rights.toml", '"Retten til lek"', '"Retten til lek "'), "rights.toml", "play", "label.nb: remove stray space"),
    "line break": Bad("E401", swap("rights.toml", '"Right to safe places"', '"Right to\\nsafe places"'), "rights.toml", "safe-places", "stray space"),
    "no full stop": Bad("E401", swap("rights.toml", '"Alle barn skal kunne leke."', '"Alle barn skal kunne leke"'), "rights.toml", "play", "description.nb: end the sentence"),
    "no question mark": Bad("E401", swap(AREA, '"Kven rettar feil?"', '"Kven rettar feil."'), AREA, SAFE, "questions.nn: end the question"),
    "full stop in a title": Bad("E401", swap(REC, '"Ratify the optional protocol"', '"Ratify the optional protocol."'), REC, "upr9-7.2", "title.en: a label has no full stop"),
    # written forms
    "bokmål in nynorsk": Bad("E402", swap(AREA, '"Kommunen skal la barn leike i fred."', '"Kommunen skal ikke la barn leike i fred."'), AREA, "playgrounds/let-play", "statement.nn: 'ikke'"),
    "nynorsk in bokmål": Bad("E402", swap(AREA, '"Er barna hørt?"', '"Er ein av barna hørt?"'), AREA, HEAR, "questions.nb: 'ein'"),
    "nynorsk in a title": Bad("E402", swap(REC, 'title.nb = "Ratifisere', 'title.nb = "Frå i dag: ratifisere'), REC, "upr9-7.2", "title.nb: 'Frå'"),
}  # fmt: skip


#: sources that are wrong in a way that is easily overlooked: some problem must be reported in the file
AWKWARD = {
    "csv without its columns": (write("kostra.csv", b"code,label_nb\n335,Rekreasjon\n"), "kostra.csv"),
    "csv row too long": (add("municipalities.csv", "9903,Sted,Sted,nor,99,,,,,src-list,,more\n"), "municipalities.csv"),
    "tombstone that is a text": (write("retired.toml", b'swings = "gone"\n'), "retired.toml"),
    "record in the place of a link": (swap("documents.toml", 'body = "PLAY"', 'body = { id = "X", label = { nb = "a", nn = "b", en = "c" }, abbreviation = "X", organisation = "UN", type = "treaty-body" }'), "documents.toml"),
    "force written by hand": (swap(AREA, 'rights = ["play", "safe-places"]', 'rights = ["play", "safe-places"]\nforce = "treaty"'), AREA),
    "legal basis that is a text": (swap(AREA, 'legal_basis = [{ provision = "lek-3" }]\n', 'legal_basis = "lek-3"\n'), AREA),
    "obligation without a legal basis": (swap(AREA, 'legal_basis = [{ provision = "lek-3" }]\n', ""), AREA),
    "id written inside the record": (swap("rights.toml", "[play]", '[play]\nid = "leisure"'), "rights.toml"),
}  # fmt: skip


def cut(path: Path, start: str, instead: str = "") -> None:
    """Cut a file off where *start* stands."""
    text = path.read_text(encoding="utf-8")
    assert text.count(start) == 1
    path.write_text(text.partition(start)[0] + instead, encoding="utf-8")


def last(path: Path, old: str, new: str) -> None:
    """Replace a text where it stands last."""
    before, found, after = path.read_text(encoding="utf-8").rpartition(old)
    assert found
    path.write_text(before + new + after, encoding="utf-8")


def test_the_miniature_has_no_problems(mini_root):
    assert check_sources(mini_root) == []
    assert check_sources(str(mini_root)) == []


def test_the_shipped_sources_have_no_problems():
    root = Path(__file__).parents[1] / "datasets"
    assert [str(problem) for problem in check_sources(root)] == []


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_check_fires_where_something_is_wrong(mini_copy, bad):
    bad.act(mini_copy)
    problems = check_sources(mini_copy)
    found = [p for p in problems if (p.code, p.file, p.key) == (bad.code, bad.file, bad.key) and bad.says in p.message]
    assert found, [str(problem) for problem in problems]


@pytest.mark.parametrize(("act", "file"), AWKWARD.values(), ids=AWKWARD)
def test_an_awkward_mistake_is_reported_too(mini_copy, act, file):
    act(mini_copy)
    assert file in {problem.file for problem in check_sources(mini_copy)}


def test_every_code_has_a_source_that_breaks_it():
    assert {bad.code for bad in BAD.values()} == {row.code for row in codes()}


def test_codes_are_listed_in_order_with_a_sentence_each():
    rows = codes()
    assert [row.code for row in rows] == sorted({row.code for row in rows})
    assert all(row.meaning.endswith(".") and len(row.meaning.split()) > 3 for row in rows)


@pytest.mark.parametrize("name", [name for name, bad in BAD.items() if bad.code in ("E203", "E204", "E401", "E402")])
def test_what_is_wrong_in_one_way_is_reported_once(mini_copy, name):
    BAD[name].act(mini_copy)
    assert len(check_sources(mini_copy)) == 1


def test_all_problems_of_several_files_are_reported_at_once_and_in_order(mini_copy):
    chosen = [
        BAD[name]
        for name in (
            "retired.toml",
            "csv not utf-8",
            "unknown key",
            "required key",
            "odd version",
            "provision of a right",
            "kostra unknown",
            "questions differ in number",
            "day that does not exist",
        )
    ]
    for bad in chosen:
        bad.act(mini_copy)
    problems = check_sources(mini_copy)
    assert {(bad.code, bad.file, bad.key) for bad in chosen} <= {(p.code, p.file, p.key) for p in problems}
    assert problems == sorted(set(problems))
    assert {problem.file for problem in problems} == {bad.file for bad in chosen} | {AREA}


def test_a_record_with_several_problems_has_them_all_reported(mini_copy):
    for name in ("unknown key", "no date at all", "provenance without locator", "unknown verification"):
        BAD[name].act(mini_copy)
    codes_found = {problem.code for problem in check_sources(mini_copy) if problem.key == "upr9-7.2"}
    assert codes_found == {"E110", "E302", "E303"}


@pytest.mark.parametrize(
    "act",
    [
        swap(REC, '"Ratify the optional protocol"', '"Ratify treaties etc."'),
        swap(REC, 'title.nb = "Ratifisere tilleggsprotokollen"', 'title.nb = "Ratifisere tilleggsprotokollen mv."'),
        swap("rights.toml", '"Every child must be able to play."', '"Every child «must be able to play.»"'),
        swap(AREA, '"Kommunen skal la barn leike i fred."', '"Kommunen skal la barn leike i «ikke» fred."'),
        swap(LPL, 'title.nn = "Lov om lekeplasser"', 'title.nn = "Lov om noen lekeplasser"'),
        swap(REC, 'date = "2024"', 'date = "2026-11-22"'),
        swap(LPL, 'since = "2002"', 'since = "2002-01-01", until = "2026-11-22"'),
        swap("rights.toml", 'aliases.nn = ["leik"]\n', ""),
        swap("retired.toml", 'replacement = "playgrounds/keep-safe"\n', ""),
        swap("sources.toml", 'title = "Lekeplassloven"\n', ""),
    ],
    ids=["etc.", "mv.", "quotation mark", "quotation", "title of an act", "today", "last day", "alias", "tombstone", "untitled"],
)  # fmt: skip
def test_what_only_looks_wrong_is_let_through(mini_copy, act):
    act(mini_copy)
    assert check_sources(mini_copy) == []


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ("areas", "groups"),
        ("obligations", "duty"),
        ("obligations", "applies_to"),
        ("obligations", "basis"),
        ("obligations", "force"),
        ("recommendations", "groups"),
        ("recommendations", "measures"),
        ("recommendations", "municipal"),
        ("recommendations", "position"),
        ("recommendations", "basis"),
        ("documents", "type"),
        ("documents", "text_seen"),
        ("documents", "date_of"),
        ("bodies", "type"),
        ("instruments", "type"),
    ],
)
def test_every_field_with_a_vocabulary_is_checked(mini_root, table, field):
    tables = read_sources(mini_root)
    key = next(key for key, row in tables.rows[table].items() if field in row)
    row = tables.rows[table][key]
    row[field] = ["no-such"] if isinstance(row[field], list) else "no-such"
    found = {(p.code, p.key) for p in check(tables) if field in p.message and "no-such" in p.message}
    assert ("E202", key) in found


def links(value: object, field: str = ""):
    """Fields with the places of their links: a container and a key in it."""
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        name = key if isinstance(value, dict) else field
        if isinstance(item, str) and name in LINKS:
            yield name, value, key
        elif isinstance(item, (dict, list)):
            yield from links(item, name)


@pytest.mark.parametrize("table", TABLES)
def test_every_link_is_checked(mini_root, table):
    tables = read_sources(mini_root)
    seen = set()
    for key, row in tables.rows[table].items():
        for field, place, at in links(row):
            if field not in seen:
                seen.add(field)
                right, place[at] = place[at], "no-such"
                assert ("E201", key) in {(p.code, p.key) for p in check(tables)}, (key, field)
                place[at] = right
    linked = {f.name for f in TABLES[table].__attrs_attrs__ if f.name in LINKS}
    assert linked - seen <= {"replaced_by"}


WRONG = ["text", 5, True, dt.date(2026, 1, 1), ["a", ["b"]], {"nb": 5, "nn": 5, "en": 5}]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_no_value_of_a_wrong_type_gets_through_or_stops_the_checks(mini_root, wrong):
    """One field of one record in every table is wrong at a time, until each has had its turn."""
    intact = read_sources(mini_root)
    keys = {table: max(intact.rows[table]) for table in TABLES}
    passed = []
    for turn in range(max(len(intact.rows[table][key]) for table, key in keys.items())):
        tables = copy.deepcopy(intact)
        broken = {}
        for table, key in keys.items():
            row = tables.rows[table][key]
            field = list(row)[turn % len(row)]
            if type(row[field]) is not type(wrong):
                row[field] = wrong
                broken[key] = field
        found = {problem.key for problem in check(tables)}
        passed += [f"{key}: {field} = {wrong!r} gets through" for key, field in broken.items() if key not in found]
    assert passed == []


def test_a_problem_says_where_and_what():
    assert str(Problem("rights.toml", "play", "E201", "points nowhere")) == "E201 rights.toml: play: points nowhere"
    assert str(Problem("rights.toml", "", "E101", "cannot be read")) == "E101 rights.toml: cannot be read"


def test_problems_are_ordered_by_file_then_record_then_code():
    rows = [Problem("b", "", "E101", "x"), Problem("a", "z", "E101", "x"), Problem("a", "k", "E201", "x")]
    assert sorted(rows) == [rows[2], rows[1], rows[0]]


def test_the_checks_know_fields_that_exist():
    for table, fields in VOCABULARY.items():
        assert set(fields) <= {field.name for field in TABLES[table].__attrs_attrs__}
