"""The text of a PDF page -> a run a glyph, in the order of the content.

Places are those of glyph origins: boxes of punctuation stand so low that it would drop to the next
line. A glyph whose font does not say which character it is becomes U+FFFD, for what pdfium gives
instead (the glyph's number) may look like a digit.
"""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as pdfium

from transforms.readers.pdfium import Handle
from transforms.readers.positioned.legible import UNMAPPED
from transforms.readers.positioned.page import Run

_MARGIN = 72.0  # points outside the page that wide tables reach into; farther out text is hidden
_HYPHENS = (0x02, 0xFFFE)  # what pdfium gives for a hyphen at the end of a line
_TOUCHING = 0.6  # points between glyphs that are set in one go
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_BLANKS = frozenset([*range(0x21), 0x7F, 0xA0, 0xAD, 0x3000, 0xFEFF, *range(0x2000, 0x2010)])


def runs_of(text_page: Handle, count: int, box: tuple[float, float, float, float]) -> list[Run]:
    """The first `count` glyphs of a page, blanks left out; `box` is the page's left, bottom,
    right and top in its own units."""
    left, bottom, right, top = box
    x, y, rect = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_rect = ctypes.byref(x), ctypes.byref(y), ctypes.byref(rect)
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    box_of, is_unmapped = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_HasUnicodeMapError
    style_of = _Styles(text_page).at
    low_x, high_x, low_y, high_y = left - _MARGIN, right + _MARGIN, bottom - _MARGIN, top + _MARGIN
    runs: list[Run] = []
    high = turn = 0
    size = last_end = last_y = math.inf
    for index in range(count):
        code = unicode_of(text_page, index)
        if code in _HYPHENS:
            code = 0x2D
        unmapped = is_unmapped(text_page, index) == 1
        if code in _BLANKS and not unmapped:
            continue
        if code in _HIGH_SURROGATES:
            high = code
            continue
        text = UNMAPPED if unmapped else _character(code, high)
        high = 0
        origin_of(text_page, index, at_x, at_y)
        box_of(text_page, index, at_rect)
        here_x, here_y = x.value, y.value
        if here_y != last_y or abs(here_x - last_end) > _TOUCHING or turn:
            size, turn = style_of(index)
        last_end, last_y = rect.right, here_y
        if low_x < here_x < high_x and low_y < here_y < high_y:
            width = _width(rect, here_x, here_y, turn)
            size = size or rect.top - rect.bottom
            runs.append(Run(text, here_x - left, top - here_y, width, size, turn))
    return runs


def _width(rect: Handle, x: float, y: float, turn: int) -> float:
    """How far a glyph reaches from its origin along its line."""
    reach = (rect.right - x, y - rect.bottom, x - rect.left, rect.top - y)[turn]
    return float(reach) if reach > 0 else 0.0


class _Styles:
    """Font size in points and quarter turns of glyphs. Asked once for glyphs that touch."""

    def __init__(self, text_page: Handle) -> None:
        self._text_page = text_page
        self._matrix = pdfium.FS_MATRIX()
        self._reference = ctypes.byref(self._matrix)

    def at(self, index: int) -> tuple[float, int]:
        """Of one glyph."""
        pdfium.FPDFText_GetMatrix(self._text_page, index, self._reference)
        scale = math.hypot(self._matrix.c, self._matrix.d)
        size = pdfium.FPDFText_GetFontSize(self._text_page, index) * scale
        return size, _turn(self._matrix.a, self._matrix.b)


def _character(code: int, high: int) -> str:
    if high and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
    return UNMAPPED if not code or 0xD800 <= code < 0xE000 else chr(code)


def _turn(a: float, b: float) -> int:
    """Quarter turns clockwise of a text matrix (y up): its baseline runs along (a, b)."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b < 0 else 3
