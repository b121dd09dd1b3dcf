"""Cases as archives write them: which fields are read, and what they do for the classification."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import BadQuery, classify, load
from nimrights.cases import CODES, TEXTS, Case, read_case
from nimrights.classifier import TRUST, classify_many

TITLE = "Klage på vedtak om samvær etter omsorgsovertakelse"
KINDERGARTEN = "https://psi.norge.no/los/ord/barnehage"


def shown(matches):
    return [(match.area.id, match.score) for match in matches]


# -- reading -----------------------------------------------------------------------------------


def test_texts_and_codes_are_read_under_their_fields():
    case = {
        "tittel": "Klage",
        "offentligTittel": "Klage ***",
        "beskrivelse": "om barnevern",
        "noekkelord": ["barnevern", "samvær"],
        "kostra": "244",
        "los": [KINDERGARTEN],
        "kkode": "F47",
        "saksnummer": "23/145",
        "journaldato": "2026-11-22",
        "dokumenter": [{"tittel": "Vedlegg"}],
    }
    assert read_case(case) == Case(
        texts=(
            ("tittel", "Klage"),
            ("offentligTittel", "Klage ***"),
            ("beskrivelse", "om barnevern"),
            ("noekkelord", "barnevern"),
            ("noekkelord", "samvær"),
        ),
        codes=(("kostra", "kostra", "244"), ("los", "los", KINDERGARTEN), ("kkode", "k-codes", "F47")),
    )


@pytest.mark.parametrize("name", [*TEXTS, *CODES])
@pytest.mark.parametrize("empty", [None, "", "  \n", [], ["", " "]])
def test_an_empty_field_is_no_field(name, empty):
    assert read_case({name: empty}) == Case()


@pytest.mark.parametrize("system", ["K-koder", "k-koder", " K-kodar ", {"tittel": "K-koder"}, {"systemID": "K-KODE"}])
def test_a_class_of_k_codes_is_a_code(system):
    case = {"klasse": {"klasseID": "F47", "tittel": "Barnevern", "klassifikasjonssystem": system}}
    assert read_case(case) == Case((("klasse", "Barnevern"),), (("klasse", "k-codes", "F47"),))


@pytest.mark.parametrize("system", [None, "", "Emneord", {"tittel": "FE"}, {}, 5, "Gårds- og bruksnummer"])
def test_a_class_of_another_key_is_only_its_title(system):
    case = {"klasse": [{"klasseID": "F47", "tittel": "Barnevern", "klassifikasjonssystem": system}, "Skole"]}
    assert read_case(case) == Case((("klasse", "Barnevern"), ("klasse", "Skole")))


def test_a_journal_entry_has_what_its_case_file_says_under_a_longer_name():
    entry = {"tittel": "Svar", "saksmappe": {"tittel": "Barnevern", "kostra": "244", "klasse": "Omsorg"}}
    assert read_case(entry) == Case(
        texts=(("tittel", "Svar"), ("saksmappe.tittel", "Barnevern"), ("saksmappe.klasse", "Omsorg")),
        codes=(("saksmappe.kostra", "kostra", "244"),),
    )


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ({"tittel": 5}, "tittel of a case is a text or a list of texts, not int"),
        ({"tittel": {"nb": "x"}}, "tittel .* not dict"),
        ({"noekkelord": ["x", 5]}, "noekkelord .* not int"),
        ({"noekkelord": ["x", None]}, "noekkelord .* not NoneType"),
        ({"kostra": 244}, "kostra .* not int"),
        ({"klasse": 5}, "klasse of a case is an object, not int"),
        ({"klasse": [["x"]]}, "klasse .* not list"),
        ({"klasse": {"tittel": 5}}, r"klasse\.tittel .* not int"),
        ({"klasse": {"klasseID": 5, "klassifikasjonssystem": "K-koder"}}, r"klasse\.klasseID .* not int"),
        ({"saksmappe": 5}, "saksmappe of a case is an object, not int"),
        ({"saksmappe": {"tittel": 5}}, "tittel .* not int"),
    ],
)
def test_a_field_of_a_wrong_type_is_refused_by_name(case, says):
    for act in (read_case, classify, lambda case: list(classify_many([case]))):
        with pytest.raises(BadQuery, match=says):
            act(case)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from([*TEXTS, *CODES, "klasse", "saksmappe", "klasseID", "klassifikasjonssystem", "x"])


@given(st.dictionaries(names, json_values, max_size=5))
def test_any_object_is_read_or_refused(case):
    try:
        found = read_case(case)
    except BadQuery:
        return
    assert all(text.strip() for _, text in found.texts)
    assert all(code.strip() and scheme in TRUST for _, scheme, code in found.codes)
    written = json.dumps(case, ensure_ascii=False)
    assert all(json.dumps(text, ensure_ascii=False) in written for _, text in found.texts)


# -- classification ----------------------------------------------------------------------------


def test_a_case_with_only_a_title_is_classified_as_the_title():
    for threshold in (None, 0, 0.3):
        assert shown(classify({"tittel": TITLE}, threshold=threshold)) == shown(classify(TITLE, threshold=threshold))


@pytest.mark.parametrize("case", [{}, {"tittel": ""}, {"saksnummer": "23/145"}, {"kostra": "999"}, {"kkode": "?"}])
def test_a_case_that_says_nothing_touches_nothing(case):
    assert classify(case) == []
    assert classify(case, threshold=0) == []


@pytest.mark.parametrize(("scheme", "field"), [("kostra", "kostra"), ("los", "los")])
def test_a_function_or_a_concept_alone_gives_its_areas(ds, scheme, field):
    for code in [*ds.codes.where(scheme=scheme).values()][::40]:
        areas = list(getattr(ds.areas, f"for_{field}")(code.code))
        matches = classify({field: code.code})
        assert sorted(match.area.id for match in matches) == areas
        for match in matches:
            assert match.score == TRUST[scheme]
            (evidence,) = match.evidence
            assert (evidence.word, evidence.term, evidence.field) == (code.code, scheme, field)


def test_a_main_class_of_k_codes_tips_the_balance_and_does_not_answer_alone(ds):
    assert classify({"kkode": "F47"}) == []
    without = dict(shown(classify("samvær", threshold=0)))
    with_class = dict(shown(classify({"tittel": "samvær", "kkode": "F47"}, threshold=0)))
    touched = set(ds.areas.for_kcode("F47"))
    assert touched
    for area, score in without.items():
        assert (with_class[area] > score) == (area in touched and score < 1)


def test_a_code_makes_its_areas_surer_and_no_others(ds):
    without = dict(shown(classify(TITLE, threshold=0)))
    with_code = dict(shown(classify({"tittel": TITLE, "kostra": "201"}, threshold=0)))
    meant = set(ds.areas.for_kostra("201"))
    assert meant
    for area, score in without.items():
        expected = 1 - (1 - score) * (1 - TRUST["kostra"]) if area in meant else score
        assert with_code[area] == pytest.approx(expected, abs=2e-4)


def test_evidence_says_in_which_field_it_stands():
    case = {
        "tittel": "Svar på klage",
        "saksmappe": {"tittel": "Omsorgsovertakelse", "kostra": "244"},
        "noekkelord": "samvær",
    }
    match = classify(case)[0]
    assert match.area.id == "child-welfare"
    where = {evidence.word: evidence.field for evidence in match.evidence}
    assert (where["Omsorgsovertakelse"], where["samvær"], where["244"]) == (
        "saksmappe.tittel",
        "noekkelord",
        "saksmappe.kostra",
    )
    weights = [evidence.weight for evidence in match.evidence]
    assert weights == sorted(weights, reverse=True)


def test_an_older_version_classifies_case_files_too():
    old = load("2026.1")
    assert shown(classify({"tittel": TITLE}, dataset=old)) == shown(classify(TITLE, dataset=old))
    assert "child-welfare" in [match.area.id for match in classify({"kostra": "244"}, dataset=old)]


# -- many cases --------------------------------------------------------------------------------

CASES = [
    TITLE,
    "",
    "Protokoll fra forrige møte",
    {"tittel": "Søknad", "kostra": "244"},
    {"noekkelord": ["skole", "mobbing"]},
]


@pytest.mark.parametrize("threshold", [None, 0, 0.5, 1])
def test_many_cases_are_judged_as_each_alone(threshold):
    expected = [shown(classify(case, threshold=threshold)) for case in CASES]
    assert [[tuple(row) for row in rows] for rows in classify_many(CASES, threshold=threshold)] == expected


def test_cases_are_taken_one_at_a_time():
    taken = []

    def cases() -> Iterator[str]:
        for number in range(3):
            taken.append(number)
            yield TITLE

    answers = classify_many(cases())
    assert taken == []
    next(answers)
    assert taken == [0]
    assert len(list(answers)) == 2


def test_a_case_that_is_none_is_refused_with_its_number():
    answers = classify_many([TITLE, {"tittel": 5}, TITLE])
    assert next(answers)
    with pytest.raises(BadQuery, match="case 2: tittel of a case"):
        next(answers)
    with pytest.raises(BadQuery, match="case 1: a case is a text or a mapping of its fields, not int"):
        next(classify_many([5]))


@pytest.mark.parametrize("threshold", [-0.1, 1.1, "0.5", True])
def test_a_threshold_out_of_range_is_refused_before_any_case_is_taken(threshold):
    with pytest.raises(BadQuery, match="threshold is a number from 0 to 1"):
        classify_many(CASES, threshold=threshold)
