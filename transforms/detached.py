"""Rows whose labels and numbers came apart -> rows with their own numbers again, or marked unread.

Some dumps print a run of labels first and their numbers after, and some lose a label. The numbers
keep the form's order, so whole lines of numbers are dealt to the rows in turn when there are as
many lines as rows; the form's sums must then bear it out. Any other count leaves the rows unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.align import RowPieces
from transforms.pieces import Kind, Piece
from transforms.readings import RowReadings


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A row with the pieces it is left with; `readings` is set where it must not be read."""

    row_key: str
    pieces: tuple[Piece, ...]
    readings: RowReadings | None = None
    unproven: bool = False


def spread_rows(rows: Sequence[RowPieces], widths: Mapping[str, int]) -> tuple[SpreadRow, ...]:
    """Deal surplus lines of numbers to the neighbouring rows that have none."""
    spread = {row.row_key: SpreadRow(row.row_key, row.pieces) for row in rows}
    for at, row in enumerate(rows):
        sharers = _sharers(rows, at)
        pieces = row.pieces
        if row.foreign and (len(sharers) > 1 or not _has_number(row.pieces)):
            pieces += row.foreign  # the foreign label may be a row's own, beyond recognition
        lines = _full_lines(pieces, widths[row.row_key])
        if len(lines) < 2 and pieces == row.pieces:
            continue
        if len(sharers) == len(lines) and len({widths[r.row_key] for r in sharers}) == 1:
            for sharer, line in zip(sharers, lines, strict=True):
                spread[sharer.row_key] = SpreadRow(sharer.row_key, line, unproven=True)
        else:
            unread = RowReadings((), sure=False, pieces=pieces, overflow=True)
            for sharer in sharers:
                spread[sharer.row_key] = SpreadRow(sharer.row_key, (), unread)
    return tuple(spread[row.row_key] for row in rows)


def _has_number(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind is Kind.VALUE for piece in pieces)


def _full_lines(pieces: Sequence[Piece], width: int) -> list[tuple[Piece, ...]]:
    """The lines that hold a number or mark for every column; single numbers are taken `width` wise.

    One full line, or none, means that the row holds only what is its own.
    """
    by_line: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_line.setdefault(piece.line, []).append(piece)
    if all(len(line) == 1 for line in by_line.values()):
        if len(pieces) % width or width == 1:
            return []
        return [tuple(pieces[i : i + width]) for i in range(0, len(pieces), width)]
    return [tuple(line) for line in by_line.values() if len(line) >= width and _has_number(line)]


def _sharers(rows: Sequence[RowPieces], at: int) -> list[RowPieces]:
    """The row with the surplus and the rows without numbers that it may belong to."""
    before = at
    while before > 0 and rows[before - 1].labelled and not rows[before - 1].pieces:
        before -= 1
    after = at
    while after + 1 < len(rows) and not rows[after + 1].labelled:
        after += 1
    return list(rows[before : after + 1])
