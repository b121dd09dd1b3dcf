"""Which kinds of records there are, told without loading their classes: a cold start is shorter for it.

`nimrights.models` has the classes; a test holds that both agree.
"""

from __future__ import annotations

from typing import Final

#: table name -> kind of its records, in the order in which links point
KINDS: Final = {
    "sources": "source",
    "terms": "term",
    "instruments": "instrument",
    "provisions": "provision",
    "rights": "right",
    "obligations": "obligation",
    "decisions": "decision",
    "areas": "area",
    "bodies": "body",
    "documents": "document",
    "recommendations": "recommendation",
    "municipalities": "municipality",
    "codes": "code",
    "advice": "advice",
    "findings": "finding",
    "practices": "practice",
    "guide": "step",
    "questions": "question",
    "course": "module",
    "city": "element",
}

TABLE_OF: Final = {kind: table for table, kind in KINDS.items()}

#: tables whose records have an order of their own
ORDERED: Final = frozenset({"guide", "course", "city"})
