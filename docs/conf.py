"""Sphinx configuration. Nothing is fetched: build with ``sphinx-build -n -W -b html docs docs/_build/html``."""

import sys
from pathlib import Path

import nimrights

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "nimrights"
author = "The nimrights developers"
project_copyright = "2026, The nimrights developers; data CC BY 4.0"
version = release = nimrights.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.doctest", "nimrights_docs"]
exclude_patterns = ["_build", "_generated/parts"]
smartquotes = False
default_role = "code"
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(os|pathlib|collections\.abc|enum|datetime)\..*"),  # the standard library, without a network
    ("py:.*", r"nimrights\._.*"),  # what is not public
    ("py:.*", r"(nimrights\.\w+\.)?(R|Json|Found|Language|Stage|Kind|Record)"),  # type variables and aliases
]

myst_enable_extensions = ["deflist", "tasklist"]
myst_heading_anchors = 3

autodoc_class_signature = "separated"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "undoc-members": True, "exclude-members": "__init__, __new__"}

doctest_global_setup = """
from attrs import evolve
from nimrights import *
from nimrights.cases import read_case
from nimrights.city import compare, new_self_assessment, progress
from nimrights.city_documents import draft_declaration, progress_page
from nimrights.classifier import classify_many
from nimrights.coverage import coverage_of
from nimrights.differences import kind_of
from nimrights.explanation import explain_html, explain_text
from nimrights.models import code_id, module_id, provision_id
from nimrights.release import canonical
from nimrights.text import check_language, fold, words
"""

html_theme = "furo"
html_title = f"nimrights {release}"
