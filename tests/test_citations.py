"""Citations: every written form leads to its record, and what is no citation leads nowhere."""

from __future__ import annotations

import csv
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nimrights import BadQuery, Citation, find_citations, parse_citation
from nimrights.citations import MOST_CHARACTERS
from nimrights.publishing import compile_sources

with (Path(__file__).parent / "citation_forms.csv").open(encoding="utf-8", newline="") as _file:
    FORMS = [(row["form"], row["id"]) for row in csv.DictReader(_file)]

with (Path(__file__).parent / "citation_lists.csv").open(encoding="utf-8", newline="") as _file:
    LISTS = [(row["text"], row["ids"].split()) for row in csv.DictReader(_file)]

#: each gives no citation at all, neither alone nor in a running text
NOT_CITATIONS = [
    "", " ", "\n", "§", "§§", "§ §", "()", "...", "-", "artikkel", "Artikkel", "art.", "article", "paragraf", "section",
    "kap.", "kapittel", "nr. 3", "ledd", "annet ledd", "Sak 23/145", "PS 12/23", "RS 7/24", "sak nr. 12", "23/145-7",
    "12.03.2024", "2024-03-12", "12/3-2024", "3. mars 2024", "kl. 12.30", "22 33 44 55", "+47 22 33 44 55", "99887766",
    "0123 45 67890", "org.nr. 974 760 673", "gnr. 12 bnr. 3", "kr 1 000,-", "50 %", "artikkel 3", "art. 3", "Article 8",
    "kapittel 3", "chapter 4", "avsnitt 12", "para. 10", "EMK", "Grunnloven", "barnevernsloven", "BK", "SP", "P1",
    "HR-2022", "HR-1999-1-A", "HR-2022-401", "LOV-1999-01-01-1", "LOV-2021", "CRC/C/GC/14", "XYZ/C/NOR/CO/1",
    "https://lovdata.no", "https://lovdata.no/dokument/NL/lov/1900-01-01-1", "https://example.org/2021/06/18",
    "Protokoll fra forrige møte", "Klage på vedtak om samvær", "artig", "kapasitet 12", "sparte 8",
]  # fmt: skip

#: the instrument is known, the article or section is not in the data, so nothing may be cited
NOT_HELD = [
    "EMK artikkel 99", "EMK art. 0", "BK art. 1", "BK art. 999", "CRC Article 41", "SP 1", "ØSK art. 1", "Grl. § 1",
    "Grunnloven § 999", "§ 9999", "§ 999 i Grunnloven", "Article 99 of the ECHR", "artikkel 99 i barnekonvensjonen",
    "bvl. § 99-99", "barnevernsloven § 1-99", "kommuneloven § 99-1", "bvl. kap. 99", "CRPD artikkel 99 nr. 1",
    "menneskerettsloven § 4",
]  # fmt: skip

#: a section of a law that the data does not hold must not be given to another law that has the number
OTHER_LAW = [
    "kommuneloven § 11-14", "bvl. § 11-14", "barnevernsloven § 12-10", "Grunnloven § 11-14", "vegtrafikkloven § 12-10",
    "straffeloven § 113", "skipssikkerhetsloven § 9-10", "forskrift om gjødsel § 21-3", "jf. konkursloven § 104",
    "section 12-10 of the Road Traffic Act",
]  # fmt: skip


def first(text, **options):
    citation = parse_citation(text, **options)
    return citation and citation.ids[0]


# -- the table of written forms ----------------------------------------------------------------


@pytest.mark.parametrize(("form", "id"), FORMS)
def test_form_is_parsed(form, id):
    assert first(form) == id


def test_table_of_forms_is_large_and_without_repetition():
    assert len(FORMS) >= 300
    assert [form for form, count in Counter(form for form, _ in FORMS).items() if count > 1] == []


def test_table_has_every_instrument_in_four_forms(ds):
    def instrument(id):
        return id if id in ds.instruments else ds.raw(id)["instrument"] if id in ds.provisions else None

    counts = Counter(instrument(id) for _, id in FORMS)
    assert [key for key in ds.instruments if counts[key] < 4] == []


