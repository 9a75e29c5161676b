from __future__ import annotations

from tests.transforms.readers.checks import lines
from tests.transforms.readers.positioned.pages import document, glyphs, page


def pages(*feet: str, head: str = ""):
    return document(
        *(
            page(
                [
                    *glyphs(head, 50, 30),
                    *glyphs(f"第{'一二三四'[at]}段。", 50, 200),
                    *glyphs(foot, 280, 770),
                ],
                number=at + 1,
            )
            for at, foot in enumerate(feet)
        )
    )


def test_decorated_page_numbers_and_running_heads_are_left_out():
    assert lines(pages("- 1 -", "- 2 -", head="某镇年度报告")) == ["第一段。", "第二段。"]
    assert lines(pages("第 1 页 共 2 页", "第 2 页 共 2 页")) == ["第一段。", "第二段。"]


def test_bare_numbers_that_count_the_pages_are_left_out():
    assert lines(pages("5", "6", "7")) == ["第一段。", "第二段。", "第三段。"]


def test_a_bare_number_that_counts_nothing_stays():
    assert lines(pages("12", "30"))[1] == "12"


def test_text_that_stands_in_the_margin_of_one_page_only_stays():
    assert "某镇年度报告" in lines(pages("", head="某镇年度报告"))
