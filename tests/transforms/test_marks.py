"""The words that rules look for: every pattern's example, and what functions find."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.document import Document
from transforms.marks import read_marks
from transforms.outline import find_sections
from transforms.records import Identity
from transforms.squeeze import squeeze_text
from transforms.statute.loader import FOLDER
from transforms.statute.mark_kinds import MarkPattern, mark_kinds

PATTERNS = [(kind.id, pattern) for kind in mark_kinds().values() for pattern in kind.patterns]
EVERY_PATTERN = pytest.mark.parametrize(
    ("kind", "pattern"), PATTERNS, ids=[f"{kind}-{p.example[:12]}" for kind, p in PATTERNS]
)
SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def marks_of(parts: dict[int, str], identity: Identity, headings: list[str] | None = None):
    """The marks of a report with these texts before and in its sections."""
    lines = [parts.get(0, "")]
    for number, heading in enumerate(headings or SECTIONS, 1):
        lines += [heading, parts.get(number, "某某")]
    text = "\n".join(lines)
    document = Document("d", "text/plain", "utf-8", text, ())
    return {mark.mark: mark for mark in read_marks(document, find_sections(document), identity)}


def identity_for(pattern: MarkPattern, innocent: str | None = None) -> Identity:
    names = {"乡": "某县某乡人民政府", "镇": "某县某镇人民政府"}
    name = next((names[key] for key in names if key in (pattern.body_name or "")), "某机关")
    code = f"{pattern.divisions[0]}0000" if pattern.divisions else None
    return Identity(
        body_name=innocent or (pattern.example if pattern.in_name else name),
        body_level=(pattern.bodies or (None,))[0],
        division_code={3: "640422"}[pattern.division_levels[0]]
        if pattern.division_levels
        else code,
        report_year=2020,
    )


@EVERY_PATTERN
def test_the_example_of_a_pattern_gives_its_mark(kind: str, pattern: MarkPattern):
    marks = marks_of({(pattern.within or (0,))[0]: pattern.example}, identity_for(pattern))
    assert kind in marks
    assert squeeze_text(marks[kind].text) in squeeze_text(pattern.example)


@EVERY_PATTERN
def test_what_only_looks_like_it_gives_no_mark(kind: str, pattern: MarkPattern):
    for innocent in pattern.not_in:
        named = innocent if pattern.in_name else None
        parts = {(pattern.within or (0,))[0]: innocent}
        assert kind not in marks_of(parts, identity_for(pattern, named))


def test_bodies_of_patterns_are_kinds_of_body():
    text = (FOLDER / "bodies.yaml").read_text(encoding="utf-8")
    for _, pattern in PATTERNS:
        assert all(f"- id: {body}\n" in text for body in pattern.bodies)


def test_a_reworded_heading_is_marked_with_its_place():
    headings = [*SECTIONS[:4], "五、政府信息公开工作存在的主要问题及改进措施", SECTIONS[5]]
    assert "heading_reworded" not in marks_of({}, Identity())
    mark = marks_of({}, Identity(), headings)["heading_reworded"]
    assert mark.text == headings[4]


def test_a_second_point_without_a_first_is_marked():
    marks = marks_of({1: "概述。\n（二）依申请公开"}, Identity())
    assert "first_subnumber_missing" in marks
    whole = marks_of({1: "（一）主动公开\n（二）依申请公开"}, Identity())
    assert "first_subnumber_missing" not in whole


@pytest.mark.parametrize(
    ("names", "marked"),
    [
        (("和美双柳", "和美双流"), True),
        (("服务双柳", "美丽双柳"), True),
        (("和美双柳", "和美双柳"), False),
        (("双柳发布", "岚阳政务"), False),
    ],
)
def test_account_names_are_marked_where_one_may_be_a_misspelling(names, marked):
    text = "。".join(f"通过“{name}”微信公众号发布信息" for name in names)
    marks = marks_of({1: text}, Identity(body_name="岚阳县双柳镇人民政府"))
    assert ("account_spelled_otherwise" in marks) is marked


def test_a_title_of_another_year_than_the_period_is_marked_at_the_period():
    text = "统计期限为2020年1月1日至2020年12月31日。"
    identity = Identity(
        title="岚阳县民政局2021年政府信息公开工作年度报告",
        period_start=date(2020, 1, 1),
        period_end=date(2020, 12, 31),
        period_char_start=5,
        period_char_end=26,
    )
    assert marks_of({0: text}, identity)["title_year_differs"].char_start == 5


def test_a_line_break_inside_a_doubled_word_is_no_mark():
    assert "doubled_word" not in marks_of({1: "建设石坪镇\n镇人民政府网站"}, Identity())
