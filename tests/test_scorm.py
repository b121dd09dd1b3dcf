"""The SCORM 1.2 package: its manifest, its pages, and what a page tells a platform in a real browser."""

from __future__ import annotations

import functools
import html
import http.server
import io
import json
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

from nimrights import Dataset, Text
from nimrights._courses.scorm import INDEX, MANIFEST, scorm

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
XML = "{http://www.w3.org/XML/1998/namespace}"
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIZ = "01-play-quiz.html"


@pytest.fixture(scope="session")
def package(mini: Dataset) -> bytes:
    return scorm(mini, list(mini.course.values()), "nb", 0, 60)


@pytest.fixture(scope="session")
def files(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


@pytest.fixture(scope="session")
def manifest(files) -> ET.Element:
    return ET.fromstring(files[MANIFEST])


# -- the package and its manifest --------------------------------------------------------------


def test_the_same_data_gives_the_same_bytes(mini: Dataset, package):
    assert scorm(mini, list(mini.course.values()), "nb", 0, 60) == package
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_the_manifest_stands_first_and_at_the_top(files):
    assert next(iter(files)) == MANIFEST
    assert not [name for name in files if "/" in name]


def test_it_says_that_it_is_scorm_1_2(manifest):
    assert [child.tag.removeprefix(CP) for child in manifest] == ["metadata", "organizations", "resources"]
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "ADL SCORM"
    assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"


def test_every_item_leads_to_a_resource_and_every_resource_to_files_that_are_there(manifest, files):
    resources = {row.get("identifier"): row for row in manifest.iter(f"{CP}resource")}
    wanted = [item.get("identifierref") for item in manifest.iter(f"{CP}item") if item.get("identifierref")]
    assert len(wanted) == len(set(wanted)) == 2
    assert set(wanted) <= set(resources)
    held = {file.get("href") for file in manifest.iter(f"{CP}file")}
    assert held == set(files) - {MANIFEST}
    for row in resources.values():
        assert row.get("type") == "webcontent"
        assert row.get("href") in [file.get("href") for file in row]


def test_only_what_tells_a_platform_is_a_sco(manifest, files):
    for row in manifest.iter(f"{CP}resource"):
        speaks = "<script" in files[row.get("href")]
        assert row.get(f"{ADL}scormtype") == ("sco" if speaks else "asset")


def test_identifiers_are_names_and_stand_once(manifest):
    names = [row.get("identifier") for row in manifest.iter() if row.get("identifier")]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", name) for name in names)
    organizations = manifest.find(f"{CP}organizations")
    assert organizations.get("default") in names


def test_the_parts_of_an_item_stand_in_the_order_of_the_schema(manifest):
    order = ["title", "item", "masteryscore"]
    for item in manifest.iter(f"{CP}item"):
        places = [order.index(child.tag.rpartition("}")[2]) for child in item]
        assert places == sorted(places)
        assert places[0] == 0
    assert [row.text for row in manifest.iter(f"{ADL}masteryscore")] == ["60"]


def test_names_that_xml_would_read_are_escaped(mini: Dataset):
    label = Text(*['A & B <c> "d"'] * 3)
    data = scorm(mini, [attrs.evolve(mini.course["course-play"], label=label)], "en", 0, 80)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ET.fromstring(archive.read(MANIFEST))
        assert "<c>" not in archive.read(QUIZ).decode()
    assert '1. A & B <c> "d"' in [row.text for row in root.iter(f"{CP}title")]


# -- the pages ---------------------------------------------------------------------------------


class _Checker(HTMLParser):
    """Notes tags that are left open, ids, labels and what a browser would fetch."""

    EMPTY = frozenset({"meta", "base", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open, self.ids, self.refs, self.fetched, self.headings = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.refs += [found["aria-labelledby"]] if "aria-labelledby" in found else []
        self.fetched += [found["src"]] if "src" in found else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []
        if tag == "input":
            assert "label" in self.open, "an input without a label"
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_pages_are_whole_and_fetch_nothing_from_elsewhere(files):
    pages = [name for name in files if name.endswith(".html")]
    assert len(pages) == 3
    for name in pages:
        page = _Checker()
        page.feed(files[name])
        assert not page.open
        assert len(set(page.ids)) == len(page.ids)
        assert set(page.refs) <= set(page.ids)
        assert page.fetched == (["quiz.js"] if "quiz" in name else [])
        assert page.headings[0] == 1
        assert page.headings.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
        assert files[name].startswith('<!DOCTYPE html>\n<html lang="nb">')
    assert "http" not in files["quiz.js"]


def test_every_provision_stands_with_its_force_and_the_foot_says_what_it_is_not(files):
    for name in ("01-play.html", QUIZ):
        rows = re.findall(r"<li>(.*?)</li>", files[name].partition("Rettsgrunnlag")[2])
        assert rows
        assert "(bindende)]" in rows[0]
        assert "Ikke juridisk rådgivning" in files[name]
        assert "En anbefaling eller et råd binder ikke." in files[name]


def test_the_page_for_use_without_a_platform_leads_to_the_others(files):
    links = re.findall(r'href="([^"]+)"', files[INDEX])
    assert sorted(links) == sorted(name for name in files if name.endswith(".html") and name != INDEX)


def test_only_questions_with_several_right_answers_have_boxes(files):
    first, second = re.findall(r'<section class="question".*?</section>', files[QUIZ], re.DOTALL)
    assert ("radio" in first, "checkbox" in first) == (True, False)
    assert ("radio" in second, "checkbox" in second) == (False, True)


# -- in a browser ------------------------------------------------------------------------------

#: a page as a platform shows it: an API, and the quiz in a frame; what was told is written down
LMS = """<!DOCTYPE html><meta charset="utf-8"><body><script>
var log = [], values = {"cmi.core.lesson_status": "not attempted"};
function call(name, answer) { return function (key, value) {
  log.push([].concat(name, [].slice.call(arguments)).join(" ").trim()); return answer(key, value); }; }
if (PLATFORM) { window.API = {
  LMSInitialize: call("LMSInitialize", function () { return "true"; }),
  LMSFinish: call("LMSFinish", function () { return "true"; }),
  LMSCommit: call("LMSCommit", function () { return "true"; }),
  LMSGetValue: call("LMSGetValue", function (key) { return values[key] || ""; }),
  LMSSetValue: call("LMSSetValue", function (key, value) { values[key] = value; return "true"; }) }; }
</script><iframe id="sco" src="QUIZ"></iframe><pre id="told"></pre><script>
var frame = document.getElementById("sco"), wrong = WRONG, tries = TRIES;
frame.addEventListener("load", function () {
  var page = frame.contentDocument, all = function (inside, what) { return [].slice.call(inside.querySelectorAll(what)); };
  var told = {said: [], counts: []}, questions = all(page, ".question");
  function check(question) { question.querySelector("button").click(); return question.querySelector(".said").textContent; }
  told.before = frame.contentWindow.getComputedStyle(page.querySelector(".feedback")).display;
  told.empty = check(questions[0]);
  for (var round = 0; round < tries; round += 1) {
    if (round) { page.getElementById("again").click(); wrong = 0; }
    questions.forEach(function (question, place) {
      all(question, ".answer").forEach(function (answer) {
        if ((answer.dataset.kind === "right") === (place >= wrong)) { answer.querySelector("input").click(); }
      });
      told.said.push(check(question));
    });
    told.counts.push(page.getElementById("count").textContent);
  }
  told.after = frame.contentWindow.getComputedStyle(page.querySelector(".feedback")).display;
  told.reported = page.getElementById("reported").textContent;
  frame.addEventListener("load", function () {
    told.log = log; told.values = values;
    document.getElementById("told").textContent = JSON.stringify(told);
  });
  frame.src = "about:blank";
}, {once: true});
</script></body>"""


@pytest.fixture(scope="session")
def site(files, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The package behind a server on this machine, with its address and folder."""
    folder = tmp_path_factory.mktemp("package")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


def browse(site, tmp_path: Path, *, platform: bool = True, wrong: int = 0, tries: int = 1):
    address, folder = site
    values = {"PLATFORM": json.dumps(platform), "QUIZ": QUIZ, "WRONG": str(wrong), "TRIES": str(tries)}
    (folder / "lms.html").write_text(re.sub("|".join(values), lambda m: values[m[0]], LMS), encoding="utf-8")
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}",
         "--virtual-time-budget=10000", "--dump-dom", f"{address}/lms.html"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    told = re.search(r'<pre id="told">(.+?)</pre>', done.stdout, re.DOTALL)
    assert told, done.stdout + done.stderr
    return json.loads(html.unescape(told[1]))


in_a_browser = pytest.mark.skipif(BROWSER is None, reason="needs Chromium (apt-get install chromium)")


@in_a_browser
def test_a_quiz_that_is_answered_right_is_passed(site, tmp_path):
    told = browse(site, tmp_path)
    assert told["empty"] == "Velg ett svar."
    assert told["said"] == ["Riktig.", "Riktig."]
    assert told["counts"] == ["2 av 2 riktige."]
    assert (told["before"], told["after"]) == ("none", "block")
    assert told["values"] == {
        "cmi.core.lesson_status": "passed",
        "cmi.core.score.min": "0",
        "cmi.core.score.max": "100",
        "cmi.core.score.raw": "100",
    }
    assert told["log"][0] == "LMSInitialize"
    assert told["log"][-2:] == ["LMSCommit", "LMSFinish"]
    assert told["log"].count("LMSFinish") == 1


@in_a_browser
def test_below_the_pass_mark_it_is_failed(site, tmp_path):
    told = browse(site, tmp_path, wrong=1)
    assert told["said"] == ["Ikke riktig.", "Riktig."]
    assert told["values"]["cmi.core.lesson_status"] == "failed"
    assert told["values"]["cmi.core.score.raw"] == "50"


@in_a_browser
def test_a_second_try_counts(site, tmp_path):
    told = browse(site, tmp_path, wrong=2, tries=2)
    assert told["counts"] == ["0 av 2 riktige.", "2 av 2 riktige."]
    assert told["values"]["cmi.core.lesson_status"] == "passed"
    assert told["values"]["cmi.core.score.raw"] == "100"


@in_a_browser
def test_it_works_without_a_platform_and_says_that_nothing_is_saved(site, tmp_path):
    told = browse(site, tmp_path, platform=False)
    assert told["counts"] == ["2 av 2 riktige."]
    assert "ikke lagret" in told["reported"]
    assert told["log"] == []
