"""Examples of rule records and mutations -> Reports, and an open DuckDB with their facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from expectations.check import create_facts, insert_facts
from transforms.records import Cell, CellStatus, Identity, Report, Section
from transforms.statute.loader import cell_keys, forms
from transforms.statute.rule_schema import BaseRule, Example

Value = int | float | str | None


def make_report(
    report_id: str = "r",
    form: str | None = "2021",
    cells: Mapping[str, Value] | None = None,
    *,
    sections: Iterable[int] = (1, 2, 3, 4, 5, 6),
    **identity: Any,
) -> Report:
    """A report in which every rule holds, but for what is given. A cell given as null is blank."""
    year = identity.get("report_year", forms()[form or "2021"].report_years.since)
    start, end, published = _dates(year or 2022)
    normal = {
        "report_year": year,
        "period_start": start,
        "period_end": end,
        "period_text": f"{start}至{end}",
        "period_char_start": 3,
        "period_char_end": 30,
        "published_on": published,
    }
    given = dict(cells or {})
    return Report(
        report_id=report_id,
        document_id=report_id,
        identity=Identity(**{**normal, **identity}),
        form=form,
        sections=tuple(Section(number, "", "", 0, 1) for number in sections),
        cells=tuple(
            _cell(key, given.get(str(key), 0), place)
            for place, key in enumerate(cell_keys(form) if form else ())
        ),
    )


def example_report(rule: BaseRule, example: Example, report_id: str = "r") -> Report:
    """The report an example of a rule describes."""
    stated = example.model_fields_set
    form = example.form if "form" in stated else (rule.forms or ("2021",))[0]
    identity = {
        name: getattr(example, name) for name in stated - {"form", "cells", "section_numbers"}
    }
    sections = example.section_numbers if "section_numbers" in stated else range(1, 7)
    return make_report(report_id, form, example.cells, sections=sections or (), **identity)


def open_facts(reports: Iterable[Report], path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database whose report_facts holds these reports, all of batch `draft`."""
    connection = duckdb.connect(str(path) if path else ":memory:")
    create_facts(connection)
    insert_facts(connection, reports)
    return connection


def _cell(key: Any, value: Value, place: int) -> Cell:
    if value is None:
        return Cell(key, None, CellStatus.BLANK, "")
    return Cell(
        key,
        Decimal(str(value)),
        CellStatus.REPORTED,
        str(value),
        char_start=100 + 2 * place,
        char_end=101 + 2 * place,
    )


def _dates(year: int) -> tuple[date, date, date]:
    return date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 31)
