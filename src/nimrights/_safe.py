"""What others wrote, made safe to stand in a page: no characters that change what is around, no foreign addresses."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

#: control characters, lone surrogates, noncharacters, and characters that turn the direction of what follows
UNSAFE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_NO_ADDRESS: Final = re.compile(UNSAFE.pattern + r"|[\s\\]")


def clean(text: str) -> str:
    """Put a visible sign in the place of each character that could change what stands around it."""
    return UNSAFE.sub("\ufffd", text)


def is_web(url: str) -> bool:
    """Say whether *url* is an http or https address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not _NO_ADDRESS.search(url)
