"""Plain rows of a batch -> the counts that the page, the workbook and summary.json all show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from expectations.report import queries
from expectations.report.queries import SEVERITIES, STATUSES, Row, Warehouse
from transforms.records import DocumentStatus

DOUBTFUL = 0.2  # of all checks, not assessable


@dataclass(frozen=True)
class Summary:
    """What came in, how well it was read, how the checks ended; counts, in the batch's order.

    `reports` and `rules` are the rows of `queries.REPORTS` and `queries.RULES`.
    """

    batch: Row
    documents: list[Row]
    reports: list[Row]
    cells_by_table: list[Row]
    rules: list[Row]
    problems: list[Row]
    waived_by_severity: list[Row]

    @cached_property
    def files(self) -> dict[str, int]:
        """Files by what became of them."""
        found = Counter(row["status"] for row in self.documents)
        return {str(status): found[status] for status in DocumentStatus}

    @cached_property
    def cells(self) -> dict[str, int]:
        """Cells of all reports by status."""
        return {name: sum(row[name] for row in self.cells_by_table) for name in STATUSES}

    @cached_property
    def findings(self) -> dict[str, int]:
        """Findings by severity."""
        return {level: sum(row[level] for row in self.reports) for level in SEVERITIES}

    @cached_property
    def waived(self) -> dict[str, int]:
        """Those of the findings that the office accepts, by severity."""
        found = {row["severity"]: row["findings"] for row in self.waived_by_severity}
        return {level: found.get(level, 0) for level in SEVERITIES}

    @cached_property
    def checks(self) -> dict[str, int]:
        """Checks (a rule on a report) by outcome."""
        violated = sum(row["violated"] for row in self.rules)
        return {
            "satisfied": sum(row["assessed"] for row in self.rules) - violated,
            "violated": violated,
            "not_assessable": sum(row["not_assessable"] for row in self.rules),
        }

    @property
    def is_doubtful(self) -> bool:
        """Whether few checks could be assessed."""
        return is_doubtful(self.checks)

    @property
    def assessable(self) -> str:
        """The share of checks that could be assessed."""
        return assessable(self.checks)

    @cached_property
    def problem_codes(self) -> dict[str, int]:
        """Problems by code."""
        return dict(sorted(Counter(row["code"] for row in self.problems).items()))

    def as_json(self) -> dict[str, Any]:
        """The content of summary.json."""
        return {
            "batch_id": self.batch["batch_id"],
            "started_at": _utc(self.batch["started_at"]),
            "finished_at": _utc(self.batch["finished_at"]),
            "source": self.batch["source"],
            "extractor_version": self.batch["extractor_version"],
            "rules_version": self.batch["rules_version"],
            "files": {"total": len(self.documents), **self.files},
            "reports": len(self.reports),
            "cells": {
                "total": sum(self.cells.values()),
                **self.cells,
                "by_table": {
                    str(row["table_no"]): {name: row[name] for name in STATUSES}
                    for row in self.cells_by_table
                },
            },
            "checks": {"total": sum(self.checks.values()), **self.checks},
            "findings": {"total": sum(self.findings.values()), **self.findings},
            "waived": {"total": sum(self.waived.values()), **self.waived},
            "rules": [
                {
                    name: row[name]
                    for name in (
                        "rule_id",
                        "severity",
                        "assessed",
                        "violated",
                        "not_assessable",
                        "findings",
                    )
                }
                for row in self.rules
            ],
            "problems": {"total": len(self.problems), **self.problem_codes},
        }


def summarise(warehouse: Warehouse) -> Summary:
    """Read the counts of a batch. Raises UnknownBatchError."""
    return Summary(
        batch=warehouse.batch(),
        documents=warehouse.rows(queries.DOCUMENTS),
        reports=warehouse.rows(queries.REPORTS),
        cells_by_table=warehouse.rows(queries.CELLS_BY_TABLE),
        rules=warehouse.rows(queries.RULES),
        problems=warehouse.rows(queries.PROBLEMS),
        waived_by_severity=warehouse.rows(queries.WAIVED),
    )


def assessable(checks: Mapping[str, int]) -> str:
    """The share of checks, by outcome, that could be assessed."""
    whole = sum(checks.values())
    return percent(whole - checks["not_assessable"], whole)


def is_doubtful(checks: Mapping[str, int]) -> bool:
    """Whether so many checks could not be assessed that a lack of findings says little."""
    return checks["not_assessable"] > DOUBTFUL * sum(checks.values())


def percent(part: int, whole: int) -> str:
    """A percentage that says 0 and 100 only where it is so."""
    if not whole:
        return "—"
    share = 100 * part / whole
    if 0 < part < whole:
        share = min(max(share, 0.1), 99.9)
    return f"{share:.1f}".removesuffix(".0") + "%"


def _utc(moment: datetime | None) -> str | None:
    """The warehouse keeps UTC without a zone."""
    return None if moment is None else moment.isoformat() + "Z"
