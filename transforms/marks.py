"""Document, sections and identity -> marks: places where the words are met that the rules look for.

A mark says that something stands there, never that it is wrong: that is for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from transforms.document import Document
from transforms.records import Cell, Identity, Mark, Section
from transforms.squeeze import Squeezed, squeeze
from transforms.statute.mark_kinds import MarkKind, MarkPattern, mark_kinds
from transforms.text_marks import found_by_functions
from transforms.unread_rows import unread_row

_YEAR = re.compile(r"<Y([+-]1)?>")
_HEAD = 6000  # squeezed characters before the first section that are looked at, at most
_SHOWN = 60  # characters of the source that a mark keeps
Span = tuple[int, int]


def read_marks(
    document: Document,
    sections: Sequence[Section],
    identity: Identity,
    cells: Sequence[Cell] = (),
) -> tuple[Mark, ...]:
    """The marks in order of place, the first of a kind only: one place is enough to say it."""
    squeezed = squeeze(document.text)
    parts = _parts(squeezed, sections)
    found: dict[str, Mark] = {}
    for kind in mark_kinds().values():
        span = next(_spans(kind, squeezed, parts, identity), None)
        if span is not None:
            found[kind.id] = _mark(kind.id, document, squeezed, span)
    for kind_id, span in found_by_functions(squeezed, sections, parts, identity):
        found.setdefault(kind_id, _mark(kind_id, document, squeezed, span))
    label = unread_row(document.text, cells)
    if label is not None:
        found["unread_row"] = Mark("unread_row", label[:_SHOWN], 0, 0)
    return tuple(sorted(found.values(), key=lambda mark: (mark.char_start, mark.mark)))


def _parts(squeezed: Squeezed, sections: Sequence[Section]) -> dict[int, Span]:
    """Squeezed spans: 0 is what stands before the first section, the others are the sections."""
    parts = {
        s.section_no: (squeezed.index(s.char_start), squeezed.index(s.char_end)) for s in sections
    }
    if parts:
        first = min(sections, key=lambda section: section.char_start)
        start = squeezed.index(first.char_start)
        parts[0] = (max(start - _HEAD, 0), start)
    return parts


def _spans(
    kind: MarkKind, squeezed: Squeezed, parts: dict[int, Span], identity: Identity
) -> Iterator[Span]:
    for pattern in kind.patterns:
        if not _concerns(pattern, identity):
            continue
        year = identity.report_year
        expression, unless = _expression(pattern.text, year), _expression(pattern.unless, year)
        if expression is None:
            continue
        within = [parts[part] for part in pattern.within if part in parts]
        if unless and any(unless.search(squeezed.text, *span) for span in within):
            continue
        for start, end in within:
            yield from _matches(pattern, expression, squeezed, start, end)


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
    return not pattern.divisions or (identity.division_code or "").startswith(pattern.divisions)


def _mark(kind_id: str, document: Document, squeezed: Squeezed, span: Span) -> Mark:
    start, end = squeezed.place(*span)
    shown = "".join(document.text[start:end].split())[:_SHOWN]
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
