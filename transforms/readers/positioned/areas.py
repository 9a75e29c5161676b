"""Horizontal and vertical edges of a page -> ruled areas, each cut into cells with spans.

Edges that cross belong to one area. Its rules' places make a mesh of tiles; tiles with no rule
between them are one cell. The outline is closed all round, for a page break cuts rules open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from transforms.document import UnreadableFileError
from transforms.readers.positioned.edges import SNAP, Edge

_COVERED = 0.6  # of a tile's side that a rule must run along to part it from the next
_MOST_TILES = 100_000


@dataclass(slots=True)
class AreaCell:
    """A cell of the mesh: rows and columns it covers."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class Area:
    """A ruled area. `xs` and `ys` are the places of its rules; cells stand between them.

    `tiles[row][column]` is the index of the cell that covers a tile.
    """

    xs: list[float]
    ys: list[float]
    cells: list[AreaCell] = field(default_factory=list)
    tiles: list[list[int]] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell at a point."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.tiles[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    @property
    def size(self) -> float:
        """Square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def areas_of(across: Sequence[Edge], down: Sequence[Edge]) -> list[Area]:
    """The ruled areas with more than one cell, the smallest first (one may lie inside another)."""
    areas = []
    for rows, columns in _components(across, down):
        area = _area(rows, columns)
        if len(area.cells) > 1:
            areas.append(area)
    return sorted(areas, key=lambda area: area.size)


def _components(
    across: Sequence[Edge], down: Sequence[Edge]
) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Groups of edges that cross one another, directly or through others."""
    down = sorted(down)
    places = [edge.at for edge in down]
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for index, edge in enumerate(across):
        low = bisect_left(places, edge.start - SNAP)
        high = bisect_right(places, edge.end + SNAP)
        for other in range(low, high):
            if down[other].start - SNAP <= edge.at <= down[other].end + SNAP:
                parent[root(len(across) + other)] = root(index)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for index, edge in enumerate(across):
        groups.setdefault(root(index), ([], []))[0].append(edge)
    for index, edge in enumerate(down, len(across)):
        groups.setdefault(root(index), ([], []))[1].append(edge)
    for rows, columns in groups.values():
        if rows and columns:
            yield rows, columns


def _area(rows: Sequence[Edge], columns: Sequence[Edge]) -> Area:
    xs = _places(columns, rows)
    ys = _places(rows, columns)
    if len(xs) * len(ys) > _MOST_TILES:
        raise UnreadableFileError("too_complex", limit=_MOST_TILES)
    area = Area(xs, ys)
    right = _walls(columns, xs, ys)  # [column boundary][row]
    below = _walls(rows, ys, xs)  # [row boundary][column]
    _cut(area, right, below)
    return area


def _places(edges: Sequence[Edge], crossing: Sequence[Edge]) -> list[float]:
    """Where the edges stand, and the outline where the crossing edges reach farther."""
    found = sorted({edge.at for edge in edges})
    low = min(edge.start for edge in crossing)
    high = max(edge.end for edge in crossing)
    if not found or low < found[0] - 2 * SNAP:
        found.insert(0, low)
    if high > found[-1] + 2 * SNAP:
        found.append(high)
    return found


def _walls(edges: Sequence[Edge], at: list[float], along: list[float]) -> list[set[int]]:
    """For each place, the tiles along it that a rule there parts."""
    walls: list[set[int]] = [set() for _ in at]
    for edge in edges:
        place = walls[bisect_left(at, edge.at)]
        first = max(bisect_right(along, edge.start) - 1, 0)
        last = min(bisect_left(along, edge.end), len(along) - 1)
        for tile in range(first, last):
            low, high = along[tile], along[tile + 1]
            if min(edge.end, high) - max(edge.start, low) >= _COVERED * (high - low):
                place.add(tile)
    return walls


def _cut(area: Area, right: list[set[int]], below: list[set[int]]) -> None:
    """Cut the mesh into cells: rectangles of tiles, as large as the rules let them be."""
    height, width = len(area.ys) - 1, len(area.xs) - 1
    area.tiles = [[-1] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if area.tiles[row][column] >= 0:
                continue
            cell = AreaCell(row, column)
            while (
                column + cell.column_span < width
                and row not in right[column + cell.column_span]
                and area.tiles[row][column + cell.column_span] < 0
            ):
                cell.column_span += 1
            columns = range(column, column + cell.column_span)
            while row + cell.row_span < height and _open_below(
                cell, columns, right, below, area.tiles
            ):
                cell.row_span += 1
            for covered in area.tiles[row : row + cell.row_span]:
                covered[column : columns.stop] = [len(area.cells)] * cell.column_span
            area.cells.append(cell)


def _open_below(
    cell: AreaCell,
    columns: range,
    right: list[set[int]],
    below: list[set[int]],
    tiles: list[list[int]],
) -> bool:
    """Whether the cell goes on in the next row: no rule under it and none inside it there."""
    row = cell.row + cell.row_span
    return not any(column in below[row] or tiles[row][column] >= 0 for column in columns) and not (
        any(row in right[column] for column in columns[1:])
    )
