"""Document and its sections -> who reports, for which year, over which period, published when.

What the source does not say, or says in two ways that nothing decides, stays null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from transforms.bodies import Body, at_level, bodies, kind_of
from transforms.dates import Period, find_period, find_published, published_days, years_in
from transforms.divisions import Division, find_divisions
from transforms.document import Document
from transforms.nature import why_not_a_report
from transforms.records import Identity, Section
from transforms.squeeze import Squeezed, squeeze, squeeze_text
from transforms.title import Title, body_in, find_titles, is_name
from transforms.wording import any_of, pattern, wording

__all__ = ["read_identity", "why_not_a_report"]

_OPENING = 700  # squeezed characters into the first section where period and names may stand
_WITHOUT_SECTIONS = 3000  # the same where there is no section
_SIGNATURE = 6  # lines at the end among which the signature is
_SITE = "local_government"  # the kind of body whose name a site has
_BELOW = {"township_government", "subdistrict_office", "department"}  # whose reports it carries
_FOOTER = 8  # lines at the end that may name the site
_ANY_BODY = {"本机关", "本单位", "我单位"}
_SHORT = 60  # squeezed characters of a line that is no running text
_RUNNING = re.compile(r"[。;；!！]|,.*,")


def read_identity(document: Document, sections: Sequence[Section]) -> Identity:
    """Everything the document says of itself."""
    squeezed = squeeze(document.text)
    head, reach = _head(sections, squeezed)
    titles = find_titles(squeezed, head, reach, document.metadata)
    title = titles[0] if titles else None
    period = find_period(squeezed, reach)
    published = find_published(squeezed, head, document.metadata)
    year = _report_year(titles, period, published, sections)
    days = list(published_days(squeezed, head, document.metadata))
    year, published = _fitting(year, period, days)
    name = _body_name(squeezed, head, reach, titles)
    kind = kind_of(name) if name else None
    divisions = _divisions(name, kind, _surroundings(squeezed, head, titles, document.metadata))
    division = divisions[0] if len(divisions) == 1 else None
    place = squeezed.place(period.start, period.end) if period else (None, None)
    return Identity(
        title=_as_printed(document, squeezed, title) if title else None,
        body_name=name,
        body_level=at_level(kind, division).id if kind else None,
        division_code=division.code if division else None,
        division_path=division.path if division else None,
        division_candidates=tuple(d.code for d in divisions) if len(divisions) > 1 else (),
        report_year=year,
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
    others = _speaking(squeezed, publisher, reach)
    title = next((title for title in titles if title.body), None)
    if title and title.body:
        name = _fuller(title.body, titles)
        if title.joined:
            name = _rival(name, titles, others) or name
    else:
        name = next(others, "")
    if not name or not is_name(name):
        return None
    return _undoubled(name, squeezed.text, publisher)


def _speaking(squeezed: Squeezed, publisher: str | None, reach: int) -> Iterator[str]:
    """Who is named outside the titles, when the report speaks of itself as such a body does.

    A publisher beside another body that signature or preface name may only be where the page was
    taken from: then nothing tells.
    """
    named = (publisher, _signature(squeezed), _compiler(squeezed, reach))
    inner = [name for name in named[1:] if name]
    if publisher and any(publisher not in name and name not in publisher for name in inner):
        return
    for name in named:
        kind = kind_of(name) if name else None
        if name and kind and _speaks_as(kind, name, squeezed.text):
            yield name


def _rival(name: str, titles: Sequence[Title], others: Iterator[str]) -> str | None:
    """The body that the report names elsewhere, when the line above its title is the site's.

    A government's site line stands above the reports of its departments and towns; a department
    that publishes its government's report does not speak as itself in it.
    """
    kind = kind_of(name)
    if kind is None or kind.id != _SITE:
        return None
    named = (title.body for title in titles if title.body and not title.joined)
    for other in (*named, *others):
        other_kind = kind_of(other)
        if other_kind and other_kind.id in _BELOW and other not in name:
            return other
    return None


def _fuller(name: str, titles: Sequence[Title]) -> str:
    """The name with its place, when another name of the report ends with it and has one."""
    for title in titles:
        if title.body and title.body.endswith(name) and _is_placed(title.body[: -len(name)]):
            return title.body
    return name


def _is_placed(name: str) -> bool:
    return pattern(wording().place).search(name) is not None


def _undoubled(name: str, text: str, publisher: str | None) -> str:
    """`某县某乡乡人民政府` -> `某县某乡人民政府`, when another mention has it so."""
    doubled = pattern(wording().doubled).search(name)
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
            if kind and kind.id in _BELOW:
                return body_in(bare)
    return None


def _speaks_as(kind: Body, name: str, text: str) -> bool:
    """Whether the report speaks of itself as this kind of body does, or does not say.

    What every body can call itself counts only where nothing more telling is said.
    """
    text = text.replace(name, "")
    counts: Counter[str] = Counter()
    for body in bodies().values():
        telling = (word for word in body.self_references if word not in _ANY_BODY)
        counts[body.id] = sum(text.count(word) for word in telling)
    most = max(counts.values())
    if most:
        return counts[kind.id] > 0 and counts[kind.id] * 2 >= most
    return any(word in text for word in kind.self_references)


def _divisions(name: str | None, kind: Body | None, context: str) -> tuple[Division, ...]:
    """The divisions the body can be of; none when its name leads to a place above its kind."""
    if name is None or kind is None or not kind.levels or not _is_placed(name):
        return ()
    bare = pattern(wording().central_prefix).sub("", name)
    return find_divisions(bare, context, kind.levels)


def _surroundings(
    squeezed: Squeezed, head: int, titles: Sequence[Title], metadata: Mapping[str, str]
) -> str:
    """Where a place name tells whose report it is: titles, index block, site line, signature and
    footer. Running text names other places as well."""
    spans = [*squeezed.spans(head), *list(squeezed.spans())[-_FOOTER:]]
    parts = (part for a, b in spans for part in re.split(r"[|\t]", squeezed.text[a:b]))
    short = (part for part in parts if len(part) <= _SHORT and not _RUNNING.search(part))
    names = (title.text for title in titles)
    return "\n".join((*short, *names, squeeze_text(metadata.get("title", ""))))


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


def _fitting(
    year: int | None, period: Period | None, dates: Sequence[tuple[date | None, bool]]
) -> tuple[int | None, date | None]:
    """Year and day of publication that go together: no annual report appears before its year ends.

    A day that is too early is another document's when the period states the year or a later day is
    there as well, or when it stands in the foot; else the year is what is doubtful.
    """
    first, in_head = dates[0] if dates else (None, False)
    if year is None or first is None or first.year > year:
        return year, first
    later = next((day for day, _ in dates if day and day.year > year), None)
    stated = period and (period.last or period.first)
    if later or not in_head or (stated and stated.year == year):
        return year, later
    return None, first


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
