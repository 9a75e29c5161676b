"""Header lines of a table -> where its columns stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from transforms.align import RowPieces
from transforms.fold import fold
from transforms.lexicon import labels_in
from transforms.pieces import Kind, Line, Piece
from transforms.readings import Layout
from transforms.statute.loader import forms
from transforms.statute.schema import Column, Table


def layout_of(lines: Sequence[Line], table: Table) -> Layout:
    """Column places of a table with one header for all its rows; nothing for the others."""
    widths = {line.number: len(line.pieces) for line in lines}
    labels = {line.number: len(line.labels) for line in lines}
    if len(table.blocks) > 1:
        in_order = all(_in_block_order(header, table) for header in _headers(lines))
        return Layout(widths=widths, labels=labels, in_order=in_order)
    columns = table.blocks[0].columns
    headings = _headings(lines, columns)
    return Layout(
        _places(lines, columns),
        _last_places(lines, columns[-1], widths),
        widths,
        labels,
        in_order=_parts_in_order(headings, columns) and not _total_first(headings, columns, widths),
    )


def _headers(lines: Sequence[Line]) -> Iterator[list[str]]:
    """The labels of each stretch of lines without numbers."""
    for has_value, stretch in groupby(lines, key=lambda line: line.has_value):
        if not has_value:
            yield [label for line in stretch for label in labels_in(line.folded)]


def _in_block_order(header: Sequence[str], table: Table) -> bool:
    """Whether the headings in a header stand in the order of some block of some form."""
    seen = list(dict.fromkeys(header))
    for block in (b for form in forms().values() for b in form.table[table.number].blocks):
        order = {fold(t): at for at, c in enumerate(block.columns) for t in (c.label, *c.variants)}
        places = [order[label] for label in seen if label in order]
        if len(places) == len(block.columns) > 1:
            return places == sorted(places)
    return True


def learnt(
    layout: Layout, rows: Sequence[RowPieces], columns: Mapping[str, Sequence[Column]]
) -> Layout:
    """The layout with what the rows show: where their cells begin, whether totals are blank."""
    starts: dict[tuple[int, int], set[int]] = {}
    ends = [0, 0]
    for row in rows:
        filled = [piece for piece in row.pieces if piece.kind is Kind.VALUE]
        if not filled:
            continue
        width = len(columns[row.row_key])
        first, last = filled[0], filled[-1]
        if first.line == last.line and last.column - first.column + 1 == width:
            starts.setdefault(layout.make_of(first.line), set()).add(first.column)
        if len(row.pieces) >= width > 1:
            ends[row.pieces[-1].kind is Kind.BLANK and len(filled) == width - 1] += 1
    known = {make: next(iter(found)) for make, found in starts.items() if len(found) == 1}
    return replace(layout, starts=known, blank_last=ends[True] > ends[False])


def _headings(lines: Sequence[Line], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """(column, line) of each heading where it first stands, in reading order."""
    by_label = {fold(text): at for at, c in enumerate(columns) for text in (c.label, *c.variants)}
    seen: dict[int, int] = {}
    for line in takewhile(lambda line: not line.has_value, lines):
        for label in labels_in(line.folded):
            if label in by_label:
                seen.setdefault(by_label[label], line.number)
    return list(seen.items())


def _parts_in_order(headings: Sequence[tuple[int, int]], columns: Sequence[Column]) -> bool:
    """Whether the headings of the parts that are there stand as in the form."""
    parts = [at for at, _ in headings if at < len(columns) - 1]
    return parts == sorted(parts)


def _total_first(
    headings: Sequence[tuple[int, int]], columns: Sequence[Column], widths: dict[int, int]
) -> bool:
    """Whether the total's heading stands before all others, and not in a line above them."""
    if len(headings) < 2 or headings[0][0] != len(columns) - 1:
        return False
    return headings[0][1] == headings[1][1] or widths[headings[0][1]] == 1


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
