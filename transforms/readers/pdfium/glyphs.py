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
_HIGH_SURROGATES = range(0xD800, 0xDC00)
_BLANKS = frozenset(
    [*range(0x21), 0x7F, 0xA0, 0xAD, 0x3000, 0xFEFF, 0xFFFE, *range(0x2000, 0x2010)]
)


def runs_of(text_page: Handle, count: int, box: tuple[float, float, float, float]) -> list[Run]:
    """The first `count` glyphs of a page, blanks left out; `box` is the page's left, bottom,
    right and top in its own units."""
    left, bottom, right, top = box
    x, y = ctypes.c_double(), ctypes.c_double()
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    at_x, at_y, at_rect, at_matrix = map(ctypes.byref, (x, y, rect, matrix))
    page = text_page
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    box_of, matrix_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetMatrix
    size_of, is_unmapped = pdfium.FPDFText_GetFontSize, pdfium.FPDFText_HasUnicodeMapError
    runs: list[Run] = []
    high = 0
    for index in range(count):
        code = unicode_of(page, index)
        unmapped = is_unmapped(page, index) == 1
        if code in _BLANKS and not unmapped:
            continue
        if code in _HIGH_SURROGATES:
            high = code
            continue
        text = UNMAPPED if unmapped or not code else _character(code, high)
        high = 0
        origin_of(page, index, at_x, at_y)
        box_of(page, index, at_rect)
        matrix_of(page, index, at_matrix)
        a, b = matrix.a, matrix.b
        scale = math.hypot(matrix.c, matrix.d) if matrix.c else abs(matrix.d)
        across, down = x.value - left, top - y.value
        if not (
            -_MARGIN < across < right - left + _MARGIN and -_MARGIN < down < top - bottom + _MARGIN
        ):
            continue
        turn = _turn(a, b)
        width = (
            rect.right - x.value,
            y.value - rect.bottom,
            x.value - rect.left,
            rect.top - y.value,
        )[turn]
        size = size_of(page, index) * scale or rect.top - rect.bottom
        runs.append(Run(text, across, down, max(width, 0.0), size, turn))
    return runs


def _character(code: int, high: int) -> str:
    if high and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
    return UNMAPPED if 0xD800 <= code < 0xE000 else chr(code)


def _turn(a: float, b: float) -> int:
    """Quarter turns clockwise of a text matrix (y up): its baseline runs along (a, b)."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b < 0 else 3
