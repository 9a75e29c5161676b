"""Text of a report -> the day of publication that its page prints before the year is over.

Such a day is mostly another document's and no day of publication is read from it
(transforms/identity.py). Here it is marked only where nothing else it could belong to stands before
the text: title and period name the same year, every labelled day is this one, and no line is the
title of another document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from transforms.dates import labelled_days, years_in
from transforms.records import Identity
from transforms.report_text import Found, ReportText
from transforms.squeeze import squeeze_text
from transforms.wording import pattern, wording

ALL_BUT_OVER = 12  # the month in which a report of the year may appear before its time
_APART = re.compile(r"[|\t]")
_MENUS = {"catalogue", "rule"}  # documents whose names are in the menus of every page


def day_before_the_end(report: ReportText) -> Iterator[Found]:
    """`published_early` in the year's last month, `published_in_its_year` in an earlier one."""
    year = _certain_year(report.identity)
    if year is None or _is_published_later(report.identity.published_on, year):
        return
    days = list(labelled_days(report.squeezed, report.head))
    if len({day for day, _ in days}) != 1 or _has_other_title(report):
        return
    day, span = days[0]
    if day is not None and day.year == year:
        early = day.month >= ALL_BUT_OVER
        yield ("published_early" if early else "published_in_its_year"), span


def _certain_year(identity: Identity) -> int | None:
    """The report year where the title alone and the period alone say the same."""
    named = {year for year, _ in years_in(squeeze_text(identity.title or ""))}
    last = identity.period_end
    return last.year if last and named == {last.year} == {identity.report_year} else None


def _is_published_later(published: date | None, year: int) -> bool:
    return published is not None and published.year > year


def _has_other_title(report: ReportText) -> bool:
    """Whether a line or cell before the text is the title of a notice, a plan and the like."""
    kinds = wording().other_documents
    others = [pattern(words) for kind, words in kinds.items() if kind not in _MENUS]
    for start, end in report.squeezed.spans(report.head):
        for part in _APART.split(report.squeezed.text[start : min(end, report.head)]):
            if any(other.search(part) for other in others):
                return True
    return False
