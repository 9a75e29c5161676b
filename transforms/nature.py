"""Document, sections and identity -> why it is no annual report, or whether one of the old kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.document import Document
from transforms.records import Identity, Problem, Section
from transforms.squeeze import Squeezed, squeeze
from transforms.statute.loader import forms
from transforms.wording import any_of, pattern, wording

_SUBSTANCE = 250  # squeezed characters that a report without sections has at least
_HEAD_LINES = 40
PRE_2019 = "pre-2019"  # the form of a report that was due before there was a statutory one
_FEW_OLD = 2  # old headings, or indicators of the old statistics form, that tell an old report
_HEADING = re.compile(r"[^\w(]{0,4}(?:[一二三四五六七八九十\d]{1,2}[、.．,:])?")
_NEWS = re.compile(r"报告(?:显示|指出|称)|据悉|记者")  # somebody else tells of a report
_LISTED = 3  # titles of reports, one a line, from which on a page is a list of them


def why_not_a_report(
    document: Document, sections: Sequence[Section], identity: Identity
) -> Problem | None:
    """The problem `not_a_report` with its reason, or None for a report.

    A report has a title or a name for itself, or at least three of the six sections; a form that
    nobody filled in, a notice about reports and a list of reports have neither body nor year of
    their own.
    """
    squeezed = squeeze(document.text)
    head = min((s.char_start for s in sections), default=len(document.text))
    kind = _other_document(squeezed, squeezed.index(head))
    if len(sections) >= 3:
        named = identity.title is not None or identity.period_text is not None
        if kind and not (named and identity.body_name):
            return _problem(kind)
        return _problem("blank_form") if _is_blank(squeezed.text, identity) else None
    if identity.title is None:
        return _problem(kind or "other_page")
    if not sections and _NEWS.search(squeezed.text):
        return _problem("other_page")
    if _is_list(squeezed):
        return _problem("catalogue")
    if identity.body_name is None and identity.report_year is None:
        return _problem("other_page")
    if len(sections) == 0 and len(squeezed.text) < _SUBSTANCE:
        attached = pattern(wording().attachment).search(squeezed.text)
        return _problem("attachment_only" if attached else "no_content")
    return None


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


def _is_blank(text: str, identity: Identity) -> bool:
    """A form not filled in: neither body nor year, and placeholders or next to no digits."""
    if identity.report_year is not None and identity.body_name is not None:
        return False
    if identity.report_year is not None and not pattern(wording().placeholder).search(text):
        return False
    placeholders = pattern(wording().placeholder).search(text)
    return placeholders is not None or sum(c.isdigit() for c in text) < 40


def _is_list(squeezed: Squeezed) -> bool:
    """Several lines that are titles of reports, and no running text."""
    noun = pattern(rf"{wording().title_noun}(?:\W|\d|$)")
    lines = [squeezed.text[start:end] for start, end in squeezed.spans()]
    titles = sum(len(line) <= 80 and noun.search(line) is not None for line in lines)
    return titles >= _LISTED and not any(len(line) > 120 for line in lines)
