"""From sources to a published version: compile, check, write once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from nimrights._cases.model import decode as decode_model
from nimrights._engine.searchable import SUFFIX, index_bytes
from nimrights._files import read_bytes, remove, replace_whole
from nimrights.authoring import Tables, read_sources
from nimrights.checks import check
from nimrights.dataset import Dataset
from nimrights.exceptions import DataError, SourceErrors
from nimrights.release import decode, encode
from nimrights.versions import INDEX, Version, read_index

#: what of dataset.toml stands in the header of a release
_HEADER: Final = ("version", "as_of", "title", "publisher", "licence", "attribution", "languages", "statutes_as_of")


def compile_tables(tables: Tables) -> bytes:
    """Give the canonical bytes of *tables*; raise `SourceErrors` if any check finds a problem."""
    problems = check(tables)
    if problems:
        raise SourceErrors(problems)
    header: dict[str, Any] = {name: tables.header[name] for name in _HEADER if name in tables.header}
    if tables.retired:
        header["retired"] = tables.retired
    return encode(header, tables.rows)


def compile_sources(root: Path) -> Dataset:
    """Compile the dataset folder *root* in memory; nothing is written.

    Raises `SourceErrors` with every problem, or `DataError` if *root* is no dataset folder.
    """
    return Dataset(decode(compile_tables(read_sources(root)), str(root)))


def publish(root: Path, releases: Path | None = None, model: Path | None = None) -> Version:
    """Write the version that *root* describes to the folder *releases* (``releases`` below *root*) and its index.

    *model* is the file of a trained classifier that goes with it.

    A published version never changes: publishing the same bytes again is allowed and changes
    nothing, other bytes under the same version raise `DataError`. Sources with problems raise
    `SourceErrors`, and nothing is written.
    """
    folder = releases or root / "releases"
    data = compile_tables(read_sources(root))
    release = decode(data, str(root))
    trained = read_bytes(model) if model else b""
    if model:
        decode_model(trained, model.name)
    version = Version(
        version=str(release.header["version"]),
        as_of=str(release.header["as_of"]),
        sha256=release.sha256(),
        crc32=release.crc32(),
        records=sum(len(release.ids(name)) for name in release.tables),
        model_sha256=hashlib.sha256(trained).hexdigest() if trained else None,
    )
    index = folder / INDEX
    rows = read_index(index) if index.exists() else ()
    known = next((row for row in rows if row.version == version.version), None)
    if known is not None and (known.sha256 != version.sha256 or (model and known != version)):
        raise DataError(
            f"version {version.version} is published with sha256 {known.sha256} and never changes; "
            f"these sources give {version.sha256} (or another model): raise the version in dataset.toml"
        )
    if known is None:
        folder.mkdir(parents=True, exist_ok=True)
        replace_whole(folder / f"{version.version}.jsonl", data)
        replace_whole(folder / f"{version.version}{SUFFIX}", index_bytes(Dataset(release)))
        for row in rows:  # only the newest version is shipped with one
            remove(folder / f"{row.version}{SUFFIX}")
        if trained:
            replace_whole(folder / f"{version.version}.model", trained)
        listed = sorted([*rows, version], key=lambda row: row.order)
        replace_whole(index, (json.dumps([row._asdict() for row in listed], indent=1) + "\n").encode())
    return known or version