def test_table_names_only_records_of_the_data(ds):
    assert [(form, id) for form, id in FORMS if id not in ds] == []


# -- every record, by rule ---------------------------------------------------------------------


def rule_forms(ds):
    """Forms that hold for every provision, with its id."""
    for key in ds.provisions:
        row = ds.raw(key)
        labels, number = ds.raw(row["instrument"])["label"], row["number"]
        if ds.raw(row["instrument"])["unit"] == "article":
            yield f"{labels['nb']} artikkel {number}", key
            yield f"{labels['nn']} art. {number} nr. 1", key
            yield f"Article {number} of the {labels['en']}", key
        else:
            yield f"{labels['nb']} § {number}", key
            yield f"{labels['nn'].upper()} §{number.replace(' ', '')}", key
            yield f"{labels['en']} section {number}", key
            yield f"section {number} of the {labels['en']}", key
        yield key, key
        yield key.upper(), key


def test_every_provision_is_found_in_every_usual_form(ds):
    missed = [(form, key, first(form)) for form, key in rule_forms(ds) if first(form) != key]
    assert missed == []


def test_every_instrument_with_a_number_is_found_by_it(ds):
    numbers = {row["number"]: key for key in ds.instruments if (row := ds.raw(key)).get("number")}
    assert numbers
    kinds = {"LOV-": "NL/lov", "FOR-": "SF/forskrift"}
    lost = []
    for number, key in numbers.items():
        forms = [number, number.lower()]
        if number[:4] in kinds:
            forms.append(f"https://lovdata.no/dokument/{kinds[number[:4]]}/{number[4:]}")
        lost += [(form, key) for form in forms if first(form) != key]
    assert lost == []


def test_every_symbol_is_found(ds):
    symbols = {ds.raw(key)["symbol"]: key for key in ds.documents if "symbol" in ds.raw(key)}
    assert symbols
    missed = [(symbol, first(symbol)) for symbol, key in symbols.items() if first(symbol) != key]
    assert missed == []


def test_every_numbered_paragraph_of_a_document_is_found(ds):
    rows = [ds.raw(key) for key in ds.recommendations]
    written = [
        (f"{ds.raw(row['document'])['symbol']}, para. {row['paragraph']}", row["id"])
        for row in rows
        if "document" in row and "paragraph" in row and "symbol" in ds.raw(row["document"])
    ]
    assert written
    assert [(form, key, first(form)) for form, key in written if first(form) != key] == []


def test_every_case_of_the_supreme_court_is_found(ds):
    cases = [key for key in ds.decisions if key.startswith("hr-")]
    assert cases
    for key in cases:
        assert first(key) == first(key.upper()) == first(key.upper().replace("-", " ")) == key


def test_every_id_is_a_citation_of_its_record(ds):
    tables = ("areas", "rights", "provisions", "instruments", "obligations", "decisions", "documents", "bodies")
    assert [key for table in tables for key in ds.table(table) if first(key) != key] == []
    assert [key for key in ds.recommendations if first(f" {key} ") != key] == []


# -- what is read besides the record -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "paragraph"),
    [
        ("EMK artikkel 8 nr. 2", "8", "2"),
        ("EMK art. 8(2)", "8", "2"),
        ("EMK art. 8 (2)", "8", "2"),
        ("ECHR Article 8, paragraph 2", "8", "2"),
        ("EMK artikkel 8 annet ledd", "8", "2"),
        ("Grunnloven § 104 første ledd", "104", "1"),
        ("Grunnlova § 104 fyrste ledd", "104", "1"),
        ("Grunnlova § 104 tredje ledd", "104", "3"),
        ("artikkel 3 nr. 1 i barnekonvensjonen", "3", "1"),
        ("Article 12(3) CRPD", "12", "3"),
        ("pbrl. § 4 A-3", "4a-3", None),
        ("hol § 3-2 a", "3-2a", None),
        ("§ 112", "112", None),
        ("§ 112 annet ledd", "112", "2"),
        ("CRPD/C/NOR/CO/1 para. 10 (a)", "10a", None),
        ("CRPD/C/NOR/CO/1", None, None),
        ("LOV-2021-06-18-97 § 1-3", "1-3", None),
        ("HR-2022-401-A", None, None),
    ],
)
def test_number_and_paragraph_are_read(text, number, paragraph):
    citation = parse_citation(text)
    assert (citation.number, citation.paragraph) == (number, paragraph)


