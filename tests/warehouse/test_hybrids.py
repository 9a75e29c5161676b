"""Reports that print cells of two forms, or whose form no table tells, are stored too."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import make_cell, make_report
from tests.warehouse.conftest import load
from transforms.records import Extraction
from transforms.statute.loader import all_cell_keys
from warehouse import query
from warehouse.home import Home


def test_a_row_of_another_form_is_there_beside_the_own_ones(home: Home) -> None:
    extraction = make_report(form="2021")
    assert extraction.report is not None
    other = [make_cell(key, 4) for key in all_cell_keys() if key[:2] == (3, "other")]
    cells = (*extraction.report.cells, *other)
    load(home, "b", [with_report(extraction, cells=cells)])
    found = query.run(home, "select total from applications where row_key = 'other'")
    assert [int(row["total"]) for row in found.to_pylist()] == [4]
    count = query.run(home, "select count(*) as n from cells").to_pylist()
    assert count == [{"n": 207}]


def test_cells_without_a_form_are_kept(home: Home) -> None:
    extraction = make_report(form="2021")
    load(home, "b", [with_report(extraction, form=None)])
    found = query.run(home, "select count(*) as n from cells join reports using (report_id)")
    assert found.to_pylist() == [{"n": 200}]
    assert query.run(home, "select form from reports").to_pylist() == [{"form": None}]


def with_report(extraction: Extraction, **changes: object) -> Extraction:
    assert extraction.report is not None
    return replace(extraction, report=replace(extraction.report, **changes))
