"""Names of OpenDocument as lxml spells them, and how it writes numbers and lengths."""

from __future__ import annotations

import re

from transforms.readers.xml import Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    "office": f"{_OASIS}:office:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "style": f"{_OASIS}:style:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "meta": f"{_OASIS}:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(cm|mm|in|inch|pt|pc)\s*")
_TWIPS = {"cm": 1440 / 2.54, "mm": 144 / 2.54, "in": 1440, "inch": 1440, "pt": 20, "pc": 240}


def q(name: str) -> str:
    """`text:p` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def count(element: Element, name: str, default: int = 1) -> int:
    """An attribute that counts something, at least 1; `default` where it is none or no number."""
    stated = element.get(name)
    if stated is None or not (stated.isascii() and stated.isdigit() and len(stated) < 10):
        return default
    return max(int(stated), 1)


def twips(length: str | None) -> int | None:
    """A length such as `3.5cm` in twips."""
    found = _LENGTH.fullmatch(length or "")
    return round(float(found[1]) * _TWIPS[found[2]]) if found else None
