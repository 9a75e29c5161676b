"""Runs of a page -> whether its fonts say which characters they show, and whether it is a picture.

Fonts without a usable map give private-use code points, none at all, or Latin-1 letters where
Chinese stands; a scan has no text, or hidden text that some unknown program recognised.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.readers.positioned.page import Page, Run

UNMAPPED = "\ufffd"  # what a reader writes for a glyph whose character is not known
FEW_GLYPHS = 20  # a page number, a stamp: less is no page of text

_PICTURED = 0.3  # of a page that a picture covers where the page may be one
_WHOLE = 0.6  # of a page that a scan covers
_BAD_GLYPHS = 3
_BAD_SHARE = 0.02
_BULLETS = range(0xF000, 0xF100)  # where Word's symbol fonts keep theirs
_PRIVATE = range(0xE000, 0xF900)
_LATIN_1 = range(0xC0, 0x100)  # letters; × and ÷ among them are few


def is_unmapped(runs: Sequence[Run]) -> bool:
    """Whether too many glyphs have no usable character."""
    bad = sum(_is_bad(ord(run.text[0])) for run in runs)
    return bad >= _BAD_GLYPHS and bad >= _BAD_SHARE * len(runs)


def _is_bad(code: int) -> bool:
    return (
        code in (0xFFFD, 0xFFFF)
        or (code in _PRIVATE and code not in _BULLETS)
        or code in _LATIN_1
        or code >= 0xF0000
    )


def is_picture(page: Page, pictured: float, hidden: bool) -> bool:
    """Whether what the page says is in a picture.

    `pictured` is how many square points pictures cover, `hidden` whether most of the text is drawn
    invisibly.
    """
    share = pictured / (page.width * page.height or 1.0)
    return (hidden and share > _WHOLE) or (len(page.runs) < FEW_GLYPHS and share > _PICTURED)
