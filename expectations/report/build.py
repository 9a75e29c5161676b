"""Published warehouse and batch id -> reports/<batch>/: index.html, lists, workbook, summary."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

from expectations.report import queries
from expectations.report.findings import read_findings
from expectations.report.lists import as_row, write_csv
from expectations.report.page import MOST_OF_A_LIST, most_a_rule, render
from expectations.report.queries import Warehouse
from expectations.report.sources import FOLDER as SOURCES
from expectations.report.sources import write_sources
from expectations.report.summary import Summary, summarise
from expectations.report.workbook import write_workbook

# In the order in which they are put in place: the page last, so that what it links to is there.
FILES = ("summary.json", "findings.csv", "findings.xlsx", SOURCES, "index.html")
_ASIDE = ".building-"
_ABANDONED_AFTER = 3600  # seconds


def build_report(database: Path, batch_id: str, folder: Path) -> Path:
    """Write a batch's data-quality report into `folder` and return the path of its index.html.

    Every file is made aside and then renamed into place; other files of the folder stay. Raises
    UnknownBatchError when the warehouse does not have the batch, OSError when `folder` cannot be
    written.
    """
    with Warehouse(database, batch_id) as warehouse:
        summary = summarise(warehouse)
        folder.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(folder)
        with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=folder) as aside:
            _write_all(warehouse, summary, Path(aside))
            shutil.rmtree(folder / SOURCES, ignore_errors=True)  # a folder is not replaced whole
            for name in FILES:
                (Path(aside) / name).replace(folder / name)
    return folder / FILES[-1]


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed runs left; a run that is still writing is younger than that."""
    for left in folder.glob(f"{_ASIDE}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def _write_all(warehouse: Warehouse, summary: Summary, aside: Path) -> None:
    text = json.dumps(summary.as_json(), ensure_ascii=False, indent=2)
    (aside / "summary.json").write_text(text + "\n", encoding="utf-8")
    rows = [as_row(finding) for finding in read_findings(warehouse)]
    write_csv(rows, aside / "findings.csv")
    write_workbook(summary, rows, aside / "findings.xlsx")
    most = most_a_rule(rule["findings"] for rule in summary.rules)
    shown = [*read_findings(warehouse, most)]
    page = render(
        summary,
        shown,
        sources=write_sources(warehouse, shown, aside / SOURCES),
        unclear=warehouse.rows(queries.UNCLEAR_CELLS, most=MOST_OF_A_LIST),
        missing=warehouse.rows(queries.MISSING_CELLS, most=MOST_OF_A_LIST),
        not_filed=warehouse.rows(queries.NOT_FILED, most=MOST_OF_A_LIST),
    )
    (aside / "index.html").write_text(page, encoding="utf-8")
