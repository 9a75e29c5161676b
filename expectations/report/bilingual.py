"""Cell key and form -> the printed labels of its row and column in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from expectations.labels import column_label, row_label
from transforms.records import CellKey


@dataclass(frozen=True, slots=True)
class Label:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CellLabels:
    """The labels of a cell."""

    row: Label
    column: Label


def parse_key(printed: str) -> CellKey:
    """`3|new_received|total` -> CellKey. Raises ValueError for anything else."""
    table_no, row_key, column_key = printed.split("|")
    return CellKey(int(table_no), row_key, column_key)


@cache
def cell_labels(key: CellKey, form: str) -> CellLabels:
    """The labels of a cell of a form. Raises KeyError when the form has no such cell: our bug."""
    table_no, row, column = key
    return CellLabels(
        row=Label(row_label(form, table_no, row, "zh"), row_label(form, table_no, row, "en")),
        column=Label(
            column_label(form, table_no, column, "zh"), column_label(form, table_no, column, "en")
        ),
    )
