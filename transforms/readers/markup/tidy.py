"""Text as it stands in markup -> text as a person reads it, white space tidied."""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.readers.joining import IDEOGRAPHS
from transforms.readers.markup.tree import unescape

_WRAP = re.compile(rf"(?<=[{IDEOGRAPHS}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{IDEOGRAPHS}])")

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
