"""Document, sections and identity -> why it is no annual report, or whether one of the old kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from transforms.document import Document
from transforms.records import Identity, Problem, Section
from transforms.squeeze import Squeezed, squeeze
from transforms.statute.loader import forms
from transforms.title import find_titles
from transforms.wording import any_of, pattern, wording

Filling = Literal["nothing", "zeros", "numbers"]  # what the statutory tables hold

_SUBSTANCE = 100  # squeezed characters of running text that a report without sections has at least
_FEW_WORDS = 60  # the same of a form that somebody filled in
_LONG = 60  # squeezed characters from which on a line is running text without a full stop
_HEAD_LINES = 40
_LONGEST_TITLE = 160  # squeezed characters of the title of a notice, at most
_TITLE_LINES = 3  # lines that the title of a notice may be split over
_SALUTATION = 8  # lines after the title of a notice in which it says whom it is for
PRE_2019 = "pre-2019"  # the form of a report that was due before there was a statutory one
_FEW_OLD = 2  # old headings, or indicators of the old statistics form, that tell an old report
_TABLE_OLD = 5  # indicators that make a table of statistics stand for a report
_HEADING = re.compile(r"[^\w(]{0,4}(?:[一二三四五六七八九十\d]{1,2}[、.．,:])?")
_LISTED = 3  # titles of reports, one a line, from which on a page is a list of them
_FEW_DIGITS = 40  # a form that nobody filled in has fewer: those of its articles


def why_not_a_report(
    document: Document,
    sections: Sequence[Section],
    identity: Identity,
    filling: Filling = "nothing",
) -> Problem | None:
    """The problem `not_a_report` with its reason, or None for a report.

    A report has filled tables, a title or a name for itself, or at least three of the six sections;
    a form that nobody filled in, a notice about reports and a list of reports have neither body nor
    year of their own. What asks for reports is none even with a filled-in sample in it.
    """
    squeezed = squeeze(document.text)
    head = squeezed.index(min((s.char_start for s in sections), default=len(document.text)))
    if _asks_for_reports(squeezed):
        return _problem("notice")
    if filling != "nothing":
        sample = filling == "zeros" and _is_unnamed(squeezed, head)
        return _problem("blank_form") if sample else None
    kind = _other_document(squeezed, head)
    titled = any(title.printed for title in find_titles(squeezed, head, 0, document.metadata))
    if len(sections) >= 3:
        named = titled or (kind != "explanation" and _is_named(identity))
        if kind and not (named and identity.body_name):
            return _problem(kind)
        return _problem("blank_form") if _is_blank(squeezed, head, identity) else None
    if _old_indicators(squeezed.text) >= _TABLE_OLD:
        return None
    if identity.title is None or (kind and not titled):
        return _problem(kind or "other_page")
    if sections:
        return _list(squeezed, identity)
    return _without_sections(squeezed, identity, titled, bool(document.attachments))


def _without_sections(
    squeezed: Squeezed, identity: Identity, titled: bool, links: bool
) -> Problem | None:
    """Of a page with a title; `links` says whether it leads to documents."""
    if not titled and pattern(wording().news).search(squeezed.text):
        return _problem("other_page")
    if _running_text(squeezed) >= _SUBSTANCE:
        return _list(squeezed, identity)
    listed = _list(squeezed, identity)
    attached = links or pattern(wording().attachment).search(squeezed.text)
    return listed or _problem("attachment_only" if attached else "no_content")


def _list(squeezed: Squeezed, identity: Identity) -> Problem | None:
    if _is_list(squeezed):
        return _problem("catalogue")
    if identity.body_name is None and identity.report_year is None:
        return _problem("other_page")
    return None


def _is_named(identity: Identity) -> bool:
    return identity.title is not None or identity.period_text is not None


def _asks_for_reports(squeezed: Squeezed) -> bool:
    """Whether the document is a notice on how to make reports: its title and whom it is for."""
    asks, addressed = pattern(wording().notice_of_reports), pattern(wording().salutation)
    spans = list(squeezed.spans())[:_HEAD_LINES]
    lines = [squeezed.text[start:end].strip("|\t") for start, end in spans]
    for first in range(len(lines)):
        for last in range(first + 1, first + _TITLE_LINES + 1):
            title = "".join(lines[first:last])
            if len(title) <= _LONGEST_TITLE and asks.search(title):
                return any(addressed.search(line) for line in lines[last : last + _SALUTATION])
    return False


def _running_text(squeezed: Squeezed) -> int:
    """Characters in lines of running text."""
    lines = (squeezed.text[start:end] for start, end in squeezed.spans())
    parts = (part for line in lines for part in re.split(r"[|\t]", line))
    frame = pattern(any_of(wording().page_frame))
    return sum(
        len(part)
        for part in parts
        if "。" in part or (len(part) >= _LONG and not frame.search(part))
    )


def _is_unnamed(squeezed: Squeezed, head: int) -> bool:
    """Whether a line that ends as a title does has signs where the body's name should be."""
    noun = pattern(rf"(?P<before>.{{0,40}}?){wording().title_noun}(?:\(.{{0,12}}\))?$")
    for start, end in squeezed.spans(head):
        title = noun.fullmatch(squeezed.text[start:end].strip("|\t"))
        if title and pattern(wording().placeholder).search(title["before"]):
            return True
    return False


