"""A few words -> a complete Extraction, for tests that need reports and no reader.

All cells of the form are reported as 0 unless told otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from transforms.records import (
    Cell,
    CellKey,
    CellStatus,
    Claim,
    DocumentStatus,
    Extraction,
    Identity,
    Problem,
    Report,
    Section,
)
from transforms.statute.loader import cell_keys, forms

Value = int | str | Decimal | CellStatus | None


def make_cell(key: CellKey | str, value: Value) -> Cell:
    """A cell: a number is reported, None is blank, a status stands for itself without a value."""
    if isinstance(key, str):
        table_no, row_key, column_key = key.split("|")
        key = CellKey(int(table_no), row_key, column_key)
    if isinstance(value, CellStatus):
        return Cell(key, None, value, "")
    if value is None:
        return Cell(key, None, CellStatus.BLANK, "/")
    return Cell(key, Decimal(value), CellStatus.REPORTED, str(value))


def make_report(
    form: str | None = "2021",
    body: str | None = "某市财政局",
    year: int | None = 2023,
    values: Mapping[str, Value] | None = None,
    *,
    cells: Mapping[str, Cell] | None = None,
    published_on: date | None = None,
    period: tuple[date, date] | None = None,
    sections: tuple[int, ...] = (1, 2, 3, 4, 5, 6),
    claims: tuple[Claim, ...] = (),
    problems: tuple[Problem, ...] = (),
    division_code: str | None = None,
    text: str | None = None,
    source_path: str | None = None,
) -> Extraction:
    """An extracted report.

    `values` and `cells` are by `3|new_received|total`; `cells` gives whole cells. `text` makes the
    document: same text, same document id; by default it is made of everything else.
    """
    given = {key: make_cell(key, value) for key, value in (values or {}).items()} | dict(
        cells or {}
    )
    keys = () if form is None else cell_keys(form)
    if unknown := given.keys() - {str(key) for key in keys}:
        raise KeyError(f"form {form} has no cells {sorted(unknown)}")
    all_cells = tuple(given.get(str(key), make_cell(key, 0)) for key in keys)
    title = f"{body}{year}年政府信息公开工作年度报告"
    shown = text if text is not None else f"{title}\n{published_on} {sections} {given}"
    document_id = hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()
    if period is None and year is not None:
        period = (date(year, 1, 1), date(year, 12, 31))
    start, end = period or (None, None)
    report = Report(
        report_id=document_id,
        document_id=document_id,
        identity=Identity(
            title=title,
            body_name=body,
            division_code=division_code,
            report_year=year,
            period_start=start,
            period_end=end,
            published_on=published_on,
        ),
        form=form,
        sections=tuple(_section(form or "2021", number) for number in sections),
        cells=all_cells,
        claims=claims,
        problems=problems,
    )
    return Extraction(
        document_id=document_id,
        source_path=source_path or f"inbox/{body}-{year}-{document_id[:8]}.txt",
        media_type="text/plain",
        bytes=len(shown.encode("utf-8", "replace")),
        encoding="utf-8",
        status=DocumentStatus.EXTRACTED,
        reason=None,
        report=report,
        text=shown,
    )


def make_refusal(
    source_path: str,
    code: str = "empty_file",
    status: DocumentStatus = DocumentStatus.QUARANTINED,
    *,
    data: bytes = b"",
    details: Mapping[str, str] | None = None,
) -> Extraction:
    """A file of which there is no report."""
    return Extraction(
        document_id=hashlib.sha256(data).hexdigest(),
        source_path=source_path,
        media_type=None,
        bytes=len(data),
        encoding=None,
        status=status,
        reason=Problem(code, source_path, tuple((details or {}).items())),
        report=None,
    )


def _section(form: str, number: int) -> Section:
    heading = next(item.label for item in forms()[form].sections if item.number == number)
    return Section(number, heading, "无", number * 10, number * 10 + 5)
