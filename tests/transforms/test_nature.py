import pytest

from tests.transforms.documents import document, report
from transforms.extract import extract
from transforms.identity import read_identity
from transforms.nature import PRE_2019, is_pre_2019
from transforms.outline import find_sections
from transforms.records import DocumentStatus

NOUN = "政府信息公开工作年度报告"
OLD = """一、概述
我镇认真贯彻条例，公开政府信息。
二、主动公开政府信息情况
共公开信息22条。
三、政府信息依申请公开办理情况
没有接到申请。
四、政府信息公开收费及减免情况
没有收费。
五、政府信息公开行政复议、行政诉讼和申诉情况
没有发生。
六、存在的主要问题和改进措施
人手不足。
"""
STATISTICS = "指标名称 | 计量单位 | 代码 | 本期实际 |\n主动公开政府信息数 | 条 | 11 | 64 |\n"


def pre_2019(text: str) -> bool:
    read = document(text)
    sections = find_sections(read)
    return is_pre_2019(read, sections, read_identity(read, sections))


@pytest.mark.parametrize(
    "text",
    [
        f"两河镇2018年{NOUN}\n{OLD}",
        f"两河镇2012年{NOUN}\n" + "我镇认真公开政府信息。" * 30,
        f"两河镇{NOUN}\n{OLD}",
        f"两河镇{NOUN}\n{STATISTICS}",
    ],
)
def test_a_report_before_the_statutory_forms_is_known_by_year_headings_or_statistics(text):
    assert pre_2019(text)


@pytest.mark.parametrize(
    "text",
    [
        report(f"两河镇2019年{NOUN}"),
        f"两河镇2020年{NOUN}\n{OLD}",
        report(f"两河镇2018年{NOUN}"),  # the year is wrong: it has a statutory table
        report(f"两河镇{NOUN}"),
        "",
    ],
)
def test_a_later_year_or_a_statutory_table_is_none(text):
    assert not pre_2019(text)


def test_an_old_report_keeps_its_sections_and_has_no_cells_and_no_missing_tables():
    extraction = extract(f"两河镇2017年{NOUN}\n{OLD}{STATISTICS}".encode(), "old.txt")
    found = extraction.report
    assert extraction.status is DocumentStatus.EXTRACTED
    assert found is not None
    assert (found.form, found.cells, found.problems) == (PRE_2019, (), ())
    assert found.identity.report_year == 2017
    assert {section.section_no for section in found.sections} >= {1, 2, 3, 5}


PAGE = (
    f"<html><body><ul><li>首页<li>政务公开</ul><h1>青溪县民政局2022年{NOUN}</h1>"
    "<div>发布时间：2023-01-20</div>{}<p>主办：青溪县人民政府</body></html>"
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f'<a href="/u/1.docx?x=1">青溪县民政局2022年{NOUN}</a>', "attachment_only"),
        ('<iframe src="/viewer?file=/u/1.pdf"></iframe>', "attachment_only"),
        ("<object data='1.pdf'></object>", "attachment_only"),
        ('<p><img src="1.jpg"></p>', "no_content"),
    ],
)
def test_a_page_whose_text_is_elsewhere_says_so(content, why):
    extraction = extract(PAGE.format(content).encode(), "x.html")
    assert extraction.reason is not None
    assert dict(extraction.reason.details) == {"why": f"@why_{why}"}


def test_a_page_with_its_own_text_may_link_to_documents():
    text = "".join(f"<p>{line}</p>" for line in report(f"青溪县民政局2022年{NOUN}").splitlines())
    page = PAGE.format(f'{text}<a href="1.pdf">附件</a>')
    assert extract(page.encode(), "x.html").status is DocumentStatus.EXTRACTED
