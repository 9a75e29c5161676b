"""A picture of a page -> a page of placed text and ruling lines, as the grid builder takes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.positioned.page import Page, Rule, Run
from transforms.readers.scans.ink import PAPER, Writing, writing_in
from transforms.readers.scans.lattice import Box, LatticeCell, LatticeTable, find_tables
from transforms.readers.scans.prose import read_prose
from transforms.readers.scans.reading import UNREADABLE, Reading, may_be_number, read_cells
from transforms.readers.scans.rules import find_rules, noise_of
from transforms.readers.scans.straighten import Grey, grey_of, px_per_inch, straighten

_POINTS = 72  # an inch
_RIM = 5  # px around a rule that still hold its grey
_FEW_WORDS = 3  # lines; fewer do not tell how a page stands
_AROUND = 0.04  # inches around a table where nothing is written
_RULE = 1.0  # points
_FULL = 0.7  # of the width of its cell that a line broken in mid-word takes
_IDEOGRAPHS = 0.9  # of the font size that the ink of ideographs is high
_DIGITS = 0.7


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page with how much sense its words make, from 0 to 1; null where it has too few."""

    page: Page
    sense: float | None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of writing with its text."""

    box: Box
    reading: Reading


def read_page(picture: NDArray[np.uint8], number: int) -> ReadPage:
    """Read a picture, grey or RGB, as it stands."""
    grey, _ = straighten(grey_of(picture))
    inch = px_per_inch(grey)
    noise = noise_of(grey)
    tables = find_tables(find_rules(grey), inch)
    inside = list(_in_tables(grey, tables, inch, noise))
    outside = list(_outside(grey, tables, inch, noise))
    scale = _POINTS / inch
    page = Page(
        number,
        grey.shape[1] * scale,
        grey.shape[0] * scale,
        _runs([*inside, *(line for line in outside if line.reading.text)], scale),
        [rule for table in tables for rule in _rules(table, scale)],
    )
    return ReadPage(page, _sense(inside, outside))


def _sense(inside: Sequence[_Line], outside: Sequence[_Line]) -> float | None:
    words = [line.reading.confidence for line in inside if not may_be_number(line.reading.text)]
    for line in outside:
        text = line.reading.text
        words.append(1 - text.count(UNREADABLE) / len(text) if text else 0.0)
    return sum(words) / len(words) if len(words) >= _FEW_WORDS else None


def _in_tables(
    grey: Grey, tables: Sequence[LatticeTable], inch: float, noise: float
) -> Iterator[_Line]:
    found = [
        (cell, writing_in(grey, ruled, cell.box, inch, noise))
        for table in tables
        for ruled in [_ruled(grey, table)]
        for cell in table.cells
    ]
    lines = [line for _, writing in found for line in writing.lines]
    readings = iter(read_cells(lines))
    for cell, writing in found:
        own = [next(readings) for _ in writing.lines]
        yield from _of_cell(cell, writing, own)


def _of_cell(cell: LatticeCell, writing: Writing, readings: Sequence[Reading]) -> Iterator[_Line]:
    """The text of a cell as one; in doubt: a blank that may be none, digits on two lines."""
    if not readings:
        if writing.faint or cell.doubtful:
            yield _Line(cell.box, Reading(UNREADABLE, 0.0))
        return
    lines = writing.lines
    text, confidence = readings[0]
    for before, reading in zip(lines, readings[1:], strict=False):
        full = before.box.right - before.box.left > _FULL * (cell.box.right - cell.box.left)
        both = text[-1:].isascii() and reading.text[:1].isascii()
        text += (" " if both and not full else "") + reading.text
        confidence = min(confidence, reading.confidence)
    several = len(lines) > 1 and any(map(str.isdigit, text))
    box = Box(
        min(line.box.left for line in lines),
        lines[0].box.top,
        max(line.box.right for line in lines),
        lines[-1].box.bottom,
    )
    yield _Line(box, Reading(text, 0.0 if cell.doubtful or several else confidence))


def _ruled(grey: Grey, table: LatticeTable) -> NDArray[np.uint8]:
    """The pixels of a table's rules and of the grey around them, on the whole page."""
    ruled = np.zeros_like(grey)
    box = table.box
    ruled[box.top : box.bottom, box.left : box.right] = table.ruled
    return np.asarray(cv2.dilate(ruled, np.ones((_RIM, _RIM), np.uint8)), dtype=np.uint8)


def _outside(
    grey: Grey, tables: Sequence[LatticeTable], inch: float, noise: float
) -> Iterator[_Line]:
    rest = grey.copy()
    rim = round(_AROUND * inch)
    for table in tables:
        box = table.box
        rows = slice(max(0, box.top - rim), box.bottom + rim)
        rest[rows, max(0, box.left - rim) : box.right + rim] = PAPER
    whole = Box(0, 0, grey.shape[1], grey.shape[0])
    lines = writing_in(rest, np.zeros_like(grey), whole, inch, noise, page=True).lines
    for line, text in zip(lines, read_prose([line.picture for line in lines]), strict=True):
        yield _Line(line.box, Reading(text, 0.0))


def _runs(lines: Sequence[_Line], scale: float) -> list[Run]:
    runs = []
    for line in lines:
        box, text = line.box, line.reading.text
        high = (box.bottom - box.top) * scale
        size = high / (_DIGITS if text.isascii() else _IDEOGRAPHS)
        middle = (box.top + box.bottom) / 2 * scale
        # so that `Run.middle` is the middle of the ink
        baseline = middle + 0.35 * size
        width = (box.right - box.left) * scale
        runs.append(Run(text, box.left * scale, baseline, width, size, 0, line.reading.confidence))
    return runs


def _rules(table: LatticeTable, scale: float) -> Iterator[Rule]:
    """The sides of the cells as rules."""
    for cell in table.cells:
        left, top, right, bottom = (
            each * scale for each in (cell.box.left, cell.box.top, cell.box.right, cell.box.bottom)
        )
        for y in (top, bottom):
            yield Rule(left, y - _RULE / 2, right, y + _RULE / 2)
        for x in (left, right):
            yield Rule(x - _RULE / 2, top, x + _RULE / 2, bottom)
