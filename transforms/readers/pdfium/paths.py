"""The drawing of a PDF page -> ruling lines, and how much of the page pictures cover.

A rule is a stroked line, a thin filled box, a side of a stroked rectangle or of a ring (a filled
rectangle with a hole), or a thin picture. One filled rectangle is a background.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as pdfium

from transforms.document import UnreadableFileError
from transforms.readers.pdfium import Handle
from transforms.readers.positioned.page import Rule

_THIN = 5.0  # points; as in positioned.edges
_SLANT = 1.0  # points that the ends of a rule may differ across it
_DEEPEST = 8  # forms inside forms
_MOST_SEGMENTS = 200_000  # of one page
LARGEST_OBJECTS = 200_000  # on one page; dotted borders by Chromium take 9,000

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]
_UNIT: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
        self._read(count, lambda index: pdfium.FPDFPage_GetObject(page, index), _UNIT, 0)

    def _read(self, count: int, get: Handle, matrix: _Matrix, depth: int) -> None:
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

    def _add_form(self, form: Handle, matrix: _Matrix, depth: int) -> None:
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(form, own)
        inner = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        count = pdfium.FPDFFormObj_CountObjects(form)
        self._read(count, lambda index: pdfium.FPDFFormObj_GetObject(form, index), inner, depth + 1)

    def _count_text(self, item: Handle) -> None:
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            self.hidden_text += 1
        else:
            self.shown_text += 1

    def _box(self, item: Handle, matrix: _Matrix) -> Rule | None:
        """An object's bounds on the page, or None where it has none or lies outside."""
        if not pdfium.FPDFPageObj_GetBounds(item, *self._references):
            return None
        left, bottom, right, top = (value.value for value in self._bounds)
        if matrix is not _UNIT:
            return self._rule(_mapped(left, bottom, matrix), _mapped(right, top, matrix))
        return Rule(left - self._left, self._top - top, right - self._left, self._top - bottom)

    def _rule(self, one: _Point, other: _Point) -> Rule:
        (x1, y1), (x2, y2) = one, other
        left, right = (x1, x2) if x1 < x2 else (x2, x1)
        low, high = (y1, y2) if y1 < y2 else (y2, y1)
        return Rule(left - self._left, self._top - high, right - self._left, self._top - low)

    def _add_picture(self, item: Handle, matrix: _Matrix) -> None:
        box = self._box(item, matrix)
        if box is None:
            return
        if min(box.right - box.left, box.bottom - box.top) <= _THIN:
            self.rules.append(box)
        wide = min(box.right, self._right - self._left) - max(box.left, 0.0)
        high = min(box.bottom, self._top - self._bottom) - max(box.top, 0.0)
        self.pictured += max(wide, 0.0) * max(high, 0.0)

    def _add_path(self, item: Handle, matrix: _Matrix) -> None:
        box = self._box(item, matrix)
        if box is None:
            return
        if box.right - box.left <= _THIN or box.bottom - box.top <= _THIN:
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
        whole = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        parts = [[_mapped(*point, whole) for point in part] for part in _parts(item, count)]
        if stroke.value or len(parts) > 1:
            for part in parts:
                self._add_sides(part)

    def _add_sides(self, points: list[_Point]) -> None:
        """The sides of an outline that run along an axis; a thin outline is one rule."""
        if not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        whole = self._rule((min(xs), min(ys)), (max(xs), max(ys)))
        if min(whole.right - whole.left, whole.bottom - whole.top) <= _THIN:
            self.rules.append(whole)
            return
        for one, other in pairwise(points):
            if min(abs(one[0] - other[0]), abs(one[1] - other[1])) <= _SLANT:
                self.rules.append(self._rule(one, other))


def _parts(item: Handle, count: int) -> Iterator[list[_Point]]:
    """The outlines of a path; those with curves come out empty."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[_Point] = []
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


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t,
        e * q + f * s + u,
    )  # fmt: skip


def _mapped(x: float, y: float, matrix: _Matrix) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
