"""Extractions -> findings, in memory: what `gongkai check` shows a clerk about a draft.

The same predicates as for a batch, on an in-memory DuckDB. Imports neither Great Expectations nor
pyarrow, so that it answers at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from expectations.compile import quoted
from expectations.findings import count, find
from transforms.records import Cell, Extraction, Report
from transforms.statute.loader import all_cell_keys

DRAFT = "draft"
COLUMNS = {
    "report_id": "VARCHAR",
    "batch_id": "VARCHAR",
    "form": "VARCHAR",
    "report_year": "INTEGER",
    "body_level": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "period_text": "VARCHAR",
    "period_char_start": "INTEGER",
    "period_char_end": "INTEGER",
    "published_on": "DATE",
    "section_numbers": "INTEGER[]",
    "cell_details": "STRUCT(char_start INTEGER, char_end INTEGER)[]",
}


def check_reports(extractions: Iterable[Extraction]) -> list[dict[str, Any]]:
    """Findings of every extraction that is a report: rows as in the findings table, by report.

    `batch_id` is `draft`. Files that are no report give none; why is in their `reason`.
    """
    reports = [one.report for one in extractions if one.report is not None]
    if not reports:
        return []
    with duckdb.connect(":memory:") as connection:
        create_facts(connection)
        insert_facts(connection, reports)
        violated = [rule_id for rule_id, n in count(connection, DRAFT).items() if n.violated]
        return list(find(connection, DRAFT, violated))


def create_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty table `report_facts` with the columns the rules look at."""
    columns = [f"{name} {kind}" for name, kind in COLUMNS.items()]
    columns += [f"{key.column_name} DECIMAL(18,6)" for key in all_cell_keys()]
    connection.execute(f"create table report_facts ({', '.join(columns)})")


def insert_facts(connection: duckdb.DuckDBPyConnection, reports: Iterable[Report]) -> None:
    """One row a report; a cell the report's form does not have is null."""
    rows = ", ".join(f"({', '.join(_literals(report))})" for report in reports)
    connection.execute(f"insert into report_facts values {rows}")


def _literals(report: Report) -> Iterator[str]:
    """The row as SQL: to bind values, duckdb would import pandas."""
    identity = report.identity
    cells = {cell.key: cell for cell in report.cells}
    known = [cells.get(key) for key in all_cell_keys()]
    yield from map(_literal, (report.report_id, DRAFT, report.form, identity.report_year))
    yield from map(_literal, (identity.body_level, identity.period_start, identity.period_end))
    yield from map(_literal, (identity.period_text, identity.period_char_start))
    yield from map(_literal, (identity.period_char_end, identity.published_on))
    numbers = report.section_numbers
    yield "null" if numbers is None else str(numbers)
    yield f"[{', '.join(map(_place, known))}]"
    yield from (_literal(cell.value if cell else None) for cell in known)


def _literal(value: str | date | Decimal | int | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int) else quoted(str(value))


def _place(cell: Cell | None) -> str:
    if cell is None or cell.char_start is None:
        return "NULL"
    return f"{{'char_start': {cell.char_start}, 'char_end': {cell.char_end}}}"
