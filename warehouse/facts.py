"""Reports -> the `facts` table: one row a report, all statutory cells wide.

Values have a column each; status, raw text and place of the cells are one list in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa

from transforms.bounds import fits
from transforms.filled import filled
from transforms.part_sums import part_sums
from transforms.records import Cell, CellKey, CellStatus, Report
from transforms.stated import stated
from transforms.statute.loader import all_cell_keys, cell_keys, forms
from warehouse.arrow import checked, storable
from warehouse.tables import (
    CELL_DETAIL,
    CLAIM,
    DECIMAL,
    MARK,
    PART_SUM,
    TYPES,
    arrow_schema,
)

_READ = (CellStatus.REPORTED, CellStatus.RECOVERED)


def facts_of(batch_id: str, reports: Sequence[Report]) -> pa.Table:
    """One row a report, in their order. Raises ValueError for a report that breaks its promises."""
    by_report = [_cells_by_key(report) for report in reports]
    columns: dict[str, pa.Array] = {
        "report_id": pa.array([report.report_id for report in reports], pa.string()),
        "batch_id": pa.array([batch_id] * len(reports), pa.string()),
        "form": pa.array([report.form for report in reports], pa.string()),
        "cell_details": _details(by_report),
        "claims": _structs(CLAIM, [report.claims for report in reports]),
        "part_sums": _structs(
            PART_SUM,
            [
                part_sums(report.claims, report.cells, report.identity.report_year)
                for report in reports
            ],
        ),
        "marks": _marks(reports),
        "section_lengths": pa.array(
            [report.section_lengths for report in reports], pa.list_(pa.int32())
        ),
        "filled": pa.array([filled(report.cells) for report in reports], pa.string()),
        "stated": pa.array(
            [[*stated(one.claims, one.identity.report_year).items()] for one in reports],
            TYPES["stated"].arrow,
        ),
    }
    for key in all_cell_keys():
        found = [cells.get(key) for cells in by_report]
        columns[key.column_name] = pa.array([cell and cell.value for cell in found], DECIMAL)
    schema = arrow_schema("facts")
    return checked("facts", pa.table([columns[name] for name in schema.names], schema=schema))


def _cells_by_key(report: Report) -> dict[CellKey, Cell]:
    by_key = {cell.key: cell for cell in report.cells}
    if len(by_key) != len(report.cells):
        raise ValueError(f"report {report.report_id}: a cell is there twice")
    of_form = set(cell_keys(report.form)) if report.form in forms() else set()
    # A report may print cells of another form beside its own, never fewer than its own.
    if wrong := (of_form - by_key.keys()) | (by_key.keys() - set(all_cell_keys())):
        raise ValueError(
            f"report {report.report_id}: {min(wrong)} is in no form, or lacks in form {report.form}"
        )
    for cell in report.cells:
        if (cell.value is not None) != (cell.status in _READ):
            raise ValueError(
                f"report {report.report_id}: {cell.key} is {cell.status} with value {cell.value}"
            )
    return by_key


def _details(by_report: Sequence[Mapping[CellKey, Cell]]) -> pa.Array:
    """The list column, built from flat arrays: a dict a cell would take ten times as long."""
    keys = all_cell_keys()
    cells = [by_key.get(key) for by_key in by_report for key in keys]
    of_cell: dict[str, Callable[[Cell], object]] = {
        "status": lambda cell: cell.status.value,
        "raw_text": lambda cell: storable(cell.raw_text),
        "page": lambda cell: cell.page,
        "char_start": lambda cell: cell.char_start,
        "char_end": lambda cell: cell.char_end,
        "candidates": lambda cell: [value for value in cell.candidates if fits(value)] or None,
    }
    children = [
        pa.array(
            [None if cell is None else of_cell[field.name](cell) for cell in cells], field.type
        )
        for field in CELL_DETAIL
    ]
    absent = pa.array([cell is None for cell in cells], pa.bool_())
    flat = pa.StructArray.from_arrays(children, fields=list(CELL_DETAIL), mask=absent)
    offsets = pa.array(range(0, len(cells) + 1, len(keys)), pa.int32())
    return pa.ListArray.from_arrays(offsets, flat)


def _structs(kind: pa.StructType, by_report: Sequence[Sequence[object]]) -> pa.Array:
    """A list column of records that have the fields of a struct."""
    rows = [[_fields(kind, one) for one in records] for records in by_report]
    return pa.array(rows, pa.list_(kind))


def _marks(reports: Sequence[Report]) -> pa.Array:
    rows = [[(mark.mark, _fields(MARK, mark)) for mark in report.marks] for report in reports]
    return pa.array(rows, TYPES["marks"].arrow)


def _fields(kind: pa.StructType, record: object) -> dict[str, object]:
    return {field.name: storable(getattr(record, field.name)) for field in kind}
