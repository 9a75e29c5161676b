"""Paragraphs that only say how deep in tables they stand -> lines and tables.

DOC and RTF have no table that holds its rows: a paragraph says its depth, a mark ends a cell,
another one a row, and only the row's mark says where the edges of its cells are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.document import UnreadableFileError
from transforms.readers.office.flow import NOMINAL_WIDTH, Aside, Cell, Flow, Line, Table

DEEPEST = 50  # tables in one another


class CellEdges(NamedTuple):
    """What the end of a row says of one of its cells."""

    left: int  # twips
    right: int
    joins_left: bool = False  # it is merged into the cell before it
    continues: bool = False  # it is merged into the cell above


@dataclass(slots=True)
class _OpenTable:
    table: Table = field(default_factory=Table)
    cells: list[Flow] = field(default_factory=list)  # of the row now open
    flow: Flow = field(default_factory=list)  # of the cell now open


class TableStack:
    """Builds a flow from paragraphs and marks in reading order."""

    def __init__(self) -> None:
        self._flow: Flow = []
        self._open: list[_OpenTable] = []

    def finish(self) -> Flow:
        """All that was added."""
        self._reach(0)
        return self._flow

    def add_line(self, text: str, level: int | None, depth: int) -> None:
        """Add a line that stands in so many tables."""
        self.add([Line(text, level)], depth)

    def add(self, flow: Flow, depth: int) -> None:
        """Add lines and whole tables that stand in so many tables."""
        self._reach(depth)
        (self._open[-1].flow if self._open else self._flow).extend(flow)

    def end_cell(self, aside: Aside, depth: int) -> None:
        """End the cell now open in the table of this depth, from 1."""
        self._reach(depth)
        table = self._open[-1]
        aside.fill(table.flow)
        table.cells.append(table.flow)
        table.flow = []

    def end_row(self, edges: Sequence[CellEdges], depth: int, *, deleted: bool = False) -> None:
        """End the row now open; what its mark does not say of a cell is made up."""
        self._reach(depth)
        table = self._open[-1]
        if table.flow:
            table.cells.append(table.flow)
        if not deleted:
            table.table.rows.append(_row(table.cells, edges))
        table.cells, table.flow = [], []

    def _reach(self, depth: int) -> None:
        if depth > DEEPEST:
            raise UnreadableFileError("too_complex", limit=DEEPEST)
        while len(self._open) > depth:
            table = self._open.pop()
            if table.flow:
                table.cells.append(table.flow)
            if table.cells:  # the row has no mark
                table.table.rows.append(_row(table.cells, ()))
            (self._open[-1].flow if self._open else self._flow).append(table.table)
        while len(self._open) < depth:
            self._open.append(_OpenTable())


def _row(flows: Sequence[Flow], stated: Sequence[CellEdges]) -> list[Cell]:
    cells: list[Cell] = []
    right = 0
    for at, flow in enumerate(flows):
        edges = stated[at] if at < len(stated) else CellEdges(right, right + NOMINAL_WIDTH)
        right = max(edges.right, edges.left)
        if edges.joins_left and cells:
            cells[-1].right = right
        else:
            cells.append(Cell(edges.left, right, flow, edges.continues))
    return cells
