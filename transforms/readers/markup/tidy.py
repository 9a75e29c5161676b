"""Text as it stands in markup -> text as a person reads it, white space tidied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.readers.markup.tree import unescape

# Between two of these a line break is no space. Full-width digits and letters are not among them:
# two numbers must never grow together.
_IDEOGRAPHS = (
    r"\u2e80-\u2fff\u3001-\u3006\u3008-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\U00020000-\U0003ffff“”‘’"
)
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_WRAP = re.compile(rf"(?<=[{_IDEOGRAPHS}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_IDEOGRAPHS}])")

_SHORT = 60  # characters: labels and small numbers, which fill most cells, are tidied once


def tidy(text: str) -> str:
    """Every run of white space one space; none where a line of source broke inside Chinese.

    What `Page.tokens` leaves escaped is unescaped.
    """
    return _kept(text) if len(text) <= _SHORT else _tidied(text)


@lru_cache(maxsize=4096)
def _kept(text: str) -> str:
    return _tidied(text)


def _tidied(text: str) -> str:
    if "\n" in text:
        text = _WRAP.sub("", text)
    return " ".join(unescape(text).split())


def join(lines: Sequence[str]) -> str:
    """Tidied lines of one cell as one line: no space inside Chinese, one space elsewhere."""
    if len(lines) <= 1:
        return lines[0] if lines else ""
    pieces: list[str] = []
    for line in lines:
        if pieces and not _touch(pieces[-1][-1], line[0]):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def _touch(left: str, right: str) -> bool:
    return bool(_IDEOGRAPH.match(left) and _IDEOGRAPH.match(right))
