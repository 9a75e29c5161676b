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
_BESIDE = 0.8  # of an area's height that a rule beside it runs along
_TOUCHING = 6.0  # points between rules of one table: cells may have borders of their own
_NARROWEST = 6.2  # points between the rules of a row or column that text fits in
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
    open: bool = False  # its columns are not ruled

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell at a point."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.tiles[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]

    @property
    def size(self) -> float:
        """Square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def areas_of(across: Sequence[Edge], down: Sequence[Edge]) -> tuple[list[Area], list[Edge]]:
    """The areas with more than one column, the smallest first (one may lie inside another), and
    the horizontal edges of tables without columns of their own."""
    areas = []
    open_edges: list[Edge] = []
    for rows, columns in _components(across, down):
        if not columns:
            open_edges += rows
            continue
        area = _area(rows, columns)
        if len(area.xs) > 2:
            areas.append(area)
        elif len(area.ys) > 2:
            open_edges += rows
    return sorted(areas, key=lambda area: area.size), open_edges


def _components(
    across: Sequence[Edge], down: Sequence[Edge]
) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Groups of edges that cross one another, directly or through others; the groups without
    horizontal ones are left out."""
    down = sorted(down)
    places = [edge.at for edge in down]
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for index, edge in enumerate(across):
        low = bisect_left(places, edge.start - _TOUCHING)
        high = bisect_right(places, edge.end + _TOUCHING)
        for other in range(low, high):
            if down[other].start - _TOUCHING <= edge.at <= down[other].end + _TOUCHING:
                parent[root(len(across) + other)] = root(index)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for index, edge in enumerate(across):
        groups.setdefault(root(index), ([], []))[0].append(edge)
    for index, edge in enumerate(down, len(across)):
        groups.setdefault(root(index), ([], []))[1].append(edge)
    whole = [(rows, columns) for rows, columns in groups.values() if rows and columns]
    for rows, columns in groups.values():
        if columns and not rows:
            _attach(columns[0], whole)
    yield from whole
    yield from ((rows, columns) for rows, columns in groups.values() if rows and not columns)


def _attach(edge: Edge, areas: Sequence[tuple[list[Edge], list[Edge]]]) -> None:
    """Give a vertical rule that crosses nothing to the area it stands beside.

    A label beside all the rows of a page has no rule above or below it there.
    """
    for rows, columns in areas:
        top = min(row.at for row in rows)
        bottom = max(row.at for row in rows)
        for other in columns:
            top, bottom = min(top, other.start), max(bottom, other.end)
        inside = top - SNAP <= edge.start and edge.end <= bottom + SNAP
        if inside and edge.end - edge.start >= _BESIDE * (bottom - top):
            columns.append(edge)
            return


def _area(rows: Sequence[Edge], columns: Sequence[Edge]) -> Area:
    xs = _places(columns, rows)
    ys = _places(rows, columns)
    if len(xs) * len(ys) > _MOST_TILES:
        raise UnreadableFileError("too_complex", limit=_MOST_TILES)
    return cut_area(xs, ys, rows, columns)


def cut_area(
    xs: list[float], ys: list[float], across: Sequence[Edge], down: Sequence[Edge]
) -> Area:
    """The area between these places, cut into cells by the edges in it."""
    area = Area(xs, ys)
    right = _walls(down, xs, ys)  # [column boundary][row]
    below = _walls(across, ys, xs)  # [row boundary][column]
    _cut(area, right, below)
    return area


def _places(edges: Sequence[Edge], crossing: Sequence[Edge]) -> list[float]:
    """Where the edges stand, and the outline where the crossing edges reach farther.

    Places too near for text between them are one: borders of neighbours with a gap between.
    """
    found = {edge.at for edge in edges}
    low = min(edge.start for edge in crossing)
    high = max(edge.end for edge in crossing)
    places: list[float] = []
    for place in sorted({low, high} | found):
        if places and place - places[-1] < _NARROWEST:
            if place in found and places[-1] not in found:
                places[-1] = place
        else:
            places.append(place)
    return places


def _walls(edges: Sequence[Edge], at: list[float], along: list[float]) -> list[set[int]]:
    """For each place, the tiles along it that a rule there parts."""
    walls: list[set[int]] = [set() for _ in at]
    for edge in edges:
        place = walls[_nearest(at, edge.at)]
        first, last = _nearest(along, edge.start), _nearest(along, edge.end)
        if along[first] > edge.start + _NARROWEST:
            first -= 1
        if along[last] < edge.end - _NARROWEST:
            last += 1
        for tile in range(max(first, 0), min(last, len(along) - 1)):
            low, high = along[tile], along[tile + 1]
            inside = first < tile < last - 1
            if inside or min(edge.end, high) - max(edge.start, low) >= _COVERED * (high - low):
                place.add(tile)
    return walls


def _nearest(places: Sequence[float], x: float) -> int:
    after = bisect_left(places, x)
    if after == 0 or (after < len(places) and places[after] - x < x - places[after - 1]):
        return after
    return after - 1


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
