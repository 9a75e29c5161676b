from decimal import Decimal

import pytest

from transforms.records import CellStatus
from transforms.statute.loader import forms
from transforms.statute.schema import Column
from transforms.values import is_struck_out, looks_numeric, read_value


def column(table_no: int, key: str) -> Column:
    table = forms()["2019"].table[table_no]
    return next(c for block in table.blocks for c in block.columns if c.key == key)


COUNT = column(3, "total")
CHANGE = column(2, "change")
MONEY = column(2, "amount")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", "0"),
        ("１，２３４", "1234"),
        ("12,345,678", "12345678"),
        ("**7**", "7"),
        ("\u200b5 件", "5"),
        ("22（其中修订 16 件）", "22"),
        ("-3", "-3"),
        ("3.0", "3"),
        ("３９", "39"),
        ("55（含自然失效 29 件）", "55"),
        ("贰拾伍", "25"),
        ("一百零三", "103"),
        ("-(0)", "0"),
        ("+(0)", "0"),
    ],
)
def test_a_count_is_read_when_all_of_its_text_is_explained(raw, value):
    read = read_value(raw, COUNT)
    assert (read.status, read.value) == (CellStatus.REPORTED, Decimal(value))


@pytest.mark.parametrize(("raw", "value"), [("增10", 10), ("减3", -3), ("+19", 19), ("减少2", -2)])
def test_signs_in_words_are_read_in_the_signed_column_only(raw, value):
    assert read_value(raw, CHANGE).value == value
    if raw.isalnum():
        assert read_value(raw, COUNT).status is CellStatus.INVALID


@pytest.mark.parametrize(
    ("raw", "value"), [("251000元", "25.1"), ("1276.5534万元", "1276.5534"), ("49.5669", "49.5669")]
)
def test_money_is_turned_into_ten_thousand_yuan(raw, value):
    assert read_value(raw, MONEY).value == Decimal(value)


@pytest.mark.parametrize("raw", ["", "  ", "/", "—", "——", "-", "无", "不适用", "\u3000"])
def test_an_empty_or_struck_out_cell_is_blank_and_never_zero(raw):
    read = read_value(raw, COUNT)
    assert (read.status, read.value) == (CellStatus.BLANK, None)
    assert is_struck_out(raw)


@pytest.mark.parametrize(
    "raw", ["12，34", "O", "1 234", "00", "007", "0.", "12 (3)", "三四", "1e3", "5元", "约10"]
)
def test_text_that_is_not_wholly_explained_is_invalid(raw):
    assert read_value(raw, COUNT).status is CellStatus.INVALID


@pytest.mark.parametrize(("raw", "value"), [("三", 3), ("十二", 12), ("一百零三", 103)])
def test_a_number_spelled_out_is_read(raw, value):
    assert read_value(raw, COUNT).value == value


def test_a_dash_is_a_minus_only_where_a_change_is_asked_for():
    assert read_value("—5", CHANGE).value == -5
    assert read_value("—5", COUNT).status is CellStatus.INVALID


def test_footnote_marks_are_no_digits():
    assert read_value("301①", COUNT).value == read_value("301¹", COUNT).value == 301


def test_numbers_look_numeric_whatever_their_column():
    assert looks_numeric("251000元")
    assert not looks_numeric("行政许可")


@pytest.mark.parametrize(
    "raw",
    [
        "0.5",
        "约37",
        "37余",
        "≥0",
        "0（1）",
        "0[1]",
        "0注1",
        "12 3",
        "5%",
        "3-5",
        "2023年1月",
        "\u202e21",
    ],
)
def test_what_is_not_exactly_one_whole_number_is_no_count(raw):
    assert read_value(raw, COUNT).status is CellStatus.INVALID


def test_a_nought_with_a_sign_is_a_nought():
    column = forms()["2019"].table[2].blocks[1].columns[1]
    assert str(read_value("-0", column).value) == "0"
