"""Waivers stand beside findings: in force, expired, for another file, or for nothing."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import make_report
from tests.warehouse.conftest import commit_of
from warehouse import lock, publish, query, write
from warehouse.catalog import ChunkFiles
from warehouse.errors import HomeError
from warehouse.home import Home

BODY, DIVISION = "青溪县财政局", "640425"
WAIVER = """
- {{rule: {rule}, body: {body}, year: 2023, reason: 已核实, who: 王某, until: 2024-12-31{more}}}
"""


def published(home: Home, waivers: str, as_of: date = date(2024, 3, 1)) -> str:
    """A report with one finding under H04; its document id."""
    extraction = make_report(body=BODY, division_code=DIVISION)
    assert extraction.report is not None
    (home.waivers / "2024.yaml").write_text(waivers, encoding="utf-8")
    finding = {
        "finding_id": "f", "batch_id": "b", "checked_by": "b", "scope": "years", "rule_id": "H04",
        "report_id": extraction.report.report_id, "severity": "warning", "message_zh": "不符",
        "message_en": "broken", "observed": None, "expected": None, "cells": [],
        "char_start": None, "char_end": None, "report_year": 2023, "applications": None,
    }  # fmt: skip
    with lock.writer(home, timeout=5):
        parts = [
            write.write_chunk(home, "b", [extraction]),
            write.write_table(home, "b", "finding_rows", [finding]),
        ]
        commit = commit_of("b", ChunkFiles.merge(parts))
        publish.publish(home, commit.model_copy(update={"as_of": as_of}))
    return extraction.document_id


def states(home: Home) -> tuple[str | None, list[str]]:
    (finding,) = query.run(home, "select waiver from findings").to_pylist()
    return finding["waiver"], query.run(home, "select state from waivers")["state"].to_pylist()


def test_a_waiver_in_force_stands_beside_its_finding_until_its_last_day(home: Home) -> None:
    waiver = WAIVER.format(rule="H04", body=BODY, more="")
    published(home, waiver)
    assert states(home) == ("in_force", ["in_force"])
    published(home, waiver, as_of=date(2024, 12, 31))
    assert states(home) == ("in_force", ["in_force"])
    published(home, waiver, as_of=date(2025, 1, 1))
    assert states(home) == ("expired", ["expired"])


def test_of_two_waivers_for_a_finding_that_in_force_stands_beside_it_once(home: Home) -> None:
    past = WAIVER.format(rule="H04", body=BODY, more="").replace("2024-12-31", "2023-12-31")
    now = WAIVER.format(rule="H04", body=BODY, more=f", division: '{DIVISION}'")
    published(home, past + now)
    assert states(home) == ("in_force", ["expired", "in_force"])


def test_a_waiver_for_another_file_says_so(home: Home) -> None:
    document = published(home, "[]")
    published(home, WAIVER.format(rule="H04", body=BODY, more=f", document: {document[:12]}"))
    assert states(home) == ("in_force", ["in_force"])
    published(home, WAIVER.format(rule="H04", body=BODY, more=", document: 0123456789ab"))
    assert states(home) == ("source_changed", ["source_changed"])


def test_a_waiver_of_what_is_not_found_is_unused(home: Home) -> None:
    published(home, WAIVER.format(rule="H01", body=BODY, more=""))
    assert states(home) == (None, ["unused"])


@pytest.mark.parametrize(
    ("waivers", "said"),
    [
        (WAIVER.format(rule="H99", body=BODY, more=""), "2024.yaml:2.*no rule H99"),
        (
            WAIVER.format(rule="H01", body=BODY, more="") * 2,
            "H01 .* stands in 2024.yaml:2 too",
        ),
    ],
)
def test_a_wrong_waiver_is_refused_with_file_and_line(home: Home, waivers, said) -> None:
    with pytest.raises(HomeError, match=said):
        published(home, waivers)
