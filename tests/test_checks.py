"""Every check fires on a source that is wrong in its way, and on no other."""

from __future__ import annotations

import copy
import datetime as dt
import re
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


def swaps(file: str, *pairs: tuple[str, str]) -> Break:
    """Replace several texts of a file."""

    def act(root: Path) -> None:
        for old, new in pairs:
            swap(file, old, new)(root)

    return act


def write(file: str, data: bytes) -> Break:
    return lambda root: root.joinpath(file).write_bytes(data) and None


def add(file: str, text: str) -> Break:
    def act(root: Path) -> None:
        path = root / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return act


def both(first: Break, second: Break) -> Break:
    def act(root: Path) -> None:
        first(root)
        second(root)

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
OLDER, DOC1, PARKS = "recommendations/older.toml", "recommendations/play-c-nor-co-1.toml", "areas/parks.toml"
HEAR, SAFE = "playgrounds/hear-children", "playgrounds/keep-safe"
PLAY, SWING = "course/play.toml", "course-play/swing"
#: two lines of `SAFE`
ONE_SAFE = ('applies_to = "owns-playgrounds"', 'basis = "read-in-source"')
#: the whole legal basis of `HEAR`
ONE_BASIS = 'legal_basis = [{ provision = "lek-3", operative = true }]'

