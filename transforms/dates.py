"""Squeezed text -> calendar dates, years, the statistical period and the day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from transforms.bodies import kind_of
from transforms.squeeze import Squeezed, squeeze_text
from transforms.values import spelled_number
from transforms.wording import any_of, pattern, wording

_YEAR = r"(?:19|20)\d{2}"
_END = r"(?!\d|\s\d日)日?"  # the day is whole: none of its digits stands apart
_DAY = rf"(?P<y>{_YEAR})(?:年|[-./])(?P<m>\d{{1,2}})(?:月|[-./])(?P<d>\d{{1,2}}){_END}"
_DATE = re.compile(rf"(?<!\d){_DAY}")
_FIRST = rf"(?P<y1>{_YEAR})(?:年|[-./])(?P<m1>\d{{1,2}})(?:月|[-./])(?P<d1>\d{{1,2}})日?"
_LAST = (
    rf"(?:(?P<y2>{_YEAR})(?:年|[-./])|(?:当年|同年|本年))?"
    rf"(?P<m2>\d{{1,2}})(?:月|[-./])(?P<d2>\d{{1,2}}){_END}"
)
_TIME = r"(?:(?:\d{1,2}|零)[时点]|(?<=日)\d{1,2}:\d{2}(?::\d{2})?)?"
_TO = rf"{_TIME}(?:起|开始|止)?[,，]?(?:至|到|止于|[-—–~～―]{{1,2}})(?:至)?"
_PERIOD = re.compile(rf"(?<!\d){_FIRST}{_TO}{_LAST}")
# Dates that lost characters or have too many: runs of digits and date words around 至.
_DAMAGED = re.compile(
    r"(?:自|从|为|是|:|：)?(?P<all>\d[\d年月日./-]{3,14}起?(?:至|到|[-—~])[\d年月日./-]{3,14})"
)
_DAMAGED_END = re.compile(rf"{_FIRST}{_TO}(?P<rest>[\d年月日./-]{{3,14}})")
# The whole year through the damage: what digits are left of its first and of its last day.
_FIRST_DAY = re.compile(rf"({_YEAR})0?10?1")
_LAST_DAY = re.compile(rf"({_YEAR})?1231")
# `二〇二三年一月一日起至二〇二三年十二月三十一日`
_SPELLED = re.compile(
    r"([二两][〇零○OO0][〇零一二三四五六七八九十]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_CLAUSE = re.compile(r"[^。,]{0,12}")
_CUE_REACH = 40  # characters from a cue to its dates, at most
_CHINESE_YEAR = re.compile(r"[二两][〇零○OO0][〇零一二三四五六七八九十]{2}年")
_CHINESE_DIGITS = str.maketrans("〇零○O一二三四五六七八九二两", "0000123456789" + "22")
# Other items of the site, whose dates are not the report's.
_OTHER_ITEM = re.compile(
    r"相关(?:阅读|新闻|链接|文章|信息|推荐|文档|内容|:)|[上下]一[篇条个]|(?:推荐|延伸)阅读|热点|猜你喜欢"
)
_SIGNED = re.compile(r"(\w{4,30})(?:\(\w{1,4}\))?")
_FOOT = 400  # squeezed characters at the end where the page may print its day once more
_CLOCK = r"(?:\s?\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2})?)?"
_SIGNED_LINE = re.compile(rf"(?P<body>\w{{4,30}}?){_DAY}")
_DATE_LINE = re.compile(rf"[(\[]?{_DAY}[)\]]?")


@dataclass(frozen=True, slots=True)
class Period:
    """The printed period: squeezed span, and the dates that can be read for certain."""

    start: int
    end: int
    first: date | None
    last: date | None


def years_in(text: str) -> list[tuple[int, int]]:
    """Years that a squeezed text names (`2020年`, `二〇二〇年`), each with its position."""
    found = [(int(m[1]), m.start()) for m in re.finditer(rf"(?<!\d)({_YEAR})年", text)]
    for match in _CHINESE_YEAR.finditer(text):
        digits = match[0][:-1].translate(_CHINESE_DIGITS).replace("十", "1")
        if digits.isdigit():
            found.append((int(digits), match.start()))
    return sorted(found, key=lambda year: year[1])


def find_period(squeezed: Squeezed, until: int | None = None) -> Period | None:
    """The first statement of the period that the statistics cover that begins before `until`.

    A date that lost characters is read as damaged: it stays null, never the nearest likely date.
    """
    text = squeezed.text
    cue = pattern(any_of(wording().period_cues))
    for match in cue.finditer(text, 0, len(text) if until is None else until):
        reach = min(match.end() + _CUE_REACH + 24, len(text))
        found = _period_at(text, match.end(), reach)
        if found and found.start - match.end() <= _CUE_REACH:
            return found
    return _stated_before_cue(text[:until], cue)


def _period_at(text: str, start: int, end: int) -> Period | None:
    whole = _PERIOD.search(text, start, end)
    if whole:
        first = _date(whole["y1"], whole["m1"], whole["d1"])
        last = _date(whole["y2"] or whole["y1"], whole["m2"], whole["d2"])
        return Period(whole.start(), whole.end(), first, last)
    half = _DAMAGED_END.search(text, start, end)
    if half:
        first = _date(half["y1"], half["m1"], half["d1"])
        return Period(half.start(), half.end(), first, _last_of_year(half["rest"], half["y1"]))
    damaged = _DAMAGED.search(text, start, end)
    if damaged and sum(c.isdigit() for c in damaged["all"]) >= 8:
        return Period(*damaged.span("all"), *_whole_year(damaged["all"]))
    spelled = list(_SPELLED.finditer(text, start, end))[:2]
    if len(spelled) == 2:
        return Period(spelled[0].start(), spelled[1].end(), *map(_spelled_date, spelled))
    until = pattern(rf"(?:{wording().until}){_DAY}").search(text, start, end)
    if until:
        return Period(until.start("y"), until.end(), None, _date(*until.group("y", "m", "d")))
    return None


def _whole_year(damaged: str) -> tuple[date | None, date | None]:
    """First and last day when the digits left are those of one whole year: 201911日至20191231日."""
    parts = [re.sub(r"\D", "", part) for part in re.split("至|到|[-—~]", damaged)]
    first = _FIRST_DAY.fullmatch(parts[0])
    last = _last_of_year(parts[-1], first[1]) if first else None
    return (date(int(first[1]), 1, 1), last) if first and last else (None, None)


def _last_of_year(damaged: str, year: str) -> date | None:
    """31 December of a year when nothing but its separators is lost."""
    last = _LAST_DAY.fullmatch(re.sub(r"\D", "", damaged))
    return date(int(year), 12, 31) if last and last[1] in {None, year} else None


def _spelled_date(match: re.Match[str]) -> date | None:
    year = match[1].translate(_CHINESE_DIGITS).replace("十", "1")
    month, day = spelled_number(match[2]), spelled_number(match[3])
    return _date(year, str(month), str(day)) if month and day and year.isdigit() else None


def _stated_before_cue(text: str, cue: re.Pattern[str]) -> Period | None:
    """Dates whose cue follows: `2020年1月1日至12月31日期间的数据`."""
    for match in _PERIOD.finditer(text):
        clause = _CLAUSE.match(text, match.end())
        if clause and cue.search(clause[0]):
            first = _date(match["y1"], match["m1"], match["d1"])
            last = _date(match["y2"] or match["y1"], match["m2"], match["d2"])
            return Period(match.start(), match.end(), first, last)
    return None


def published_days(
    squeezed: Squeezed, head: int, metadata: Mapping[str, str]
) -> Iterator[tuple[date | None, bool]]:
    """What can be the day of publication, best first, each with whether the head or the metadata
    have it: labelled lines of head and foot, metadata, then a date line. None is a broken date.

    `head` is the squeezed position where the report's text begins. Clocks, crawl times and other
    dates of the page are labelled otherwise and do not count, nor do the dates of other items.
    """
    text = squeezed.text
    foot = max(head, len(text) - _FOOT)
    for labels in wording().published_labels:
        labelled = pattern(rf"{any_of(labels)}[:：|\]】\t]{{0,3}}{_DAY}")
        # Lines by themselves too: a label may have to stand at the start of one.
        lines = [(text[a:b], True) for a, b in squeezed.spans(head)]
        for part, in_head in ((text[:head], True), (text[foot:], False), *lines):
            for found in labelled.finditer(part):
                first = squeezed.line_start(found.start()) if part == text[:head] else 0
                if not _OTHER_ITEM.search(part, first, found.start()):
                    yield _date(*found.group("y", "m", "d")), in_head
    yield from _beside_labels_of_their_own(squeezed, head)
    for name in wording().published_metadata:
        match = _DATE.match(squeeze_text(metadata.get(name, "")))
        if match:
            yield _date(*match.group("y", "m", "d")), True
    yield from _date_lines(squeezed, head)


def labelled_days(squeezed: Squeezed, head: int) -> Iterator[tuple[date | None, tuple[int, int]]]:
    """Every day of head and foot beside a label of publication, with its squeezed span."""
    text = squeezed.text
    foot = max(head, len(text) - _FOOT)
    lines = [*squeezed.spans(head), *squeezed.spans(since=foot)]
    for labels in wording().published_labels:
        labelled = pattern(rf"{any_of(labels)}[:：|\]】\t]{{0,3}}{_DAY}")
        for first, last in lines:  # the next may begin with a year
            for found in labelled.finditer(text, first, last):
                yield _date(*found.group("y", "m", "d")), (found.start("y"), found.end())


def _beside_labels_of_their_own(
    squeezed: Squeezed, head: int
) -> Iterator[tuple[date | None, bool]]:
    """Days of the head after a bare 时间 or 日期, or at the start of a line that goes on with 来源,
    浏览次数 and the like."""
    text, words = squeezed.text, wording()
    bare = pattern(rf"{any_of(words.published_bare)}[:：|\]】\t]{{0,3}}{_DAY}")
    for found in bare.finditer(text, 0, head):
        start = found.start()
        apart = start == squeezed.line_start(start) or not "一" <= text[start - 1] <= "龥"
        if apart or squeezed.gaps(start - 1, start + 1):
            yield _date(*found.group("y", "m", "d")), True
    beside = pattern(
        rf"{_DAY}(?:\d{{1,2}}[:时]\d{{1,2}}(?:[:分]\d{{0,2}})?)?(?:{words.beside_date})"
    )
    for start, end in squeezed.spans(head):
        if match := beside.match(text, start, end):
            yield _date(*match.group("y", "m", "d")), True


def _date_lines(squeezed: Squeezed, head: int) -> Iterator[tuple[date | None, bool]]:
    """Lines that are a date and nothing else: in brackets under the title, or the signature's,
    which stands directly under the name of a body."""
    text = squeezed.text
    spans = list(squeezed.spans())
    under_title = [span for span in spans if span[1] <= head and text[span[0]] in "(["]
    for start, end in under_title:
        if match := _DATE_LINE.fullmatch(text, start, end):
            yield _date(*match.group("y", "m", "d")), True
    for start, end in spans[-6:]:
        signed = _SIGNED_LINE.fullmatch(text, start, end)
        if signed and start >= head and kind_of(signed["body"]):
            yield _date(*signed.group("y", "m", "d")), False
    for above, (start, end) in list(pairwise(spans))[-6:]:
        match = _DATE_LINE.fullmatch(text, start, end)
        signed = _SIGNED.fullmatch(text, *above)
        if match and start >= head and signed and kind_of(signed[1]):
            yield _date(*match.group("y", "m", "d")), False


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
