"""A report as marks are looked for in it: parts, and sentences that end with their line."""

from __future__ import annotations

from transforms.document import Document
from transforms.outline import find_sections
from transforms.records import Identity
from transforms.report_text import ReportText, report_text

TEXT = "某县民政局年度报告\n一、总体情况\n公开信息。答复申请；\n加强 监督\n二、主动公开情况\n无"


def read(text: str) -> ReportText:
    document = Document("d", "text/plain", "utf-8", text, ())
    return report_text(document, find_sections(document), Identity())


def sentences(report: ReportText, part: int) -> list[str]:
    return [report.squeezed.text[start:end] for start, end in report.sentences(part)]


def test_a_sentence_ends_with_its_mark_or_with_its_line():
    assert sentences(read(TEXT), 1) == ["公开信息。", "答复申请;", "加强监督"]


def test_part_0_is_what_stands_before_the_first_section():
    report = read(TEXT)
    assert sentences(report, 0)[0] == "某县民政局年度报告"
    assert report.head == report.parts[0][1]


def test_a_text_without_sections_has_no_parts():
    report = read("某县民政局")
    assert (report.head, report.text(1), sentences(report, 1)) == (0, "", [])