#: one more answer to the last question of the course
ANSWER = """
[[questions.before-building.answers]]
text = {{ nb = "{0}", nn = "{0}", en = "{0}" }}
correct = false
feedback = {{ nb = "Nei.", nn = "Nei.", en = "No." }}
"""
#: the sections of the course
SECTIONS = re.compile(r"\[\[sections\]\].*(?=\[questions\.swing\])", re.DOTALL)

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
    "codes without a column": Bad("E101", swap("k-codes.csv", "code,heading", "code,title"), "k-codes.csv", "", "lacks the column(s) heading"),
    "codes without several columns": Bad("E101", swap("kostra.csv", "code,heading,ended,until,replaced_by", "code,heading,ended"), "kostra.csv", "", "until, replaced_by"),
    "code with too many columns": Bad("E101", add("los.csv", "https://psi.norge.no/los/ord/x,more\n"), "los.csv", "https://psi.norge.no/los/ord/x", "columns"),
    "new table": Bad("E101", write("findings.toml", b"= 5"), "findings.toml", "", "cannot be read"),
    "new table missing": Bad("E101", remove("advice.toml"), "advice.toml", "", "cannot be read"),
    "guide missing": Bad("E101", remove("guide.toml"), "guide.toml", "", "cannot be read"),
    "city": Bad("E101", write("city.toml", b"= 5"), "city.toml", "", "cannot be read"),
    "module": Bad("E101", write(PLAY, b"= 5"), PLAY, "", "cannot be read"),
    # a table or a record is expected
    "no record": Bad("E102", swap("rights.toml", "[play]", 'x = "y"\n\n[play]'), "rights.toml", "x", "'y'"),
    "no terms": Bad("E102", swap("terms.toml", "[group.children]", "x = 1\n\n[group.children]"), "terms.toml", ""),
    "no term": Bad("E102", swap("terms.toml", "[group.children]", "group.x = 1\n\n[group.children]"), "terms.toml", "x"),
    "no provision": Bad("E102", swap(LEK, "[provisions.3]", "[provisions]\n9 = 5\n\n[provisions.3]"), LEK, "9", "5"),
    "no provisions": Bad("E102", swap("instruments/lpl.toml", '\n[provisions."4 A-3"]', 'provisions = "none"\n\n[x]'), LPL, ""),
    "no obligation": Bad("E102", swap(AREA, "[obligations.keep-safe]", "[obligations]\nx = []\n\n[obligations.keep-safe]"), AREA, "x"),
    "no step": Bad("E102", swap("guide.toml", "[guide-which-right]\n", "guide-x = 5\n\n[guide-which-right]\n"), "guide.toml", "guide-x", "5"),
    "no question of a step": Bad("E102", swap("guide.toml", "[guide-which-right.questions.whose]", "[guide-which-right.questions]\nx = 5\n\n[guide-which-right.questions.whose]"), "guide.toml", "x", "5"),
    "no question": Bad("E102", swap(PLAY, "[questions.swing]", "[questions]\nx = 5\n\n[questions.swing]"), PLAY, "x", "5"),
    # an id twice
    "id in two files": Bad("E103", add(REC, '\n[play1-6]\nmunicipal = "none"\n'), "recommendations/play-c-nor-co-1.toml", "play1-6", "recommendations/other.toml"),
    "id in two tables": Bad("E103", swap("decisions.toml", "[hr-2020-1-a]", "[play]"), "decisions.toml", "play", "rights.toml"),
    "municipality twice": Bad("E103", add("municipalities.csv", "9901,Lekvik,Lekvik,nor,99,,,,,src-list,\n"), "municipalities.csv", "9901"),
    "code twice": Bad("E103", add("kostra.csv", "335,Rekreasjon,,,\n"), "kostra.csv", "kostra/335"),
    "provision twice": Bad("E103", swap(LPL, '[provisions."4 A-3"]', '[provisions."4a-3"]\nlabel = {nb = "a", nn = "b", en = "c"}\n\n[provisions."4 A-3"]'), LPL, "lpl-4a-3"),
    "module twice": Bad("E103", add("city.toml", "\n[course-play]\norder = 9\n"), PLAY, "course-play", "city.toml"),
    # structure
    "unknown key": Bad("E110", swap(REC, 'position = "accepted"', 'position = "accepted"\ncolour = "red"'), REC, "upr9-7.2", "colour"),
    "unknown language": Bad("E110", swap(AREA, 'label.en = "Playgrounds"', 'label.en = "Playgrounds"\nlabel.se = "x"'), AREA, "playgrounds", "se"),
    "unknown key inside": Bad("E110", swap(LEK, 'since = "2013-06"', 'from = "2013-06"'), LEK, "lek", "from"),
    "required key": Bad("E110", swap("bodies.toml", 'abbreviation = "PLAY"\n', ""), "bodies.toml", "PLAY", "abbreviation"),
    "unknown key of a step": Bad("E110", swap("guide.toml", 'note = "The convention', 'colour = "red"\nnote = "The convention'), "guide.toml", "guide-hear-children", "colour"),
    "unknown key of a question of a step": Bad("E110", swap("guide.toml", 'provisions = ["lek-3", "lpl-4a-3"]', 'provisions = ["lek-3", "lpl-4a-3"]\nnote = "x"'), "guide.toml", "guide-hear-children", "note"),
    "unknown key of a section": Bad("E110", swap(PLAY, 'heading.en = "The right"', 'heading.en = "The right"\nimage = "x"'), PLAY, "course-play", "image"),
    "unknown key of an answer": Bad("E110", swap(PLAY, 'feedback.en = "The adults are not enough."', 'feedback.en = "The adults are not enough."\npoints = 2'), PLAY, "course-play/before-building", "points"),
    "text for the truth of an answer": Bad("E110", swap(PLAY, 'text.en = "The parents"\ncorrect = false', 'text.en = "The parents"\ncorrect = "no"'), PLAY, SWING, "correct"),
    "place that is a text": Bad("E110", swap("city.toml", "order = 2", 'order = "second"'), "city.toml", "city-promise", "order"),
    "section of a question": Bad("E110", swap(PLAY, 'text.en = "Who has to make it safe?"', 'text.en = "Who has to make it safe?"\nsections = []'), PLAY, SWING, "sections"),
    "number for text": Bad("E110", swap(LPL, 'number = "LOV-2001-05-04-9"', "number = 9"), LPL, "lpl", "number"),
    "number in a text": Bad("E110", swap("rights.toml", 'label.nb = "Retten til lek"', "label.nb = 5"), "rights.toml", "play", "label"),
    "text for number": Bad("E110", swap("documents.toml", "stated = 3", 'stated = "three"'), "documents.toml", "play-c-nor-co-1", "stated"),
    "truth for number": Bad("E110", swap("documents.toml", "stated = 3", "stated = true"), "documents.toml", "play-c-nor-co-1", "stated"),
    "text for list": Bad("E110", swap(LEK, 'aliases = ["LK", "play convention"]', 'aliases = "LK"'), LEK, "lek", "aliases"),
    "text for list of links": Bad("E110", swap(REC, 'rights = ["play"]', 'rights = "play"'), REC, "upr9-7.2", "rights"),
    "text for list of terms": Bad("E110", swap(AREA, 'groups = ["children"]', 'groups = "children"'), AREA, "playgrounds", "groups"),
    "text for truth": Bad("E110", swap(AREA, ONE_BASIS, ONE_BASIS.replace("true", '"yes"')), AREA, HEAR, "operative"),
    "number for truth": Bad("E110", swap(DOC1, "error = true", "error = 1"), DOC1, "play1-5a", "error"),
    "unknown key of a review": Bad("E110", swap(DOC1, 'against = "records"', 'against = "records", by = "me"'), DOC1, "play1-5a", "by"),
    "development without a text": Bad("E110", swap(DOC1, 'text = { nb = "Staten ga ut en veileder.", nn = "Staten gav ut ein rettleiar.", en = "The State published a guide." }, ', ""), DOC1, "play1-5a", "text"),
    "unknown basis of a link": Bad("E110", swap(AREA, 'basis = "own-reading", made', 'basis = "guess", made'), AREA, SAFE, "basis"),
    "unknown key of a list": Bad("E110", swap("dataset.toml", 'locator = "functions"', 'locator = "functions", page = "2"'), "kostra.csv", "kostra/335", "page"),
    "code without a code": Bad("E110", add("kostra.csv", ",Uten kode,,,\n"), "kostra.csv", "kostra/", "code"),
    "unknown verification": Bad("E110", swap(REC, '"register"', '"hearsay"'), REC, "upr9-7.2", "verification"),
    "unknown force": Bad("E110", swap(LPL, 'force = "statute"', 'force = "law"'), LPL, "lpl", "force"),
    "csv too short": Bad("E101", add("municipalities.csv", "9903,Sted\n"), "municipalities.csv", "9903", "columns"),
    "force written": Bad("E104", swap(AREA, 'duty = "procedural"', 'duty = "procedural"\nforce = "treaty"'), AREA, HEAR, "force follows"),
    "operative force written": Bad("E104", swap(AREA, 'duty = "procedural"', 'duty = "procedural"\noperative_force = "treaty"'), AREA, HEAR, "operative_force follows"),
    "date of linking written": Bad("E104", swap(REC, 'position = "accepted"', 'position = "accepted"\nlinked = "2026-11-22"'), REC, "upr9-7.2", "linked follows"),
    # a template that nobody filled in
    "placeholder": Bad("E105", swap(REC, 'position_note = "the report"', 'position_note = "TODO"'), REC, "upr9-7.2", "position_note is still TODO"),
    "placeholder in a text": Bad("E105", swap("rights.toml", '"Right to play"', '"TODO"'), "rights.toml", "play", "label.en is still TODO"),
    "placeholder in a list": Bad("E105", swap(AREA, '"huske"]\nsynonyms.nn', '"TODO"]\nsynonyms.nn'), AREA, "playgrounds", "synonyms.nb is still TODO"),
    "placeholder inside": Bad("E105", swap(REC, 'locator = "para. 7.2"', 'locator = "TODO"'), REC, "upr9-7.2", "provenance.locator is still TODO"),
    "placeholder in a list of codes": Bad("E105", swap("k-codes.csv", "Kultur og fritid", "TODO"), "k-codes.csv", "k-codes/c", "heading is still TODO"),
    "id written": Bad("E104", swap("rights.toml", "[play]", '[play]\nid = "leisure"'), "rights.toml", "play", "follows"),
    # ids
    "id with a space": Bad("E111", swap("decisions.toml", "[hr-2020-1-a]", '["HR 2020"]'), "decisions.toml", "HR 2020", "lower-case"),
    "id with a letter outside a-z": Bad("E111", swap("rights.toml", "[safe-places]", '["trygge-områder"]'), "rights.toml", "trygge-områder"),
    "id with an underscore": Bad("E111", swap(AREA, "[obligations.keep-safe]", "[obligations.keep_safe]"), AREA, "playgrounds/keep_safe"),
    "body with a digit": Bad("E111", swap("bodies.toml", "[PLAY]", "[PLAY2]"), "bodies.toml", "PLAY2"),
    "municipality without id": Bad("E111", add("municipalities.csv", ",Sted,Sted,nor,99,,,,,src-list,\n"), "municipalities.csv", ""),
    # retired ids
    "retired id is back": Bad("E112", add("retired.toml", '\n[play]\nreason = "x"\n'), "rights.toml", "play", "never come back"),
    "retired code is back": Bad("E112", add("retired.toml", '\n["kostra/335"]\nreason = "x"\n'), "kostra.csv", "kostra/335", "never come back"),
    "replacement missing": Bad("E112", swap("retired.toml", '"playgrounds/keep-safe"', '"playgrounds/gone"'), "retired.toml", "playgrounds/old-duty", "'playgrounds/gone' does not exist"),
    "retired without reason": Bad("E112", swap("retired.toml", 'reason = "was never an area"\n', ""), "retired.toml", "swings", "reason"),
    # the header
    "no version": Bad("E113", swap("dataset.toml", 'version = "2026.1"\n', ""), "dataset.toml", "version", "YYYY.N"),
    "odd version": Bad("E113", swap("dataset.toml", '"2026.1"', '"1.0.0"'), "dataset.toml", "version", "YYYY.N"),
    "version as number": Bad("E113", swap("dataset.toml", '"2026.1"', "2026.10"), "dataset.toml", "version", "YYYY.N"),
    "no date": Bad("E113", swap("dataset.toml", 'as_of = "2026-11-22"\n', ""), "dataset.toml", "as_of", "YYYY-MM-DD"),
    "half a date": Bad("E113", swap("dataset.toml", 'as_of = "2026-11-22"', 'as_of = "2026-11"'), "dataset.toml", "as_of", "YYYY-MM-DD"),
    "date without quotation marks": Bad("E113", swap("dataset.toml", 'as_of = "2026-11-22"', "as_of = 2026-11-22"), "dataset.toml", "as_of", "YYYY-MM-DD"),
    "no title": Bad("E113", lambda root: [swap("dataset.toml", f"title.{lang} =", f"name.{lang} =")(root) for lang in ("nb", "nn", "en")] and None, "dataset.toml", "title", "nb, nn and en"),
    "title in two languages": Bad("E113", swap("dataset.toml", "title.nn =", "subtitle.nn ="), "dataset.toml", "title", "nn"),
    # links
    "provision of a right": Bad("E201", swap("rights.toml", 'provisions = ["lek-3"]', 'provisions = ["lek-33"]'), "rights.toml", "play", "'lek-33', which is not in provisions"),
    "provision of an obligation": Bad("E201", swap(AREA, ONE_BASIS, ONE_BASIS[:-1] + ', { provision = "x-1" }]'), AREA, HEAR, "legal_basis.provision names 'x-1'"),
    "right of an obligation": Bad("E201", swap(AREA, 'rights = ["play", "safe-places"]', 'rights = ["play", "sleep"]'), AREA, "playgrounds/let-play", "'sleep'"),
    "area of a recommendation": Bad("E201", swap(REC, 'rights = ["play"]', 'areas = ["swings"]'), REC, "upr9-7.2", "'swings'"),
    "decision of an area": Bad("E201", swap(AREA, '"hr-2020-1-a"', '"hr-2021-1-a"'), AREA, "playgrounds", "'hr-2021-1-a'"),
    "body of a document": Bad("E201", swap("documents.toml", 'body = "PLAY"', 'body = "play"'), "documents.toml", "play-c-nor-co-1", "which is not in bodies"),
    "source of a fact": Bad("E201", swap(REC, '"src-report"', '"src-rumour"'), REC, "upr9-7.2", "provenance.source names 'src-rumour'"),
    "source of a municipality": Bad("E201", add("municipalities.csv", "9903,Sted,Sted,nor,99,,,,,src-map,\n"), "municipalities.csv", "9903", "'src-map'"),
    "successor of an instrument": Bad("E201", swap(LPL, 'unit = "section"', 'unit = "section"\nreplaced_by = "lpl-2030"'), LPL, "lpl", "replaced_by names 'lpl-2030'"),
    "shared obligation": Bad("E201", swap(PARKS, '"playgrounds/supervise"', '"playgrounds/rest"'), PARKS, "parks", "obligations names 'playgrounds/rest'"),
    "what is repeated": Bad("E201", swap(DOC1, '"play0-3"', '"play0-33"'), DOC1, "play1-5a", "repeats names 'play0-33', which is not in recommendations"),
    "source of a development": Bad("E201", swap(DOC1, 'source = "src-report", locator = "note 9"', 'source = "src-rumour", locator = "note 9"'), DOC1, "play1-5a", "developments.provenance.source names 'src-rumour'"),
    "successor of a code": Bad("E201", swap("kostra.csv", "257|258", "257|259"), "kostra.csv", "kostra/254", "replaced_by names 'kostra/259', which is not in codes"),
    "source of a list of codes": Bad("E201", swap("dataset.toml", 'kostra = { source = "src-list"', 'kostra = { source = "src-map"'), "kostra.csv", "kostra/335", "'src-map'"),
    "area of a finding": Bad("E201", swap("findings.toml", '"playgrounds"', '"swings"'), "findings.toml", "play-survey-2021", "'swings', which is not in areas"),
    "area of a practice": Bad("E201", swap("practices.toml", '"playgrounds"', '"swings"'), "practices.toml", "lekeby-play-city", "'swings'"),
    "provision of a step": Bad("E201", swap("guide.toml", 'provisions = ["lek-3"]', 'provisions = ["lek-33"]'), "guide.toml", "guide-hear-children", "provisions names 'lek-33', which is not in provisions"),
    "provision of a question of a step": Bad("E201", swap("guide.toml", '["lek-3", "lpl-4a-3"]', '["lek-33"]'), "guide.toml", "guide-hear-children", "questions.provisions names 'lek-33'"),
    "right of a step": Bad("E201", swap("guide.toml", 'rights = ["play"]', 'rights = ["sleep"]'), "guide.toml", "guide-hear-children", "'sleep'"),
    "provision of a section": Bad("E201", swap(PLAY, 'provisions = ["lek-3", "lpl-4a-3"]', 'provisions = ["lek-33"]'), PLAY, "course-play", "sections.provisions names 'lek-33'"),
    "obligation of a question": Bad("E201", swap(PLAY, '"playgrounds/keep-safe"', '"playgrounds/keep-saef"'), PLAY, SWING, "'playgrounds/keep-saef', which is not in obligations"),
    "decision of a question": Bad("E201", swap(PLAY, '"hr-2020-1-a"', '"hr-2021-1-a"'), PLAY, SWING, "'hr-2021-1-a'"),
    "advice of an element": Bad("E201", swap("city.toml", '"play-advice-1"', '"play-advice-2"'), "city.toml", "city-promise", "advice names 'play-advice-2', which is not in advice"),
    "practice of an element": Bad("E201", swap("city.toml", '"lekeby-play-city"', '"playtown"'), "city.toml", "city-promise", "practices names 'playtown', which is not in practices"),
    "source of a question": Bad("E201", swap(PLAY, '"src-act"', '"src-rumour"'), PLAY, SWING, "provenance.source names 'src-rumour'"),
    # vocabularies
    "what was read against": Bad("E202", swap(DOC1, 'against = "records"', 'against = "memory"'), DOC1, "play1-5a", "reviewed.against has 'memory'; use one of source-text, records"),
    "review of an area": Bad("E202", swap(AREA, 'against = "records"', 'against = "memory"'), AREA, "playgrounds", "'memory'"),
    "addressee": Bad("E202", swap("advice.toml", 'addressee = "municipalities"', 'addressee = "mayors"'), "advice.toml", "play-advice-1", "addressee has 'mayors'"),
    "actor of a measure": Bad("E202", swap("advice.toml", 'actor = "municipalities"', 'actor = "mayors"'), "advice.toml", "play-advice-1", "measures.actor has 'mayors'"),
    "theme": Bad("E202", swap("practices.toml", '"declaration"', '"parade"'), "practices.toml", "lekeby-play-city", "'parade'; use one of declaration"),
    "part of the guide": Bad("E202", swap("guide.toml", 'part = "duties"', 'part = "rest"'), "guide.toml", "guide-hear-children", "part has 'rest'; use one of case, duties"),
    "part of the city": Bad("E202", swap("city.toml", 'part = "tool"', 'part = "case"'), "city.toml", "city-swing-count", "part has 'case'; use one of foundation, tool"),
    "origin": Bad("E202", swap("city.toml", 'origin = "method"', 'origin = "dream"'), "city.toml", "city-swing-count", "origin has 'dream'"),
    "audience": Bad("E202", swap(PLAY, '["elected", "leaders"]', '["elected", "kings"]'), PLAY, "course-play", "audiences has 'kings'; use one of elected, leaders"),
    "scheme": Bad("E202", swap("terms.toml", "[scheme.los]", "[scheme.lost]"), "los.csv", "los/ord-lek", "scheme has 'los'"),
    "group": Bad("E202", swap(AREA, 'groups = ["children"]', 'groups = ["children", "adults"]'), AREA, "playgrounds", "groups has 'adults'; use one of children, sami"),
    "measure": Bad("E202", swap("recommendations/play-c-nor-co-1.toml", '"training"', '"prayer"'), "recommendations/play-c-nor-co-1.toml", "play1-6", "'prayer'"),
    "body type": Bad("E202", swap("bodies.toml", '"treaty-body"', '"club"'), "bodies.toml", "PLAY", "type has 'club'"),
    "instrument type": Bad("E202", swap(LPL, 'type = "statute"', 'type = "rule"'), LPL, "lpl", "'rule'"),
    "document type": Bad("E202", swap("documents.toml", '"concluding-observations"', '"letter"'), "documents.toml", "play-c-nor-co-1", "'letter'"),
    "applies to": Bad("E202", swap(AREA, '"owns-playgrounds"', '"nobody"'), AREA, SAFE, "applies_to has 'nobody'"),
    # codes of other systems
    "kostra unknown": Bad("E203", swap(AREA, 'kostra = ["335"]', 'kostra = ["999"]'), AREA, "playgrounds", "kostra has '999', which kostra.csv does not have"),
    "kostra ended": Bad("E203", swap(AREA, 'kostra = ["335"]', 'kostra = ["335", "254"]'), AREA, "playgrounds", "'254', which ended 2023-12-31; replaced by kostra/257 and kostra/258"),
    "kostra ended for good": Bad("E203", swap("kostra.csv", "335,Rekreasjon i tettsted,,,", "335,Rekreasjon i tettsted,yes,,"), AREA, "playgrounds", "replaced by nothing"),
    "kostra as an id": Bad("E203", swap(AREA, 'kostra = ["335"]', 'kostra = ["kostra/335"]'), AREA, "playgrounds", "'kostra/335'"),
    "los unknown": Bad("E203", swap(AREA, "los/ord/lekeplass", "los/ord/sandkasse"), AREA, "playgrounds", "los has 'https://psi.norge.no/los/ord/sandkasse', which los.csv does not have"),
    "los in short": Bad("E203", swap(AREA, "https://psi.norge.no/los/ord/lekeplass", "ord/lekeplass"), AREA, "playgrounds", "'ord/lekeplass'"),
    "k-code unknown": Bad("E203", swap(AREA, 'kcodes = ["C"]', 'kcodes = ["C", "X"]'), AREA, "playgrounds", "kcodes has 'X', which k-codes.csv does not have"),
    "k-code of a class below": Bad("E203", swap(AREA, 'kcodes = ["C"]', 'kcodes = ["C60"]'), AREA, "playgrounds", "'C60'"),
    "k-code in lower case": Bad("E203", swap(AREA, 'kcodes = ["C"]', 'kcodes = ["c"]'), AREA, "playgrounds", "'c'"),
    # duties
    "three obligations": Bad("E205", lambda root: cut(root / AREA, "[obligations.let-play]"), AREA, "playgrounds", "at least four"),
    "no basis": Bad("E205", swap(AREA, ONE_BASIS, "legal_basis = []"), AREA, HEAR, "in force"),
    "basis not in force yet": Bad("E205", swap(LPL, 'since = "2002"', 'since = "2027-01-01"'), AREA, "playgrounds/supervise", "in force"),
    "basis repealed": Bad("E205", swap(LPL, 'since = "2002"', 'since = "2002", until = "2020-12-31"'), AREA, "playgrounds/supervise", "in force"),
    "no operative basis": Bad("E205", swap(AREA, ONE_BASIS, 'legal_basis = [{ provision = "lek-3" }]'), AREA, HEAR, "operative = true"),
    "operative basis denied": Bad("E205", swap(AREA, ONE_BASIS, ONE_BASIS.replace("true", "false")), AREA, HEAR, "operative = true"),
    "operative basis not in force": Bad("E205", swap(LPL, 'since = "2002"', 'since = "2027-01-01"'), AREA, SAFE, "operative"),
    "too few with what is shared": Bad("E205", swap(PARKS, '"playgrounds/supervise", ', ""), PARKS, "parks", "at least four"),
    # repeats
    "repeats itself": Bad("E206", swap(DOC1, '"play0-3"', '"play1-5a"'), DOC1, "play1-5a", "'play1-5a' goes round in a circle"),
    "repeat each other": Bad("E206", swap(OLDER, 'date = "2018"', 'date = "2018"\nrepeats = ["commission-4"]'), OLDER, "commission-4", "'play0-3' goes round in a circle"),
    "repeats its own document": Bad("E206", swap(DOC1, '"play0-3"', '"play1-6"'), DOC1, "play1-5a", "'play1-6', which stands in the same document"),
    "repeats a later one": Bad("E206", swap(OLDER, 'date = "2018"', 'date = "2018"\nrepeats = ["play1-6"]'), OLDER, "play0-3", "'play1-6', which is later"),
    # languages
    "doubt lacks a language": Bad("E301", swap(AREA, 'doubt.nn = "Lova seier ikkje kor ofte."\n', ""), AREA, "playgrounds/supervise", "doubt lacks nn"),
    "development lacks a language": Bad("E301", swap(DOC1, ' nn = "Staten gav ut ein rettleiar.",', ""), DOC1, "play1-5a", "developments.text lacks nn"),
    "measure lacks a language": Bad("E301", swap("advice.toml", ' nn = "kurs kvart år",', ""), "advice.toml", "play-advice-1", "measures.text lacks nn"),
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
    "codes without source": Bad("E302", swap("dataset.toml", "kostra = {", "functions = {"), "kostra.csv", "kostra/335", "add provenance"),
    "codes without date": Bad("E302", swap("dataset.toml", 'locator = "concepts", verification = "secondary", checked = "2026-11-22"', 'locator = "concepts", verification = "secondary"'), "los.csv", "los/ord-lek", "lacks checked"),
    "municipalities without date": Bad("E302", swap("dataset.toml", "municipalities = {", "places = {"), "municipalities.csv", "9901", "lacks checked"),
    "finding without provenance": Bad("E302", swap("findings.toml", "provenance = [", "areas2 = ["), "findings.toml", "play-survey-2021", "add provenance"),
    # dates
    "half a date of a link": Bad("E303", swap(AREA, 'made = "2026-11-20"', 'made = "2026-11"'), AREA, SAFE, "legal_basis.made"),
    "link of the future": Bad("E303", swap(AREA, 'made = "2026-11-20"', 'made = "2026-12-20"'), AREA, SAFE, "lies after"),
    "half a date of a review": Bad("E303", swap(DOC1, 'date = "2026-11-21"', 'date = "2026-11"'), DOC1, "play1-5a", "write YYYY-MM-DD"),
    "review of the future": Bad("E303", swap(DOC1, 'date = "2026-11-21"', 'date = "2026-11-23"'), DOC1, "play1-5a", "reviewed.date 2026-11-23 lies after"),
    "development of the future": Bad("E303", swap(DOC1, 'date = "2025-08"', 'date = "2027"'), DOC1, "play1-5a", "developments.date 2027 lies after"),
    "practice of the future": Bad("E303", swap("practices.toml", 'year = "2018"', 'year = "2028"'), "practices.toml", "lekeby-play-city", "lies after"),
    "no year": Bad("E303", swap("practices.toml", 'year = "2018"', 'year = "since 2018"'), "practices.toml", "lekeby-play-city", "'since 2018'"),
    "half a last day of a code": Bad("E303", swap("kostra.csv", "2023-12-31", "2023"), "kostra.csv", "kostra/254", "write YYYY-MM-DD"),
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
    # the guide, the course and the city
    "no answer is right": Bad("E207", swap(PLAY, 'text.en = "The municipality"\ncorrect = true', 'text.en = "The municipality"\ncorrect = false'), PLAY, SWING, "no answer is right"),
    "one answer": Bad("E207", lambda root: cut(root / PLAY, '[[questions.swing.answers]]\ntext.nb = "Foreldrene"', "[questions.x]"), PLAY, SWING, "it has 1 answers; give 2 to 5"),
    "six answers": Bad("E207", add(PLAY, "".join(ANSWER.format(n) for n in range(3))), PLAY, "course-play/before-building", "it has 6 answers"),
    "two answers alike": Bad("E207", swap(PLAY, 'text.en = "Ask only the adults"', 'text.en = "Hear the children"'), PLAY, "course-play/before-building", "two answers read the same in en"),
    "question that rests on nothing": Bad("E208", swap(PLAY, 'provisions = ["lek-3"]\n\n[[questions.before', "\n[[questions.before"), PLAY, "course-play/before-building", "name a provision, a decision or a source"),
    "step without its source": Bad("E208", swap("guide.toml", 'origin = "law"', 'origin = "guide"'), "guide.toml", "guide-hear-children", "its origin is 'guide': give its provenance"),
    "step without its law": Bad("E208", swap("guide.toml", 'origin = "guide"', 'origin = "law"'), "guide.toml", "guide-which-right", "its origin is 'law': give its provisions"),
    "element without its source": Bad("E208", swap("city.toml", 'origin = "method"', 'origin = "fra"'), "city.toml", "city-swing-count", "give its provenance"),
    "place of another step": Bad("E209", swap("guide.toml", "order = 2", "order = 1"), "guide.toml", "guide-hear-children", "its order 1 is that of guide-which-right"),
    "place of another element": Bad("E209", swap("city.toml", "order = 1", "order = 2"), "city.toml", "city-swing-count", "its order 2 is that of city-promise"),
    "module without questions": Bad("E209", lambda root: cut(root / PLAY, "[questions.swing]", ""), PLAY, "course-play", "it has no questions"),
    "module without sections": Bad("E209", lambda root: (root / PLAY).write_text(SECTIONS.sub("sections = []\n\n", (root / PLAY).read_text(encoding="utf-8")), encoding="utf-8") and None, PLAY, "course-play", "it has no sections"),
    "step without questions": Bad("E209", lambda root: cut(root / "guide.toml", "[guide-hear-children.questions", ""), "guide.toml", "guide-hear-children", "it has no questions"),
    "module without goals": Bad("E209", swaps(PLAY, *[(f"goals.{lang} = [", f"# {lang} [") for lang in ("nb", "nn")], ('goals.en = ["know the right to play", "know who supervises"]', "goals = {}")), PLAY, "course-play", "it has no goals"),
    "element without questions": Bad("E209", swaps("city.toml", ('questions.nb = ["Når ble huskene talt sist?"]\n', ""), ('questions.nn = ["Når vart huskene talde sist?"]\n', ""), ('questions.en = ["When were the swings last counted?"]', "questions = {}")), "city.toml", "city-swing-count", "it has no questions"),
    "module for nobody": Bad("E209", swap(PLAY, '["elected", "leaders"]', "[]"), PLAY, "course-play", "it has no audiences"),
    "paragraph left out": Bad("E304", swap(PLAY, "\\n\\nIt holds for every child.", " It holds for every child."), PLAY, "course-play", "the languages differ in paragraphs: 'Barn har rett"),
    "goals in two numbers": Bad("E301", swap(PLAY, 'goals.en = ["know the right to play", ', "goals.en = ["), PLAY, "course-play", "goals differ in number"),
    "questions of an element in two numbers": Bad("E301", swap("city.toml", '"Do the inhabitants know of it?"', ""), "city.toml", "city-promise", "questions differ in number"),
    "measures of an element in two numbers": Bad("E301", swap("city.toml", '"Count the swings."', '"Count the swings.", "Count again."'), "city.toml", "city-swing-count", "measures differ in number"),
    "question of a step in two languages": Bad("E301", swap("guide.toml", 'text.nn = "Kven sin rett er det?"\n', ""), "guide.toml", "guide-which-right", "questions.text lacks nn"),
    "section in two languages": Bad("E301", swap(PLAY, 'heading.nn = "Kven gjer kva?"\n', ""), PLAY, "course-play", "sections.heading lacks nn"),
    "feedback in two languages": Bad("E301", swap(PLAY, 'feedback.nn = "Dei vaksne er ikkje nok."\n', ""), PLAY, "course-play/before-building", "answers.feedback lacks nn"),
    "source of a step without a date": Bad("E302", swap("guide.toml", ', checked = "2026-11-22"', ""), "guide.toml", "guide-which-right", "provenance lacks checked"),
    "source of a question that is a text": Bad("E302", swap(PLAY, 'note = "Written for the tests."', 'provenance = "src-act"'), PLAY, "course-play", "add provenance"),
    # style
    "stray space": Bad("E401", swap(AREA, '"The municipality must let children play in peace."', '"The municipality must let  children play in peace."'), AREA, "playgrounds/let-play", "statement.en: remove stray space"),
    "space at the end": Bad("E401", swap("rights.toml", '"Retten til lek"', '"Retten til lek "'), "rights.toml", "play", "label.nb: remove stray space"),
    "line break": Bad("E401", swap("rights.toml", '"Right to safe places"', '"Right to\\nsafe places"'), "rights.toml", "safe-places", "stray space"),
    "no full stop": Bad("E401", swap("rights.toml", '"Alle barn skal kunne leke."', '"Alle barn skal kunne leke"'), "rights.toml", "play", "description.nb: end the sentence"),
    "no question mark": Bad("E401", swap(AREA, '"Kven rettar feil?"', '"Kven rettar feil."'), AREA, SAFE, "questions.nn: end the question"),
    "full stop in a title": Bad("E401", swap(REC, '"Ratify the optional protocol"', '"Ratify the optional protocol."'), REC, "upr9-7.2", "title.en: a label has no full stop"),
    "doubt without a full stop": Bad("E401", swap(AREA, "how often.", "how often"), AREA, "playgrounds/supervise", "doubt.en: end the sentence"),
    "stray space in a measure": Bad("E401", swap("advice.toml", '"kurs hvert år"', '"kurs  hvert år"'), "advice.toml", "play-advice-1", "measures.text.nb: remove stray space"),
    "stray space between paragraphs": Bad("E401", swap(PLAY, "\\n\\nIt holds", "\\n\\n It holds"), PLAY, "course-play", "sections.body.en: remove stray space"),
    "line break in a paragraph": Bad("E401", swap(PLAY, '"The municipality supervises."', '"The municipality\\nsupervises."'), PLAY, "course-play", "sections.body.en: remove stray space"),
    "paragraphs in a summary": Bad("E401", swap(PLAY, 'summary.en = "The module', 'summary.en = "A.\\n\\nThe module'), PLAY, "course-play", "summary.en: remove stray space"),
    "paragraph without an end": Bad("E401", swap(PLAY, "Children have a right to play.", "Children have a right to play"), PLAY, "course-play", "sections.body.en: end the sentence"),
    "feedback without an end": Bad("E401", swap(PLAY, '"The adults are not enough."', '"The adults are not enough"'), PLAY, "course-play/before-building", "answers.feedback.en: end the sentence"),
    "scenario without an end": Bad("E401", swap(PLAY, "use it all the same.", "use it all the same"), PLAY, SWING, "scenario.en: end the sentence"),
    "step that does not ask": Bad("E401", swap("guide.toml", '"Whose right is it?"', '"Whose right it is."'), "guide.toml", "guide-which-right", "questions.text.en: end the question"),
    # written forms
    "bokmål in a section": Bad("E402", swap(PLAY, "Det gjeld alle barn.", "Det gjeld ikke alle barn."), PLAY, "course-play", "sections.body.nn: 'ikke'"),
    "nynorsk in an answer": Bad("E402", swap(PLAY, 'text.nb = "Foreldrene"', 'text.nb = "Dei som er foreldre"'), PLAY, SWING, "answers.text.nb: 'Dei'"),
    "nynorsk in a measure": Bad("E402", swap("city.toml", 'measures.nb = ["Tell', 'measures.nb = ["Korleis: Tell'), "city.toml", "city-swing-count", "measures.nb: 'Korleis'"),
    "bokmål in a doubt": Bad("E402", swap(AREA, "Lova seier ikkje kor ofte.", "Lova seier ikke kor ofte."), AREA, "playgrounds/supervise", "doubt.nn: 'ikke'"),
    "nynorsk in a development": Bad("E402", swap(DOC1, "Staten ga ut en veileder.", "Staten ga ut ein veileder."), DOC1, "play1-5a", "developments.text.nb: 'ein'"),
    "nynorsk in the doubt about an area": Bad("E402", swap(PARKS, "Noen parker eies av staten.", "Dei parkene eies av staten."), PARKS, "parks", "doubt.nb: 'Dei'"),
    "bokmål in nynorsk": Bad("E402", swap(AREA, '"Kommunen skal la barn leike i fred."', '"Kommunen skal ikke la barn leike i fred."'), AREA, "playgrounds/let-play", "statement.nn: 'ikke'"),
    "nynorsk in bokmål": Bad("E402", swap(AREA, '"Er barna hørt?"', '"Er ein av barna hørt?"'), AREA, HEAR, "questions.nb: 'ein'"),
    "nynorsk in a title": Bad("E402", swap(REC, 'title.nb = "Ratifisere', 'title.nb = "Frå i dag: ratifisere'), REC, "upr9-7.2", "title.nb: 'Frå'"),
}  # fmt: skip


