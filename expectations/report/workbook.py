"""Summary and findings -> findings.xlsx: overview, rules, what was not read, one sheet a body.

Values are written as text or numbers, never as formulas or links: what a report says must not
run in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from expectations.report.lists import COLUMNS, body_text, headings
from expectations.report.queries import SEVERITIES, STATUSES
from expectations.report.sheets import sheet_names
from expectations.report.summary import Summary
from expectations.report.words import in_both, words

_MOST_BODY_SHEETS = 1000  # the findings of further bodies share the last sheet
_LINE_POINTS = 15.0
_TALLEST_ROW = 409.0  # Excel's limit
_LONGEST_TEXT = 32_767  # Excel's limit for a cell
_WIDE = {"column_message_zh": 55, "column_message_en": 55, "column_numbers": 50, "law": 40}
_WIDE |= {
    "column_source": 60,
    "likely_fix": 40,
    "may_be_wrong": 45,
    "column_rule_title": 28,
    "file": 30,
    "body": 28,
}


class _Sheets:
    """An open workbook with its few formats."""

    def __init__(self, path: Path, created: datetime | None) -> None:
        self.book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False}
        )
        # The clock would make two workbooks of the same batch differ.
        self.book.set_properties({"created": created or datetime(2000, 1, 1)})
        self.head = self.book.add_format(
            {"bold": True, "bg_color": "#E7ECF2", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.plain = self.book.add_format({"text_wrap": True, "valign": "top"})
        self.link = self.book.get_default_url_format()

    def __enter__(self) -> _Sheets:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.book.close()
        except FileCreateError as error:  # wraps the OSError that says what is wrong
            raise error.args[0] from error

    def add(
        self, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], widths: list[int]
    ) -> Any:  # noqa: ANN401
        """A sheet with a frozen, filtered head."""
        sheet = self.book.add_worksheet(name)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.head)
        lines = 1
        for row in rows:
            for column, value in enumerate(row):
                self._write(sheet, lines, column, value)
            sheet.set_row(lines, _height(row, widths))
            lines += 1
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, lines - 1, len(heads) - 1)
        return sheet

    def _write(self, sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, self.plain)
        elif value is not None:
            sheet.write_string(row, column, str(value)[:_LONGEST_TEXT], self.plain)


def _height(row: Sequence[object], widths: Sequence[int]) -> float:
    """Points of a row in which all its wrapped text is seen: not every program fits rows itself."""
    lines = max(
        sum(max(1, ceil(_columns(line) / width)) for line in str(value).split("\n"))
        for value, width in zip(row, widths, strict=False)
    )
    return min(lines * _LINE_POINTS, _TALLEST_ROW)


def _columns(text: str) -> int:
    """Widths of a digit that a text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def write_workbook(summary: Summary, findings: Iterable[list[str]], path: Path) -> None:
    """Write the workbook from `as_row` rows; bodies without a finding are in the overview only.

    Raises OSError when `path` cannot be written.
    """
    by_body: dict[str, list[list[str]]] = {}
    for row in findings:
        by_body.setdefault(row[COLUMNS.index("body")], []).append(row)
    own = [_zh(key) for key in ("sheet_overview", "sheet_rules", "sheet_problems")]
    sheet_of = _sheets_of_bodies(list(by_body), own)
    bodies_of: dict[str, list[str]] = {}
    for body, name in sheet_of.items():
        bodies_of.setdefault(name, []).append(body)
    with _Sheets(path, summary.batch["started_at"]) as sheets:
        _overview(sheets, own[0], summary, sheet_of)
        _rules(sheets, own[1], summary)
        _problems(sheets, own[2], summary)
        for name, bodies in bodies_of.items():
            rows = chain.from_iterable(by_body[body] for body in bodies)
            sheets.add(name, headings(), rows, [_WIDE.get(key, 12) for key in COLUMNS])


def _sheets_of_bodies(bodies: list[str], own: list[str]) -> dict[str, str]:
    """The sheet each body's findings go to."""
    rest = _zh("sheet_rest")
    names = sheet_names(bodies[:_MOST_BODY_SHEETS], [*own, rest])
    names += [rest] * (len(bodies) - len(names))
    return dict(zip(bodies, names, strict=True))


def _overview(sheets: _Sheets, name: str, summary: Summary, sheet_of: dict[str, str]) -> None:
    keys = ["body", "year", "form", "file", "cells"]
    keys += [f"status_{status}" for status in STATUSES]
    keys += [*(f"severity_{level}" for level in SEVERITIES), "rules", "column_sheet"]
    rows = [
        (
            body_text(row["body_name"]),
            *(row[key] for key in ("report_year", "form", "source_path", "cells")),
            *(row[key] for key in (*STATUSES, *SEVERITIES)),
            ", ".join(row["rules"]),
        )
        for row in summary.reports
    ]
    widths = [28, 8, 8, 36, 8, *[9] * len((*STATUSES, *SEVERITIES)), 24, 28]
    sheet = sheets.add(name, [in_both(key) for key in keys], rows, widths)
    for line, (row, shown) in enumerate(zip(summary.reports, rows, strict=True), start=1):
        if row["rules"]:
            target = sheet_of[shown[0]]
            link = "internal:'{}'!A1".format(target.replace("'", "''"))
            sheet.write_url(line, len(keys) - 1, link, sheets.link, target)


def _rules(sheets: _Sheets, name: str, summary: Summary) -> None:
    keys = ["rule", "column_rule_title", "severity", "law", "satisfied", "violated"]
    keys += ["not_assessable", "findings"]
    rows = [
        (
            row["rule_id"],
            row["title_zh"],
            _zh(f"severity_{row['severity']}"),
            row["legal_basis"],
            row["assessed"] - row["violated"],
            *(row[key] for key in ("violated", "not_assessable", "findings")),
        )
        for row in summary.rules
    ]
    sheets.add(name, [in_both(key) for key in keys], rows, [8, 36, 10, 60, 10, 10, 12, 10])


def _problems(sheets: _Sheets, name: str, summary: Summary) -> None:
    keys = ("file", "place", "column_problem_zh", "column_problem_en")
    fields = ("source_path", "place", "message_zh", "message_en")
    rows = [[row[field] for field in fields] for row in summary.problems]
    sheets.add(name, [in_both(key) for key in keys], rows, [40, 28, 60, 60])


def _zh(key: str) -> str:
    return words().text(key, "zh")
