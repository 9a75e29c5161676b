"""Document, sections and identity -> marks: places where the words are met that the rules look for.

A mark says that something stands there, never that it is wrong: that is for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from transforms.bodies import without_brackets
from transforms.contacts import foreign_contacts
from transforms.divisions import level_of
from transforms.document import Document
from transforms.early_day import day_before_the_end
from transforms.label_marks import altered_labels
from transforms.numbering import numbers_otherwise
from transforms.other_names import other_names
from transforms.records import Cell, Identity, Mark, Section
from transforms.report_text import Found, ReportText, Span, report_text
from transforms.scope import out_of_scope
from transforms.squeeze import Squeezed, squeeze_text
from transforms.statute.mark_kinds import MarkKind, MarkPattern, mark_kinds
from transforms.text_marks import words_otherwise
from transforms.unread_rows import unread_row

_YEAR = re.compile(r"<Y([+-]\d)?>")
_SHOWN = 60  # characters of the source that a mark keeps
FINDERS: tuple[Callable[[ReportText], Iterator[Found]], ...] = (
    words_otherwise,
    day_before_the_end,
    other_names,
    foreign_contacts,
    altered_labels,
    out_of_scope,
    numbers_otherwise,
)


def read_marks(
    document: Document,
    sections: Sequence[Section],
    identity: Identity,
    cells: Sequence[Cell] = (),
) -> tuple[Mark, ...]:
    """The marks in order of place, the first of a kind only: one place is enough to say it."""
    report = report_text(document, sections, identity)
    found: dict[str, Mark] = {}
    for kind in mark_kinds().values():
        span = next(_spans(kind, report), None)
        if span is not None:
            found[kind.id] = _mark(kind.id, report, span)
        elif named := _in_name(kind, report):
            found[kind.id] = named
    for finder in FINDERS:
        for kind_id, span in finder(report):
            found.setdefault(kind_id, _mark(kind_id, report, span))
    label = unread_row(document.text, cells)
    if label is not None:
        found["unread_row"] = Mark("unread_row", label[:_SHOWN], 0, 0)
    return tuple(sorted(found.values(), key=lambda mark: (mark.char_start, mark.mark)))


def _spans(kind: MarkKind, report: ReportText) -> Iterator[Span]:
    squeezed, parts = report.squeezed, report.parts
    for pattern in kind.patterns:
        if pattern.in_name or not _concerns(pattern, report.identity):
            continue
        year = report.identity.report_year
        expression, unless = _expression(pattern.text, year), _expression(pattern.unless, year)
        if expression is None:
            continue
        within = [parts[part] for part in pattern.within if part in parts]
        if unless and any(unless.search(squeezed.text, *span) for span in within):
            continue
        for start, end in within:
            yield from _matches(pattern, expression, squeezed, start, end)


def _in_name(kind: MarkKind, report: ReportText) -> Mark | None:
    """The mark of a name that a kind looks for, where the name first stands."""
    identity, squeezed = report.identity, report.squeezed
    name = without_brackets(identity.body_name or "")
    for pattern in kind.patterns:
        if pattern.in_name and _concerns(pattern, identity) and re.search(pattern.text, name):
            short = squeeze_text(name)
            at = max(squeezed.text.find(short), 0)
            return Mark(kind.id, name[:_SHOWN], *squeezed.place(at, at + len(short)))
    return None


def _matches(
    pattern: MarkPattern, expression: re.Pattern[str], squeezed: Squeezed, start: int, end: int
) -> Iterator[Span]:
    for first, last in _stretches(pattern, squeezed, start, end):
        for match in expression.finditer(squeezed.text, first, last):
            yield match.span("at") if "at" in expression.groupindex else match.span()


def _stretches(pattern: MarkPattern, squeezed: Squeezed, start: int, end: int) -> Iterator[Span]:
    """The part as a whole, or line by line."""
    if not pattern.on_one_line:
        yield start, end
        return
    for first, last in squeezed.spans(end, start):
        yield max(first, start), min(last, end)


def _concerns(pattern: MarkPattern, identity: Identity) -> bool:
    if pattern.bodies and identity.body_level not in pattern.bodies:
        return False
    if pattern.body_name and not re.search(pattern.body_name, identity.body_name or ""):
        return False
    code = identity.division_code or ""
    if pattern.division_levels and level_of(code) not in pattern.division_levels:
        return False
    return not pattern.divisions or code.startswith(pattern.divisions)


def _mark(kind_id: str, report: ReportText, span: Span) -> Mark:
    start, end = report.squeezed.place(*span)
    shown = "".join(report.document.text[start:end].split())[:_SHOWN]
    return Mark(mark=kind_id, text=shown, char_start=start, char_end=end)


@lru_cache(maxsize=2048)
def _expression(text: str | None, year: int | None) -> re.Pattern[str] | None:
    """A pattern with the years put in; None where it needs a year that is not known."""
    if text is None or (year is None and _YEAR.search(text)):
        return None
    return _compiled(_YEAR.sub(lambda tag: str((year or 0) + int(tag[1] or 0)), text))


@cache
def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(text)
