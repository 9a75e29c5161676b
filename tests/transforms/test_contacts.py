"""A telephone or a postcode of another province is marked, unless one of the own stands there."""

from __future__ import annotations

import pytest

from transforms.document import Document
from transforms.marks import read_marks
from transforms.outline import find_sections
from transforms.records import Identity


def marks_of(head: str, division: str | None = "640181", last: str = "无") -> set[str]:
    text = f"灵武市和乌兰浩特市\n{head}\n一、总体情况\n公开信息。\n六、其他需要报告的事项\n{last}"
    document = Document("d", "text/plain", "utf-8", text, ())
    identity = Identity(body_name="灵武市财政局", division_code=division)
    marks = {mark.mark for mark in read_marks(document, find_sections(document), identity)}
    return {mark for mark in marks if mark.endswith("_of_other_province")}


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("如有疑问请联系我局，电话：0712-0000000。", "area_code_of_other_province"),
        ("咨询电话（010）—00000000", "area_code_of_other_province"),
        ("联系电话：07120000000", "area_code_of_other_province"),
        ("地址：人民路1号，邮编：432400。", "postcode_of_other_province"),
        ("联系地址：人民路1号，邮政编码432400", "postcode_of_other_province"),
    ],
)
def test_codes_of_another_province_are_marked(head: str, mark: str):
    assert marks_of(head) == {mark}


@pytest.mark.parametrize(
    "head",
    [
        "如有疑问请联系我局，电话：0951-0000000。",
        "联系电话：0951-0000000，国家电话：010-00000000。",
        "联系电话：0000-0000000",
        "联系电话：13900000000",
        "技术支持联系电话：0571-00000000",
        "地址：人民路1号，邮编：750000。",
        "数据来源编号0712-0000000",
    ],
)
def test_codes_of_the_own_province_or_of_none_are_not(head: str):
    assert marks_of(head) == set()


def test_nothing_is_marked_where_the_province_or_its_postcodes_are_not_known():
    assert marks_of("联系地址邮编：432400", None) == set()
    assert marks_of("联系地址邮编：137400", "152201") == set()
    assert marks_of("联系电话：0712-0000000", "152201") == {"area_code_of_other_province"}


def test_contacts_at_the_end_count_too():
    last = "如有疑问请联系，电话：0712-0000000"
    assert marks_of("", last=last) == {"area_code_of_other_province"}
