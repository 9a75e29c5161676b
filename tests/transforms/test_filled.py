"""How a cell is filled in is one letter, whatever became of its value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from transforms.filled import filled, fillings
from transforms.records import Cell, CellKey, CellStatus
from transforms.statute.loader import all_cell_keys

PENALTIES = CellKey(2, "penalties", "decisions")
FEES = CellKey(2, "fees", "amount")


def way_of(raw: str, *, fees: Decimal | None = Decimal(0)) -> str:
    cells = [Cell(PENALTIES, None, CellStatus.INVALID, raw)]
    cells.append(Cell(FEES, fees, CellStatus.REPORTED if fees is not None else CellStatus.BLANK))
    letter = filled(cells)[all_cell_keys().index(PENALTIES)]
    return next(one.id for one in fillings().values() if one.letter == letter)


@pytest.mark.parametrize("raw", ["12.5", "0.25", "-4.5", "１．５", " 3.10 "])
def test_a_fraction_where_a_count_is_due_has_its_own_letter(raw: str):
    assert way_of(raw) == "fraction"


@pytest.mark.parametrize("raw", ["1.200", "12.0", "见附件", "1.2.3", "12.", ".5"])
def test_what_may_be_a_whole_number_is_no_fraction(raw: str):
    assert way_of(raw) == "invalid"


def test_a_fraction_beside_an_amount_that_was_not_read_may_be_that_amount():
    assert way_of("12.5", fees=None) == "invalid"


@pytest.mark.parametrize("raw", ["不涉及", "无此项", "暂无", " 没有 ", "无相关业务"])
def test_a_word_for_nothing_has_its_own_letter(raw: str):
    assert way_of(raw) == "said_none"


@pytest.mark.parametrize("raw", ["56余", "约56", "近100件", "20多", "30件以上"])
def test_a_number_that_is_not_exact_has_its_own_letter(raw: str):
    assert way_of(raw) == "inexact"


@pytest.mark.parametrize("raw", ["详见附件", "无法统计完成", "2021", "12 13"])
def test_what_may_be_misread_keeps_the_letter_of_no_number(raw: str):
    assert way_of(raw) == "invalid"
