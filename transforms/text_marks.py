"""Text of a report -> the marks of its headings, numbers, accounts and years that no single
pattern can find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.distance import Hamming

from transforms.dates import years_in
from transforms.fold import fold
from transforms.records import Identity, Section
from transforms.report_text import Found, ReportText, Span
from transforms.squeeze import Squeezed, squeeze_text
from transforms.statute.loader import forms

_CONNECTIVES = str.maketrans("", "", "及和与的")
_ORDINAL = re.compile(r"^[^\w(（]*第?[一二三四五六七八九十]+(?:部分)?[、.．,:：)）\s]*")
_SECOND = re.compile(r"[(（]二[)）]")
_FIRST = re.compile(r"[(（]一[)）]")
_QUOTED = r"[“\"「'‘](?P<name>[^“”\"「」'‘’。,，、]{3,12})[”\"」'’]"
_ACCOUNT = re.compile(
    rf"{_QUOTED}(?:官方|政务)?(?:微信)?(?:公众号|公众平台|订阅号|微信)"
    rf"|(?:公众号|公众平台|订阅号){_QUOTED.replace('name', 'after')}"
)


def words_otherwise(report: ReportText) -> Iterator[Found]:
    """Headings worded or placed otherwise, a first number left out, names and years that differ."""
    squeezed, parts, identity = report.squeezed, report.parts, report.identity
    for section in report.sections:
        if not _is_worded_as_printed(section):
            yield "heading_reworded", _heading_span(squeezed, section)
    for section in _out_of_order(report.sections):
        yield "section_out_of_order", _heading_span(squeezed, section)
    for number in (1, 5):
        if number in parts and (span := _second_without_first(squeezed, parts[number])):
            yield "first_subnumber_missing", span
    if span := _other_spelling(report):
        yield "account_spelled_otherwise", span
    if span := _other_year(squeezed, identity):
        yield "title_year_differs", span


def _is_worded_as_printed(section: Section) -> bool:
    return _core(section.heading) in _printed_headings()[section.section_no]


@cache
def _printed_headings() -> dict[int, frozenset[str]]:
    headings = [heading for form in forms().values() for heading in form.sections]
    numbers = {heading.number for heading in headings}
    return {n: frozenset(_core(h.label) for h in headings if h.number == n) for n in numbers}


def _core(heading: str) -> str:
    return fold(_ORDINAL.sub("", squeeze_text(heading))).translate(_CONNECTIVES)


def _heading_span(squeezed: Squeezed, section: Section) -> Span:
    """The heading's line, which ends before the text of the section."""
    end = min(squeezed.index(section.char_start), len(squeezed.text))
    start = squeezed.line_start(max(end - 1, 0))
    return start, max(end, start + 1)


def _out_of_order(sections: Sequence[Section]) -> Iterator[Section]:
    """Sections that stand before one with a lower number."""
    by_place = sorted(sections, key=lambda section: section.char_start)
    for index, section in enumerate(by_place):
        if any(later.section_no < section.section_no for later in by_place[index + 1 :]):
            yield section


def _second_without_first(squeezed: Squeezed, part: Span) -> Span | None:
    """A line that begins with `（二）` in a part that has no `（一）` anywhere."""
    if _FIRST.search(squeezed.text, *part):
        return None
    for match in _SECOND.finditer(squeezed.text, *part):
        if squeezed.line_start(match.start()) == match.start():
            return match.span()
    return None


def _other_spelling(report: ReportText) -> Span | None:
    """The second of two account names that differ by one character, or that both bear the
    body's own name."""
    seen: list[str] = []
    for number in sorted(set(report.parts) & {0, 1, 5, 6}):
        for match in _ACCOUNT.finditer(report.squeezed.text, *report.parts[number]):
            group = "name" if match["name"] else "after"
            if any(_is_variant(match[group], other, report.identity) for other in seen):
                return match.span(group)
            seen.append(match[group])
    return None


def _is_variant(name: str, other: str, identity: Identity) -> bool:
    if name == other or len(name) != len(other):
        return False
    own = _own_stem(identity.body_name or "")
    return Hamming.distance(name, other) == 1 or bool(own and own in name and own in other)


def _own_stem(body_name: str) -> str:
    """What a body is called in short: 石坪 for 岚阳县石坪镇人民政府; empty where that is unsure."""
    match = re.search(r"(?:^|[县市区旗])([\u4e00-\u9fff]{2,4})[镇乡](?:人民政府)?$", body_name)
    return match[1] if match else ""


def _other_year(squeezed: Squeezed, identity: Identity) -> Span | None:
    """The period, where the title names one year and the period is of another."""
    day = identity.period_end or identity.period_start
    if day is None or identity.title is None or identity.period_char_start is None:
        return None
    named = {year for year, _ in years_in(squeeze_text(identity.title))}
    if len(named) != 1 or day.year in named:
        return None
    start = squeezed.index(identity.period_char_start)
    end = squeezed.index(identity.period_char_end or identity.period_char_start)
    return start, max(end, start + 1)
