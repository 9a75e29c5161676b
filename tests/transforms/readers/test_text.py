from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import check_places, grids, lines
from transforms.document import Paragraph, UnreadableFileError
from transforms.readers.text import LARGEST_COUNT, read_text


def read(text: str):
    document = read_text(text.encode(), "id")
    check_places(document)
    assert document.text == text
    return document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # tabs: N give N+1 cells, empty ones too
        ("规章\t0\t\t2\n许可\t\t\t", [[["规章", "0", "", "2"], ["许可", "", "", ""]]]),
        ("条\t\t\t\n规章\t0\n\t\t0", [[["条", "", "", ""], ["规章", "0"], ["", "", "0"]]]),
        ("密\t\t0", [[["密", "", "0"]]]),
        ("\t\t\t0\n", [[["", "", "", "0"]]]),
        # pipes without and with outer ones
        ("条 | |||\n规章 | 0 | 1 | 2 |", [[["条", "", "", ""], ["规章", "0", "1", "2"]]]),
        ("| 规章 | 2 | |\n| 许可 | 0 | 2 |", [[["规章", "2", ""], ["许可", "0", "2"]]]),
        ("甲 | 0 |\n| 乙 | 1", [[["甲", "0", ""], ["", "乙", "1"]]]),
        ("甲 | 0\n|||\n| | |\n乙 | 1", [[["甲", "0"], ["", "", ""], ["", "", ""], ["乙", "1"]]]),
        ("甲｜0｜1\n乙｜2｜3\n丙｜4｜", [[["甲", "0", "1"], ["乙", "2", "3"], ["丙", "4", ""]]]),
        # one cell a line
        ("规章 |\n0 |\n |\n2 |", [[["规章"], ["0"], [""], ["2"]]]),
        ("规章\n|\n0\n|\n|\n2\n|\n许可\n|", [[["规章"], ["0"], [""], ["2"], ["许可"]]]),
        ("规章\n\n|\n\n0\n\n|\n\n许可\n\n|", [[["规章"], ["0"], ["许可"]]]),
        ("规章\n|\n0\n|\n1\n许可\n|\n2", [[["规章"], ["0"], ["1"], ["许可"], ["2"]]]),
        # Markdown
        ("| 甲 | 乙 |\n|---|:-:|\n| - | -- |", [[["甲", "乙"], ["-", "--"]]]),
        ("采购\t18\t49.5\n-----\t--\t---", [[["采购", "18", "49.5"]]]),
        # drawn boxes
        (
            "┌──┬──┐\n│ 甲 │ 0 │\n├──┼──┤\n│ 乙 │   │\n└──┴──┘",
            [[["甲", "0"], ["乙", ""]]],
        ),
        ("+--+--+\n| 甲 | 0 |\n+==+==+\n| 乙 | -- |\n+--+--+", [[["甲", "0"], ["乙", "--"]]]),
        (
            "+--+--+\n| 甲 | 0 |\n| 乙 |   |\n+--+--+\n| 丙 |   |\n+--+--+",
            [[["甲", "0"], ["乙"], ["丙", ""]]],
        ),
        (" 甲 | 0\n----+---\n 乙 | 1", [[["甲", "0"], ["乙", "1"]]]),
        ("规章｜0｜｜2", [[["规章", "0", "", "2"]]]),
        # separated values
        (
            '信息内容,制发,废止,有效\n规章,0,,2\n"甲,乙","1,234", "3" ,4',
            [
                [
                    ["信息内容", "制发", "废止", "有效"],
                    ["规章", "0", "", "2"],
                    ["甲,乙", "1,234", "3", "4"],
                ]
            ],
        ),
        (
            "项;甲;乙;丙\n规章;0;1;2\n许可;;;0",
            [[["项", "甲", "乙", "丙"], ["规章", "0", "1", "2"], ["许可", "", "", "0"]]],
        ),
        # a blank line ends a grid, another separator too
        ("甲|0\n\n乙|1", [[["甲", "0"]], [["乙", "1"]]]),
        ("甲|0\n乙\t1\t2", [[["甲", "0"]], [["乙", "1", "2"]]]),
    ],
)
def test_rows_and_cells_of_each_layout(text, expected):
    document = read(text)
    assert grids(document) == expected
    assert not lines(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  一、总体情况\r\n\r\n\u3000\u3000正文", ["一、总体情况", "正文"]),
        ("规范性文件321557\n规章\n0", ["规范性文件321557", "规章", "0"]),
        ("\t一、总体情况\n\t正文\n", ["一、总体情况", "正文"]),
        ("一、\t总体情况\n正文", ["一、\t总体情况", "正文"]),
        ("**（一）** 正文\n<b>粗</b>", ["**（一）** 正文", "<b>粗</b>"]),
        ("---\n###\n", ["---", "###"]),
    ],
)
def test_lines_without_cells_are_paragraphs(text, expected):
    document = read(text)
    assert lines(document) == expected
    assert not grids(document)


@pytest.mark.parametrize(
    "text",
    [
        "今年,我镇,公开,文件\n明年,我镇,公开,文件\n后年,我镇,公开,文件",  # no number alone
        "规章,0,1,2\n许可,0,1,2",  # too few lines
        "规章,0,1\n许可,0,1\n处罚,0,1",  # too few cells
    ],
)
def test_commas_in_running_text_part_no_cells(text):
    assert lines(read(text)) == text.split("\n")


def test_a_heading_before_pipes_on_their_own_lines_is_no_cell():
    document = read("二、主动公开情况\n第一项\n|\n规章\n|\n0\n|\n三、收到和处理情况\n自然人\n|")
    assert lines(document) == ["二、主动公开情况", "三、收到和处理情况"]


def test_markdown_headings_have_a_level_and_no_marks():
    first, second = read("## 一、总体情况\n####二、其他").blocks
    assert (first.text, first.heading_level) == ("一、总体情况", 2)
    assert (second.text, second.heading_level) == ("二、其他", 4)


def test_rows_keep_their_line_number_where_a_rule_stands_between():
    grid = read("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |").blocks[0]
    assert [cell.row for cell in grid.cells] == [0, 0, 2, 2]
    assert [cell.column for cell in grid.cells] == [0, 1, 0, 1]
    assert not grid.ruled


def test_pages_are_counted_only_where_form_feeds_are():
    assert [block.page for block in read("甲\n\f乙\n\f丙").blocks] == [1, 2, 3]
    assert [block.page for block in read("甲\n乙").blocks] == [None, None]


def test_a_million_character_line_is_one_paragraph():
    assert len(read("政" * 1_000_000).blocks) == 1


@pytest.mark.parametrize("mark", ["|", "\t", "\n", "a\n"])
def test_more_cells_than_any_report_has_are_refused(mark):
    with pytest.raises(UnreadableFileError, match="too_complex"):
        read(mark * (LARGEST_COUNT + 1))


@given(st.text(alphabet=st.sampled_from("规章0 |\t\n\r\f#-:、.\u3000\u200b"), max_size=80))
def test_every_text_keeps_every_place(text):
    document = read(text)
    shown = {place for block in document.blocks for place in range(block.start, block.end)}
    for place, character in enumerate(text):
        assert place in shown or character.isspace() or character in "|#-:"


def test_a_pipe_that_touches_a_number_with_no_pipe_near_is_part_of_its_text():
    document = read_text("规章\n2|\n0\n".encode(), "a.txt")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)][1] == "2|"
