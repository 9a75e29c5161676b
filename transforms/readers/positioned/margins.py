"""Text outside tables, page by page -> the same without running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from transforms.readers.positioned.page import Page
from transforms.readers.positioned.writing import TextLine

_MARGIN = 0.12  # of the page's height, at top and bottom
_DECORATED = re.compile(
    r"[-—–－_·~～\s]+\d{1,4}[-—–－_·~～\s]+|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}"
    r"|page\s*\d{1,4}.{0,12}",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}")
_DIGITS = re.compile(r"\d+")
_ROMAN = str.maketrans("０１２３４５６７８９", "0123456789")


def without_margins(pages: Sequence[Page], lines: Sequence[list[TextLine]]) -> list[list[TextLine]]:
    """The lines of each page that are its own.

    A line in the upper or lower margin goes where it is a decorated page number, a number that
    counts the pages, or text that the margin of another page holds in the same place.
    """
    marginal = [
        [line for line in of_page if _in_margin(line, page)]
        for page, of_page in zip(pages, lines, strict=True)
    ]
    heads = Counter(key for of_page in marginal for key in {_key(line) for line in of_page})
    offsets = Counter(
        offset
        for page, of_page in zip(pages, marginal, strict=True)
        for offset in {_offset(line, page) for line in of_page}
        if offset is not None
    )
    kept = []
    for page, of_page, in_margin in zip(pages, lines, marginal, strict=True):
        dropped = {
            id(line)
            for line in in_margin
            if _DECORATED.fullmatch(line.text.translate(_ROMAN))
            or (heads[_key(line)] > 1 and any(map(str.isalpha, line.text)))
            or _counts(offsets, _offset(line, page))
        }
        kept.append([line for line in of_page if id(line) not in dropped])
    return kept


def _in_margin(line: TextLine, page: Page) -> bool:
    return not _MARGIN * page.height < line.baseline < (1 - _MARGIN) * page.height


def _key(line: TextLine) -> tuple[str, int]:
    """Text with every number alike, and the height it stands at."""
    return _DIGITS.sub("0", line.text), round(line.baseline / 3)


def _counts(offsets: Counter[int], offset: int | None) -> bool:
    return offset is not None and offsets[offset] > 1


def _offset(line: TextLine, page: Page) -> int | None:
    text = line.text.translate(_ROMAN)
    return int(text) - page.number if _BARE.fullmatch(text) else None
