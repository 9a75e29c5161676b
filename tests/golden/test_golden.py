"""Each example report and what is read from it, as a reviewed file beside this one.

A missing expectation is written and fails: read it, commit it if a careful reader says the same.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from expectations.check import check_reports
from transforms.extract import extract
from transforms.records import CellStatus, Extraction

EXAMPLES = Path(__file__).parents[2] / "examples"
REPORTS = sorted((EXAMPLES / "reports").iterdir(), key=lambda path: path.name)
INTENDED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))


def read(path: Path) -> Extraction:
    return extract(path.read_bytes(), path.name)


def as_json(extraction: Extraction) -> dict[str, Any]:
    report = extraction.report
    if report is None:
        return {"status": extraction.status, "reason": extraction.reason and extraction.reason.code}
    identity = report.identity
    rows: dict[str, list[str]] = {}
    for cell in report.cells:
        said = str(cell.status) if cell.value is None else str(cell.value)
        mark = "*" if cell.status is CellStatus.RECOVERED else ""
        rows.setdefault(f"{cell.key.table_no}|{cell.key.row_key}", []).append(said + mark)
    return {
        "status": extraction.status,
        "title": identity.title,
        "body": identity.body_name,
        "body_level": identity.body_level,
        "year": identity.report_year,
        "period": [str(identity.period_start), str(identity.period_end)],
        "published": str(identity.published_on),
        "form": report.form,
        "sections": [section.heading for section in report.sections],
        "cells": {row: " ".join(cells) for row, cells in rows.items()},
        "claims": [f"{claim.claim} {claim.value} {claim.unit}" for claim in report.claims],
        "problems": [f"{problem.code} {problem.place}" for problem in report.problems],
        "findings": [f["rule_id"] for f in check_reports([extraction])],
    }


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_an_example_is_read_as_reviewed(path):
    golden = Path(__file__).parent / f"{path.name}.json"
    found = json.loads(json.dumps(as_json(read(path)), ensure_ascii=False))
    if not golden.exists():
        golden.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was written; review it and commit it")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_an_example_is_read_as_its_writer_meant_it(path):
    meant = INTENDED[path.name]
    extraction = read(path)
    if meant["status"] == "duplicate":
        meant = INTENDED[meant["duplicate_of"]]  # only taking it in can tell
    assert extraction.status == meant["status"]
    if (report := extraction.report) is None:
        return
    identity = report.identity
    counts = dict.fromkeys(CellStatus, 0)
    for cell in report.cells:
        counts[cell.status] += 1
    assert (report.form, identity.report_year, identity.body_name) == (
        meant["form"],
        meant["year"],
        meant["body"],
    )
    dates = (identity.period_start, identity.period_end, identity.published_on)
    assert [d and d.isoformat() for d in dates] == [*meant["period"], meant["published"]]
    assert {name: counts[CellStatus(name)] for name in ("blank", "ambiguous", "missing")} == {
        name: meant[name] for name in ("blank", "ambiguous", "missing")
    }
    assert sorted({f["rule_id"] for f in check_reports([extraction])}) == meant["violated"]
