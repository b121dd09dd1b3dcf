"""One root; a second parent where users expect a builtin; errors hold what they are about."""

from __future__ import annotations

import copy
import inspect
import pickle

import pytest

from nimrights import exceptions
from nimrights.authoring import Problem
from nimrights.exceptions import (
    BadPin,
    BadQuery,
    DataError,
    MissingExtra,
    NimrightsError,
    NotFound,
    Retired,
    SourceErrors,
    UnknownLanguage,
)

EXAMPLES = [
    NimrightsError("root"),
    NotFound("barnvern", "areas", ["child-welfare"]),
    NotFound("x", "areas"),
    Retired("old", "new", "merged"),
    Retired("old", None, "was wrong"),
    UnknownLanguage("'se' is not a language of the data"),
    BadQuery("a query is a string"),
    DataError("truncated"),
    BadPin("'x' is no pin"),
    SourceErrors([Problem("rights.toml", "play", "E201", "provisions names 'lek-9', which is not in provisions")]),
    MissingExtra("pandas", "pandas"),
]


def test_every_error_of_the_module_has_the_one_root_and_an_example_here():
    classes = {c for _, c in inspect.getmembers(exceptions, inspect.isclass) if c.__module__ == exceptions.__name__}
    assert all(issubclass(cls, NimrightsError) for cls in classes)
    assert classes == {type(error) for error in EXAMPLES}


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (NotFound, KeyError),
        (Retired, KeyError),
        (Retired, NotFound),
        (UnknownLanguage, ValueError),
        (BadQuery, TypeError),
        (BadPin, ValueError),
        (BadPin, DataError),
        (SourceErrors, DataError),
        (MissingExtra, ImportError),
    ],
)
def test_second_parents(error, builtin):
    assert issubclass(error, builtin)


def test_not_found_says_what_where_and_what_looks_like_it():
    error = NotFound("barnvern", "areas", ["child-welfare", "kindergarten"])
    assert (error.wanted, error.where, error.suggestions) == ("barnvern", "areas", ("child-welfare", "kindergarten"))
    assert str(error) == "'barnvern' is not in areas; did you mean 'child-welfare', 'kindergarten'?"
    assert str(NotFound("x", "areas")) == "'x' is not in areas"


def test_retired_says_why_and_what_to_use():
    error = Retired("old", "new", "merged")
    assert (error.wanted, error.replacement, error.reason, error.suggestions) == ("old", "new", "merged", ("new",))
    assert str(error) == "'old' was retired (merged); use 'new'"
    error = Retired("old", None, "was wrong")
    assert (error.replacement, error.suggestions) == (None, ())
    assert str(error) == "'old' was retired (was wrong); it has no replacement"


def test_source_errors_hold_and_list_every_problem():
    problems = [Problem("a.toml", "x", "E201", "points nowhere"), Problem("b.toml", "", "E101", "cannot be read")]
    error = SourceErrors(problems)
    assert error.problems == tuple(problems)
    assert str(error).splitlines() == [
        "2 problem(s) in the dataset sources:",
        "  E201 a.toml: x: points nowhere",
        "  E101 b.toml: cannot be read",
    ]


def test_a_missing_extra_says_how_to_install_it():
    error = MissingExtra("pandas", "tables")
    assert (error.package, error.extra) == ("pandas", "tables")
    assert "pip install 'nimrights[tables]'" in str(error)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy], ids=["pickle", "copy"])
def test_errors_survive_the_way_to_another_process(error, again):
    other = again(error)
    assert type(other) is type(error)
    assert str(other) == str(error)
    assert vars(other) == vars(error)
