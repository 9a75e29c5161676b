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
_FRAMED = 0.85  # of the outline that is drawn; strokes of large writing frame nothing
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
    level_rules = rules.level | _cut_ends(rules.upright, inch)
    upright_rules = rules.upright | _open_sides(rules, inch)
    both = cv2.dilate(level_rules | upright_rules, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    tables = []
    for number in range(1, count):
        left, top, width, height, _ = (int(each) for each in stats[number])
        if width < _NARROWEST_TABLE * inch or height < _LOWEST_TABLE * inch:
            continue
        box = Box(left, top, left + width, top + height)
        own = labels[top : box.bottom, left : box.right] == number
        level, upright, drawn = (
            np.asarray(mask[top : box.bottom, left : box.right] & own, dtype=np.uint8)
            for mask in (level_rules, upright_rules, rules.upright)
        )
        table = _table(level, upright, box, inch)
        if len(table.cells) > 1 and drawn.any():  # rules between rows alone show no columns
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box.top, table.box.left))


_Ends = tuple[int, int, int]  # of a level rule: its place, start and end


def _cut_ends(upright: Mask, inch: float) -> Mask:
    """Level rules where long uprights end together: there a page cut the table open."""
    drawn = np.zeros_like(upright)
    for side in (1, 2):
        for together in _ending_together(upright.T, side, inch):
            y = round(float(np.median([rule[side] for rule in together]))) - (side == 2)
            drawn[max(0, y - 1) : y + 2, together[0][0] : together[-1][0] + 1] = 1
    return drawn


def _open_sides(rules: Rules, inch: float) -> Mask:
    """Upright rules where long level rules end together, for tables that have none at their sides.

    An upright inside must show that two level rules belong to one table.
    """
    drawn = np.zeros_like(rules.upright)
    for side in (1, 2):
        for together in _ending_together(rules.level, side, inch):
            for (above, start, end), (under, *_) in pairwise(together):
                inside = rules.upright[above:under, start:end]
                if inside.size and inside.mean(axis=0).max() > _PRESENT:
                    x = (start, end - 1)[side - 1]
                    drawn[above : under + 1, max(0, x - 1) : x + 2] = 1
    return drawn


def _ending_together(level: NDArray[np.uint8], side: int, inch: float) -> list[list[_Ends]]:
    """Long level rules that start (side 1) or end (side 2) at one place, groups from the top."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(level), connectivity=8
    )
    long = [
        (int(top + height // 2), int(left), int(left + width))
        for left, top, width, height, _ in stats[1:count]
        if width >= _LONG * inch
    ]
    groups: list[list[_Ends]] = []
    for rule in sorted(long, key=lambda rule: rule[side]):
        if groups and rule[side] - groups[-1][-1][side] <= _LEVEL * inch:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [sorted(group) for group in groups if len(group) >= _FEWEST]


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
