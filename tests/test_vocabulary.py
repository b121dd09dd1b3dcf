"""The closed vocabularies: their order, and that the data labels exactly their values."""

from __future__ import annotations

import pytest

from nimrights.authoring import SCHEMES
from nimrights.checks import VOCABULARY
from nimrights.models import TABLES
from nimrights.vocabulary import (
    LANGUAGES,
    Basis,
    Duty,
    Force,
    InstrumentKind,
    Municipal,
    Position,
    Verification,
)

PREFIX = {
    Force: "force",
    Duty: "duty",
    Basis: "basis",
    Verification: "verification",
    Municipal: "municipal",
    Position: "position",
    InstrumentKind: "instrument-type",
}


def test_the_languages_are_bokmal_nynorsk_and_english():
    assert LANGUAGES == ("nb", "nn", "en")


def test_the_constitution_stands_above_all_and_a_treaty_not_incorporated_below_regulations():
    assert sorted(Force, key=lambda force: force.rank) == [
        Force.CONSTITUTION,
        Force.INCORPORATED_TREATY,
        Force.STATUTE,
        Force.REGULATION,
        Force.TREATY,
        Force.RECOMMENDATION,
    ]
    assert [force.rank for force in Force] == list(range(len(Force)))


def test_everything_but_a_recommendation_binds():
    assert [force for force in Force if not force.binding] == [Force.RECOMMENDATION]


@pytest.mark.parametrize("force", Force)
def test_a_value_is_its_text(force):
    assert force == force.value
    assert f"{force}" == force.value
    assert Force(force.value) is force


@pytest.mark.parametrize("vocabulary", PREFIX, ids=lambda cls: cls.__name__)
def test_the_data_labels_exactly_the_values_of_the_code(ds, vocabulary):
    labelled = {key.partition("/")[2] for key in ds.terms if key.startswith(f"{PREFIX[vocabulary]}/")}
    assert labelled == {value.value for value in vocabulary}


def test_every_kind_of_record_has_a_label(ds):
    labelled = {key.partition("/")[2] for key in ds.terms if key.startswith("kind/")}
    assert labelled == {cls.kind for cls in TABLES.values()}


def test_the_schemes_of_the_data_are_those_that_are_read(ds):
    labelled = {key.partition("/")[2] for key in ds.terms if key.startswith("scheme/")}
    assert labelled == set(SCHEMES) == {code.scheme for code in ds.codes.values()}


def test_every_vocabulary_that_the_checks_use_has_terms(ds):
    used = {prefix for fields in VOCABULARY.values() for prefix in fields.values()} | {"review"}
    assert used <= {key.partition("/")[0] for key in ds.terms}
