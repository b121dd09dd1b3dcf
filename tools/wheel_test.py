"""What must hold for an installed wheel; run outside the checkout with the wheel's path."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import nimrights

CASE = "Klage på vedtak om samvær etter omsorgsovertakelse"
#: every published version lies in it with its model, 1 to 2 MB each, and the search index of the newest, 1 MB
MOST_BYTES = 7_000_000


def main() -> None:
    wheel = Path(sys.argv[1])
    assert wheel.stat().st_size <= MOST_BYTES, f"the wheel has {wheel.stat().st_size} bytes"
    names = zipfile.ZipFile(wheel).namelist()
    assert "nimrights/py.typed" in names
    assert any(name.endswith("LICENSE-DATA") for name in names), "the licence of the data is missing"
    assert "site-packages" in nimrights.__file__, nimrights.__file__
    for version in nimrights.published():
        assert nimrights.load(f"{version.version}@sha256:{version.sha256}").as_of == version.as_of
    assert [match.area.id for match in nimrights.classify(CASE)] == ["child-welfare"]
    assert nimrights.search("EMK art. 8")[0].record.id == "echr-8"
    command = Path(sys.executable).with_name("nimrights")
    shown = subprocess.run(
        [command, "show", "crc-3", "--lang", "nb"], check=True, capture_output=True, encoding="utf-8"
    )
    assert "Barnets beste" in shown.stdout
    print(f"wheel: {wheel.stat().st_size:,} bytes; {len(names)} files; OK")


if __name__ == "__main__":
    main()
