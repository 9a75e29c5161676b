"""Numbers of headings and points that follow one another are no marks; skips and repeats are."""

from __future__ import annotations

import pytest

from transforms.document import Document
from transforms.marks import read_marks
from transforms.outline import find_sections
from transforms.records import Identity

HEADINGS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def marks_of(headings: list[str], first: str = "某某") -> set[str]:
    lines: list[str] = []
    for heading in headings:
        lines += [heading, first if "总体" in heading else "某某"]
    document = Document("d", "text/plain", "utf-8", "\n".join(lines), ())
    return {mark.mark for mark in read_marks(document, find_sections(document), Identity())}


def renamed(changes: dict[int, str]) -> list[str]:
    return [changes.get(number, heading) for number, heading in enumerate(HEADINGS, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {6: "七、其他需要报告的事项"},
        {2: "主动公开政府信息情况"},
        {4: "三、政府信息公开行政复议、行政诉讼情况"},
        {5: "六、存在的主要问题及改进情况", 6: "五、其他需要报告的事项"},
    ],
)
def test_a_heading_out_of_count_is_marked(changes: dict[int, str]):
    assert "heading_misnumbered" in marks_of(renamed(changes))


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        [heading[2:] for heading in HEADINGS],
        [heading.replace("、", ".", 1) for heading in HEADINGS],
        [f"第{heading[0]}部分 {heading[2:]}" for heading in HEADINGS],
        [heading for heading in HEADINGS if "复议" not in heading],
    ],
)
def test_headings_numbered_one_by_one_or_not_at_all_are_not_marked(headings: list[str]):
    assert "heading_misnumbered" not in marks_of(headings)


@pytest.mark.parametrize(
    ("points", "marked"),
    [
        ("一二三四五", False),
        ("一二四五", True),
        ("一二二三", True),
        ("一二一二三三四", False),  # points within the second
    ],
)
def test_points_that_skip_or_repeat_a_number_are_marked(points: str, marked: bool):
    text = "\n".join(f"（{number}）某某工作有序开展。" for number in points)
    assert ("point_misnumbered" in marks_of(HEADINGS, text)) is marked


def test_a_point_in_mid_line_is_not_missing():
    text = "（一）主动公开。\n（二）依申请公开。（三）信息管理。\n（四）平台建设。"
    assert "point_misnumbered" not in marks_of(HEADINGS, text)
