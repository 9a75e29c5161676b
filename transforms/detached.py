"""Rows whose labels and numbers came apart -> rows with their own numbers again, or marked unread.

Some dumps print a run of labels first and their numbers after, and some lose a label. The numbers
keep the form's order, so lines of numbers are dealt to the rows in turn when there are as many
lines as rows. Any other count leaves the rows unread, and sums that say otherwise do as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.align import RowPieces
from transforms.pieces import Kind, Line, Piece
from transforms.readings import Proof, RowReadings


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A row with the pieces it is left with; `readings` is set where it must not be read."""

    row_key: str
    pieces: tuple[Piece, ...]
    readings: RowReadings | None = None
    proof: Proof = Proof.NONE


def spread_rows(
    rows: Sequence[RowPieces], widths: Mapping[str, int], lines: Sequence[Line]
) -> tuple[SpreadRow, ...]:
    """Deal surplus lines of numbers to the neighbouring rows that have none."""
    bare = {line.number for line in lines if _begins_with_number(line)}
    spread = {row.row_key: SpreadRow(row.row_key, row.pieces) for row in rows}
    for at, row in enumerate(rows):
        width = widths[row.row_key]
        sharers = _sharers(rows, at, widths)
        pieces = row.pieces
        twice = row.elsewhere and len(_full_lines(pieces, width, with_blank=True)) > 1
        if pieces and (row.shifted or twice or (row.elsewhere and not _has_number(pieces))):
            unread = RowReadings((), sure=False, pieces=pieces, overflow=True)
            spread[row.row_key] = SpreadRow(row.row_key, (), unread)
            continue
        if row.foreign and (len(sharers) > 1 or not _has_number(row.pieces)):
            pieces += row.foreign  # the foreign label may be a row's own, beyond recognition
        if len(_full_lines(pieces, width)) < 2 and pieces == row.pieces:
            continue
        one_width = len({widths[r.row_key] for r in sharers}) == 1
        dealt = next(_deals(sharers, pieces, width, bare), None) if one_width else None
        if dealt:
            spread |= {one.row_key: one for one in dealt}
        else:
            unread = RowReadings((), sure=False, pieces=pieces, overflow=True)
            spread |= {r.row_key: SpreadRow(r.row_key, (), unread) for r in sharers}
    return tuple(spread[row.row_key] for row in rows)


def _deals(
    sharers: Sequence[RowPieces], pieces: Sequence[Piece], width: int, bare: set[int]
) -> Iterator[list[SpreadRow]]:
    """The ways to deal the pieces, one line a row, the likeliest first.

    Lines of nothing but numbers, as many as whole labels before them, need no further proof; sums
    may still refute them.
    """
    labelled = [row for row in sharers if row.labelled]
    if any(after.label_at < before.label_at for before, after in pairwise(labelled)):
        return  # nor may the numbers stand in the form's order
    filled = _full_lines(pieces, width)
    blank = _full_lines(pieces, width, with_blank=True)
    in_lines = all(line[0].line in bare for line in blank)
    if in_lines and any(_is_padded(line, width) for line in blank):
        return
    for lines in (filled, blank):
        for among in (labelled, sharers):
            if lines and len(lines) == len(among):
                sure = in_lines and len(labelled) == len(sharers)
                proof = Proof.UNREFUTED if sure else Proof.ALL_SUMS
                dealt = zip(among, lines, strict=True)
                yield [SpreadRow(row.row_key, line, proof=proof) for row, line in dealt]


def _is_padded(line: Sequence[Piece], width: int) -> bool:
    """Whether a line is too long and ends blank: the blank may be the last cell of the row."""
    return len(line) > width and not line[-1].text


def _begins_with_number(line: Line) -> bool:
    """Whether no label stands before the numbers of a line; words among them are no label."""
    first = next((piece for piece in line.pieces if piece.text), None)
    return len(line.pieces) > 1 and (first is None or first.kind is not Kind.LABEL)


def _has_number(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind is Kind.VALUE for piece in pieces)


def _full_lines(
    pieces: Sequence[Piece], width: int, with_blank: bool = False
) -> list[tuple[Piece, ...]]:
    """The lines that hold a number or mark for every column; single numbers are taken `width` wise.

    One full line, or none, means that the row holds only what is its own. A line may have lost one
    number: it is a line all the same.
    """
    by_line: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_line.setdefault(piece.line, []).append(piece)
    if all(len(line) == 1 for line in by_line.values()):
        cells = [p for p in pieces if p.text] if len(pieces) % width else pieces
        if len(cells) % width or width == 1:
            return []
        return [tuple(cells[i : i + width]) for i in range(0, len(cells), width)]
    return [
        tuple(line)
        for line in by_line.values()
        if len(line) >= max(width - 1, min(width, 2)) and (with_blank or _has_number(line))
    ]


def _sharers(rows: Sequence[RowPieces], at: int, widths: Mapping[str, int]) -> list[RowPieces]:
    """The row with the surplus and the rows without numbers that it may belong to."""
    before = at
    while before > 0 and _is_bare(rows[before - 1], widths):
        before -= 1
    while before < at and not rows[before].labelled:
        before += 1  # numbers of a row without label stand behind those of the row before
    after = at
    while after + 1 < len(rows) and not rows[after + 1].labelled:
        after += 1
    return list(rows[before : after + 1])


def _is_bare(row: RowPieces, widths: Mapping[str, int]) -> bool:
    """Whether a row has nothing behind its label, or a lone mark that may be a part of a label."""
    return not _has_number(row.pieces) and len(row.pieces) < min(widths[row.row_key], 2)
