"""Document and its sections -> who reports, for which year, over which period, published when.

What the source does not say, or says in two ways that nothing decides, stays null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from transforms.bodies import Body, at_level, bodies, kind_of
from transforms.dates import Period, find_period, find_published, years_in
from transforms.divisions import Division, locate
from transforms.document import Document
from transforms.nature import why_not_a_report
from transforms.records import Identity, Section
from transforms.squeeze import Squeezed, squeeze
from transforms.title import Title, body_in, find_titles
from transforms.wording import any_of, pattern, wording

__all__ = ["read_identity", "why_not_a_report"]

_OPENING = 700  # squeezed characters into the first section where period and names may stand
_WITHOUT_SECTIONS = 3000  # the same where there is no section
_DOUBLED = re.compile(r"([乡镇局街道县区市办])\1")
_PLACE = re.compile(r"[省市县区州旗盟乡镇]|街道|苏木")
_SIGNATURE = 6  # lines at the end among which the signature is


def read_identity(document: Document, sections: Sequence[Section]) -> Identity:
    """Everything the document says of itself."""
    squeezed = squeeze(document.text)
    head, reach = _head(sections, squeezed)
    titles = find_titles(squeezed, head, reach, document.metadata)
    title = titles[0] if titles else None
    period = find_period(squeezed, reach)
    published = find_published(squeezed, head, document.metadata)
    name = _body_name(squeezed, head, reach, titles)
    kind = kind_of(name) if name else None
    division = _division(name, kind, squeezed.text)
    place = squeezed.place(period.start, period.end) if period else (None, None)
    return Identity(
        title=_as_printed(document, squeezed, title) if title else None,
        body_name=name,
        body_level=at_level(kind, division).id if kind else None,
        division_code=division.code if division else None,
        division_path=division.path if division else None,
        report_year=_report_year(titles, period, published, sections),
        period_start=period.first if period else None,
        period_end=period.last if period else None,
        period_text=document.text[place[0] : place[1]] if period else None,
        period_char_start=place[0],
        period_char_end=place[1],
        published_on=published,
        document_number=_document_number(squeezed, head),
    )


def _head(sections: Sequence[Section], squeezed: Squeezed) -> tuple[int, int]:
    """Where the first section's text begins, and how far into it the report may name itself."""
    if not sections:
        reach = min(_WITHOUT_SECTIONS, len(squeezed.text))
        return reach, reach
    first = min(sections, key=lambda section: section.char_start)
    head = squeezed.index(first.char_start)
    last = squeezed.index(first.char_end)
    return head, min(head + _OPENING, last, len(squeezed.text))


def _as_printed(document: Document, squeezed: Squeezed, title: Title) -> str:
    """The title in the characters of the source, without blanks and markup."""
    if title.start is None:
        return title.text
    end = title.start + len(title.text)
    if squeezed.text[title.start : end] != title.text:
        return title.text  # joined from parts of a line
    return "".join(document.text[squeezed.offsets[i]] for i in range(title.start, end))


def _body_name(squeezed: Squeezed, head: int, reach: int, titles: Sequence[Title]) -> str | None:
    publisher = _publisher(squeezed, head)
    for title in titles:
        if title.body:
            return _undoubled(_fuller(title.body, titles), squeezed.text, publisher)
    for name in (publisher, _signature(squeezed), _compiler(squeezed, reach)):
        kind = kind_of(name) if name else None
        if name and kind and _speaks_as(kind, squeezed.text):
            return _undoubled(name, squeezed.text, publisher)
    return None


def _fuller(name: str, titles: Sequence[Title]) -> str:
    """The name with its place, when another name of the report ends with it and has one."""
    for title in titles:
        if title.body and title.body.endswith(name) and _PLACE.search(title.body[: -len(name)]):
            return title.body
    return name


def _undoubled(name: str, text: str, publisher: str | None) -> str:
    """`某县某乡乡人民政府` -> `某县某乡人民政府`, when another mention has it so."""
    doubled = _DOUBLED.search(name)
    if doubled is None:
        return name
    single = name[: doubled.start() + 1]
    elsewhere = re.search(f"{re.escape(single)}(?!{doubled[1]})", text)
    if elsewhere or (publisher and single in publisher and single + doubled[1] not in publisher):
        return single + name[doubled.end() :]
    return name