def test_paragraph_number_of_a_document_keeps_its_point():
    assert parse_citation("A/HRC/27/3, para. 131.105").number == "131.105"


def test_number_after_a_symbol_without_a_word_for_paragraph_is_not_swallowed_as_a_year():
    assert find_citations("CRC/C/NOR/CO/5-6, 2018")[0].number is None


def test_chapter_names_the_provisions_of_the_chapter(ds):
    citation = parse_citation("bvl. kap. 7")
    assert citation.ids == tuple(
        key for key in ds.provisions if ds.raw(key)["instrument"] == "bvl" and ds.raw(key)["number"].startswith("7-")
    )
    assert citation.paragraph is None
    assert first("pbrl kapittel 4 A") == "pbrl-4a-1"


@pytest.mark.parametrize(
    "text", ["kapittel 3 i sosialtjenesteloven", "chapter 4 of the Public Health Act", "kap. 3 i bhl."]
)
def test_chapter_is_not_taken_for_the_section_of_that_number(text):
    assert find_citations(text) == ()


def test_paragraph_of_several_points_gives_them_all_and_the_document(ds):
    citation = parse_citation("CRPD/C/NOR/CO/1, para. 10")
    assert citation.ids == ("crpd1-10a", "crpd1-10b", "crpd1-10c", "crpd-c-nor-co-1")


def test_paragraph_that_the_data_lacks_still_gives_the_document():
    assert parse_citation("CRPD/C/NOR/CO/1, para. 999").ids == ("crpd-c-nor-co-1",)


def test_section_of_an_act_by_number_gives_section_and_act():
    assert parse_citation("LOV-2021-06-18-97 § 1-3").ids == ("bvl-1-3", "bvl")


def test_section_of_an_act_by_number_that_the_data_lacks_gives_the_act_only():
    assert [c.ids for c in find_citations("LOV-2021-06-18-97 § 99-99")] == [("bvl",)]


def test_canonical_form_says_id_and_paragraph():
    assert parse_citation("BK artikkel 3 nr. 1").canonical == "crc-3(1)"
    assert parse_citation("BK artikkel 3").canonical == "crc-3"


def test_canonical_form_of_every_form_parses_to_the_same_record_and_paragraph():
    citations = [c for form, _ in FORMS if (c := parse_citation(form)) is not None]
    assert len(citations) > 300
    again = [parse_citation(c.canonical) for c in citations]
    assert [
        (before, after)
        for before, after in zip(citations, again, strict=True)
        if after is None or (before.ids[0], before.paragraph) != (after.ids[0], after.paragraph)
    ] == []


def test_decomposed_letters_are_the_same_letters():
    for text, id in [("åpenhetsloven § 4", "apenhetsloven-4"), ("minoritetsspråkpakten artikkel 7", "ecrml-7")]:
        assert first(unicodedata.normalize("NFD", text)) == first(text) == id


# -- what is no citation -----------------------------------------------------------------------


@pytest.mark.parametrize("text", NOT_CITATIONS)
def test_no_citation(text):
    assert parse_citation(text) is None
    assert find_citations(text) == ()


@pytest.mark.parametrize("text", NOT_HELD)
def test_article_that_the_data_lacks_is_not_made_up(text):
    assert parse_citation(text) is None
    assert find_citations(text) == ()


@pytest.mark.parametrize("text", OTHER_LAW)
def test_section_of_one_law_is_not_given_to_another(text):
    assert find_citations(text) == ()


@pytest.mark.parametrize("text", ["Ap 12, Sp 7, H 5", "Sp 7 stemmer", "SV 3, Sp 9, V 1"])
def test_votes_of_a_party_are_not_articles_of_the_covenant(text):
    assert find_citations(text) == ()


@given(st.dates())
@example(date(1967, 2, 10))
@example(date(1814, 5, 17))
def test_a_date_is_no_citation(day):
    assert find_citations(day.isoformat()) == ()
    assert find_citations(day.strftime("%d.%m.%Y")) == ()