PROVENANCE = """
provenance = [
  { source = "src-report", locator = "para. 5(a)", verification = "primary", checked = "2026-11-20" },
]
"""

#: sources that are wrong in a way that is easily overlooked: some problem must be reported in the file
AWKWARD = {
    "code without a code that an area names": (both(add("kostra.csv", ",Uten kode,,,\n"), swap(AREA, 'kostra = ["335"]', 'kostra = [""]')), "kostra.csv"),
    "development without a source": (lambda root: cut(root / DOC1, ", provenance = [\n    {", ", provenance = [] }]\n" + PROVENANCE), DOC1),
    "shared that is a text": (swap(AREA, 'sdg = ["11.7"]', 'sdg = ["11.7"]\nshared = "parks/sami-signs"'), AREA),
    "shared that is a number": (swap(AREA, 'sdg = ["11.7"]', 'sdg = ["11.7"]\nshared = 5'), AREA),
    "shared twice": (swap(PARKS, '"playgrounds/hear-children"]', '"playgrounds/keep-safe"]'), PARKS),
    "shared with itself": (swap(PARKS, '"playgrounds/hear-children"]', '"playgrounds/hear-children", "parks/sami-signs"]'), PARKS),
    "shared by an obligation": (add(PARKS, '\nshared = ["playgrounds/let-play"]\n'), PARKS),
    "lists that are a text": (lambda root: cut(root / "dataset.toml", "[lists]", 'lists = "kostra"\n'), "kostra.csv"),
    "list that is a text": (swap("dataset.toml", 'k-codes = { source = "src-list", locator = "main classes", verification = "secondary", checked = "2026-11-22" }', 'k-codes = "src-list"'), "k-codes.csv"),
    "csv row too long": (add("municipalities.csv", "9903,Sted,Sted,nor,99,,,,,src-list,,more\n"), "municipalities.csv"),
    "tombstone that is a text": (write("retired.toml", b'swings = "gone"\n'), "retired.toml"),
    "record in the place of a link": (swap("documents.toml", 'body = "PLAY"', 'body = { id = "X", label = { nb = "a", nn = "b", en = "c" }, abbreviation = "X", organisation = "UN", type = "treaty-body" }'), "documents.toml"),
    "force written by hand": (swap(AREA, 'rights = ["play", "safe-places"]', 'rights = ["play", "safe-places"]\nforce = "treaty"'), AREA),
    "legal basis that is a text": (swap(AREA, ONE_BASIS, 'legal_basis = "lek-3"'), AREA),
    "obligation without a legal basis": (swap(AREA, ONE_BASIS, ""), AREA),
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


def test_a_circle_of_three_is_found_too(mini_copy):
    """Where no date tells which came first, nothing else stops records from repeating each other all round."""
    swap(DOC1, 'paragraph = "5(a)"\ndate = "2024-05-07"\n', 'paragraph = "5(a)"\n')(mini_copy)
    swap(OLDER, 'date = "2018"', 'repeats = ["nim-play-1"]')(mini_copy)
    problems = check_sources(mini_copy)
    assert {problem.code for problem in problems} == {"E206"}
    assert {problem.key for problem in problems} <= {"nim-play-1", "play1-5a", "play0-3"}


def test_codes_are_listed_in_order_with_a_sentence_each():
    rows = codes()
    assert [row.code for row in rows] == sorted({row.code for row in rows})
    assert all(row.meaning.endswith(".") and len(row.meaning.split()) > 3 for row in rows)


@pytest.mark.parametrize("name", [name for name, bad in BAD.items() if bad.code in ("E203", "E401", "E402")])
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
    assert {problem.file for problem in problems} == {bad.file for bad in chosen} | {AREA, PARKS}


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
        swap(DOC1, '"play0-3"', '"upr9-7.2"'),
        swap(OLDER, 'date = "2018"\n', ""),
        swap(AREA, "Lova seier ikkje kor ofte.", "Lova seier «ikke ofte»."),
        swap(DOC1, ', note = "the report says municipalities, not schools"', ""),
        swap(DOC1, 'date = "2025-08"', 'date = "2026-11-22"'),
        swap("practices.toml", 'year = "2018"\n', ""),
        swap(PLAY, 'text.en = "The parents"\ncorrect = false', 'text.en = "The parents"\ncorrect = true'),
        swap(PLAY, '"A swing is broken, and the children use it all the same."', '"A swing is broken. What now?"'),
        swap(PLAY, 'provisions = ["lpl-4a-3"]\nobligations', "obligations"),
        swap(PLAY, 'areas = ["playgrounds"]\nnote = "Written', 'note = "Written'),
        swap("guide.toml", 'provisions = ["lek-3"]\n', ""),
        swap("guide.toml", "order = 2", "order = 20"),
        swap("kostra.csv", "254,Et avviklet område,yes,2023-12-31,257|258", "254,Et avviklet område,yes,,"),
        swap(PARKS, 'kostra = ["258"]\n', ""),
        swap(PARKS, 'los = ["https://psi.norge.no/los/ord/lek"]\n', ""),
    ],
    ids=["etc.", "mv.", "quotation mark", "quotation", "title of an act", "today", "last day", "alias", "tombstone", "untitled", "of the same year", "undated", "quoted doubt", "review without a note", "happened today", "no year", "all are right", "case that asks", "decision is enough", "no area", "provisions of questions are enough", "gap in the order", "ended some day", "no function", "no concept"],
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
        ("obligations", "operative_force"),
        ("codes", "scheme"),
        ("advice", "addressee"),
        ("advice", "text_seen"),
        ("practices", "themes"),
        ("guide", "part"),
        ("guide", "origin"),
        ("course", "audiences"),
        ("city", "part"),
        ("city", "origin"),
    ],
)
def test_every_field_with_a_vocabulary_is_checked(mini_root, table, field):
    tables = read_sources(mini_root)
    key = next(key for key, row in tables.rows[table].items() if field in row)
    row = tables.rows[table][key]
    row[field] = ["no-such"] if isinstance(row[field], list) else "no-such"
    found = {(p.code, p.key) for p in check(tables) if field in p.message and "no-such" in p.message}
    assert ("E202", key) in found


