"""Text -> a Document of one paragraph a line, for tests that need no reader."""

import re

from transforms.document import Document, Paragraph
from transforms.outline import find_sections
from transforms.records import Claim, Identity, Section


def document(text: str, **metadata: str) -> Document:
    lines = re.finditer(r"[^\n]+", text)
    blocks = tuple(Paragraph(line[0], line.start(), line.end()) for line in lines)
    return Document("0" * 64, "text/plain", "utf-8", text, blocks, metadata)


SIX = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def report(
    head: str, first: str = "2023年，我局依法公开政府信息。", headings: tuple[str, ...] = SIX
) -> str:
    bodies = (
        first,
        "第二十条第（一）项",
        "申请人情况",
        "行政复议",
        "人手不足。",
        "本年无其他事项。",
    )
    lines = [line for pair in zip(headings, bodies, strict=False) for line in pair if line]
    return "\n".join([head, *lines])


def numbers(text: str) -> list[int]:
    return [section.section_no for section in find_sections(document(text))]


def one_section(sentence: str) -> tuple[Document, tuple[Section, ...], Identity]:
    section = Section(1, "一、总体情况", sentence, 0, len(sentence))
    return document(sentence), (section,), Identity(report_year=2023)


def said(claims: tuple[Claim, ...]) -> dict[str, str]:
    return {claim.claim: str(claim.value) for claim in claims}
