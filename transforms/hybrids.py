"""Lines of one table -> the rows and columns it really prints, which may mix two forms.

Reports are met that fill the 2021 tables under the header of 2019, or with the single row
`（六）其他处理`, or that keep rows of 2019. A row is read under the columns that stand above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from transforms.fold import clean
from transforms.lexicon import labels_in, labels_of
from transforms.pieces import Line
from transforms.statute.loader import forms
from transforms.statute.schema import Block, Column, Row, Table
from transforms.values import unit_in

_MONEY_NAME = 4  # ideographs that tell a column of money by its name, whatever unit follows
_PART = 4  # ideographs of a broken label that tell whose it is
_TELLING = 2  # ideographs up to which a row label is a heading elsewhere (`3.其他`)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as this report prints it: key, the form's label, folded labels, its columns."""

    key: str
    label: str
    labels: tuple[str, ...]
    columns: tuple[Column, ...]


def printed_rows(form: str, table_no: int, lines: Sequence[Line]) -> tuple[PrintedRow, ...]:
    """The rows of a table in printed order: the form's own unless the labels say otherwise."""
    seen = {token for line in lines for token in labels_in(line.folded)}
    for has_value, header in groupby(lines, key=lambda line: line.has_value):
        if not has_value:  # its labels may be broken over lines, or cut
            pieces = [piece.folded for line in header for piece in line.labels]
            seen.update(labels_in("".join(pieces)), (p for p in pieces if len(p) > _TELLING))
    rows = _rows_under(form, table_no, frozenset(seen))
    if _has_rest_of_own(form, table_no, rows, lines):
        rows = _rows_under(form, table_no, frozenset())
    if not any(column.decimal for row in rows for column in row.columns):
        return rows
    return tuple(replace(row, columns=_in_printed_units(row, lines)) for row in rows)


@lru_cache(maxsize=128)
def _rows_under(form: str, table_no: int, seen: frozenset[str]) -> tuple[PrintedRow, ...]:
    """The rows that these labels make; kept, for most reports print the same."""
    own = forms()[form].table[table_no]
    others = [f.table[table_no] for f in forms().values() if f.form != form]
    if len(own.blocks) > 1:
        return tuple(_by_block(own, others, seen))
    best = next((table for table in others if _prints(table, own, seen)), own)
    return tuple(_printed(row, block.columns) for block, row in best.rows())


def _by_block(own: Table, others: Sequence[Table], seen: Set[str]) -> Iterator[PrintedRow]:
    """Own rows, each under the header that is printed, then printed rows of another form."""
    keys = set()
    for block, row in own.rows():
        keys.add(row.key)
        rivals = [b for table in others for b, r in table.rows() if r.key == row.key]
        header = max([block, *rivals], key=lambda b: _header_votes(b, block, rivals, seen))
        yield _printed(row, header.columns)
    for table in others:
        for block, row in table.rows():
            if row.key not in keys and not seen.isdisjoint(labels_of(row)):
                yield _printed(row, block.columns)


def _has_rest_of_own(
    form: str, table_no: int, rows: Sequence[PrintedRow], lines: Sequence[Line]
) -> bool:
    """Whether parts of the labels of own rows stand in a table that seems to print others instead:
    a group's subtotal is then no row of another form."""
    lost = _own_labels_lost(form, table_no, tuple(row.key for row in rows))
    own = {clean(row.label) for _, row in forms()[form].table[table_no].rows()} if lost else set()
    there = {clean(row.label) for row in rows}
    return bool(lost) and any(
        (len(piece.folded) >= _PART and any(piece.folded in text for text in lost))
        or clean(piece.text) in own - there
        for line in lines
        for piece in line.labels
    )


@lru_cache(maxsize=128)
def _own_labels_lost(form: str, table_no: int, keys: tuple[str, ...]) -> list[str]:
    """The folded labels of the form's own rows that are not among those with these keys."""
    own = forms()[form].table[table_no]
    return [text for _, row in own.rows() if row.key not in keys for text in labels_of(row)]


def _in_printed_units(row: PrintedRow, lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns, those of money with the unit that this report's header states."""
    return tuple(
        column.model_copy(update={"printed_unit": unit})
        if column.decimal and (unit := _printed_unit(column, lines))
        else column
        for column in row.columns
    )


def _printed_unit(column: Column, lines: Sequence[Line]) -> str | None:
    names = {text[:_MONEY_NAME] for text in labels_of(column)}
    for line in lines:
        for piece in line.labels:
            if piece.folded[:_MONEY_NAME] in names and (unit := unit_in(piece.folded, column)):
                return unit
    return None


def _header_votes(block: Block, own: Block, rivals: Sequence[Block], seen: Set[str]) -> int:
    """How many headings that only this block has are printed, whole or cut at their end.

    The tail of another block's heading is no evidence: its beginning may be lost.
    """
    foreign = [
        text for b in (own, *rivals) if b is not block for c in b.columns for text in labels_of(c)
    ]
    telling = [text for text in seen if not any(text in other for other in foreign)]
    return sum(
        any(label.startswith(text) for label in labels_of(column) for text in telling)
        for column in block.columns
    )


def _prints(table: Table, own: Table, seen: Set[str]) -> bool:
    """Whether rows that only this table has are printed, and none that only the own table has."""
    return _has_row_beyond(table, own, seen) and not _has_row_beyond(own, table, seen)


def _has_row_beyond(table: Table, other: Table, seen: Set[str]) -> bool:
    known = {row.key for _, row in other.rows()}
    return any(
        len(text) > _TELLING and text in seen
        for _, row in table.rows()
        if row.key not in known
        for text in labels_of(row)
    )


def _printed(row: Row, columns: tuple[Column, ...]) -> PrintedRow:
    return PrintedRow(row.key, row.label, labels_of(row), columns)
