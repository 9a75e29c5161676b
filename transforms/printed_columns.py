"""Header lines and rows of one table -> the columns it really prints, where some are left out.

Offices and converters drop columns of nothing but noughts, and pages cut columns off. Columns are
taken for dropped only if the header is whole but for them and every row has just as many numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from transforms.align import RowPieces
from transforms.headers import headings
from transforms.lexicon import Role, by_text, labels_in, labels_of
from transforms.pieces import Kind, Line
from transforms.statute.schema import Column

_FEWEST = 3  # headings that make a header


def printed_columns(
    lines: Sequence[Line], rows: Sequence[RowPieces], columns: Sequence[Column]
) -> tuple[Column, ...] | None:
    """The columns in the form's order; null where it cannot be told which of them are printed."""
    whole = tuple(columns)
    words = {piece.folded for line in lines if not line.has_value for piece in line.labels}
    if all(not words.isdisjoint(labels_of(column)) for column in columns):
        return whole
    named = {at for at, _ in headings(lines, columns)}
    if not _FEWEST <= len(named) < len(columns) or not _is_whole(lines, columns):
        return whole
    counts = {sum(p.kind is Kind.VALUE for p in row.pieces) for row in rows if row.pieces}
    if not counts or not _FEWEST <= max(counts) < len(columns):
        return whole
    return tuple(columns[at] for at in sorted(named)) if counts == {len(named)} else None


def _is_whole(lines: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether known labels explain every word of the header, and no place in it is empty."""
    names = {text for column in columns for text in labels_of(column)}
    for header in _headers(lines, names):
        text = "".join(line.folded for line in header)
        if sum(map(len, labels_in(text))) < len(text):
            return False
        if any(_has_gap(line, names) for line in header):
            return False
    return True


def _headers(lines: Sequence[Line], names: set[str]) -> Iterator[list[Line]]:
    """The stretches of lines without numbers in which columns are named."""
    for has_value, stretch in groupby(lines, key=lambda line: line.has_value):
        header = [] if has_value else list(stretch)
        if any(piece.folded in names for line in header for piece in line.labels):
            yield header


def _has_gap(line: Line, names: set[str]) -> bool:
    """Whether a cell without words stands between two headings, none of them a group's."""
    groups = {Role.COLUMN_GROUP, Role.NOTE}
    if any(label.role in groups for p in line.labels for label in by_text().get(p.folded, ())):
        return False
    at = [place for place, piece in enumerate(line.pieces) if piece.folded in names]
    return any(after > before + 1 for before, after in pairwise(at))
