"""An overview is out of scope only where most of it tells of nothing but other work."""

from __future__ import annotations

import pytest

from transforms.document import Document
from transforms.marks import read_marks
from transforms.outline import find_sections
from transforms.records import Identity

OTHER = "全年粮食产量稳中有增，新修农村道路，植树造林成活率提高。"
OWN = "通过门户网站主动公开各类政府信息，按期答复申请人。"


@pytest.mark.parametrize(
    ("overview", "marked"),
    [
        (OTHER * 20 + OWN * 5, True),
        (OTHER * 5 + OWN * 2, False),  # too short to say
        (OTHER * 20 + OWN * 30, False),
        (OTHER.replace("全年", "公开") * 20, False),
        ("全面推进各项工作。" * 60, False),  # of nothing in particular
    ],
)
def test_most_of_the_overview_must_be_on_other_work(overview: str, marked: bool):
    text = f"一、总体情况\n{overview}\n二、主动公开政府信息情况\n无"
    document = Document("d", "text/plain", "utf-8", text, ())
    marks = {mark.mark for mark in read_marks(document, find_sections(document), Identity())}
    assert ("out_of_scope" in marks) is marked
