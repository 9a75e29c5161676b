"""Tables told in words, and numbers with their heading beside them."""

import pytest

from tests.transforms.lines import cells, lines, row
from transforms.told_rows import told_rows

HEAD = "二、主动公开政府信息情况\n"
END = "\n三、收到和处理政府信息公开申请情况\n无。"


def told(text: str) -> list[list[str]]:
    found, _ = told_rows(lines(text), text)
    return [[piece.text for piece in line.pieces] for line in found if line.has_value]


@pytest.mark.parametrize(
    "text",
    [
        "规章：本年制发件数1件，本年废止件数2件，现行有效件数3件。",
        "规章中，现行有效件数3件、本年废止件数2件、本年制发件数1件；",
        "规章\n本年制发件数：1\n本年废止件数：2\n现行有效件数：3",
        "规章-本年制发件数：1\n规章-本年废止件数：2\n规章-现行有效件数：3",
        "规章\t本年制发件数：1\t本年废止件数：2\t现行有效件数：3",
    ],
)
def test_numbers_told_with_their_headings_are_a_row(text):
    found = cells(
        HEAD + text + "\n行政规范性文件：本年制发件数0，本年废止件数0，现行有效件数5。" + END
    )
    assert row(found, "2|regulations") == ["1", "2", "3"]
    assert row(found, "2|normative_documents") == ["0", "0", "5"]


@pytest.mark.parametrize(
    "text",
    [
        "规章：本年制发件数1件，本年废止件数2件。",  # one is missing
        "规章：本年制发件数1件，本年废止件数2件，现行有效件数3余件。",  # not exactly that number
        "规章：本年制发件数1件，本年制发件数2件，现行有效件数3件，本年废止件数0件。",  # one twice
        "规章\n1.：本年制发件数1件，本年废止件数2件，现行有效件数3件。",  # of which row?
    ],
)
def test_a_row_that_is_not_told_in_full_is_none(text):
    assert told(text) == []


def test_the_rows_of_a_table_are_not_told():
    text = "规章\t1\t2\t3\n\t4\t5\t6"
    assert told_rows(lines(text), text) == (lines(text), frozenset())


def test_headings_told_of_the_form_of_2019_are_read_under_them():
    text = "规章：本年新制作数量1，本年新公开数量2，对外公开总数量3。"
    assert told(text) == [["规章", "1", "2", "3"]]


def test_proceedings_are_told_a_row_a_sentence():
    rows = ("行政复议", "未经复议直接起诉", "复议后起诉")
    sentence = "：结果维持1件，结果纠正0件，其他结果0件，尚未审结2件，总计3件。\n"
    text = "四、政府信息公开行政复议、行政诉讼情况\n" + "".join(name + sentence for name in rows)
    found = cells(text + "五、存在的主要问题及改进情况\n人手不足。")
    assert row(found, "4|litigation_direct") == ["1", "0", "0", "2", "3"]