def test_every_vocabulary_of_a_field_is_among_those_tried():
    tried = {
        (table, field)
        for mark in test_every_field_with_a_vocabulary_is_checked.pytestmark
        for table, field in mark.args[1]
    }
    assert {(table, field) for table, fields in VOCABULARY.items() for field in fields if "." not in field} == tried


def test_a_review_of_any_record_is_checked(mini_root):
    for name, cls in TABLES.items():
        if "reviewed" in {field.name for field in cls.__attrs_attrs__}:
            tables = read_sources(mini_root)
            key = next(iter(tables.rows[name]))
            tables.rows[name][key]["reviewed"] = [{"date": "2026-11-22", "against": "memory"}]
            assert [(p.code, p.key) for p in check(tables)] == [("E202", key)]


def test_a_placeholder_is_told_where_it_stands_and_nowhere_else(mini_copy):
    """What follows from the rest is not in the file, so nobody can fill it in there."""
    BAD["placeholder"].act(mini_copy)
    swap(REC, 'basis = "read-in-source"', 'basis = "TODO"')(mini_copy)
    swap(REC, 'checked = "2026-11-22"', 'checked = "TODO"')(mini_copy)
    swap(AREA, "\n".join(ONE_SAFE), "\n".join(ONE_SAFE).replace("read-in-source", "TODO"))(mini_copy)
    told = {(p.key, p.message.partition(" is still")[0]) for p in check_sources(mini_copy) if p.code == "E105"}
    assert told == {
        ("upr9-7.2", "position_note"),
        ("upr9-7.2", "basis"),
        ("upr9-7.2", "provenance.checked"),
        (SAFE, "basis"),
    }


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
    assert linked - seen <= ({"replaced_by"} if table == "instruments" else set())


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
        assert {field.partition(".")[0] for field in fields} <= {field.name for field in TABLES[table].__attrs_attrs__}
    assert set(LINKS.values()) <= set(TABLES)