@pytest.mark.parametrize("text", ["EMK art. 8 og BK art. 3", "Klage etter EMK art. 8 i sak om samvær", "EMK art. 8 33"])
def test_more_than_one_citation_is_not_one(text):
    assert parse_citation(text) is None
    assert find_citations(text) != ()


@pytest.mark.parametrize("text", [None, 8, 8.0, b"EMK art. 8", ["EMK art. 8"], object()])
def test_what_is_no_text_is_refused(text):
    for function in (find_citations, parse_citation):
        with pytest.raises(BadQuery, match=type(text).__name__):
            function(text)


# -- running text ------------------------------------------------------------------------------


def test_citations_of_a_running_text_in_order():
    text = (
        "Etter Grl. § 104 annet ledd, BK art. 3 nr. 1 og EMK artikkel 8 skal barnets beste vurderes, se bvl. § 1-3, "
        "HR-2022-401-A og CRPD/C/NOR/CO/1, para. 10 (a) (https://lovdata.no/lov/2021-06-18-97/§1-4)."
    )
    found = [(text[c.start : c.end], c.ids[0], c.paragraph) for c in find_citations(text)]
    assert found == [
        ("Grl. § 104 annet ledd", "grl-104", "2"),
        ("BK art. 3 nr. 1", "crc-3", "1"),
        ("EMK artikkel 8", "echr-8", None),
        ("bvl. § 1-3", "bvl-1-3", None),
        ("HR-2022-401-A", "hr-2022-401-a", None),
        ("CRPD/C/NOR/CO/1, para. 10 (a)", "crpd1-10a", None),
        ("https://lovdata.no/lov/2021-06-18-97/§1-4", "bvl-1-4", None),
    ]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Grl. § 104 i dag", "grl-104"),
        ("Etter Grl. § 104 i Grunnloven", "grl-104"),
        ("hjemmel i § 3 i barnehageloven", "bhl-3"),
        ("bvl. § 1-3 i saken", "bvl-1-3"),
        ("hol. § 3-2 og", "hol-3-2"),
    ],
)
def test_the_word_after_a_section_is_not_part_of_its_number(text, id):
    assert id in [c.ids[0] for c in find_citations(text)]


@pytest.mark.parametrize(("text", "ids"), LISTS)
def test_each_number_of_a_list_is_a_citation(text, ids):
    assert [c.ids[0] for c in find_citations(text)] == ids


def test_the_name_belongs_to_the_nearest_number_of_a_list():
    text = "Se art. 8 nr. 1, art. 10 og 14 i EMK, og bvl. §§ 1-3 annet ledd og § 1-4."
    assert [(text[c.start : c.end], c.canonical) for c in find_citations(text)] == [
        ("art. 8 nr. 1", "echr-8(1)"),
        ("art. 10", "echr-10"),
        ("14 i EMK", "echr-14"),
        ("bvl. §§ 1-3 annet ledd", "bvl-1-3(2)"),
        ("§ 1-4", "bvl-1-4"),
    ]


@given(st.lists(st.sampled_from([2, 3, 5, 6, 8, 9, 10, 13, 14]), min_size=2, max_size=8))
def test_a_list_of_articles_of_any_length_is_found_whole(ds, numbers):
    ids = [f"echr-{n}" for n in numbers]
    assert all(key in ds for key in ids)
    *first, last = map(str, numbers)
    for text in (f"EMK artikkel {', '.join(first)} og {last}", f"artiklene {', '.join(first)} og {last} i EMK"):
        assert [c.ids[0] for c in find_citations(text)] == ids


def test_overlapping_citations_give_the_longest():
    found = find_citations("Se https://lovdata.no/lov/2021-06-18-97/§1-3 jf. bvl. § 1-4")
    assert [c.ids[0] for c in found] == ["bvl-1-3", "bvl-1-4"]


def test_citations_are_values_in_the_order_of_the_text():
    later, sooner = Citation(9, 12, ("crc-3",)), Citation(1, 4, ("echr-8",))
    assert sorted([later, sooner]) == [sooner, later]
    assert find_citations("BK art. 3") == find_citations("BK art. 3")


