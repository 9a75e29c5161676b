import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.documents import SIX, document, numbers, report
from transforms.document import Document, Grid, GridCell
from transforms.outline import find_sections


def with_heading(number: int, heading: str) -> tuple[str, ...]:
    return (*SIX[: number - 1], heading, *SIX[number:])


def test_six_headings_as_printed_give_six_sections_with_their_text():
    text = report("某县民政局2023年政府信息公开工作年度报告")
    sections = find_sections(document(text))
    assert [s.heading for s in sections] == list(SIX)
    assert [s.text for s in sections][4:] == ["人手不足。", "本年无其他事项。"]
    assert all(s.text == text[s.char_start : s.char_end] for s in sections)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、 总体情况"),
        (1, "# 一、总体情况"),
        (1, "**一、总体情况**"),
        (1, "一．总体情况"),
        (1, "一、工作基本情况"),
        (1, "- 总体情况"),
        (1, "总体情况"),
        (1, "一、总體情況"),
        (1, "<b>一、</b>总体情况"),
        (2, "二、主动公开政府政府情况"),
        (2, "二、行政机关主动公开政府信息情况"),
        (2, "一、主动公开政府信息情况"),
        (3, "三、行政机关收到和处理政府信息公开申请的情况"),
        (3, "三、收到和处理政府信息公开申请情况："),
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼的情况"),
        (4, "四、政府信息公开行政复议、\n行政诉讼情况"),
        (4, "l四、政府信息公开行政复议、行政诉讼情况"),
        (5, "五、存在的主要问题及整改措施"),
        (5, "五、政府信息公开工作存在的主要问题与改进措施"),
        (5, "五、存在问题及下一步打算"),
        (6, "六、其它需要报告的事项"),
        (6, "六、需要说明的其他事项"),
    ],
)
def test_a_heading_in_another_dress_is_found(number, heading):
    assert numbers(report("", headings=with_heading(number, heading))) == [1, 2, 3, 4, 5, 6]


def test_text_on_the_line_of_the_heading_belongs_to_the_section():
    sections = find_sections(
        document(report("", headings=with_heading(6, "六、其他需要报告的事项 无")))
    )
    assert sections[5].heading == "六、其他需要报告的事项"
    assert sections[5].text.startswith("无")


def test_a_document_in_one_line_has_its_six_sections():
    assert numbers(report("某局报告").replace("\n", " ")) == [1, 2, 3, 4, 5, 6]


def test_a_lost_heading_leaves_its_text_with_the_section_before():
    text = report("").replace(SIX[4] + "\n", "")
    sections = find_sections(document(text))
    assert [s.section_no for s in sections] == [1, 2, 3, 4, 6]
    assert sections[3].text.endswith("人手不足。")


def test_a_preface_that_lists_the_titles_is_no_section():
    preface = "全文包括" + "、".join(h[2:] for h in SIX) + "六部分。"
    first = find_sections(document(report(preface)))[0]
    assert first.text == "2023年，我局依法公开政府信息。"


def test_a_preface_that_lists_the_titles_with_ordinals_is_no_section():
    first = find_sections(document(report("本报告分为" + "；".join(SIX) + "。")))[0]
    assert first.text == "2023年，我局依法公开政府信息。"


@pytest.mark.parametrize("leader", ["", "……3", "\t3", "........ 12"])
def test_of_a_table_of_contents_and_the_report_the_report_is_taken(leader):
    contents = "\n".join(heading + leader for heading in SIX)
    first, *_, last = find_sections(document(report("目录\n" + contents)))
    assert first.text == "2023年，我局依法公开政府信息。"
    assert last.text == "本年无其他事项。"


def test_row_labels_of_table_3_are_no_headings():
    rows = (
        "一、本年新收政府信息公开申请数量 0\n二、上年结转政府信息公开申请数量 0\n"
        "三、本年度办理结果\n四、结转下年度继续办理 0"
    )
    text = report("").replace("申请人情况", "申请人情况\n" + rows)
    sections = find_sections(document(text))
    assert [s.section_no for s in sections] == [1, 2, 3, 4, 5, 6]
    assert rows in sections[2].text


def test_a_second_numbering_in_the_narrative_does_not_count():
    narrative = "一、加强组织领导\n二、扎实推进公开\n三、强化平台建设\n四、做好监督保障"
    sections = find_sections(document(report("", first=narrative)))
    assert sections[0].text == narrative


def test_of_a_doubled_heading_the_one_before_the_text_is_taken():
    headings = with_heading(1, "一、总体情况\n一、总体情况")
    assert find_sections(document(report("", headings=headings)))[0].text.startswith("2023年")


def test_headings_whose_tables_were_pictures_are_sections_without_text():
    text = "\n".join([SIX[0], "我局依法公开。", *SIX[1:5], "人手不足。", SIX[5], "无。"])
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("ordinal", ["{n}、", "{n}.", "（{c}）", "({n})", "{c} "])
def test_headings_numbered_as_subheadings_are_found_where_there_are_no_others(ordinal):
    named = [ordinal.format(n=n, c="一二三四五六"[n - 1]) + h[2:] for n, h in enumerate(SIX, 1)]
    assert numbers(report("", headings=tuple(named))) == [1, 2, 3, 4, 5, 6]
    inside = "\n".join(named[1:5])
    first = find_sections(document(report("", first=inside)))[0]
    assert first.text == inside


def test_sections_out_of_order_keep_their_places():
    order = [SIX[i] + "\n本部分内容如下所述。" for i in (0, 1, 3, 2, 4, 5)]
    sections = find_sections(document("\n".join(order)))
    assert [s.section_no for s in sections] == [1, 2, 3, 4, 5, 6]
    assert sections[3].char_start < sections[2].char_start


def test_a_report_of_the_old_form_has_the_sections_it_has():
    text = "一、概述\n认真公开。\n二、主动公开政府信息情况\n若干。\n三、收费及减免情况\n无。\n"
    text += "四、存在的主要问题和改进措施\n无。"
    assert [s.section_no for s in find_sections(document(text))] == [1, 2, 5]


def test_a_heading_inside_a_table_counts_less_than_one_outside():
    text = report("")
    inside = text.index(SIX[0])
    cell = GridCell(0, 0, SIX[0], inside, inside + len(SIX[0]))
    plain = document(text)
    grid = Grid((cell,), ruled=True, start=max(inside - 1, 0), end=inside + len(SIX[0]))
    boxed = Document(plain.document_id, "text/html", None, text, (grid,))
    assert len(find_sections(boxed)) == 6


def test_an_empty_document_has_no_section():
    assert find_sections(document("")) == ()


PIECES = st.sampled_from(
    [*SIX, *(h[2:] for h in SIX), "一、", "。", " ", "\n", "无", "2023年", "**", "目录"]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_sections_never_overlap_and_are_what_stands_there(text):
    sections = find_sections(document(text))
    assert [s.section_no for s in sections] == sorted({s.section_no for s in sections})
    at = 0
    for section in sorted(sections, key=lambda s: s.char_start):
        assert at <= section.char_start <= section.char_end <= len(text)
        assert section.text == text[section.char_start : section.char_end]
        at = section.char_end
