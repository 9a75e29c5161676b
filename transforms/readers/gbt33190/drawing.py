"""The contents of an OFD page -> runs, rules, and how much of the page pictures cover."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from transforms.document import UnreadableFileError
from transforms.readers.gbt33190.values import box, matrix, number, numbers, steps
from transforms.readers.positioned.legible import UNMAPPED
from transforms.readers.positioned.matrix import Matrix, mapped, product
from transforms.readers.positioned.outlines import Point, is_thin, rule_between, rules_of
from transforms.readers.positioned.page import Rule, Run
from transforms.readers.xml import Element, local_name

POINTS = 72 / 25.4  # in a millimetre
LARGEST_OBJECTS = 200_000  # on one page
_DEEPEST = 16  # blocks within blocks, shared drawings within shared drawings
_FONT_SIZE = 4.2  # millimetres, where none is stated
_OPERATION = re.compile(r"([SMLQBAC])([^SMLQBAC]*)")
_ENDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}  # numbers of an operation; its end is last
_FEWEST_STEP, _MOST_STEP = 0.2, 1.6  # of the font size; else a step is no glyph's width


class Drawing:
    """What is drawn on a page. Places are in points from the page's top left corner."""

    def __init__(
        self, contents: list[Element], page: Matrix, shared: Callable[[str], Element | None]
    ) -> None:
        """`page` maps the page's millimetres to points.

        Raises UnreadableFileError: `too_complex`.
        """
        self.runs: list[Run] = []
        self.rules: list[Rule] = []
        self.pictured = 0.0  # square points that pictures cover
        self.hidden_text = self.shown_text = 0  # objects
        self._shared = shared
        self._objects = 0
        for content in contents:
            self._read(content, page, 0)

    def _read(self, block: Element, outer: Matrix, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnreadableFileError("too_complex", limit=_DEEPEST)
        for item in block:
            self._objects += 1
            if self._objects > LARGEST_OBJECTS:
                raise UnreadableFileError("too_complex", limit=LARGEST_OBJECTS)
            if item.get("Visible") != "false":
                self._add(item, outer, depth)

    def _add(self, item: Element, outer: Matrix, depth: int) -> None:
        kind = local_name(item)
        if kind in ("Layer", "PageBlock", "Content"):
            self._read(item, outer, depth + 1)
        elif kind == "TextObject":
            self._add_text(item, _own(item, outer))
        elif kind == "PathObject":
            self._add_path(item, _own(item, outer))
        elif kind == "ImageObject":
            self._add_picture(item, outer)
        elif kind == "CompositeObject":
            unit = self._shared(item.get("ResourceID", ""))
            if unit is not None:
                self._read(unit, _own(item, outer), depth + 1)

    def _add_text(self, item: Element, place: Matrix) -> None:
        size = number(item.get("Size"), _FONT_SIZE)
        turned = round(number(item.get("CharDirection"), 0.0) / 90)
        turn = (_turn(place) + turned) % 4
        scale = (place[2] ** 2 + place[3] ** 2) ** 0.5
        wide = (place[0] ** 2 + place[1] ** 2) ** 0.5
        stretch = number(item.get("HScale"), 1.0)
        if _is_hidden(item):
            self.hidden_text += 1
        else:
            self.shown_text += 1
        for code in item.iter("{*}TextCode"):
            for text, x, y, width in _glyphs(code, size * stretch):
                if not text.isspace():
                    at = mapped(x, y, place)
                    shown = text if text.isprintable() else UNMAPPED
                    self.runs.append(Run(shown, *at, width * wide, size * scale, turn))

    def _add_path(self, item: Element, place: Matrix) -> None:
        stroked = item.get("Stroke", "true") != "false"
        filled = item.get("Fill", "false") == "true"
        if not (stroked or filled):
            return
        data = next((part.text for part in item.iter("{*}AbbreviatedData")), None)
        outlines = [[mapped(*point, place) for point in part] for part in _outlines(data or "")]
        self._objects += sum(map(len, outlines))
        self.rules += rules_of(outlines, stroked)

    def _add_picture(self, item: Element, outer: Matrix) -> None:
        bounds = box(item.get("Boundary"))
        if bounds is None:
            return
        left, top, width, height = bounds
        shown = rule_between(mapped(left, top, outer), mapped(left + width, top + height, outer))
        if is_thin(shown):
            self.rules.append(shown)
        self.pictured += (shown.right - shown.left) * (shown.bottom - shown.top)


def _own(item: Element, outer: Matrix) -> Matrix:
    """An object's own units on the page: its CTM, then the corner of its boundary."""
    left, top, _, _ = box(item.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    inner = product(matrix(item.get("CTM")), (1.0, 0.0, 0.0, 1.0, left, top))
    return product(inner, outer)


def _turn(place: Matrix) -> int:
    """Quarter turns clockwise (y down)."""
    a, b = place[:2]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _is_hidden(item: Element) -> bool:
    """Whether text is drawn with no colour, as over a scan."""
    colours = [item, *item.iterchildren("{*}FillColor")]
    return any(colour.get("Alpha") == "0" for colour in colours) or (
        item.get("Fill") == "false" and item.get("Stroke", "false") == "false"
    )


def _glyphs(code: Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a TextCode with its place and width, in the object's own units."""
    text = code.text or ""
    x, y = number(code.get("X"), 0.0), number(code.get("Y"), 0.0)
    right, down = steps(code.get("DeltaX"), len(text)), steps(code.get("DeltaY"), len(text))
    for index, character in enumerate(text):
        usual = size / 2 if character.isascii() else size
        step = right[index] if index < len(right) else 0.0
        fits = _FEWEST_STEP * size < step < _MOST_STEP * size
        yield character, x, y, min(step, usual) if fits else usual
        if not right and not down:
            step = usual
        x += step
        y += down[index] if index < len(down) else 0.0


def _outlines(data: str) -> Iterator[list[Point]]:
    """The outlines of AbbreviatedData; those with curves come out empty."""
    points: list[Point] = []
    curved = False
    for operation, stated in _OPERATION.findall(data):
        values = numbers(stated)
        if operation == "C":
            if points:
                points.append(points[0])
            continue
        if len(values) < _ENDS[operation]:
            continue
        if operation in "SM":
            if points:
                yield [] if curved else points
            points, curved = [], False
        curved = curved or operation in "QBA"
        end = _ENDS[operation]
        points.append((values[end - 2], values[end - 1]))
    if points:
        yield [] if curved else points