def _publisher(squeezed: Squeezed, head: int) -> str | None:
    words = wording()
    labelled = pattern(
        rf"{any_of(words.publisher_labels)}[:：|\t]{{1,3}}(?P<body>[^|\t:：,，。]{{4,30}}?)"
        rf"{words.publisher_ends}"
    )
    for start, end in squeezed.spans(head):
        match = labelled.search(squeezed.text, start, end)
        if match and kind_of(match["body"]):
            return match["body"]
    return None


def _signature(squeezed: Squeezed) -> str | None:
    """A line of the end that is the name of a body, with a date line after it."""
    spans = list(squeezed.spans())[-_SIGNATURE:]
    lines = [squeezed.text[start:end] for start, end in spans]
    for name, after in pairwise(lines):
        dated = re.match(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日", after)
        if dated and re.fullmatch(r"\w{4,30}", name) and kind_of(name):
            return name
    return None


def _compiler(squeezed: Squeezed, reach: int) -> str | None:
    """Whom the preface names as author or asks to be asked; the office inside a body is cut."""
    words = wording()
    for expression in (words.compiled_by, words.contact):
        match = pattern(expression).search(squeezed.text, 0, reach)
        if match:
            name = match["body"]
            kind = kind_of(name)
            if kind and kind.id == "government_office":
                return None  # of the government or of its office: nothing tells
            bare = pattern(words.inner_office).sub("", name)
            kind = kind_of(bare)
            if kind and kind.id in {"township_government", "subdistrict_office", "department"}:
                return body_in(bare)
    return None


def _speaks_as(kind: Body, text: str) -> bool:
    """Whether the report speaks of itself as this kind of body does, or does not say."""
    counts: Counter[str] = Counter()
    for body in bodies().values():
        counts[body.id] = sum(text.count(word) for word in body.self_references)
    return counts[kind.id] > 0 and counts[kind.id] * 2 >= max(counts.values())


def _division(name: str | None, kind: Body | None, text: str) -> Division | None:
    """The division of the body; null when the name leads to a place above its kind only."""
    if name is None or kind is None or not kind.levels or not _PLACE.search(name):
        return None
    division = locate(pattern(wording().central_prefix).sub("", name), text)
    return division if division and division.level in kind.levels else None


def _report_year(
    titles: Sequence[Title],
    period: Period | None,
    published: date | None,
    sections: Sequence[Section],
) -> int | None:
    """The year of the title; else of the period; else what most of section 1 speaks of.

    Null when period and section 1 agree against the title, or when nothing but a bare majority
    of section 1 speaks and the day of publication does not fit it.
    """
    titled = next((title.year for title in titles if title.year), None)
    day = period and (period.last or period.first)
    stated = day.year if day else None
    most = _majority_year(sections)
    if titled is not None:
        contradicted = stated is not None and stated == most and stated != titled
        return None if contradicted else titled
    if stated is not None:
        return stated if most in {None, stated} else None
    if most is not None and published is not None and published.year != most + 1:
        return None
    return most


def _majority_year(sections: Sequence[Section]) -> int | None:
    """The year of at least six in ten mentions in section 1; titles of documents do not count."""
    first = next((section.text for section in sections if section.section_no == 1), "")
    text = re.sub(r"《[^》]{0,80}》|[〔\[(（]\d{4}[〕\])）]", "", squeeze(first).text)
    counts = Counter(year for year, _ in years_in(text))
    if not counts:
        return None
    year, count = counts.most_common(1)[0]
    return year if count * 10 >= 6 * counts.total() else None


def _document_number(squeezed: Squeezed, head: int) -> str | None:
    words = wording()
    labelled = pattern(
        rf"{any_of(words.number_labels)}[:：|\t]{{1,3}}(?P<number>{words.document_number})"
    )
    match = labelled.search(squeezed.text, 0, head)
    return match["number"] if match else None
