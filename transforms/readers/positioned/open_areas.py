"""Rules that only run across, and the text between them -> areas whose columns the text shows.

Three-line tables, and tables without vertical rules: rows come from the rules, a column ends where
the lines with most numbers leave a gap, or where a rule ends. A gap that a word stands across
parts no cells there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.readers.positioned.areas import Area, cut_area
from transforms.readers.positioned.edges import Edge
from transforms.readers.positioned.page import Run
from transforms.readers.positioned.writing import TextLine, lines_of, pieces_of

_GAP = 0.8  # of the font size between pieces of a line
_SAME_SIDE = 12.0  # points by which ends of rules of one table may differ
_ROWS = 3  # rules that a table has at least
_NUMBERS = 2  # pieces without letters that make a line a row of values


def open_areas(across: Sequence[Edge], runs: Sequence[Run]) -> list[Area]:
    """Areas among rules of tables without columns; `runs` are those outside of ruled areas."""
    areas = []
    for edges in _tables(sorted(across)):
        left, right = min(e.start for e in edges), max(e.end for e in edges)
        inside = [
            run
            for run in runs
            if edges[0].at <= run.middle[1] < edges[-1].at and left <= run.middle[0] < right
        ]
        for band in _stretches(edges, lines_of(inside)):
            areas.append(_area(*band, left, right))
    return areas


def _tables(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Rules from top to bottom that reach from side to side, with the shorter ones between them."""
    while edges:
        widest = max(edges, key=lambda edge: edge.end - edge.start)
        own = [
            edge
            for edge in edges
            if edge.start >= widest.start - _SAME_SIDE and edge.end <= widest.end + _SAME_SIDE
        ]
        if len({edge.at for edge in own}) >= _ROWS:
            yield own
        taken = set(own)
        edges = [edge for edge in edges if edge not in taken]


def _stretches(
    edges: Sequence[Edge], lines: Sequence[TextLine]
) -> Iterator[tuple[list[Edge], list[list[TextLine]]]]:
    """The rules cut where text of one piece alone stands between them, with their lines' pieces."""
    parted = [(line.baseline - 0.35 * line.size, pieces_of(line, _GAP)) for line in lines]
    ys = sorted({edge.at for edge in edges})
    open_since: float | None = None
    for top, bottom in pairwise([*ys, float("inf")]):
        held = [pieces for y, pieces in parted if top <= y < bottom]
        if any(len(pieces) > 1 for pieces in held):
            open_since = top if open_since is None else open_since
            continue
        if open_since is not None:
            own = [edge for edge in edges if open_since <= edge.at <= top]
            inside = [pieces for y, pieces in parted if open_since <= y < top]
            if any(_is_row_of_values(pieces) for pieces in inside):
                yield own, inside
        open_since = None


def _is_row_of_values(pieces: Sequence[TextLine]) -> bool:
    numbers = sum(not any(map(str.isalpha, piece.text)) for piece in pieces)
    return numbers >= _NUMBERS or (numbers == 1 and len(pieces) == 2)


def _area(
    edges: Sequence[Edge], lines: Sequence[Sequence[TextLine]], left: float, right: float
) -> Area:
    xs = _columns(edges, lines, left, right)
    ys = sorted({edge.at for edge in edges})
    parts = [
        Edge(x, top, bottom)
        for x in xs
        for top, bottom in pairwise(ys)
        if not any(
            piece.left < x - 1 and piece.right > x + 1
            for pieces in lines
            if top <= pieces[0].baseline - 0.35 * pieces[0].size < bottom
            for piece in pieces
        )
    ]
    area = cut_area(xs, ys, edges, parts)
    area.open = True
    return area


def _columns(
    edges: Sequence[Edge], lines: Sequence[Sequence[TextLine]], left: float, right: float
) -> list[float]:
    stretches: list[tuple[float, float]] = []
    pieces = sorted((p.left, p.right) for line in lines if _is_row_of_values(line) for p in line)
    for start, end in pieces:
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(stretches[-1][1], end)
        else:
            stretches.append((start, end))
    gaps = [(before[1] + after[0]) / 2 for before, after in pairwise(stretches)]
    ends = sorted({edge.start for edge in edges} | {edge.end for edge in edges})
    places = [left]
    for place in sorted([*gaps, *(end for end in ends if _is_free(end, stretches))]):
        if place - places[-1] > _SAME_SIDE and right - place > _SAME_SIDE:
            places.append(place)
    return [*places, right]


def _is_free(x: float, stretches: Sequence[tuple[float, float]]) -> bool:
    """Whether a rule's end parts columns that the gaps do not: a wide label stands across it."""
    return any(start < x < end for start, end in stretches)
