"""Extractions become rows without losing or bending a value."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.factories import make_refusal, make_report
from transforms.records import Cell, CellKey, CellStatus, DocumentStatus, Problem
from transforms.statute.loader import all_cell_keys, cell_keys
from warehouse.rows import tables_of

TOTAL = CellKey(3, "new_received", "total")
FEES = CellKey(2, "fees", "amount")


def only(name: str, extraction) -> dict:
    (row,) = tables_of("b", [extraction])[name].to_pylist()
    return row


def detail(extraction, key: CellKey) -> dict:
    return only("facts", extraction)["cell_details"][all_cell_keys().index(key)]


def test_decimals_stay_exact() -> None:
    row = only("facts", make_report(values={str(FEES): "1234567890.345678"}))
    assert row[FEES.column_name] == Decimal("1234567890.345678")


def test_blank_is_null_and_never_zero() -> None:
    report = make_report(values={str(TOTAL): None})
    assert only("facts", report)[TOTAL.column_name] is None
    assert detail(report, TOTAL)["status"] == "blank"


def test_a_cell_of_another_form_has_no_value_and_no_detail() -> None:
    key = CellKey(3, "other", "total")
    assert key not in cell_keys("2021")
    assert only("facts", make_report("2021"))[key.column_name] is None
    assert detail(make_report("2021"), key) is None


def test_ambiguous_cells_keep_their_candidates_and_place() -> None:
    candidates = (Decimal(3), Decimal(32))
    cell = Cell(TOTAL, None, CellStatus.AMBIGUOUS, "321557", 2, 10, 16, candidates)
    assert detail(make_report(cells={str(TOTAL): cell}), TOTAL) == {
        "status": "ambiguous",
        "raw_text": "321557",
        "page": 2,
        "char_start": 10,
        "char_end": 16,
        "candidates": [Decimal(3), Decimal(32)],
    }


@pytest.mark.parametrize("value", ["1000000000000", "-1e40", "0.1234567"])
def test_a_value_too_large_or_too_fine_is_invalid_with_a_problem_and_its_raw_text(
    value: str,
) -> None:
    cell = Cell(TOTAL, Decimal(value), CellStatus.REPORTED, "原文")
    report = make_report(cells={str(TOTAL): cell})
    assert only("facts", report)[TOTAL.column_name] is None
    assert (detail(report, TOTAL)["status"], detail(report, TOTAL)["raw_text"]) == (
        "invalid",
        "原文",
    )
    assert only("problems", report)["code"] == "value_out_of_range"


@pytest.mark.parametrize(
    "cell",
    [
        Cell(TOTAL, Decimal("nan"), CellStatus.REPORTED),
        Cell(TOTAL, Decimal("inf"), CellStatus.REPORTED),
        Cell(TOTAL, None, CellStatus.REPORTED),
        Cell(TOTAL, Decimal(1), CellStatus.BLANK),
    ],
)
def test_a_cell_that_breaks_its_promises_is_our_bug(cell: Cell) -> None:
    with pytest.raises(ValueError, match=r"no number|new_received"):
        tables_of("b", [make_report(cells={str(TOTAL): cell})])


def test_a_report_must_have_every_cell_of_its_form_once() -> None:
    extraction = make_report()
    assert extraction.report is not None
    short = replace(
        extraction, report=replace(extraction.report, cells=extraction.report.cells[1:])
    )
    with pytest.raises(ValueError, match="form 2021"):
        tables_of("b", [short])


def test_a_report_without_a_form_or_any_identity_is_kept() -> None:
    extraction = make_report(form=None, body=None, year=None)
    assert only("report_rows", extraction)["form"] is None
    assert only("facts", extraction)["cell_details"] == [None] * len(all_cell_keys())


def test_a_refused_file_has_its_reason_in_both_languages_and_no_text() -> None:
    refusal = make_refusal("a/b.txt", "duplicate", DocumentStatus.DUPLICATE, details={"other": "c"})
    row = only("documents", refusal)
    assert row["reason"].endswith("：c")
    assert row["reason_en"].endswith(": c")
    assert (row["reason_code"], row["status"]) == ("duplicate", "duplicate")
    assert tables_of("b", [refusal])["texts"].num_rows == 0


def test_lone_surrogates_are_stored_as_question_marks_of_the_same_length() -> None:
    assert only("texts", make_report(text="甲\ud800乙"))["text"] == "甲?乙"


def test_problems_of_a_report_are_numbered_rows() -> None:
    problem = Problem("reader_failed", "3|granted|total", (("error", "E"),))
    rows = tables_of("b", [make_report(problems=(problem, problem))])["problems"].to_pylist()
    assert [row["problem_no"] for row in rows] == [1, 2]
    assert rows[0]["place"] == "3|granted|total"


def test_section_numbers_are_sorted_and_once_each() -> None:
    assert only("report_rows", make_report(sections=(5, 1, 3)))["section_numbers"] == [1, 3, 5]
