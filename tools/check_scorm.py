"""Check the manifest of the SCORM package against the schemas of SCORM 1.2.

    python tools/check_scorm.py FOLDER [DATASET]

FOLDER holds imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd and imsmd_rootv1p2p1.xsd; DATASET is a folder of sources, and
without it the newest published version is taken. Needs the package xmlschema. The schemas come, for instance, with a
package of PyPI, which pins an old Sphinx and is therefore not installed beside ours:

    pip install --no-deps --target /tmp/scorm plct-bulder-for-sphinx==0.0.5
    python tools/check_scorm.py /tmp/scorm/plct_bulder_for_sphinx/scorm-templates
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import xmlschema

from nimrights import export_course, load
from nimrights.publishing import compile_sources
from nimrights.vocabulary import LANGUAGES

NAMES = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
}
#: each makes a manifest that must not pass: a check that cannot fail is none
BREAKS = (
    ("resources>", "resourcez>"),
    ('scormtype="sco"', 'scormtype="scoo"'),
    ("imsmd:general", "imsmd:generl"),
    ("schemaversion>", "schemaverzion>"),
)


def schema(folder: Path) -> xmlschema.XMLSchema:
    """Give the three schemas as one."""
    # Their copy of the schema of the namespace xml has it as the default namespace, which no parser of today takes.
    for name in NAMES.values():
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(' schemaLocation="ims_xml.xsd"', ""), encoding="utf-8")
    locations = {space: str(folder / name) for space, name in NAMES.items()}
    found = xmlschema.XMLSchema(locations.pop("http://www.imsproject.org/xsd/imscp_rootv1p1p2"), locations=locations)
    for space, path in locations.items():
        found.import_schema(space, path, build=True)
    return found


def main(folder: str, root: str | None = None) -> int:
    """Check the package in each language and give the number of problems."""
    dataset = compile_sources(Path(root)) if root else load()
    if not dataset.course:
        print(f"{dataset!r} has no course: nothing to check")
        return 0
    with tempfile.TemporaryDirectory() as beside:
        rules = schema(Path(shutil.copytree(folder, beside, dirs_exist_ok=True)))
        problems = 0
        for lang in LANGUAGES:
            with zipfile.ZipFile(io.BytesIO(export_course("scorm", lang, dataset=dataset))) as package:
                text = package.read("imsmanifest.xml").decode("utf-8")
            errors = [str(error.reason) for error in rules.iter_errors(text, use_location_hints=False)]
            missed = [old for old, new in BREAKS if rules.is_valid(text.replace(old, new), use_location_hints=False)]
            print(f"{lang}: {len(errors)} errors; {len(BREAKS) - len(missed)} of {len(BREAKS)} broken ones rejected")
            for error in errors:
                print(f"  {error}")
            problems += len(errors) + len(missed)
    return problems


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
