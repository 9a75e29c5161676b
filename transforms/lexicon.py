"""Forms -> the labels that tables are found and read by, folded, with what each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache

from transforms.fold import fold
from transforms.statute.loader import forms
from transforms.statute.schema import Form, Line, Table

_TELLING = 3  # ideographs from which on a label cannot stand in another table by chance


class Role(Enum):
    """What a label names."""

    ROW = auto()
    ROW_GROUP = auto()
    COLUMN = auto()
    COLUMN_GROUP = auto()
    NOTE = auto()
    BLOCK = auto()
    HEADING = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """One printed label of one form; `key` is the row or column key, else empty."""

    form: str
    table_no: int
    role: Role
    key: str
    folded: str


def labels_of(line: Line) -> tuple[str, ...]:
    """The folded label of a row or column, and its variants."""
    return _folded(line.label, line.variants)


@lru_cache(maxsize=1024)
def _folded(label: str, variants: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(text) for text in (label, *variants))


@cache
def labels() -> tuple[Label, ...]:
    """Every label of every form, variants included."""
    return tuple(
        label
        for form in forms().values()
        for label in (*_headings(form), *(x for t in form.tables for x in _of_table(form, t)))
    )


@cache
def by_text() -> dict[str, tuple[Label, ...]]:
    """Labels by folded text."""
    found: dict[str, list[Label]] = {}
    for label in labels():
        found.setdefault(label.folded, []).append(label)
    return {text: tuple(same) for text, same in found.items()}


@cache
def labels_of_table(table_no: int) -> dict[str, tuple[Label, ...]]:
    """The labels of one table, of any form, by folded text."""
    own = {
        text: tuple(label for label in same if label.table_no == table_no)
        for text, same in by_text().items()
    }
    return {text: same for text, same in own.items() if same}


@cache
def label_pattern() -> re.Pattern[str]:
    """Every known label, longest first, so that glued labels come apart at their seams."""
    return re.compile("|".join(sorted(map(re.escape, by_text()), key=len, reverse=True)))


@lru_cache(maxsize=16_384)
def labels_in(text: str) -> tuple[str, ...]:
    """The known labels in a folded text, from left to right; pages repeat them, so they are kept.

    >>> labels_in("行政复议行政诉讼")
    ('行政复议', '行政诉讼')
    """
    return tuple(label_pattern().findall(text))


@cache
def telling() -> dict[str, int]:
    """Folded labels that name one table only, with its number; headings give 0."""
    return {
        text: same[0].table_no
        for text, same in by_text().items()
        if len({label.table_no for label in same}) == 1
        and (len(text) >= _TELLING or same[0].table_no == 2)
    }


@cache
def row_labels(form: str, table_no: int) -> tuple[tuple[str, str], ...]:
    """(row key, folded label) of a table's rows in printed order, variants after the label."""
    return tuple(
        (label.key, label.folded)
        for label in labels()
        if (label.form, label.table_no, label.role) == (form, table_no, Role.ROW)
    )


@cache
def other_labels(table_no: int) -> frozenset[str]:
    """Folded labels of a table that are no rows: headers, groups, notes."""
    return frozenset(
        label.folded for label in labels() if label.table_no == table_no and label.role != Role.ROW
    )


def _headings(form: Form) -> Iterator[Label]:
    for heading in form.sections:
        for text in (heading.label, *heading.variants):
            yield Label(form.form, 0, Role.HEADING, str(heading.number), fold(text))


def _of_table(form: Form, table: Table) -> Iterator[Label]:
    def make(role: Role, text: str, key: str = "") -> Label:
        return Label(form.form, table.number, role, key, fold(text))

    def named(role: Role, line: Line) -> Iterator[Label]:
        return (make(role, text, line.key) for text in (line.label, *line.variants))

    yield from (make(Role.NOTE, note) for note in table.notes)
    for block in table.blocks:
        if block.label:
            yield make(Role.BLOCK, block.label)
        for column in block.columns:
            if column.group:
                yield make(Role.COLUMN_GROUP, column.group)
            yield from named(Role.COLUMN, column)
        for row in block.rows:
            yield from (make(Role.ROW_GROUP, group) for group in row.group)
            yield from named(Role.ROW, row)
