"""Masks of ruling lines -> tables: cells with their place, spans and box on the page.

Rules that touch form one table. Where a rule parts two neighbouring places of its lattice they are
two cells, where none does they are one. Where half a rule stands nobody knows: the cells on both
sides are then doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.scans.rules import Mask, Rules

_NARROWEST_TABLE = 1.0  # inches
_LOWEST_TABLE = 0.2
_SAME_RULE = 0.06  # inches by which pieces of one rule may lie apart
_LONG = 0.5  # inches of an upright that is no stroke of writing
_LEVEL = 0.04  # by which the ends of uprights may differ where a page cut them
_FEWEST = 3  # uprights that end together
_FRAMED = 0.7  # of the outline that is drawn; strokes of large writing frame nothing
_PRESENT = 0.75  # of an edge that a rule covers
_ABSENT = 0.3

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """One cell; `doubtful` if a rule beside it is only half there."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    doubtful: bool


@dataclass(frozen=True, slots=True)
class LatticeTable:
    """One ruled table of a page, cells in reading order; `ruled` are the pixels of its rules."""

    box: Box
    cells: tuple[LatticeCell, ...]
    ruled: Mask


def find_tables(rules: Rules, inch: float) -> list[LatticeTable]:
    """The ruled tables of a page, from the top."""
    rule_level = rules.level | _cut_ends(rules.upright, inch)
    both = cv2.dilate(rule_level | rules.upright, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    tables = []
    for number in range(1, count):
        left, top, width, height, _ = (int(each) for each in stats[number])
        if width < _NARROWEST_TABLE * inch or height < _LOWEST_TABLE * inch:
            continue
        box = Box(left, top, left + width, top + height)
        own = labels[top : box.bottom, left : box.right] == number
        level, upright = (
            np.asarray(mask[top : box.bottom, left : box.right] & own, dtype=np.uint8)
            for mask in (rule_level, rules.upright)
        )
        table = _table(level, upright, box, inch)
        if len(table.cells) > 1:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box.top, table.box.left))


def _cut_ends(upright: Mask, inch: float) -> Mask:
    """Level rules where long uprights end together: there a page cut the table open."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    long = [
        (int(left), int(left + width), int(top), int(top + height))
        for left, top, width, height, _ in stats[1:count]
        if height >= _LONG * inch
    ]
    drawn = np.zeros_like(upright)
    for side in (2, 3):
        for together in _near(sorted(long, key=lambda each: each[side]), side, _LEVEL * inch):
            if len(together) >= _FEWEST:
                y = round(float(np.median([each[side] for each in together]))) - (side == 3)
                left, right = min(each[0] for each in together), max(each[1] for each in together)
                drawn[max(0, y - 1) : y + 2, left:right] = 1
    return drawn


def _near(
    items: list[tuple[int, int, int, int]], side: int, reach: float
) -> list[list[tuple[int, int, int, int]]]:
    groups: list[list[tuple[int, int, int, int]]] = []
    for item in items:
        if groups and item[side] - groups[-1][-1][side] <= reach:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Places of rules, and how much of each edge between two places one covers.

    `right` is [row, x line], `below` [y line, column].
    """

    xs: list[int]
    ys: list[int]
    right: Shares
    below: Shares

    def is_framed(self) -> bool:
        """Whether rules run around the whole."""
        level = max(self.below[0].mean(), self.below[-1].mean())
        return bool(level >= _FRAMED and self.right[:, [0, -1]].mean() >= _FRAMED)

    def close(self) -> None:
        """Take the outline for drawn."""
        self.right[:, [0, -1]] = self.below[[0, -1], :] = 1.0


def _table(level: Mask, upright: Mask, box: Box, inch: float) -> LatticeTable:
    tolerance = round(_SAME_RULE * inch)
    xs = _places(upright.T, tolerance)
    ys = _places(level, tolerance)
    cells: list[LatticeCell] = []
    if len(xs) > 1 and len(ys) > 1:
        right = _edges(upright.T, xs, ys, tolerance).T
        lattice = _Lattice(xs, ys, right, _edges(level, ys, xs, tolerance))
        if lattice.is_framed():
            lattice.close()
            cells = [_cell(places, lattice, box) for places in _regions(lattice)]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return LatticeTable(box, tuple(cells), level | upright)


def _places(mask: NDArray[np.uint8], tolerance: int) -> list[int]:
    """Where the level rules of a mask lie, pieces of one rule taken together."""
    count, _, stats, centres = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(mask), connectivity=8
    )
    pieces = sorted(
        (float(centres[at][1]), int(stats[at][cv2.CC_STAT_WIDTH])) for at in range(1, count)
    )
    groups: list[list[tuple[float, int]]] = []
    for piece in pieces:
        if groups and piece[0] - groups[-1][-1][0] <= tolerance:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [round(sum(y * w for y, w in g) / sum(w for _, w in g)) for g in groups]


def _edges(mask: NDArray[np.uint8], lines: list[int], cuts: list[int], tolerance: int) -> Shares:
    """How much of each edge is drawn: [line, stretch between two cuts]."""
    shares = np.zeros((len(lines), len(cuts) - 1))
    half = max(2, tolerance // 2)
    for at, line in enumerate(lines):
        drawn = mask[max(0, line - half) : line + half + 1].max(axis=0)
        for stretch, (start, end) in enumerate(pairwise(cuts)):
            trim = min(half, (end - start) // 4)
            inside = drawn[start + trim : end - trim]
            shares[at, stretch] = inside.mean() if len(inside) else 0.0
    return shares


def _regions(lattice: _Lattice) -> list[list[tuple[int, int]]]:
    """The places of the lattice, those together that no rule parts."""
    parted = (_PRESENT + _ABSENT) / 2
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, column in np.ndindex(len(lattice.ys) - 1, len(lattice.xs) - 1):
        region = [(row, column)]
        beside = [(row, column - 1)] if lattice.right[row, column] < parted else []
        beside += [(row - 1, column)] if lattice.below[row, column] < parted else []
        for place in beside:
            region += [each for each in found[place] if each not in region]
        for place in region:
            found[place] = region
    return list({id(region): region for region in found.values()}.values())


def _cell(places: list[tuple[int, int]], lattice: _Lattice, box: Box) -> LatticeCell:
    rows, columns = [row for row, _ in places], [column for _, column in places]
    top, bottom, left, right = min(rows), max(rows) + 1, min(columns), max(columns) + 1
    shares = [lattice.right[row, column + side] for row, column in places for side in (0, 1)]
    shares += [lattice.below[row + side, column] for row, column in places for side in (0, 1)]
    torn = any(_ABSENT < share < _PRESENT for share in shares)
    xs, ys = lattice.xs, lattice.ys
    return LatticeCell(
        top,
        left,
        bottom - top,
        right - left,
        Box(box.left + xs[left], box.top + ys[top], box.left + xs[right], box.top + ys[bottom]),
        doubtful=torn or len(places) < (bottom - top) * (right - left),
    )
