"""Several tables of one kind, or rows that all read badly -> what may still be presented.

A report may print last year's table beside this year's, or the table of another body. Where two
tables claim the same rows, only what both say is presented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from transforms.pieces import Line
from transforms.readings import Proof, Reading, RowReadings
from transforms.records import Cell, CellKey, CellStatus
from transforms.regions import Region
from transforms.solve import sums_within

Reads = Sequence[tuple[tuple[CellKey, ...], RowReadings]]


def parts_and_rivals(
    regions: Sequence[Region],
) -> tuple[tuple[Line, ...], list[Region]]:
    """The lines of the table, in reading order, and each other table of its rows.

    A region is a part of the table if most of its rows are not in the others. One without any
    number beside one with numbers is a form to fill in, and no rival.
    """
    first, *others = sorted(regions, key=lambda region: not region.has_value)
    parts = [first]
    rivals: list[Region] = []
    rows = set(first.rows)
    for region in others:
        if 2 * len(region.rows & rows) > len(region.rows):
            rivals += [region] if region.is_filled else []
        else:
            parts.append(region)
            rows |= region.rows
    in_order = sorted(parts, key=lambda part: part.lines[0].number)
    return tuple(line for part in in_order for line in part.lines), rivals


def is_another(cells: Sequence[Cell], others: Mapping[CellKey, Cell]) -> bool:
    """Whether a table is not this one printed again: no number is the same in both, or one is
    not."""
    same = [
        cell.value == other.value
        for cell in cells
        if cell.value is not None
        if (other := others.get(cell.key)) is not None and other.value is not None
    ]
    return not same or not all(same)


def undecided(cell: Cell, other: Cell | None, rival: Region, is_other: bool) -> Cell:
    """The cell, or an ambiguous one where another table says otherwise, or prints the row in a way
    that says nothing, or is quite another one (`is_other`): either may be the report's own."""
    if other is None or cell.value is None:
        return cell
    if other.status is CellStatus.MISSING and cell.key.row_key not in rival.rows:
        return cell._replace(value=None, status=CellStatus.AMBIGUOUS) if is_other else cell
    if (cell.value, cell.status is CellStatus.BLANK) == (
        other.value,
        other.status is CellStatus.BLANK,
    ):
        return cell
    values = sorted(v for v in (cell.value, other.value) if v is not None)
    raw = f"{cell.raw_text} / {other.raw_text}"
    return cell._replace(
        value=None, status=CellStatus.AMBIGUOUS, raw_text=raw, candidates=tuple(values)
    )


def all_or_none(form: str, read: Reads) -> Reads:
    """The rows of a table, unread where what is wrong with most of them may be with the others.

    Most rows too long or too short: two tables side by side. Totals all blank, and before them
    what the other cells make: a column was lost, and the cells moved up. One run of digits, or one
    list of single cells, too short for its row: blanks were lost, and no other can be trusted
    unproven.
    """
    rows = [row for _, row in read if row.pieces]
    if 2 * sum(row.overflow for row in rows) > len(rows) or _is_moved(form, read):
        return [(keys, row._replace(overflow=bool(row.pieces))) for keys, row in read]
    if _blanks_were_lost(form, read):
        after = [bool(row.pieces) for _, row in read[1:]] + [True]
        return [
            (keys, row._replace(proof=_proof_without_blanks(keys, row, is_next_there)))
            for (keys, row), is_next_there in zip(read, after, strict=True)
        ]
    return read


def _is_moved(form: str, read: Reads) -> bool:
    """Whether wherever a row's total is blank its last part is the sum of the parts before it."""
    found = [
        values[-1] == sum(values[:-1])
        for keys, row in read
        if len(row.readings) == 1 and _ends_blank(row.readings[0])
        for values in _parts_without_total(form, keys, row.readings[0])
        if any(values)
    ]
    return bool(found) and all(found)


def _ends_blank(reading: Reading) -> bool:
    last = reading[-1]
    return last is not None and last.value.status is CellStatus.BLANK


def _parts_without_total(
    form: str, keys: tuple[CellKey, ...], reading: Reading
) -> Iterator[list[Decimal]]:
    """The numbers of the parts of each sum in a row whose total is blank."""
    for left, right in sums_within(form, keys):
        total, parts = sorted((left, right), key=len)
        token = reading[total[0]]
        values = [part.value.value for at in parts if (part := reading[at])]
        if token and token.value.status is CellStatus.BLANK and len(values) == len(parts):
            known = [value for value in values if value is not None]
            if len(known) == len(parts):
                yield known


def _blanks_were_lost(form: str, read: Reads) -> bool:
    """Whether a run of digits or a list of cells is short, or, where no sum could tell, no run
    begins with a nought: noughts may have been left blank."""
    if any(_is_short_run(keys, row) or _is_short_list(keys, row) for keys, row in read):
        return True
    runs = [
        row.pieces[0].text
        for keys, row in read
        if len(row.pieces) == 1 < len(keys) and row.pieces[0].glued and not row.sure
        if not sums_within(form, keys)
    ]
    return bool(runs) and not any(text.startswith("0") for text in runs)


def _proof_without_blanks(
    keys: tuple[CellKey, ...], row: RowReadings, is_next_there: bool
) -> Proof:
    """What must be proven of a row where blanks were lost.

    A list of cells that fills its row and ends where the next row begins has lost none.
    """
    if row.overflow or (row.sure and not _is_list(row)):
        return row.proof
    if row.sure and is_next_there and len(row.pieces) == len(keys):
        return max(row.proof, Proof.OWN_SUM, key=lambda proof: proof.value)
    return Proof.ALL_SUMS


def _is_list(row: RowReadings) -> bool:
    """Whether each cell of the row stands on a line of its own."""
    if len(row.pieces) < 2 or row.pieces[0].ruled:
        return False
    return len(row.pieces) == len({piece.line for piece in row.pieces})


def _is_short_list(keys: tuple[CellKey, ...], row: RowReadings) -> bool:
    return _is_list(row) and len(row.pieces) < len(keys)


def _is_short_run(keys: tuple[CellKey, ...], row: RowReadings) -> bool:
    return (
        len(row.pieces) == 1 < len(keys)
        and row.pieces[0].glued
        and not row.sure
        and (len(row.pieces[0].text) < len(keys))
    )
