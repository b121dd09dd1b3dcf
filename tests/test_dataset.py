"""Tables are mappings, links are the records themselves, and the way back is complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import Enum

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nimrights import BadQuery, Dataset, NimrightsError, NotFound, Retired, Table, load
from nimrights._records.local import _MEMBERS
from nimrights.models import TABLES, Record, Source
from nimrights.publishing import compile_sources
from nimrights.text import fold

every_table = pytest.mark.parametrize("name", TABLES)


@every_table
def test_a_table_is_a_mapping_in_the_order_of_its_ids_or_in_its_own(ds, name):
    table = ds.table(name)
    assert table is getattr(ds, name)
    assert isinstance(table, Mapping)
    assert isinstance(table, Table)
    keys = list(table)
    own = {record.id: record.order for record in table.values()} if "order" in TABLES[name].__slots__ else {}
    assert keys == sorted(set(keys), key=lambda key: own.get(key, key))
    assert len(table) == len(keys) > 0
    assert list(table.keys()) == keys
    assert [record.id for record in table.values()] == keys
    assert [key for key, _ in table.items()] == keys
    assert dict(table)[keys[0]] is table[keys[0]]
    assert all(type(record) is TABLES[name] for record in table.values())


@every_table
def test_a_key_that_is_not_there(ds, name):
    table = ds.table(name)
    first = next(iter(table))
    assert first in table
    assert table.get(first) is table[first]
    for missing in ("no such record", "", "x" * 10_000, "\x00", None, 5):
        assert missing not in table
        assert table.get(missing) is None
        assert table.get(missing, "instead") == "instead"
        with pytest.raises(KeyError):
            table[missing]


@every_table
def test_the_same_key_gives_the_same_object(ds, name):
    table = ds.table(name)
    for first, second in zip(list(table.values()), list(table.values()), strict=True):
        assert first is second


def test_the_repr_says_how_much_is_inside(ds, mini):
    assert repr(ds.areas) == "<Table of 31 areas>"
    assert repr(mini.recommendations.where(municipal="named")) == "<Table of 1 recommendations>"
    count = sum(len(mini.table(name)) for name in TABLES)
    assert repr(mini) == f"<Dataset 2026.1 as of 2026-11-22, {count} records>"


@pytest.mark.parametrize(
    ("table", "wanted", "suggested"),
    [
        ("areas", "child-welfar", "child-welfare"),
        ("areas", "Child-Welfare", "child-welfare"),
        ("rights", "private-familylife", "private-family-life"),
        ("provisions", "echr8", "echr-8"),
        ("instruments", "ldll", "ldl"),
        ("municipalities", "O301", "0301"),
        ("areas", "HOUSING", "housing"),
    ],
)
def test_not_found_is_a_key_error_and_suggests_what_looks_like_it(ds, table, wanted, suggested):
    with pytest.raises(NotFound) as caught:
        ds.table(table)[wanted]
    error = caught.value
    assert isinstance(error, KeyError)
    assert isinstance(error, NimrightsError)
    assert (error.wanted, error.where) == (wanted, table)
    assert suggested in error.suggestions
    assert suggested in str(error)


@given(st.text())
def test_there_are_never_more_than_three_suggestions_and_all_exist(ds, wanted):
    for look, inside in ((ds.rights.__getitem__, ds.rights), (ds.__getitem__, ds)):
        if wanted not in inside:
            with pytest.raises(NotFound) as caught:
                look(wanted)
            assert len(caught.value.suggestions) <= 3
            assert all(key in inside for key in caught.value.suggestions)


def test_nothing_like_it_is_suggested_when_nothing_is(ds):
    with pytest.raises(NotFound) as caught:
        ds.areas["zzzzzzzz"]
    assert caught.value.suggestions == ()


def test_an_older_version_has_the_newer_tables_without_records():
    old = load("2026.1")
    for name in ("codes", "advice", "findings", "practices", "guide", "questions", "course", "city"):
        table = old.table(name)
        assert (list(table), len(table), "x" in table) == ([], 0, False)
        assert list(table.where(id="x")) == []
        with pytest.raises(NotFound):
            table["x"]


def test_a_table_with_an_order_of_its_own_has_it_also_after_a_filter(mini):
    assert list(mini.guide) == ["guide-which-right", "guide-hear-children"]
    assert list(mini.city) == ["city-swing-count", "city-promise"]
    assert list(mini.guide.where(origin="law")) == ["guide-hear-children"]
    assert list(mini.city.where(id="city-promise")) == ["city-promise"]
    assert list(mini.questions) == ["course-play/before-building", "course-play/swing"]
    assert [q.id for q in mini.course["course-play"].questions] == ["course-play/swing", "course-play/before-building"]


def test_an_unknown_table_is_not_found(ds):
    with pytest.raises(NotFound, match=r"'area' is not in the tables; did you mean.*'areas'"):
        ds.table("area")


def plain(value):
    """Ids of records, values of enumerations, and single values as lists."""
    if isinstance(value, tuple):
        return [item for part in value for item in plain(part)]
    if isinstance(value, Record):
        return [value.id]
    return [value.value if isinstance(value, Enum) else value]


#: table -> filter -> what a record has under it
FILTERS = {
    "recommendations": {
        "area": lambda r: r.areas,
        "areas": lambda r: r.areas,
        "right": lambda r: r.rights,
        "group": lambda r: r.groups,
        "measure": lambda r: r.measures,
        "measures": lambda r: r.measures,
        "municipal": lambda r: r.municipal,
        "body": lambda r: r.body,
        "document": lambda r: r.document,
        "position": lambda r: r.position,
        "basis": lambda r: r.basis,
        "date": lambda r: r.date,
        "state": lambda r: r.states,
        "ministries": lambda r: r.ministries,
        "id": lambda r: r.id,
        "repeats": lambda r: r.repeats,
        "linked": lambda r: r.linked,
    },
    "obligations": {
        "right": lambda r: r.rights,
        "rights": lambda r: r.rights,
        "duty": lambda r: r.duty,
        "force": lambda r: r.force,
        "basis": lambda r: r.basis,
        "applies_to": lambda r: r.applies_to,
        "provision": lambda r: r.provisions,
        "operative_force": lambda r: r.operative_force,
    },
    "areas": {
        "group": lambda r: r.groups,
        "obligation": lambda r: r.obligations,
        "decision": lambda r: r.decisions,
        "kostra": lambda r: r.kostra,
        "sdg": lambda r: r.sdg,
        "los": lambda r: r.los,
        "kcodes": lambda r: r.kcodes,
    },
    "rights": {"provision": lambda r: r.provisions, "basis": lambda r: r.basis},
    "decisions": {"provision": lambda r: r.provisions, "date": lambda r: r.date},
    "provisions": {"instrument": lambda r: r.instrument, "number": lambda r: r.number},
    "instruments": {"type": lambda r: r.type, "unit": lambda r: r.unit, "replaced_by": lambda r: r.replaced_by},
    "documents": {"body": lambda r: r.body, "type": lambda r: r.type, "text_seen": lambda r: r.text_seen},
    "bodies": {"organisation": lambda r: r.organisation, "type": lambda r: r.type},
    "municipalities": {"county": lambda r: r.county, "sami_category": lambda r: r.sami_category},
    "sources": {"publisher": lambda r: r.publisher},
    "codes": {"scheme": lambda r: r.scheme, "code": lambda r: r.code, "replaced_by": lambda r: r.replaced_by},
    "advice": {"addressee": lambda r: r.addressee, "text_seen": lambda r: r.text_seen},
    "findings": {"area": lambda r: r.areas, "publisher": lambda r: r.publisher, "date": lambda r: r.date},
    "practices": {
        "area": lambda r: r.areas,
        "country": lambda r: r.country,
        "themes": lambda r: r.themes,
        "year": lambda r: r.year,
    },
    "guide": {
        "area": lambda r: r.areas,
        "right": lambda r: r.rights,
        "provision": lambda r: r.provisions,
        "part": lambda r: r.part,
        "origin": lambda r: r.origin,
        "note": lambda r: r.note,
    },
    "questions": {
        "area": lambda r: r.areas,
        "obligation": lambda r: r.obligations,
        "decision": lambda r: r.decisions,
        "provision": lambda r: r.provisions,
    },
    "course": {
        "area": lambda r: r.areas,
        "audience": lambda r: r.audiences,
        "audiences": lambda r: r.audiences,
        "questions": lambda r: r.questions,
    },
    "city": {
        "area": lambda r: r.areas,
        "advice": lambda r: r.advice,
        "practices": lambda r: r.practices,
        "part": lambda r: r.part,
        "origin": lambda r: r.origin,
    },
}


@pytest.mark.parametrize("which", ["shipped", "miniature"])
@pytest.mark.parametrize(("name", "filter_name"), [(table, f) for table, fs in FILTERS.items() for f in fs])
def test_where_finds_exactly_the_records_that_have_the_value(ds, mini, which, name, filter_name):
    table = (ds if which == "shipped" else mini).table(name)
    has = {key: plain(FILTERS[name][filter_name](record)) for key, record in table.items()}
    values = {value for found in has.values() for value in found} - {None}
    for value in sorted(values)[:120]:
        expected = [key for key, found in has.items() if value in found]
        assert list(table.where(**{filter_name: value})) == expected, value
    without = [key for key, found in has.items() if found in ([], [None])]
    assert list(table.where(**{filter_name: None})) == without


@pytest.mark.parametrize("which", ["shipped", "miniature"])
def test_an_area_has_its_own_obligations_and_those_it_shares(ds, mini, which):
    dataset = ds if which == "shipped" else mini
    shared = 0
    for key, area in dataset.areas.items():
        found = dataset.obligations.where(area=key)
        assert list(found) == sorted(duty.id for duty in area.obligations)
        assert all(found[duty.id] is duty for duty in area.obligations)
        own = [duty.id for duty in dataset.obligations.values() if duty.area == key]
        assert set(own) <= set(found)
        shared += len(found) - len(own)
    assert shared > 0
    assert list(dataset.obligations.where(area=None)) == []


def test_a_shared_obligation_is_one_record_whose_id_names_its_home(mini):
    assert list(mini.obligations.where(area="parks")) == [
        "parks/sami-signs",
        "playgrounds/hear-children",
        "playgrounds/keep-safe",
        "playgrounds/supervise",
    ]
    duty = mini.obligations["playgrounds/keep-safe"]
    assert duty.area == "playgrounds"
    assert duty in mini.areas["parks"].obligations
    assert mini.citing(duty, kind="area") == (mini.areas["parks"], mini.areas["playgrounds"])
    assert list(mini.obligations.where(area="parks", duty="protect")) == ["playgrounds/keep-safe"]
    assert list(mini.obligations.where(duty="protect").where(area="parks")) == ["playgrounds/keep-safe"]
    assert list(mini.obligations.where(area="parks").where(area="playgrounds")) == [
        "playgrounds/hear-children",
        "playgrounds/keep-safe",
        "playgrounds/supervise",
    ]


def test_filters_are_combined_and_can_be_chained(ds):
    table = ds.recommendations
    both = table.where(area="child-welfare", municipal="delivers")
    assert 0 < len(both) < len(table.where(area="child-welfare"))
    assert set(both) == set(table.where(area="child-welfare")) & set(table.where(municipal="delivers"))
    assert list(table.where(area="child-welfare").where(municipal="delivers")) == list(both)
    assert all(both[key] is table[key] for key in both)
    assert list(table.where()) == list(table)


def test_a_part_of_a_table_holds_nothing_else(mini):
    part = mini.recommendations.where(municipal="named")
    assert list(part) == ["play1-5a"]
    assert "play1-6" not in part
    with pytest.raises(NotFound):
        part["play1-6"]


@pytest.mark.parametrize(
    ("table", "filters"),
    [
        ("recommendations", {"area": "no-such-area"}),
        ("recommendations", {"area": ""}),
        ("recommendations", {"area": "chil"}),
        ("recommendations", {"state": "Chi"}),
        ("obligations", {"area": "playgrounds/keep-safe"}),
    ],
)
def test_no_match_is_an_empty_table(mini, table, filters):
    assert list(mini.table(table).where(**filters)) == []


@pytest.mark.parametrize(
    ("table", "unknown", "offered"),
    [
        ("recommendations", "force", "municipal"),
        ("recommendations", "colour", "area"),
        ("provisions", "area", "instrument"),
        ("rights", "area", "provision"),
        ("municipalities", "state", "county"),
    ],
)
def test_an_unknown_filter_is_an_error_that_names_the_known_ones(ds, table, unknown, offered):
    with pytest.raises(BadQuery, match=rf"{table} have no '{unknown}'; filter by .*\b{offered}\b") as caught:
        ds.table(table).where(**{unknown: None})
    assert isinstance(caught.value, TypeError)


def linked(record):
    """Records that *record* links to itself, in its parts too; its sources are not among them."""
    for field in attrs.fields(type(record)):
        value = getattr(record, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Record):
                yield from () if isinstance(item, Source) else (item,)
            elif attrs.has(type(item)):
                yield from linked(item)


def named(dataset, record):
    """Records that *record* names as what took its place."""
    keys = getattr(record, "replaced_by", None) or ()
    return [dataset[key] for key in ([keys] if isinstance(keys, str) else keys)]


def way_back(dataset):
    """Id -> records that link to it, by brute force over all records."""
    found = {}
    for name in TABLES:
        for record in sorted(dataset.table(name).values(), key=lambda record: record.id):
            for other in [*linked(record), *named(dataset, record)]:
                found.setdefault(other.id, {})[record.id] = record
    return {key: tuple(records.values()) for key, records in found.items()}


def test_citing_gives_every_record_that_links_here_and_no_other(ds, mini):
    for dataset in (ds, mini):
        expected = way_back(dataset)
        for name in TABLES:
            keys = list(dataset.table(name))
            if name in ("municipalities", "terms", "sources"):  # nothing links to these
                assert not set(keys) & set(expected)
                keys = keys[:15]
            elif name in ("recommendations", "codes"):  # many: all that something links to, and some others
                keys = [key for key in keys if key in expected][:60] + keys[:15]
            for key in keys:
                assert dataset.citing(key) == expected.get(key, ()), key


def test_citing_takes_a_record_or_its_id_and_restricts_to_a_kind(ds):
    provision = ds.provisions["crc-3"]
    everything = ds.citing(provision)
    assert everything == ds.citing("crc-3")
    kinds = {record.kind for record in everything}
    assert {"right", "obligation"} <= kinds <= {"right", "obligation", "step", "question", "module"}
    obligations = ds.citing("crc-3", kind="obligation")
    assert obligations == tuple(record for record in everything if record.kind == "obligation")
    assert "child-welfare/best-interests" in [record.id for record in obligations]
    assert all(record is ds[record.id] for record in everything)
    assert ds.citing("crc-3", kind="municipality") == ()


def test_citing_an_unknown_id_is_an_error(ds):
    with pytest.raises(NotFound):
        ds.citing("crc-333")


def test_any_record_is_found_by_its_id(ds, mini):
    for name in TABLES:
        for dataset, keys in ((ds, list(ds.table(name))[:3]), (mini, mini.table(name))):
            for key in keys:
                assert dataset[key] is dataset.table(name)[key]
                assert key in dataset


def test_an_id_that_is_in_no_table(ds):
    assert "crc-333" not in ds
    assert None not in ds
    assert 5 not in ds
    with pytest.raises(NotFound, match=r"'crc-333' is not in dataset 2026\.\d+; did you mean 'crc-3") as caught:
        ds["crc-333"]
    assert isinstance(caught.value, KeyError)
    assert not isinstance(caught.value, Retired)


def test_a_retired_id_says_what_replaced_it_and_why(mini):
    assert "playgrounds/old-duty" not in mini
    with pytest.raises(Retired) as caught:
        mini["playgrounds/old-duty"]
    assert caught.value.replacement == "playgrounds/keep-safe"
    assert caught.value.reason == "split in two"
    assert isinstance(caught.value, NotFound)
    assert caught.value.suggestions[0] in mini
    assert mini.tombstone("playgrounds/old-duty")["since"] == "2026.1"


def test_a_table_knows_the_tombstones_too(mini):
    key = next(iter(mini._release.header["retired"]))
    with pytest.raises(Retired) as caught:
        mini.recommendations[key]
    assert caught.value.wanted == key


def test_a_retired_id_may_have_no_replacement(mini):
    with pytest.raises(Retired, match="it has no replacement") as caught:
        mini["swings"]
    assert caught.value.replacement is None
    assert mini.tombstone("playgrounds") is None


def test_links_are_the_records_of_the_tables(ds):
    table_of = {cls: name for name, cls in TABLES.items()}
    count = 0
    for name in TABLES:
        for record in ds.table(name).values():
            others = [*linked(record), *(p.source for p in getattr(record, "provenance", ()))]
            for other in others:
                assert other is ds.table(table_of[type(other)])[other.id], (record, other)
            count += len(others)
    assert count > 5000


@pytest.mark.parametrize("which", ["shipped", "miniature"])
def test_links_point_to_earlier_tables_and_repeats_to_the_same(ds, mini, which):
    dataset = ds if which == "shipped" else mini
    order = [cls.kind for cls in TABLES.values()]
    for name in TABLES:
        for record in dataset.table(name).values():
            repeats = getattr(record, "repeats", ())
            others = [other for other in linked(record) if other not in repeats]
            assert all(order.index(other.kind) < order.index(record.kind) for other in others)
            assert all(other.kind == record.kind == "recommendation" for other in repeats)


def test_the_parts_of_an_area_are_reached_by_attributes(mini):
    area = mini.areas["playgrounds"]
    assert [duty.id for duty in area.obligations] == [
        "playgrounds/keep-safe",
        "playgrounds/hear-children",
        "playgrounds/supervise",
        "playgrounds/let-play",
    ]
    duty = area.obligations[0]
    assert duty is mini.obligations["playgrounds/keep-safe"]
    assert duty.provisions[0].instrument is mini.instruments["lek"]
    assert duty.rights == (mini.rights["safe-places"],)
    assert area.decisions[0].provisions[0] is mini.provisions["lek-12"]
    assert mini.recommendations["upr9-7.2"].body is None
    assert mini.recommendations["play1-6"].document.body is mini.bodies["PLAY"]


def test_a_municipality_has_its_names_with_their_languages(mini):
    both = mini.municipalities["9902"]
    assert (both.names, both.languages) == (("Husnes", "Husnjárga"), ("nor", "sme"))
    assert (both.sami_category, both.sami_since) == ("språkutvikling", "2024-01-01")
    assert [(p.source.id, p.locator, p.verification.value, p.checked) for p in both.provenance] == [
        ("src-list", "9902", "secondary", "2026-11-22"),
        ("src-list", "organisation number and number in 2023, joined on the name", "derived", "2026-11-22"),
        ("src-act", "§ 1", "primary", "2026-11-22"),
    ]
    assert mini.municipalities["9901"].sami_category is None


def test_the_dataset_says_which_data_it_is(ds, mini):
    assert mini.version == "2026.1"
    assert mini.as_of == "2026-11-22"
    assert mini.pin == f"2026.1@sha256:{mini.sha256}"
    assert ds.sha256 != mini.sha256
    assert load(ds.pin).sha256 == ds.sha256


def test_raw_gives_links_as_ids_and_a_copy_of_its_own(mini):
    raw = mini.raw("playgrounds")
    assert raw["decisions"] == ["hr-2020-1-a"]
    assert raw == mini.raw_in("areas", "playgrounds")
    raw["decisions"].append("x")
    assert mini.raw("playgrounds")["decisions"] == ["hr-2020-1-a"]
    with pytest.raises(NotFound):
        mini.raw("swings")
    with pytest.raises(NotFound):
        mini.raw_in("rights", "playgrounds")


def test_what_is_costly_is_prepared_once_for_each_dataset(mini_root):
    asked = []

    def prepare(dataset: Dataset) -> list[str]:
        asked.append(dataset)
        return list(dataset.areas)

    first, second = compile_sources(mini_root), compile_sources(mini_root)
    made = first.prepared("areas", prepare)
    assert made == ["parks", "playgrounds"]
    assert first.prepared("areas", prepare) is made
    assert first.prepared("other", prepare) is not made
    assert second.prepared("areas", prepare) is not made
    assert asked == [first, first, second]


def test_what_is_prepared_as_none_is_prepared_once_too(mini_root):
    asked = []
    dataset = compile_sources(mini_root)
    for _ in range(3):
        assert dataset.prepared("nothing", asked.append) is None
    assert asked == [dataset]


# -- municipalities ----------------------------------------------------------------------------


def names_of(dataset):
    """How often a folded name stands for a municipality."""
    return Counter(
        name for m in dataset.municipalities.values() for name in {fold(written) for written in (m.label, *m.names)}
    )


def test_a_municipality_is_found_by_every_number_and_name_of_its_own(ds, mini):
    for dataset in (ds, mini):
        names = names_of(dataset)
        for key, municipality in [*dataset.municipalities.items()][::9]:
            assert dataset.municipality(key) is municipality
            numbers = [n for n in (municipality.organisation_number, municipality.number_2023) if n is not None]
            for name in [*numbers, municipality.label, *municipality.names]:
                if names[fold(name)] < 2:
                    assert dataset.municipality(name) is municipality, name


@pytest.mark.parametrize(
    "name", ["Guovdageaidnu", "Kautokeino", "GUOVDAGEAIDNU", "guovdageaidnu ", "Guovdageaidnu - Kautokeino", "5612"]
)
def test_a_municipality_is_found_in_any_spelling(ds, name):
    assert ds.municipality(name) is ds.municipalities["5612"]


def test_a_number_that_is_in_use_goes_before_an_old_one(mini_copy):
    """A number of 2023 may have been given to another municipality since."""
    with (mini_copy / "municipalities.csv").open("a", encoding="utf-8") as file:
        file.write("9801,Nylekvik,Nylekvik,nor,99,,,,,src-list,\n")
    dataset = compile_sources(mini_copy)
    assert dataset.municipality("9801").id == "9801"
    assert dataset.municipality("999999901").id == "9901"


def test_a_name_that_several_have_is_refused_naming_their_numbers(ds, mini_copy):
    with (mini_copy / "municipalities.csv").open("a", encoding="utf-8") as file:
        file.write("9904,Lekvik,Lekvik,nor,98,,,,,src-list,\n")
    with pytest.raises(BadQuery, match=r"several municipalities are named 'lekvik'.* 9901 or 9904$"):
        compile_sources(mini_copy).municipality("lekvik")
    twice = [name for name, count in names_of(ds).items() if count > 1]
    assert twice
    for name in twice:
        with pytest.raises(BadQuery):
            ds.municipality(name)


def test_an_unknown_municipality_is_not_found_and_others_are_suggested(ds):
    with pytest.raises(NotFound) as caught:
        ds.municipality("Kautokeinoo")
    assert caught.value.where == "municipalities"
    assert ds.municipalities["5612"].label in caught.value.suggestions
    assert all(ds.municipality(name) for name in caught.value.suggestions)
    for name in ("", "?!", "xqzwvk", "99999", "x" * 10_000):
        with pytest.raises(NotFound):
            ds.municipality(name)


@pytest.mark.parametrize(
    ("category", "county", "applies_to", "expected"),
    [
        (None, "03", "all", True),
        ("språkstimuleringskommune", "34", "sami-language-area", True),
        (None, "55", "sami-language-area", False),
        ("språkutviklingskommune", "56", "sami-language-development-revitalisation", True),
        ("språkvitaliseringskommune", "18", "sami-language-development-revitalisation", True),
        ("språkstimuleringskommune", "34", "sami-language-development-revitalisation", False),
        (None, "56", "sami-language-development-revitalisation", False),
        (None, "55", "troms-finnmark", True),
        ("språkutviklingskommune", "56", "troms-finnmark", True),
        ("språkvitaliseringskommune", "18", "troms-finnmark", False),
        (None, "03", "owns-water-supply", None),
        (None, "03", "no-such-value", None),
    ],
)
def test_a_municipality_knows_to_whom_it_belongs_and_what_it_does_not_know(
    mini, category, county, applies_to, expected
):
    municipality = attrs.evolve(mini.municipalities["9901"], sami_category=category, county=county)
    assert municipality.is_one_of(applies_to) is expected


def test_the_rules_for_municipalities_are_about_values_of_the_data(ds):
    """A category, a county or a group of municipalities that no record has would never apply."""
    assert {f"applies/{value}" for value in _MEMBERS} <= set(ds.terms)
    for rule in _MEMBERS.values():
        assert any(rule(municipality) for municipality in ds.municipalities.values())
    assert {key for key, rule in _MEMBERS.items() if all(map(rule, ds.municipalities.values()))} == {"all"}


def test_a_municipality_has_the_duties_of_all_and_those_of_its_kind(mini):
    everyone = [key for key in mini.obligations if key != "parks/sami-signs"]
    assert [duty.id for duty in mini.obligations_for("Lekvik")] == everyone
    assert [duty.id for duty in mini.obligations_for("9902")] == list(mini.obligations)
    assert mini.obligations_for(mini.municipalities["9902"]) == mini.obligations_for("Husnjárga")
    # whether it owns playgrounds is not known, so the duty of owners is given
    assert "playgrounds/keep-safe" in everyone


def test_only_what_certainly_does_not_apply_is_left_out(ds):
    for key in ("0301", "5612", "5501", "3430"):
        municipality = ds.municipalities[key]
        given = {duty.id for duty in ds.obligations_for(key)}
        for duty in ds.obligations.values():
            assert (duty.id in given) == (municipality.is_one_of(duty.applies_to) is not False), duty.id
    north, oslo = set(ds.obligations_for("Guovdageaidnu")), set(ds.obligations_for("Oslo"))
    assert oslo < north
    assert all(duty.applies_to != "all" for duty in north - oslo)
    with pytest.raises(NotFound):
        ds.obligations_for("Atlantis")


# -- the history of a demand -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("play0-3", ["play0-3", "commission-4", "play1-5a", "nim-play-1"]),
        ("play1-5a", ["play0-3", "play1-5a", "nim-play-1"]),
        ("nim-play-1", ["play0-3", "play1-5a", "nim-play-1"]),
        ("commission-4", ["play0-3", "commission-4"]),
        ("play1-6", ["play1-6"]),
    ],
)
def test_history_is_what_led_here_and_what_leads_on_oldest_first(mini, key, expected):
    """Those without a date stand last; what only shares a forerunner is not among them."""
    found = mini.history(key)
    assert [r.id for r in found] == expected
    assert mini.history(mini.recommendations[key]) == found
    assert all(r is mini.recommendations[r.id] for r in found)


def test_history_goes_both_ways(ds):
    repeating = [r for r in ds.recommendations.values() if r.repeats]
    assert len(repeating) > 20
    for recommendation in repeating[::10]:
        found = ds.history(recommendation)
        assert set(recommendation.repeats) <= set(found)
        assert recommendation in found
        dates = [r.date or "9999" for r in found]
        assert dates == sorted(dates)
        for other in recommendation.repeats[:2]:
            assert recommendation in ds.history(other), (recommendation.id, other.id)


def test_history_of_what_is_no_recommendation_is_not_found(mini):
    for key in ("playgrounds", "play1-55", ""):
        with pytest.raises(NotFound):
            mini.history(key)
    with pytest.raises(Retired):
        mini.history("swings")


# -- version 2026.1, written before the newer fields -------------------------------------------


def test_an_older_version_answers_the_newer_questions():
    old = load("2026.1")
    assert [r.id for r in old.history("rec-007")] == ["rec-007"]
    assert old.municipality("Guovdageaidnu").id == "5612"
    assert 0 < len(old.obligations_for("Oslo")) < len(old.obligations_for("Kautokeino"))
    duty = old.obligations["child-welfare/best-interests"]
    assert (duty.operative, duty.operative_force, duty.doubt, duty.reviewed) == ((), None, None, ())
    for key, area in old.areas.items():
        assert {duty.area for duty in area.obligations} == {key}
