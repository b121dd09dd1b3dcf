"""From sources to a release: the same bytes every time, checked first, written once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from nimrights import DataError, Dataset, NotFound, load, published, versions
from nimrights.authoring import read_sources
from nimrights.checks import check_sources
from nimrights.classifier import classify
from nimrights.exceptions import SourceErrors
from nimrights.models import TABLES
from nimrights.publishing import compile_sources, compile_tables, publish
from nimrights.vocabulary import Force


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def model() -> Path:
    """The model that was published with the newest shipped version."""
    return Path(versions.model_file_of(published()[-1].version))


def test_compiling_twice_gives_the_same_bytes(mini_root, mini_copy):
    first = compile_tables(read_sources(mini_root))
    assert compile_tables(read_sources(mini_root)) == first
    assert compile_tables(read_sources(mini_copy)) == first


def test_the_bytes_do_not_depend_on_the_process(mini_root):
    program = f"""
from pathlib import Path
from nimrights.publishing import compile_sources
print(compile_sources(Path({str(mini_root)!r})).sha256)
"""
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert hashes == {compile_sources(mini_root).sha256}


def test_the_order_of_records_in_the_sources_does_not_matter(mini_copy):
    before = compile_tables(read_sources(mini_copy))
    path = mini_copy / "sources.toml"
    records = path.read_text(encoding="utf-8").strip().split("\n\n")
    path.write_text("\n\n".join(reversed(records)) + "\n", encoding="utf-8")
    other = mini_copy / "recommendations" / "other.toml"
    other.rename(other.with_name("a-new-name.toml"))
    assert compile_tables(read_sources(mini_copy)) == before


def test_what_follows_from_the_rest_is_added(mini):
    assert mini.provisions["lpl-4a-3"].number == "4 A-3"
    assert mini.provisions["lek-3"].instrument.id == "lek"
    (inherited,) = mini.provisions["lek-3"].provenance
    assert (inherited.source.id, inherited.locator, inherited.checked) == ("src-convention", "article 3", "2026-11-21")
    (own,) = mini.provisions["lpl-4a-3"].provenance
    assert own.locator == "§ 4 A-3 first paragraph"
    assert mini.areas["playgrounds"].obligations[0].force is Force.INCORPORATED_TREATY
    assert mini.obligations["playgrounds/supervise"].force is Force.STATUTE


def test_a_section_inherits_its_provenance_with_the_section_sign(mini_copy, swap):
    swap(
        "instruments/lpl.toml",
        """provenance = [
  { source = "src-act", locator = "§ 4 A-3 first paragraph", verification = "secondary", checked = "2026-11-22" },
]
""",
        "",
    )
    (inherited,) = compile_sources(mini_copy).provisions["lpl-4a-3"].provenance
    assert inherited.locator == "§ 4 A-3"
    assert inherited.note == "text as of 2026-07-01"


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2002", "", Force.STATUTE),
        ("2002-01-01", "2026-11-22", Force.STATUTE),
        ("2026-11-22", "", Force.STATUTE),
        # what has ended, has not begun or may not have begun does not count
        ("2002-01-01", "2026-11-21", Force.TREATY),
        ("2026-11-23", "", Force.TREATY),
        ("2026-11", "", Force.TREATY),
        ("2026", "", Force.TREATY),
    ],
)
def test_the_stored_force_is_the_force_on_the_date_of_the_data(mini_copy, swap, since, until, expected):
    swap("instruments/lek.toml", 'since = "2026-01-01"', 'since = "2027-01-01"')
    operative = 'provision = "lpl-4a-3", operative = true }'
    for path in (mini_copy / "areas").glob("*.toml"):  # whatever happens to the act, the treaty lays down the duty too
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(operative, f'{operative}, {{ provision = "lek-3", operative = true }}'), encoding="utf-8"
        )
    swap("instruments/lpl.toml", 'since = "2002"', f'since = "{since}"' + (f', until = "{until}"' if until else ""))
    dataset = compile_sources(mini_copy)
    duty = dataset.obligations["playgrounds/supervise"]
    assert duty.force_on(dataset.as_of) is expected
    assert duty.force is expected
    assert duty.operative_force is expected
    for other in dataset.obligations.values():
        assert other.force is other.force_on(dataset.as_of)
        forces = [p.force_on(dataset.as_of) for p in other.operative]
        assert other.operative_force is Force.strongest(force for force in forces if force is not None)


def test_the_operative_force_is_that_of_the_provisions_that_lay_down_the_duty(mini):
    """A treaty that is Norwegian law stands behind duties that an act lays down."""
    duty = mini.obligations["playgrounds/keep-safe"]
    assert [p.id for p in duty.operative] == ["lpl-4a-3"]
    assert [p.id for p in duty.provisions] == ["lek-12", "lpl-4a-3"]
    assert (duty.force, duty.operative_force) == (Force.INCORPORATED_TREATY, Force.STATUTE)
    assert mini.obligations["playgrounds/hear-children"].operative_force is Force.INCORPORATED_TREATY


def test_an_operative_provision_that_is_not_in_force_lends_no_force(mini_copy, swap):
    swap("areas/playgrounds.toml", '{ provision = "lek-12", paragraph = "1" }', '{ provision = "lek-12", paragraph = "1", operative = true }')  # fmt: skip
    duty = compile_sources(mini_copy).obligations["playgrounds/keep-safe"]
    assert duty.operative_force is Force.INCORPORATED_TREATY
    swap("instruments/lek.toml", 'since = "2026-01-01"', 'since = "2026-12-01"')
    duty = compile_sources(mini_copy).obligations["playgrounds/keep-safe"]
    assert (duty.force, duty.operative_force) == (Force.STATUTE, Force.STATUTE)


def test_lists_become_records_of_codes_with_the_source_of_the_list(mini):
    assert list(mini.codes) == [
        "k-codes/c", "kostra/254", "kostra/257", "kostra/258", "kostra/335", "los/ord-lek", "los/ord-lekeplass",
    ]  # fmt: skip
    ended = mini.codes["kostra/254"]
    assert (ended.scheme, ended.code, ended.heading) == ("kostra", "254", "Et avviklet område")
    assert (ended.ended, ended.until, ended.replaced_by) == (True, "2023-12-31", ("kostra/257", "kostra/258"))
    holds = mini.codes["kostra/335"]
    assert (holds.ended, holds.until, holds.replaced_by) == (False, None, ())
    concept = mini.codes["los/ord-lek"]
    assert (concept.code, concept.heading) == ("https://psi.norge.no/los/ord/lek", None)
    (origin,) = concept.provenance
    assert (origin.source.id, origin.locator, origin.verification.value) == ("src-list", "concepts", "secondary")


def test_a_list_may_name_its_columns_in_any_order_and_have_more(mini_copy):
    (mini_copy / "k-codes.csv").write_text("note,heading,code\nx,Kultur og fritid,C\n", encoding="utf-8")
    code = compile_sources(mini_copy).codes["k-codes/c"]
    assert (code.code, code.heading) == ("C", "Kultur og fritid")


def test_an_area_lists_its_own_obligations_and_then_those_it_shares(mini):
    assert [duty.id for duty in mini.areas["parks"].obligations] == [
        "parks/sami-signs",
        "playgrounds/supervise",
        "playgrounds/keep-safe",
        "playgrounds/hear-children",
    ]
    assert "shared" not in mini.raw("parks")


def test_the_questions_of_a_step_become_a_list_with_keys_and_those_of_a_module_records(mini):
    assert [asked["key"] for asked in mini.raw("guide-which-right")["questions"]] == ["right", "whose"]
    assert mini.raw("course-play")["questions"] == ["course-play/swing", "course-play/before-building"]
    assert mini.raw("course-play/swing")["answers"][0]["correct"] is True


def test_a_folder_without_a_course_has_none(mini_copy):
    shutil.rmtree(mini_copy / "course")
    dataset = compile_sources(mini_copy)
    assert (len(dataset.course), len(dataset.questions)) == (0, 0)


@pytest.mark.parametrize("key", ["playgrounds/keep-safe", "playgrounds/let-play"])
def test_what_follows_is_added_to_links_that_do_not_say_it_themselves(mini, key):
    written = tomllib.loads((Path(__file__).parent / "mini/areas/playgrounds.toml").read_text(encoding="utf-8"))
    row = written["obligations"][key.partition("/")[2]]
    for source, entry in zip(row["legal_basis"], mini.raw(key)["legal_basis"], strict=True):
        first = min(p["checked"] for p in row["provenance"])
        assert entry == {"basis": row["basis"], "made": first} | source


def test_the_header_of_the_release_describes_the_data(mini, mini_root):
    header = json.loads(compile_tables(read_sources(mini_root)).partition(b"\n")[0])
    assert header["licence"] == "CC-BY-4.0"
    assert header["languages"] == ["nb", "nn", "en"]
    assert set(header["title"]) == {"nb", "nn", "en"}
    assert set(header["retired"]) == {"playgrounds/old-duty", "swings"}
    assert "kostra" not in header


def test_a_dataset_without_retired_ids_has_no_tombstones(mini_copy):
    (mini_copy / "retired.toml").write_text("", encoding="utf-8")
    dataset = compile_sources(mini_copy)
    assert dataset.tombstone("swings") is None
    with pytest.raises(NotFound):
        dataset["swings"]


def test_a_folder_that_is_no_dataset_is_refused(tmp_path):
    for act in (compile_sources, publish, read_sources):
        with pytest.raises(DataError, match=r"is no dataset folder: it has no dataset\.toml"):
            act(tmp_path)


def test_a_published_version_can_be_loaded_and_verified(mini_root, releases):
    version = publish(mini_root, releases)
    data = (releases / "2026.1.jsonl").read_bytes()
    assert version.sha256 == hashlib.sha256(data).hexdigest()
    assert data == compile_tables(read_sources(mini_root))
    assert version.records == sum(len(load("2026.1").table(name)) for name in TABLES)
    assert (version.version, version.as_of, version.model_sha256) == ("2026.1", "2026-11-22", None)
    assert published() == (version,)
    assert versions.verify("2026.1") == version
    assert isinstance(load(), Dataset)


def test_without_a_folder_the_releases_below_the_sources_are_published_to(mini_copy):
    version = publish(mini_copy)
    assert sorted(files(mini_copy / "releases")) == ["2026.1.index", "2026.1.jsonl", "index.json"]
    assert load(mini_copy / "releases" / "2026.1.jsonl").sha256 == version.sha256
    assert version.sha256 not in [row.sha256 for row in published()]  # the installation is left alone
    assert check_sources(mini_copy) == []


def test_a_folder_for_releases_is_made(mini_root, tmp_path):
    publish(mini_root, tmp_path / "new" / "releases")
    assert sorted(files(tmp_path / "new" / "releases")) == ["2026.1.index", "2026.1.jsonl", "index.json"]


def test_publishing_the_same_bytes_again_changes_nothing(mini_root, releases):
    first = publish(mini_root, releases)
    before = files(releases)
    assert publish(mini_root, releases) == first
    assert files(releases) == before


def test_other_bytes_under_the_same_version_are_refused_and_nothing_is_written(mini_copy, releases, swap):
    first = publish(mini_copy, releases)
    before = files(releases)
    swap("rights.toml", "Every child must be able to play.", "Every child must be free to play.")
    with pytest.raises(DataError, match="never changes") as caught:
        publish(mini_copy, releases)
    assert first.sha256 in str(caught.value)
    assert compile_sources(mini_copy).sha256 in str(caught.value)
    assert files(releases) == before


def test_a_new_version_is_added_and_the_old_ones_stay(mini_copy, releases, swap):
    first = publish(mini_copy, releases)
    before = files(releases)
    swap("rights.toml", "Every child must be able to play.", "Every child must be free to play.")
    swap("dataset.toml", 'version = "2026.1"', 'version = "2026.2"')
    second = publish(mini_copy, releases)
    assert published() == (first, second)
    assert files(releases)["2026.1.jsonl"] == before["2026.1.jsonl"]
    assert load("2026.1").rights["play"].description.en == "Every child must be able to play."
    assert load().rights["play"].description.en == "Every child must be free to play."
    assert sorted(path.name for path in releases.glob("*.index")) == ["2026.2.index"]  # only the newest has one


def test_sources_with_problems_are_refused_with_all_of_them_and_nothing_is_written(mini_copy, releases, swap):
    swap("rights.toml", 'provisions = ["lek-3"]', 'provisions = ["lek-33"]')
    swap("areas/playgrounds.toml", 'kostra = ["335"]', 'kostra = ["999"]')
    swap("dataset.toml", 'version = "2026.1"', 'version = "first"')
    for act in (lambda: publish(mini_copy, releases), lambda: compile_sources(mini_copy)):
        with pytest.raises(SourceErrors) as caught:
            act()
        assert [(p.code, p.file, p.key) for p in caught.value.problems] == [
            ("E203", "areas/playgrounds.toml", "playgrounds"),
            ("E113", "dataset.toml", "version"),
            ("E201", "rights.toml", "play"),
        ]
        assert all(str(problem) in str(caught.value) for problem in caught.value.problems)
    assert files(releases) == {}


def test_a_damaged_index_stops_publishing(mini_root, releases):
    for damaged in ("{", "5", '[{"version": "2026.1"}]'):
        (releases / versions.INDEX).write_text(damaged)
        with pytest.raises(DataError, match=r"index\.json"):
            publish(mini_root, releases)
        assert files(releases) == {"index.json": damaged.encode()}


def test_a_model_is_published_with_its_version(mini_root, releases, model, tmp_path):
    trained = Path(shutil.copy(model, tmp_path / "trained.model"))
    version = publish(mini_root, releases, model=trained)
    assert version.model_sha256 == hashlib.sha256(model.read_bytes()).hexdigest()
    assert Path(versions.model_file_of("2026.1")).read_bytes() == model.read_bytes()
    assert versions.verify("2026.1") == version
    assert publish(mini_root, releases, model=trained) == version
    assert publish(mini_root, releases) == version


def test_another_model_under_the_same_version_is_refused(mini_root, releases, model, tmp_path):
    publish(mini_root, releases, model=model)
    before = files(releases)
    first, _, rest = model.read_bytes().partition(b"\n")
    other = tmp_path / "other.model"
    other.write_bytes(json.dumps({**json.loads(first), "threshold": 0.123}).encode() + b"\n" + rest)
    with pytest.raises(DataError, match="never changes"):
        publish(mini_root, releases, model=other)
    assert files(releases) == before


@pytest.mark.parametrize("data", [b"", b"no model\n", None], ids=["empty", "foreign", "cut off"])
def test_what_is_no_model_is_refused_and_nothing_is_written(mini_root, releases, model, tmp_path, data):
    broken = tmp_path / "broken.model"
    broken.write_bytes(model.read_bytes()[:-100] if data is None else data)
    with pytest.raises(DataError, match=r"broken\.model"):
        publish(mini_root, releases, model=broken)
    assert files(releases) == {}


def test_a_model_that_was_changed_does_not_verify(mini_root, releases, model):
    version = publish(mini_root, releases, model=model)
    path = releases / "2026.1.model"
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(DataError, match=r"2026\.1\.model: expected sha256") as caught:
        versions.verify("2026.1")
    assert version.model_sha256 in str(caught.value)


def test_a_version_without_a_model_cannot_classify(mini_root, releases):
    publish(mini_root, releases)
    with pytest.raises(DataError, match="without a model"):
        classify("Klage på lekeplass", dataset=load())


def test_the_index_is_readable_json_with_what_identifies_each_version(mini_root, releases):
    version = publish(mini_root, releases)
    assert json.loads((releases / versions.INDEX).read_bytes()) == [version._asdict()]