calm = st.text(alphabet="abcdefghijklmnoprstuvyæøå ,\n", max_size=40)


@given(calm, st.sampled_from([form for form, _ in FORMS if form[0].isalnum()][:400:3]), calm)
def test_a_citation_between_words_is_found(before, form, after):
    alone = find_citations(form)
    text = f"{before}; {form}; {after}"
    offset = len(before) + 2
    assert {(c.start + offset, c.end + offset, c.ids) for c in alone} <= {
        (c.start, c.end, c.ids) for c in find_citations(text)
    }


pieces = st.sampled_from(
    "og og and artiklene EMK Grl. grl bvl. bvl BK SP P1 CRC ILO 169 § §§ art. artikkel Article nr. kap. kapittel ledd første i of the ( ) . "
    ", : - – / 1 3 8 104 1-3 4A-3 2a a CRPD/C/NOR/CO/1 para. HR-2022-401-A LOV-2021-06-18-97 lovdata.no/lov/".split(" ")
)


@given(st.lists(st.one_of(pieces, st.text(max_size=4)), max_size=14).map(" ".join))
@example("§1(")
@example("EMK 8 nr. (")
@example("LOV-2021-06-18-97 §")
@example("HR-2022-99999999999999999999-A")
def test_spans_are_in_order_inside_the_text_and_apart(text):
    found = find_citations(text)
    ends = [0, *(c.end for c in found)]
    for citation, end_before in zip(found, ends, strict=False):
        assert end_before <= citation.start < citation.end <= len(text)
        assert citation.ids
        assert text[citation.start : citation.end].strip() == text[citation.start : citation.end]


@given(st.lists(st.one_of(pieces, st.text(max_size=4)), max_size=10).map("".join))
def test_what_is_found_is_in_the_data(ds, text):
    assert all(key in ds for c in find_citations(text) for key in c.ids)


@given(st.text(st.characters(), max_size=60))
@example("\ud800")
@example("EMK art. 8\udfff")
@example("\0")
@example("EMK art. \u0663")
@example("EMK art. 8\u00b2")
def test_no_text_makes_it_raise(text):
    find_citations(text)
    parse_citation(text)


@pytest.mark.parametrize(
    "between", ["\0", "\ud800", "\u202e", "\ufeff", "\U0001f600", "<b>", "'; DROP TABLE", ".*+?[("]
)
def test_odd_neighbours_do_not_hide_a_citation(between):
    text = f"{between} EMK art. 8 {between}"
    assert [(c.ids[0], text[c.start : c.end]) for c in find_citations(text)] == [("echr-8", "EMK art. 8")]


def test_text_is_read_up_to_the_limit():
    filler = "x" * (MOST_CHARACTERS - 11)
    assert [c.ids[0] for c in find_citations(f"{filler} EMK art. 8")] == ["echr-8"]
    assert find_citations(f"{filler} x EMK art. 8") == ()


@pytest.mark.parametrize(
    "piece", ["§", "§.,:", "art. ", "kap. ", "lovdata.no/a", "§ 1 i ", "(2015) ", "§ 1, ", "art. 1 og "]
)
def test_a_megabyte_is_bounded(piece):
    """The limit stops a hang: where the time grows with the square of the length, this takes minutes."""
    script = f"from nimrights import find_citations as f; print(len(f({piece!r} * (1_000_000 // {len(piece)}))))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "0"


# -- another dataset ---------------------------------------------------------------------------


def test_names_come_from_the_dataset_that_is_asked(mini):
    for key in mini.provisions:
        assert first(key, dataset=mini) == key
    assert first("EMK art. 8", dataset=mini) is None
    assert first("grl", dataset=mini) is None
    assert [key for key in mini.instruments if first(key, dataset=mini) != key] == []


def test_an_alias_of_only_punctuation_is_no_name(mini_copy, swap):
    swap("instruments/lpl.toml", 'aliases = ["lpl.", "lekepl."]', 'aliases = ["-.", "lpl.", "lekepl."]')
    odd = compile_sources(mini_copy)
    assert first("lpl. § 4 A-3", dataset=odd) == "lpl-4a-3"
    assert find_citations("- . 12 § 12", dataset=odd) == ()
