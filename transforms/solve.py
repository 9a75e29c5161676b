"""Readings of the rows of one table -> cells, by the arithmetic that the form prints.

The solver only ever chooses between readings of what stands on the page. It never changes a digit
and never drops the last reading of a row: if the arithmetic contradicts all of them, all remain.
Only sums decide, each by itself and then across rows until nothing changes; a reading that sums
chose is given up again unless every sum it stands in holds, for the report itself may be wrong.
Bounds (in force >= made) decide nothing: a report that breaks one would be read as one that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.partings import Effort, Sums
from transforms.readings import Proof, Reading, RowReadings, Token, is_known
from transforms.records import Cell, CellKey, CellStatus
from transforms.statute.rules import SumConstraint, sum_constraints

_MOST_BALANCES = 20_000  # balances worth telling apart
_MOST_LISTED = 20  # candidates of an ambiguous cell that are kept


@dataclass(slots=True)
class Row:
    """One row of the form: its cells, and the readings still standing."""

    keys: tuple[CellKey, ...]
    read: RowReadings
    standing: list[Reading]


def solve_table(
    form: str,
    rows: Sequence[tuple[tuple[CellKey, ...], RowReadings]],
    effort: Effort | None = None,
) -> tuple[Cell, ...]:
    """The cells of one table, each with the status that the readings and the sums justify.

    Where the report's effort is spent, the readings that are left by then remain.
    """
    table = [Row(keys, read, list(read.readings)) for keys, read in rows]
    sums = _sums_between(form, table) if any(map(_is_open, table)) else []
    _narrow(table, sums, effort or Effort())
    return tuple(cell for row in table for cell in _cells(row, table, sums))


def _is_open(row: Row) -> bool:
    """Whether the page alone does not settle how a row is read."""
    return (
        len(row.standing) > 1
        or row.read.proof is not Proof.NONE
        or any(token is not None and token.doubtful for r in row.standing for token in r)
    )


def _sums_between(form: str, table: Sequence[Row]) -> list[SumConstraint]:
    present = {key for row in table for key in row.keys}
    columns = {(key.table_no, key.column_key) for key in present}
    printed = (_of_columns(c, columns) for c in sum_constraints(form))
    return [c for c in printed if cells_of(c) <= present and c.left and c.right]


def _of_columns(constraint: SumConstraint, columns: set[tuple[int, str]]) -> SumConstraint:
    """A sum without the columns that a table leaves out: what is not printed is nought, or the sum
    fails."""

    def printed(keys: tuple[CellKey, ...]) -> tuple[CellKey, ...]:
        return tuple(key for key in keys if (key.table_no, key.column_key) in columns)

    return SumConstraint(printed(constraint.left), printed(constraint.right))


@cache
def sums_within(form: str, keys: tuple[CellKey, ...]) -> Sums:
    """The sums that stand within one row, by column number."""
    place = {key: at for at, key in enumerate(keys)}
    return [
        (tuple(place[key] for key in c.left), tuple(place[key] for key in c.right))
        for c in sum_constraints(form)
        if cells_of(c) <= place.keys()
    ]


def _narrow(table: Sequence[Row], sums: Sequence[SumConstraint], effort: Effort) -> None:
    """Drop readings that a sum rules out, as long as that leaves any; repeat till stable."""
    changed = any(len(row.standing) > 1 for row in table)
    while changed:
        changed = False
        for constraint in sums:
            changed |= _apply(table, constraint, effort)


def _apply(table: Sequence[Row], constraint: SumConstraint, effort: Effort) -> bool:
    """Keep, of the rows a sum touches, the readings that some choice in the other rows completes.

    A reading adds `left - right` to the balance; all rows together must make it 0. The balances
    that the rows before and after a row can reach tell which of its readings can.
    """
    touched = [row for row in table if not cells_of(constraint).isdisjoint(row.keys)]
    if all(len(row.standing) == 1 for row in touched):
        return False
    if not effort.spend(sum(len(row.standing) for row in touched)):
        return False
    shares = [_shares(row, constraint) for row in touched]
    if any(None in each or not each for each in shares):
        return False
    before, after = _reach(shares), _reach(shares[::-1])[::-1]
    if not before or not after or Decimal(0) not in before[-1]:
        return False
    changed = False
    for row, each, starts, ends in zip(touched, shares, before, after[1:], strict=False):
        distinct = {share for share in each if share is not None}
        if not effort.spend(len(distinct) * len(starts)):
            return changed
        fitting = {s for s in distinct if any(-(start + s) in ends for start in starts)}
        kept = [r for r, share in zip(row.standing, each, strict=True) if share in fitting]
        changed |= len(kept) < len(row.standing)
        row.standing = kept
    return changed


def _reach(shares: Sequence[Sequence[Decimal | None]]) -> list[set[Decimal]]:
    """The balances that the first 0, 1, 2 ... rows can make; nothing when they are too many."""
    reach = [{Decimal(0)}]
    for each in shares:
        distinct = {share for share in each if share is not None}
        if len(reach[-1]) * len(distinct) > _MOST_BALANCES:
            return []
        reach.append({total + share for total in reach[-1] for share in distinct})
    return reach


@cache
def cells_of(constraint: SumConstraint) -> frozenset[CellKey]:
    """The cells a sum is about."""
    return frozenset((*constraint.left, *constraint.right))


def _shares(row: Row, constraint: SumConstraint) -> list[Decimal | None]:
    """What each reading adds to the balance of a sum; null where it gives a cell no number."""
    own = cells_of(constraint)
    terms = [(at, key in constraint.left) for at, key in enumerate(row.keys) if key in own]
    return [_share(reading, terms) for reading in row.standing]


def _share(reading: Reading, terms: Sequence[tuple[int, bool]]) -> Decimal | None:
    share = Decimal(0)
    for at, is_left in terms:
        value = _value(reading[at])
        if value is None:
            return None
        share += value if is_left else -value
    return share


def _value(token: Token | None) -> Decimal | None:
    return token.value.value if token is not None and is_known(token) else None


def _cells(row: Row, table: Sequence[Row], sums: Sequence[SumConstraint]) -> Iterable[Cell]:
    if row.read.overflow or not row.standing:
        status = CellStatus.AMBIGUOUS if row.read.overflow else CellStatus.MISSING
        for key in row.keys:
            yield _unread(key, status, row.read)
        return
    if not _is_open(row) and row.read.sure and None not in row.standing[0]:
        for key, token in zip(row.keys, row.standing[0], strict=True):  # as nearly all rows
            if token is not None:
                status, value = token.value
                yield Cell(key, value, status, token.raw, token.page, token.start, token.end)
        return
    borne_out = _borne_out(row, table, sums)
    for at, key in enumerate(row.keys):
        cell = _cell(key, at, row, borne_out)
        token = row.standing[0][at]
        if token is not None and token.doubtful and cell.value is not None:
            cell = _proven(cell, table, sums)
        yield cell


def _cell(key: CellKey, at: int, row: Row, borne_out: bool) -> Cell:
    """One cell: what all readings of the page say, else what the sums leave, else ambiguous."""
    token = row.standing[0][at]
    if row.read.proof is not Proof.NONE or not _agree(row.read.readings, at):
        if not borne_out or not _agree(row.standing, at):
            values = {v for reading in row.standing if (v := _value(reading[at])) is not None}
            return _unread(key, CellStatus.AMBIGUOUS, row.read, sorted(values))
        arithmetic = True
    else:
        arithmetic = not row.read.sure and len(row.read.pieces) < len(row.keys)
    if token is None:
        return _unread(key, CellStatus.AMBIGUOUS, row.read)
    status = token.value.status
    if status is CellStatus.REPORTED and arithmetic:
        status = CellStatus.RECOVERED
    return Cell(key, token.value.value, status, token.raw, token.page, token.start, token.end)


def _agree(readings: Sequence[Reading], at: int) -> bool:
    """Whether all readings give a cell the same value."""
    if len(readings) == 1:
        return True
    first = readings[0][at]
    return all((r[at] and r[at].value) == (first and first.value) for r in readings)  # type: ignore[union-attr]


def _borne_out(row: Row, table: Sequence[Row], sums: Sequence[SumConstraint]) -> bool:
    """Whether the sums say of the row what they must.

    Of several readings one sum alone is met by chance too easily (digits of six cells often part
    into seven that add up): every sum must be there and hold. A row in no sum is never borne out.
    """
    proof = Proof.ALL_SUMS if len(row.read.readings) > 1 else row.read.proof
    if proof is Proof.NONE:
        return True
    values = _settled(table)
    own = [c for c in sums if not cells_of(c).isdisjoint(row.keys)]
    known = [c for c in own if cells_of(c) <= values.keys()]
    if not all(c.holds(values) for c in known):
        return False
    if proof is Proof.ALL_SUMS:
        return bool(own) and len(known) == len(own)
    return proof is Proof.UNREFUTED or any(cells_of(c) <= {*row.keys} for c in known)


def _proven(cell: Cell, table: Sequence[Row], sums: Sequence[SumConstraint]) -> Cell:
    """A cell read from a sign that looks like a number: invalid unless the sums bear it out."""
    values = _settled(table)
    own = [c for c in sums if cell.key in cells_of(c)]
    if own and all(cells_of(c) <= values.keys() and c.holds(values) for c in own):
        return cell._replace(status=CellStatus.RECOVERED)
    return cell._replace(value=None, status=CellStatus.INVALID)


def _settled(table: Sequence[Row]) -> dict[CellKey, Decimal]:
    """The numbers that all readings left give."""
    return {
        key: value
        for row in table
        if row.standing
        for at, key in enumerate(row.keys)
        if (value := _value(row.standing[0][at])) is not None and _agree(row.standing, at)
    }


def _unread(
    key: CellKey, status: CellStatus, read: RowReadings, candidates: Sequence[Decimal] = ()
) -> Cell:
    """A cell without a value, with all that was seen in its row."""
    if not read.pieces:
        return Cell(key, None, status)
    raw = " ".join(piece.text for piece in read.pieces if piece.text)
    listed = tuple(candidates) if len(candidates) <= _MOST_LISTED else ()
    first, last = read.pieces[0], read.pieces[-1]
    return Cell(key, None, status, raw, first.page, first.start, last.end, listed)
