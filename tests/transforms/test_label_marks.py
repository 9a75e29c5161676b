"""Labels worded otherwise are marked as whole cells or words, next to labels of their form."""

from __future__ import annotations

import pytest

from transforms.document import Document, Paragraph
from transforms.extract import extract
from transforms.label_marks import altered_wordings
from transforms.marks import read_marks
from transforms.records import Identity
from transforms.squeeze import squeeze_text
from transforms.wording import pattern

HEADER = "信息内容 本年制发件数 本年废止件数 现行有效件数"
PAGE = """<html><body><p>岚阳县石坪镇人民政府2022年政府信息公开工作年度报告</p>
<p>一、总体情况</p><p>2022年公开信息。</p><p>二、主动公开政府信息情况</p>
<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>{last}</td></tr>
<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>
<tr><td>{row}</td><td>3</td><td>0</td><td>9</td></tr>
<tr><td>行政许可</td><td>1</td></tr><tr><td>行政处罚</td><td>1</td></tr>
<tr><td>行政强制</td><td>1</td></tr><tr><td>行政事业性收费</td><td>0</td></tr></table>
<p>三、收到和处理政府信息公开申请情况</p><p>无</p></body></html>"""


def marks_of(page: str) -> set[str]:
    report = extract(page.encode(), "a.html").report
    assert report is not None
    return {mark.mark for mark in report.marks if mark.mark.startswith("label_")}


def marks_of_lines(*lines: str) -> set[str]:
    text = "\n".join(lines)
    paragraphs, at = [], 0
    for line in lines:
        paragraphs.append(Paragraph(line, at, at + len(line)))
        at += len(line) + 1
    document = Document("d", "text/plain", "utf-8", text, tuple(paragraphs))
    found = read_marks(document, (), Identity())
    return {mark.mark for mark in found if mark.mark.startswith("label_")}


@pytest.mark.parametrize("wording", altered_wordings(), ids=lambda one: one.example)
def test_the_example_of_a_wording_is_one_and_what_stands_beside_it_is_not(wording):
    assert pattern(wording.text).fullmatch(squeeze_text(wording.example))
    for innocent in wording.not_in:
        assert not pattern(wording.text).fullmatch(squeeze_text(innocent))


@pytest.mark.parametrize(
    ("row", "last", "marks"),
    [
        ("行政规范性文件", "现行有效件数", set()),
        ("规范性文件", "现行有效件数", {"label_reworded"}),
        ("行政规范性文件", "现行有效件数（历史累计）", {"label_altered"}),
        ("行政 规范性文件", "现行有效\n件数", set()),
        ("行政<br>规范性文件", "现行有效件", set()),
        ("性文件", "现行有效件数", set()),
    ],
)
def test_a_cell_of_a_table_is_marked_only_as_a_whole(row, last, marks):
    assert marks_of(PAGE.format(row=row, last=last)) == marks


def test_words_of_lines_count_too():
    assert marks_of_lines(HEADER, "规范性文件 8 0 18") == {"label_reworded"}
    assert marks_of_lines(HEADER, "规范性文件8018") == {"label_reworded"}
    assert marks_of_lines(HEADER, "行政规范性文件 8 0 18") == set()
    assert marks_of_lines(HEADER, "行政", "规范性文件 8 0 18") == set()


def test_the_older_form_prints_the_shorter_label():
    assert (
        marks_of_lines("本年新制作数量 本年新公开数量 对外公开总数量", "规范性文件 8 8 18") == set()
    )
    hubei = ("本年新制作数量 本年新公开数量 对外公开总数量", "其他主动公开文件 1 1 1")
    assert marks_of_lines(*hubei) == set()
