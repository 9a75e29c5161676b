"""One file -> what `gongkai check` says of it: how it was read, and every finding with its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from expectations.check import check_reports
from expectations.report.excerpt import source_lines
from flows.files import PLAIN_TEXT, Input, problem_json, problem_text
from flows.options import SEVERITIES
from transforms.messages import Language
from transforms.records import CellStatus, Extraction
from transforms.statute.profile import EVERYWHERE, Profile
from warehouse.waivers import IN_FORCE, Waivers

READ = (CellStatus.REPORTED, CellStatus.RECOVERED)
NOT_CERTAIN = (CellStatus.AMBIGUOUS, CellStatus.INVALID, CellStatus.MISSING)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader of the file should look; `number` is null where lines are not the file's."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A checked file. `findings` are rows of the findings table, the gravest first."""

    path: Path
    extraction: Extraction
    findings: tuple[dict[str, Any], ...]

    @property
    def cells(self) -> Counter[CellStatus]:
        """Cells by status."""
        report = self.extraction.report
        return Counter(cell.status for cell in report.cells) if report else Counter()

    def reason(self, language: Language) -> str | None:
        """Why the file is no report; null for one that is."""
        reason = self.extraction.reason
        return None if reason is None else problem_text(reason, language)

    def place(self, finding: dict[str, Any]) -> Place | None:
        """The source line of a finding, where it has one; of a cell that may be wrong, if known."""
        span = self._suspect(finding) or (finding["char_start"], finding["char_end"])
        if span[0] is None:
            return None
        lines = source_lines(self.extraction.text, [span], most=1)
        if not lines:
            return None
        plain = self.extraction.media_type == PLAIN_TEXT
        return Place(lines[0].number if plain else None, lines[0].text)

    def _suspect(self, finding: dict[str, Any]) -> tuple[int, int] | None:
        """Where the first cell stands that may be wrong."""
        report, suspects = self.extraction.report, finding["suspect_cells"] or ()
        for cell in report.cells if report else ():
            start, end = cell.char_start, cell.char_end
            if str(cell.key) in suspects and start is not None and end is not None:
                return start, end
        return None

    @property
    def open_findings(self) -> list[dict[str, Any]]:
        """Findings that no waiver in force accepts."""
        return [finding for finding in self.findings if finding["waiver"] != IN_FORCE]

    def root_of(self, finding: dict[str, Any]) -> dict[str, Any] | None:
        """The finding that a finding follows from, by the same wrong cells."""
        root = finding["root_finding_id"]
        return next((one for one in self.findings if one["finding_id"] == root), None)

    def as_json(self) -> dict[str, Any]:
        """The file, how it was read and its findings, with the words of both languages."""
        report = self.extraction.report
        return {
            "path": str(self.path),
            "status": str(self.extraction.status),
            "reason": self.reason("zh"),
            "reason_en": self.reason("en"),
            "body_name": report.identity.body_name if report else None,
            "report_year": report.identity.report_year if report else None,
            "form": report.form if report else None,
            "cells": {str(status): self.cells[status] for status in CellStatus},
            "problems": [problem_json(one) for one in report.problems] if report else [],
            "findings": [self._finding_json(finding) for finding in self.findings],
        }

    def _finding_json(self, finding: dict[str, Any]) -> dict[str, Any]:
        left_out = ("batch_id", "report_id", "report_year", "checked_by", "applications")
        place, applications = self.place(finding), finding["applications"]
        until = finding["waiver_until"]
        return {
            **{name: value for name, value in finding.items() if name not in left_out},
            "applications": None if applications is None else f"{applications.normalize():f}",
            "waiver_until": until and str(until),
            "line": place.number if place else None,
            "source_line": place.text if place else None,
        }


def check_drafts(
    files: Iterable[Input],
    profile: Profile = EVERYWHERE,
    waivers: Waivers = (),
    today: date | None = None,
) -> list[Draft]:
    """Read and check files, several of one body also against each other; the same bytes twice are
    checked once. Waivers expire by `today`."""
    read = [(file.path, file.extract()) for file in files]
    once = {extraction.document_id: extraction for _, extraction in read}
    by_report: dict[str, list[dict[str, Any]]] = {}
    for finding in check_reports(once.values(), profile, waivers, today):
        by_report.setdefault(finding["report_id"], []).append(finding)
    return [
        Draft(path, extraction, _sorted(by_report.get(_report_id(extraction), ())))
        for path, extraction in read
    ]


def _report_id(extraction: Extraction) -> str:
    return extraction.report.report_id if extraction.report else ""


def _sorted(findings: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    def gravity(finding: dict[str, Any]) -> tuple[int, bool, float, int, str]:
        """A root finding first, then by the number of applications and by place."""
        start = finding["char_start"]
        return (
            SEVERITIES.index(finding["severity"]),
            finding["root_finding_id"] is not None,
            -float(finding["applications"] or 0),
            start if start is not None else 0,
            finding["rule_id"],
        )

    return tuple(sorted(findings, key=gravity))
