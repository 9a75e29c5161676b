"""Text of a report -> numbers of headings and points that do not follow one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.records import Section
from transforms.report_text import Found, ReportText, Span
from transforms.squeeze import squeeze_text
from transforms.values import spelled_number

_HEADING = re.compile(r"[^\w(]{0,3}第?(?P<n>[一二三四五六七八九十]{1,3})(?:部分)?[、.,:)]")
_POINT = re.compile(r"\((?P<n>[一二三四五六七八九十]{1,3})\)")
_NUMBERED = 5  # headings with a number from which on one without is an exception


def numbers_otherwise(report: ReportText) -> Iterator[Found]:
    """Headings and points that skip or repeat a number."""
    if (section := _odd_heading(report.sections)) is not None:
        yield "heading_misnumbered", _line_of(report, section)
    for number in (1, 5):
        if number in report.parts and (span := _odd_point(report, report.parts[number])):
            yield "point_misnumbered", span


def _odd_heading(sections: Sequence[Section]) -> Section | None:
    """The first heading whose number is not one above that before, or the only one without."""
    ordered = sorted(sections, key=lambda section: section.char_start)
    numbers = [_number(_HEADING.match(squeeze_text(one.heading))) for one in ordered]
    without = [one for one, number in zip(ordered, numbers, strict=True) if number is None]
    if len(without) > 1 or len(ordered) - len(without) < _NUMBERED:
        return None
    if without:
        return without[0]
    if [one.section_no for one in ordered] != [*range(1, 7)]:
        return None  # a part that is not there is no wrong number
    for before, number, section in zip(numbers, numbers[1:], ordered[1:], strict=False):
        if before is not None and number != before + 1:
            return section
    return None


def _odd_point(report: ReportText, part: Span) -> Span | None:
    """The first line whose number skips or repeats one; points within a point begin anew."""
    text = report.squeezed.text
    everywhere = {_number(match) for match in _POINT.finditer(text, *part)}
    outer: list[int] = []
    for start, end in report.squeezed.spans(part[1], part[0]):
        match = _POINT.match(text, max(start, part[0]), end)
        number = _number(match)
        if match is None or number is None:
            continue
        if number == 1:
            outer.append(1)
            continue
        while outer and outer[-1] + 1 != number and outer[:-1] and number - 1 in outer[:-1]:
            outer.pop()
        if outer and number != outer[-1] + 1:
            skipped = number > outer[-1] + 1 and number - 1 not in everywhere
            repeated = number == outer[-1]
            if skipped or repeated:
                return match.span()
        if outer:
            outer[-1] = number
    return None


def _number(match: re.Match[str] | None) -> int | None:
    return spelled_number(match["n"]) if match else None


def _line_of(report: ReportText, section: Section) -> Span:
    """The heading's line, which ends before the text of the section."""
    end = min(report.squeezed.index(section.char_start), len(report.squeezed.text))
    start = report.squeezed.line_start(max(end - 1, 0))
    return start, max(end, start + 1)
