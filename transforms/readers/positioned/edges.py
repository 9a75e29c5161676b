"""Ruling lines as drawn (lines, thin boxes, rows of dots) -> horizontal and vertical edges.

A table is drawn in many ways: one line through, a piece for each cell, two lines for a double
border, thousands of squares for a dotted one. Afterwards each rule of the table is one edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transforms.document import UnreadableFileError
from transforms.readers.positioned.page import Rule

SNAP = 3.0  # points; rules nearer than this are one. A row is at least 8 high
THICKEST = 5.0  # points across a rule; a bar thicker than this is a filled area
_LONG = 3.0  # times its thickness: a shorter box may only be a dot of a dotted rule
_SHORTEST = 6.0  # points; less is no side of a cell
_DOT_GAP = 4.0  # points between dots of one rule, at most
_DOTS = 4  # fewer in a row are bullets
_MOST_EDGES = 4_000  # on a page; a full page of table 3 has 70

_LAST = (1 << 40, 0.0, 0.0)  # behind all dots


class Edge(NamedTuple):
    """A rule: at this y from x `start` to x `end`, or at this x from y to y."""

    at: float
    start: float
    end: float


def edges_of(rules: Iterable[Rule]) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical edges. Raises UnreadableFileError(`too_complex`)."""
    across: list[Edge] = []
    down: list[Edge] = []
    dots: list[Rule] = []
    for rule in rules:
        left, top, right, bottom = rule
        wide, high = right - left, bottom - top
        if wide <= THICKEST and high <= THICKEST:
            dots.append(rule)
        elif high <= THICKEST and wide >= _LONG * high:
            across.append(Edge((top + bottom) / 2, left, right))
        elif wide <= THICKEST and high >= _LONG * wide:
            down.append(Edge((left + right) / 2, top, bottom))
    across += _gathered([(round((d[1] + d[3]) / 2), d[0], d[2]) for d in dots])
    down += _gathered([(round((d[0] + d[2]) / 2), d[1], d[3]) for d in dots])
    return _merged(across), _merged(down)


def _gathered(dots: list[tuple[int, float, float]]) -> Iterator[Edge]:
    """Rules of dots at one height, one behind the other: (height, start, end) of each."""
    dots.sort()
    first = 0
    before: tuple[int, float, float] | None = None
    for index, dot in enumerate([*dots, _LAST]):
        if before and dot[0] == before[0] and dot[1] - before[2] <= _DOT_GAP:
            before = dot
            continue
        if before and index - first >= _DOTS:
            yield Edge(before[0], dots[first][1], before[2])
        first, before = index, dot


def _merged(edges: list[Edge]) -> list[Edge]:
    """Edges with nearly the same place as one, pieces that touch joined, short ones left out."""
    edges.sort()
    merged: list[Edge] = []
    first = 0
    for index in range(1, len(edges) + 1):
        if index < len(edges) and edges[index].at - edges[index - 1].at <= SNAP:
            continue
        merged += _joined(edges[first:index])
        first = index
    if len(merged) > _MOST_EDGES:
        raise UnreadableFileError("too_complex", limit=_MOST_EDGES)
    return merged


def _joined(edges: Sequence[Edge]) -> Iterator[Edge]:
    length = sum(edge.end - edge.start for edge in edges) or 1.0
    at = sum(edge.at * (edge.end - edge.start) for edge in edges) / length
    start = end = None
    for edge in sorted(edges, key=lambda edge: edge.start):
        if end is None or start is None:
            start, end = edge.start, edge.end
        elif edge.start - end <= SNAP:
            end = max(end, edge.end)
        else:
            if end - start >= _SHORTEST:
                yield Edge(at, start, end)
            start, end = edge.start, edge.end
    if start is not None and end is not None and end - start >= _SHORTEST:
        yield Edge(at, start, end)
