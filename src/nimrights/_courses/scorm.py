"""The course as a SCORM 1.2 package: a manifest, a page and a quiz for each module, and nothing from elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from nimrights._courses.pages import SCRIPT, CoursePages, file_name, script
from nimrights._courses.words import closing, numbered, says
from nimrights._safe import clean
from nimrights.dataset import Dataset
from nimrights.models import Module

MANIFEST: Final = "imsmanifest.xml"
INDEX: Final = "index.html"
#: the same for every file, so that the same data gives the same bytes
_WHEN: Final = (1980, 1, 1, 0, 0, 0)
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{identifier}" version="1.1"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
    http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd
    http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
"""


def scorm(dataset: Dataset, modules: Sequence[Module], lang: str, seed: int, pass_mark: int) -> bytes:
    """Give the package as the bytes of a zip file."""
    pages = CoursePages(dataset, lang)
    files = {MANIFEST: _manifest(dataset, modules, lang, pass_mark), INDEX: pages.contents(modules)}
    for module in modules:
        files[file_name(module)] = pages.explained(module)
        files[file_name(module, "quiz")] = pages.quiz(module, seed, pass_mark)
    packed = {name: text.encode("utf-8") for name, text in files.items()} | {SCRIPT: script()}
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:  # compressed bytes differ between libraries
        for name, data in packed.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return into.getvalue()


def _manifest(dataset: Dataset, modules: Sequence[Module], lang: str, pass_mark: int) -> str:
    title = says("course", lang)
    parts = [
        _HEAD.format(identifier=f"nimrights-course-{lang}"),
        "<metadata>\n<schema>ADL SCORM</schema>\n<schemaversion>1.2</schemaversion>\n",
        "<imsmd:lom>\n<imsmd:general>\n",
        f"<imsmd:title>{_said(title, lang)}</imsmd:title>\n<imsmd:language>{lang}</imsmd:language>\n",
        f"<imsmd:description>{_said(closing(dataset, lang), lang)}</imsmd:description>\n",
        "</imsmd:general>\n</imsmd:lom>\n</metadata>\n",
        f'<organizations default="course">\n<organization identifier="course">\n<title>{_xml(title)}</title>\n',
        *(part for module in modules for part in _items(module, lang, pass_mark)),
        "</organization>\n</organizations>\n<resources>\n",
        *(part for module in modules for part in _resources(module)),
        _resource("contents", INDEX, "asset", [INDEX]),
        "</resources>\n</manifest>\n",
    ]
    return "".join(parts)


def _items(module: Module, lang: str, pass_mark: int) -> Iterator[str]:
    name = module.id
    yield f'<item identifier="item-{name}">\n<title>{_xml(numbered(module, lang))}</title>\n'
    yield f'<item identifier="item-{name}-read" identifierref="{name}-read">\n'
    yield f"<title>{_xml(says('read', lang))}</title>\n</item>\n"
    yield f'<item identifier="item-{name}-quiz" identifierref="{name}-quiz">\n'
    yield f"<title>{_xml(says('quiz', lang))}</title>\n"
    yield f"<adlcp:masteryscore>{pass_mark}</adlcp:masteryscore>\n</item>\n</item>\n"


def _resources(module: Module) -> Iterator[str]:
    read, quiz = file_name(module), file_name(module, "quiz")
    yield _resource(f"{module.id}-read", read, "asset", [read])
    yield _resource(f"{module.id}-quiz", quiz, "sco", [quiz, SCRIPT])


def _resource(name: str, href: str, kind: str, files: Iterable[str]) -> str:
    held = "".join(f'<file href="{file}"/>\n' for file in files)
    head = f'<resource identifier="{name}" type="webcontent" adlcp:scormtype="{kind}" href="{href}">'
    return f"{head}\n{held}</resource>\n"


def _said(text: str, lang: str) -> str:
    return f'<imsmd:langstring xml:lang="{lang}">{_xml(text)}</imsmd:langstring>'


def _xml(text: str) -> str:
    return escape(clean(text), quote=False)
