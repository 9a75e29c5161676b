"""Published batch -> all its findings as one CSV, JSON or Excel file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from expectations.report.findings import read_findings
from expectations.report.lists import as_row, write_csv, write_json
from expectations.report.queries import Warehouse
from expectations.report.summary import summarise
from expectations.report.workbook import write_workbook

Format = Literal["xlsx", "csv", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_findings(database: Path, batch_id: str, format: Format, out: Path) -> Path:
    """Write all findings of a batch to `out` and return it; `out` is whole or not there at all.

    Raises UnknownBatchError when the warehouse does not have the batch, OSError when `out` cannot
    be written.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        with Warehouse(database, batch_id) as warehouse:
            summary = summarise(warehouse)
            findings = read_findings(warehouse)
            if format == "xlsx":
                write_workbook(summary, map(as_row, findings), part)
            elif format == "csv":
                write_csv(map(as_row, findings), part)
            else:
                write_json(findings, part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return out