def is_pre_2019(document: Document, sections: Sequence[Section], identity: Identity) -> bool:
    """Whether a report is of the years before the first statutory form, so that it has no cells.

    Its year tells; without one, the old headings or the indicators of the old statistics form do.
    A report with marks of the statutory tables is none, whatever its year.
    """
    year = identity.report_year
    if year is not None and any(year in form.report_years for form in forms().values()):
        return False
    squeezed = squeeze(document.text)
    if pattern(wording().statutory_marks).search(squeezed.text):
        return False
    if year is not None:
        return bool(sections) or identity.title is not None
    return _old_headings(squeezed) >= _FEW_OLD or _old_indicators(squeezed.text) >= _FEW_OLD


def _old_headings(squeezed: Squeezed) -> int:
    """How many different old headings stand on lines of their own."""
    old = [pattern(heading) for heading in wording().old_headings]
    found: set[str] = set()
    for start, end in squeezed.spans():
        ordinal = _HEADING.match(squeezed.text, start, end)
        at = ordinal.end() if ordinal else start
        found.update(
            heading.pattern for heading in old if heading.fullmatch(squeezed.text, at, end)
        )
    return len(found)


def _old_indicators(text: str) -> int:
    return len(set(pattern(any_of(wording().old_indicators)).findall(text)))


def _problem(reason: str) -> Problem:
    return Problem("not_a_report", "document", (("why", f"@why_{reason}"),))


def _other_document(squeezed: Squeezed, head: int) -> str | None:
    """The kind of another document whose title is on one of the first lines."""
    for count, (start, end) in enumerate(squeezed.spans(head)):
        if count >= _HEAD_LINES:
            break
        line = squeezed.text[start:end].strip("|\t")
        if 6 <= len(line) <= 80 and not any(mark in line for mark in "。;；"):
            for kind, expression in wording().other_documents.items():
                if pattern(expression).search(line):
                    return kind
    return None


def _is_blank(squeezed: Squeezed, head: int, identity: Identity) -> bool:
    """A form not filled in: neither body nor year, and placeholders or next to nothing in it."""
    if _is_unnamed(squeezed, head):
        return True
    if identity.report_year is not None and identity.body_name is not None:
        return False
    placeholders = pattern(wording().placeholder).search(squeezed.text) is not None
    if identity.report_year is not None:
        return placeholders
    digits = sum(character.isdigit() for character in squeezed.text)
    return placeholders or (digits < _FEW_DIGITS and _running_text(squeezed) < _FEW_WORDS)


def _is_list(squeezed: Squeezed) -> bool:
    """Several lines that are titles of reports, and no running text."""
    noun = pattern(rf"{wording().title_noun}(?:\W|\d|$)")
    lines = [squeezed.text[start:end] for start, end in squeezed.spans()]
    titles = sum(len(line) <= 80 and noun.search(line) is not None for line in lines)
    return titles >= _LISTED and not any(len(line) > 120 for line in lines)
