"""Document and its sections -> who reports, for which year, over which period, published when.

What the source does not say, or says in two ways that nothing decides, stays null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from transforms.bodies import Body, at_level, kind_of
from transforms.dates import Period, find_period, published_days, years_in
from transforms.divisions import Division, find_divisions
from transforms.document import Document
from transforms.early_day import ALL_BUT_OVER
from transforms.records import Identity, Section
from transforms.reporter import find_reporter, is_placed
from transforms.squeeze import Squeezed, squeeze, squeeze_text
from transforms.title import Title, find_titles, is_name
from transforms.wording import any_of, pattern, wording

_OPENING = 700  # squeezed characters into the first section where period and names may stand
_WITHOUT_SECTIONS = 3000  # the same where there is no section
_FOOTER = 8  # lines at the end that may name the site
_SHORT = 60  # squeezed characters of a line that is no running text
_UNREAD = "\ufffd"  # stands where bytes were bad, or a character in a picture not sure
_RUNNING = re.compile(r"[。;；!！]|,.*,")


def read_identity(document: Document, sections: Sequence[Section]) -> Identity:
    """Everything the document says of itself."""
    squeezed = squeeze(document.text)
    head, reach = _head(sections, squeezed)
    titles = find_titles(squeezed, head, reach, document.metadata)
    period = find_period(squeezed, reach)
    days = list(published_days(squeezed, head, document.metadata))
    published = days[0][0] if days else None
    most = _majority_year(sections)
    year = _report_year(titles, period, published, most)
    year, published = _fitting(year, period, days, most)
    name = _without_gaps(find_reporter(squeezed, head, reach, titles), squeezed)
    title = _own_title(titles, name, year)
    kind = kind_of(name) if name else None
    divisions = _divisions(name, kind, _surroundings(squeezed, head, titles, document.metadata))
    division = divisions[0] if len(divisions) == 1 else None
    place = squeezed.place(period.start, period.end) if period else (None, None)
    return Identity(
        title=_as_printed(document, squeezed, title) if title else None,
        body_name=name and _with_brackets(name, document, squeezed),
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


def _own_title(titles: Sequence[Title], name: str | None, year: int | None) -> Title | None:
    """The best title that is not another year's, nor one of several bodies' when none is ours."""
    for title in titles:
        other_year = year is not None and title.year not in {None, year}
        nobodys = name is None and title.body is not None and is_name(title.body)
        if not other_year and not nobodys:
            return title
    return None


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


def _without_gaps(name: str | None, squeezed: Squeezed) -> str | None:
    """The name, or None where a character that could not be read may belong to it."""
    if name is None or _UNREAD in name:
        return None
    gaps = (name + _UNREAD, _UNREAD + name)
    return None if any(gap in squeezed.text for gap in gaps) else name


def _with_brackets(name: str, document: Document, squeezed: Squeezed) -> str:
    """The name with its brackets as the source prints them, full or half width."""
    at = squeezed.text.find(name)
    if at < 0 or "(" not in name:
        return name
    printed = (document.text[squeezed.offsets[at + i]] for i in range(len(name)))
    return "".join(
        there if char in "()" else char for char, there in zip(name, printed, strict=True)
    )


def _divisions(name: str | None, kind: Body | None, context: str) -> tuple[Division, ...]:
    """The divisions the body can be of; none when its name leads to a place above its kind."""
    if name is None or kind is None or not kind.levels or not is_placed(name):
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
    titles: Sequence[Title], period: Period | None, published: date | None, most: int | None
) -> int | None:
    """The year of the title; else of the period; else what most of section 1 speaks of.

    Null when period and section 1 agree against the title, or when nothing but a bare majority
    of section 1 speaks and the day of publication does not fit it.
    """
    day = period and (period.last or period.first)
    stated = day.year if day else None
    titled = _titled_year(titles, stated, most)
    if titled is not None:
        contradicted = stated is not None and stated == most and stated != titled
        return None if contradicted else titled
    if len({title.year for title in titles if title.year and title.printed}) > 1:
        return None
    if stated is not None:
        return stated if most in {None, stated} else None
    if most is not None and published is not None and published.year != most + 1:
        return None
    return most


def _titled_year(titles: Sequence[Title], stated: int | None, most: int | None) -> int | None:
    """The year of the titles; of several, the one that period or section 1 confirms.

    A report named in running text is another year's when section 1 speaks of another year.
    """
    printed = [title.year for title in titles if title.year and title.printed]
    if len(set(printed)) > 1:
        confirmed = {year for year in printed if year in {stated, most}}
        return confirmed.pop() if len(confirmed) == 1 else None
    named = [title.year for title in titles if title.year and not title.printed]
    fitting = [year for year in named if year == stated or most in {None, year}]
    return next(iter([*printed, *fitting]), None)


def _fitting(
    year: int | None,
    period: Period | None,
    dates: Sequence[tuple[date | None, bool]],
    most: int | None,
) -> tuple[int | None, date | None]:
    """Year and day of publication that go together: no annual report appears before its year ends.

    A day that is too early is another document's when the period states the year or a later day is
    there as well, or when it stands in the foot; else the year is what is doubtful, unless section
    1 speaks of it and it is all but over.
    """
    first, in_head = dates[0] if dates else (None, False)
    if year is None or first is None or first.year > year:
        return year, first
    later = next((day for day, _ in dates if day and day.year > year), None)
    stated = period and (period.last or period.first)
    if later or not in_head or (stated and stated.year == year):
        return year, later
    if most == year == first.year and first.month >= ALL_BUT_OVER:
        return year, first
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
