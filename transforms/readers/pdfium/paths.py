"""The drawing of a PDF page -> ruling lines, and how much of the page pictures cover.

A thin picture is a rule as well; what else is one, positioned/outlines.py says.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from transforms.document import UnreadableFileError
from transforms.readers.pdfium import Handle
from transforms.readers.positioned.matrix import UNIT, Matrix, mapped, product
from transforms.readers.positioned.outlines import Point, is_thin, rule_between, rules_of
from transforms.readers.positioned.page import Rule

_DEEPEST = 8  # forms inside forms
_MOST_SEGMENTS = 200_000  # of one page
LARGEST_OBJECTS = 200_000  # on one page; dotted borders by Chromium take 9,000


class Drawing:
    """What is drawn on a page. Places are in points from the page's top left corner."""

    def __init__(self, page: Handle, box: tuple[float, float, float, float]) -> None:
        """Raises UnreadableFileError: `too_complex`."""
        self.rules: list[Rule] = []
        self.pictured = 0.0  # square points that pictures cover
        self.hidden_text = 0  # text objects that are drawn invisibly, as over a scan
        self.shown_text = 0
        self._left, self._bottom, self._right, self._top = box
        self._objects = self._segments = 0
        self._bounds = [ctypes.c_float() for _ in range(4)]
        self._references = [ctypes.byref(value) for value in self._bounds]
        count = pdfium.FPDFPage_CountObjects(page)
        self._read(count, lambda index: pdfium.FPDFPage_GetObject(page, index), UNIT, 0)

    def _read(self, count: int, get: Handle, matrix: Matrix, depth: int) -> None:
        self._objects += count
        if self._objects > LARGEST_OBJECTS:
            raise UnreadableFileError("too_complex", limit=LARGEST_OBJECTS)
        kind_of = pdfium.FPDFPageObj_GetType
        for index in range(count):
            item = get(index)
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._add_path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._count_text(item)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._add_picture(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self._add_form(item, matrix, depth)

    def _add_form(self, form: Handle, matrix: Matrix, depth: int) -> None:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(form, own)
        inner = product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        count = pdfium.FPDFFormObj_CountObjects(form)
        self._read(count, lambda index: pdfium.FPDFFormObj_GetObject(form, index), inner, depth + 1)

    def _count_text(self, item: Handle) -> None:
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            self.hidden_text += 1
        else:
            self.shown_text += 1

    def _box(self, item: Handle, matrix: Matrix) -> Rule | None:
        """An object's bounds on the page, or None where it has none or lies outside."""
        if not pdfium.FPDFPageObj_GetBounds(item, *self._references):
            return None
        b = self._bounds
        left, bottom, right, top = b[0].value, b[1].value, b[2].value, b[3].value
        if matrix is not UNIT:
            return rule_between(
                self._placed(mapped(left, bottom, matrix)),
                self._placed(mapped(right, top, matrix)),
            )
        return Rule(left - self._left, self._top - top, right - self._left, self._top - bottom)

    def _placed(self, point: Point) -> Point:
        """A point of the page's own units in points from its top left corner."""
        return point[0] - self._left, self._top - point[1]

    def _add_picture(self, item: Handle, matrix: Matrix) -> None:
        box = self._box(item, matrix)
        if box is None:
            return
        if is_thin(box):
            self.rules.append(box)
        wide = min(box.right, self._right - self._left) - max(box.left, 0.0)
        high = min(box.bottom, self._top - self._bottom) - max(box.top, 0.0)
        self.pictured += max(wide, 0.0) * max(high, 0.0)

    def _add_path(self, item: Handle, matrix: Matrix) -> None:
        box = self._box(item, matrix)
        if box is None:
            return
        if is_thin(box):
            self.rules.append(box)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        count = pdfium.FPDFPath_CountSegments(item)
        if count <= 5 and not stroke.value:
            return  # a background
        self._segments += count
        if self._segments > _MOST_SEGMENTS:
            raise UnreadableFileError("too_complex", limit=_MOST_SEGMENTS)
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(item, own)
        whole = product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        parts = [
            [self._placed(mapped(*point, whole)) for point in part]
            for part in _outlines(item, count)
        ]
        self.rules += rules_of(parts, bool(stroke.value))


def _outlines(item: Handle, count: int) -> Iterator[list[Point]]:
    """The outlines of a path; those with curves come out empty."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    curved = False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield [] if curved else points
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield [] if curved else points
