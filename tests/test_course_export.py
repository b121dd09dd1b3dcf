"""The course as a file: formats, modules, and plain JSON."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from nimrights import BadQuery, Dataset, NotFound, UnknownLanguage, export_course
from nimrights.course_export import FORMATS, find_module
from nimrights.quizzes import shuffled


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_same_data_gives_the_same_bytes_and_another_seed_others(mini: Dataset, format, lang):
    first = export_course(format, lang, dataset=mini)
    assert first == export_course(format, lang, dataset=mini)
    assert any(first != export_course(format, lang, seed=seed, dataset=mini) for seed in range(1, 5))


def test_json_holds_what_the_records_hold(mini: Dataset):
    told = json.loads(export_course("json", "nn", dataset=mini, seed=2))
    assert (told["format"], told["lang"], told["dataset"]) == (1, "nn", mini.pin)
    assert "Ikkje juridisk rådgiving" in told["notice"]
    (row,) = told["modules"]
    module = mini.course["course-play"]
    assert (row["id"], row["title"], row["goals"]) == (module.id, module.label.nn, list(module.goals.nn))
    assert [section["body"] for section in row["sections"]] == [s.body.nn.split("\n\n") for s in module.sections]
    for asked, question in zip(row["questions"], module.questions, strict=True):
        assert (asked["id"], asked["several"]) == (question.id, question.several)
        assert [(a["text"], a["correct"], a["feedback"]) for a in asked["answers"]] == [
            (a.text.nn, a.correct, a.feedback.nn) for a in shuffled(question, 2)
        ]
        assert [p["id"] for p in asked["provisions"]] == [p.id for p in question.provisions]
        assert all(p["force"] and p["binding"] for p in [*asked["provisions"], *asked["obligations"]])
        assert [d["id"] for d in asked["decisions"]] == [d.id for d in question.decisions]


def test_modules_are_taken_by_id_by_short_id_and_as_records(mini: Dataset):
    whole = export_course("gift", dataset=mini)
    for name in ("course-play", "play", " PLAY ", mini.course["course-play"]):
        assert export_course("gift", modules=[name], dataset=mini) == whole
    assert find_module("play", mini) is mini.course["course-play"]


@pytest.mark.parametrize(
    ("error", "says", "arguments"),
    [
        (BadQuery, "use gift, scorm, json", {"format": "xapi"}),
        (BadQuery, "from 0 to 100, not 101", {"format": "scorm", "pass_mark": 101}),
        (BadQuery, "from 0 to 100, not True", {"format": "scorm", "pass_mark": True}),
        (BadQuery, "a list of modules", {"format": "json", "modules": "play"}),
        (BadQuery, "whole number", {"format": "json", "seed": "x"}),
        (UnknownLanguage, "use nb, nn or en", {"format": "json", "lang": "se"}),
        (NotFound, "did you mean 'course-play'", {"format": "json", "modules": ["plya"]}),
        (NotFound, "is not in data", {"format": "json", "modules": []}),
    ],
)
def test_what_cannot_be_is_said(mini: Dataset, error, says, arguments):
    with pytest.raises(error, match=says):
        export_course(**arguments, dataset=mini)


def test_the_shipped_course_goes_out_in_every_format(ds: Dataset):
    if not ds.course:
        pytest.skip("the newest version has no course")
    told = json.loads(export_course("json", "en"))
    assert [row["id"] for row in told["modules"]] == list(ds.course)
    assert sum(len(row["questions"]) for row in told["modules"]) == len(ds.questions)
    assert export_course("gift", "nb").count(b"// [id:course-") == len(ds.questions)
    with zipfile.ZipFile(io.BytesIO(export_course("scorm", "nn"))) as archive:
        assert len(archive.namelist()) == 3 + 2 * len(ds.course)
