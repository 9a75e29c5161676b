"""Scoring: what counts as read, and what as a silent error."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from benchmarks.generator import Expected, IdentityTruth, Kind
from benchmarks.scoring import score
from transforms.records import (
    Cell,
    CellKey,
    CellStatus,
    DocumentStatus,
    Extraction,
    Identity,
    Report,
)

KEY = CellKey(3, "granted", "total")
ONE = Decimal(1)
WHO = IdentityTruth(("青岑县财政局",), (2022,), (None,), (None,), ("2021",))


def _extraction(cell: Cell, identity: Identity | None = None) -> Extraction:
    found = identity or Identity(body_name="青岑县财政局", report_year=2022)
    report = Report("r", "d", found, "2021", (), (cell,))
    return Extraction("d", "a.txt", None, 1, None, DocumentStatus.EXTRACTED, None, report)


@pytest.mark.parametrize(
    ("expected", "status", "value", "outcome"),
    [
        (Expected(Kind.VALUE, ONE), CellStatus.REPORTED, ONE, "read"),
        (Expected(Kind.VALUE, ONE), CellStatus.RECOVERED, ONE, "recovered"),
        (Expected(Kind.VALUE, ONE), CellStatus.REPORTED, Decimal(2), "silent"),
        (Expected(Kind.VALUE, ONE), CellStatus.AMBIGUOUS, None, "ambiguous"),
        (Expected(Kind.VALUE, ONE), CellStatus.MISSING, None, "unread"),
        (Expected(Kind.BLANK), CellStatus.BLANK, None, "read"),
        (Expected(Kind.BLANK), CellStatus.REPORTED, Decimal(0), "silent"),
        (Expected(Kind.MISSING), CellStatus.RECOVERED, Decimal(0), "silent"),
        (Expected(Kind.INVALID), CellStatus.REPORTED, Decimal(0), "silent"),
        (Expected(Kind.UNDETERMINED, ONE), CellStatus.RECOVERED, Decimal(2), "silent"),
    ],
)
def test_outcomes(expected, status, value, outcome):
    result = score({KEY: expected}, WHO, _extraction(Cell(KEY, value, status)))
    assert getattr(result, outcome) == 1
    assert result.read + result.recovered + result.ambiguous + result.unread + result.silent == 1


def test_an_undetermined_cell_read_right_or_left_open_is_no_error():
    for status, value in ((CellStatus.RECOVERED, ONE), (CellStatus.AMBIGUOUS, None)):
        truth = {KEY: Expected(Kind.UNDETERMINED, ONE)}
        result = score(truth, WHO, _extraction(Cell(KEY, value, status)))
        assert (result.silent, result.determined) == (0, 0)


def test_a_value_for_a_cell_that_is_not_there_is_silent():
    assert score({}, WHO, _extraction(Cell(KEY, ONE, CellStatus.REPORTED))).silent == 1


def test_a_wrong_year_is_wrong_and_no_year_is_only_unread():
    cell = Cell(KEY, ONE, CellStatus.REPORTED)
    truth = {KEY: Expected(Kind.VALUE, ONE)}
    wrong = Identity(body_name="青岑县财政局", report_year=2021, period_start=date(2021, 1, 1))
    assert score(truth, WHO, _extraction(cell, wrong)).identity_wrong == 1
    assert score(truth, WHO, _extraction(cell, Identity())).identity_wrong == 0
