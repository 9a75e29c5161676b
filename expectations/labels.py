"""Cell keys and rules -> the words for them: printed labels, law cited, in Chinese and English."""

from __future__ import annotations

from functools import cache

from transforms.messages import Language
from transforms.records import CellKey
from transforms.statute.loader import find_row, forms, instruments
from transforms.statute.rule_schema import BaseRule, Basis
from transforms.statute.schema import Column, Line


@cache
def row_label(form: str, table_no: int, row_key: str, language: Language) -> str:
    """A row with the innermost group it stands in: `（三）不予公开 1.属于国家秘密`."""
    _, row = find_row(forms()[form], table_no, row_key)
    return _words(row, row.group[-1] if row.group else None, language)


@cache
def column_label(form: str, table_no: int, column_key: str, language: Language) -> str:
    """A column with the group above it: `法人或其他组织 其他`."""
    column = _column(form, table_no, column_key)
    return _words(column, column.group, language)


def cell_label(form: str, key: CellKey, language: Language) -> str:
    """Row and column: `（一）予以公开 / 总计`."""
    row = row_label(form, key.table_no, key.row_key, language)
    return f"{row} / {column_label(form, key.table_no, key.column_key, language)}"


def _words(line: Line, group: str | None, language: Language) -> str:
    if language == "en":
        return line.label_en  # English labels carry their group already
    return f"{group} {line.label}" if group else line.label


def _column(form: str, table_no: int, column_key: str) -> Column:
    for block in forms()[form].table[table_no].blocks:
        for column in block.columns:
            if column.key == column_key:
                return column
    raise KeyError(f"form {form} table {table_no} has no column {column_key}")


def rule_basis(rule: BaseRule, language: Language, unsure: str = "") -> str:
    """The law a rule rests on; `unsure` marks texts that were not seen in full, never quoted."""
    return "; ".join(_basis(basis, language, unsure) for basis in rule.basis)


def _basis(basis: Basis, language: Language, unsure: str) -> str:
    instrument = instruments()[basis.instrument]
    mark = "" if instrument.sure else unsure
    if language == "en":
        return f"{instrument.title_en}{mark}, {basis.pin_en}"
    cited = f"《{instrument.title}》（{instrument.number}）{mark}{basis.pin}"
    return f"{cited}：“{basis.quote}”" if basis.quote else cited
