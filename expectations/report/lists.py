"""Findings -> rows of text for CSV and workbook, and plain data for JSON.

CSV and workbook have the same columns under Chinese and English headings; JSON has the same facts
nested. Every list has all findings; only the page is cut.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from expectations.report.findings import ShownFinding, number
from expectations.report.words import in_both, words

# Word of text.yaml over each column, in order.
COLUMNS = (
    "severity",
    "rule",
    "column_rule_title",
    "body",
    "year",
    "file",
    "column_superseded",
    "column_message_zh",
    "column_message_en",
    "column_numbers",
    "applications",
    "may_be_wrong",
    "waiver",
    "observed",
    "expected",
    "law",
    "likely_fix",
    "column_line",
    "column_source",
    "column_finding_id",
    "column_root_finding_id",
)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def headings() -> list[str]:
    """Chinese and English over each column."""
    return [in_both(key) for key in COLUMNS]


def as_row(finding: ShownFinding) -> list[str]:
    """One finding as text, a value a column of `COLUMNS`."""
    return [
        words().text(f"severity_{finding.severity}", "zh"),
        finding.rule_id,
        finding.title.zh,
        body_text(finding.body_name),
        str(finding.report_year or ""),
        finding.source_path,
        "" if finding.is_current else words().text("superseded", "zh"),
        finding.message.zh,
        finding.message.en,
        "\n".join(_numbers(finding)),
        number(finding.applications),
        finding.explanation.zh if finding.explanation else "",
        finding.waiver.zh if finding.waiver else "",
        finding.observed,
        finding.expected,
        finding.law.zh,
        finding.likely_fix.zh if finding.likely_fix else "",
        ", ".join(str(line.number) for line in finding.lines if finding.numbered_lines),
        "\n".join(line.text for line in finding.lines),
        finding.finding_id,
        finding.root_finding_id or "",
    ]


def body_text(body_name: str | None) -> str:
    """The body as the lists name it."""
    return body_name or words().text("unknown", "zh")


def write_csv(rows: Iterable[list[str]], path: Path) -> None:
    """Write `as_row` rows as UTF-8 with a byte-order mark, so that Excel reads them as they are."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings())
        for row in rows:
            writer.writerow([_harmless(value) for value in row])


def write_json(findings: Iterable[ShownFinding], path: Path) -> None:
    """A list of findings; numbers of the tables as text, because they are exact decimals."""
    text = json.dumps([_plain(finding) for finding in findings], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _numbers(finding: ShownFinding) -> list[str]:
    return [
        f"{cell.labels.row.zh} / {cell.labels.column.zh} = {number(cell.value)}"
        for cell in finding.nonzero_cells or finding.cells
    ]


def _plain(finding: ShownFinding) -> dict[str, Any]:
    return {
        "finding_id": finding.finding_id,
        "rule_id": finding.rule_id,
        "title_zh": finding.title.zh,
        "title_en": finding.title.en,
        "severity": finding.severity,
        "message_zh": finding.message.zh,
        "message_en": finding.message.en,
        "applications": number(finding.applications) or None,
        "root_finding_id": finding.root_finding_id,
        "suspect_cells": list(finding.suspect_cells),
        "explanation_zh": finding.explanation.zh if finding.explanation else None,
        "explanation_en": finding.explanation.en if finding.explanation else None,
        "waiver": finding.waiver_state,
        "waiver_zh": finding.waiver.zh if finding.waiver else None,
        "waiver_en": finding.waiver.en if finding.waiver else None,
        "observed": finding.observed,
        "expected": finding.expected,
        "legal_basis_zh": finding.law.zh,
        "legal_basis_en": finding.law.en,
        "report_id": finding.report_id,
        "body_name": finding.body_name,
        "report_year": finding.report_year,
        "form": finding.form,
        "source_path": finding.source_path,
        "is_current": finding.is_current,
        "cells": [
            {
                "cell": cell.key,
                "row_zh": cell.labels.row.zh,
                "row_en": cell.labels.row.en,
                "column_zh": cell.labels.column.zh,
                "column_en": cell.labels.column.en,
                "value": number(cell.value) or None,
                "status": cell.status,
                "raw_text": cell.raw_text,
            }
            for cell in finding.cells
        ],
        "source_lines": [{"line": line.number, "text": line.text} for line in finding.lines],
    }


def _harmless(value: str) -> str:
    """A spreadsheet runs text that begins like a formula; an apostrophe keeps it text."""
    return "'" + value if value.startswith(_FORMULA_STARTS) and not _is_number(value) else value


def _is_number(value: str) -> bool:
    return value.lstrip("+-").replace(".", "", 1).isdigit()
