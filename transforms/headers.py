"""Header lines of a table -> where its columns stand."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.fold import fold
from transforms.pieces import Line, Piece
from transforms.readings import Layout
from transforms.statute.schema import Column, Table


def layout_of(lines: Sequence[Line], table: Table) -> Layout:
    """Column places of a table with one header for all its rows; nothing for the others."""
    widths = {line.number: len(line.pieces) for line in lines}
    if len(table.blocks) > 1:
        return Layout(widths=widths)
    columns = table.blocks[0].columns
    return Layout(_places(lines, columns), _last_places(lines, columns[-1], widths), widths)


def _places(lines: Sequence[Line], columns: Sequence[Column]) -> dict[int, int]:
    """Grid column -> column of the form, if a ruled header names every column once."""
    seen: dict[int, int] = {}
    by_label = {fold(text): at for at, c in enumerate(columns) for text in (c.label, *c.variants)}
    for piece in _header_pieces(lines):
        at = by_label.get(piece.folded)
        if at is None or not piece.ruled or piece.column_span > 1:
            continue
        if seen.get(piece.column, at) != at:
            return {}
        seen[piece.column] = at
    complete = sorted(seen.values()) == list(range(len(columns)))
    return seen if complete else {}


def _last_places(
    lines: Sequence[Line], last: Column, widths: dict[int, int]
) -> frozenset[tuple[int, int]]:
    names = {fold(text) for text in (last.label, *last.variants)}
    return frozenset(
        (widths[piece.line], piece.column)
        for piece in _header_pieces(lines)
        if piece.folded in names
    )


def _header_pieces(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of the lines that hold no numbers."""
    return [piece for line in lines if not line.has_value for piece in line.labels]
