"""Lines -> lines in which rows told as `heading: number` are rows of a table, in the form's order.

Some offices tell the tables in words, one sentence a row, and some pages print its heading beside
every number. Each number then says itself under which column it stands. Only rows with a number
for every column of their form are taken, each once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from transforms.fold import fold
from transforms.lexicon import Label, Role, by_text, label_pattern, labels_of
from transforms.pieces import Kind, Line, Piece
from transforms.statute.loader import forms
from transforms.statute.schema import Column

_NUMBER = re.compile(
    r"(?:[（(][^（()）]{0,12}[)）])?[\s：:=＝为是有共]{0,4}"
    r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?(?:\s?(?:万元|元|件|项|条|个|宗))?)(?=[\s，,、；;。|）)]|$)"
)
_BARE = re.compile(r"(?<!\d)\d+(?![\d.．、)）])")  # a number of no heading, which numbers no label
_ORDINAL = re.compile(r"\d[.．、]\s*$")
_WORD = re.compile(r"\w")  # of a label that is not known, or what is left of one
_FEW_WORDS = 2  # ideographs beside labels and numbers that are no label (`规章中，`)


@dataclass(slots=True)
class _Told:
    """A row's label and the numbers told of it so far, by folded heading."""

    label: Label
    start: int
    end: int
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    twice: bool = False


def told_rows(lines: Sequence[Line], text: str) -> tuple[tuple[Line, ...], frozenset[int]]:
    """The lines numbered anew, and the tables of which rows are told. A row that is told stands
    behind its lines, under its headings.

    `text` is the document's, in which pieces have their places.
    """
    found: list[Line] = []
    told: set[int] = set()
    row: _Told | None = None
    for line in lines:
        tokens = _tokens(line, text)
        is_told = bool(tokens) and not (line.has_value and _has_no_pair(tokens))
        for token in tokens if is_told else ():
            if isinstance(token, _Told):
                _add(row, text, found, told)
                row = token if row is None or row.label.key != token.label.key else row
            elif row is not None:
                heading, place = token
                row.twice |= heading in row.numbers
                row.numbers[heading] = place
        if not is_told and line.pieces:
            _add(row, text, found, told)
            found.append(line)
            row = None
    _add(row, text, found, told)
    return tuple(_numbered(line, number) for number, line in enumerate(found)), frozenset(told)


def _has_no_pair(tokens: Sequence[_Told | tuple[str, tuple[int, int]]]) -> bool:
    """Whether no number stands behind a heading: a line of a table, if there are numbers."""
    return all(isinstance(token, _Told) for token in tokens)


def _add(row: _Told | None, text: str, found: list[Line], told: set[int]) -> None:
    """Put the lines of a row that is told in full behind those found."""
    lines = _as_lines(row, text)
    if row is not None and lines:
        found += lines
        told.add(row.label.table_no)


def _numbered(line: Line, number: int) -> Line:
    pieces = tuple(piece._replace(line=number) for piece in line.pieces)
    return replace(line, number=number, pieces=pieces)


def _tokens(line: Line, text: str) -> list[_Told | tuple[str, tuple[int, int]]]:
    """The labels of rows in a line, and its headings with a number right behind, in order; none
    where other words stand among them, which may be a label that is not known."""
    if not line.labels:
        return []
    start = line.pieces[0].start
    raw = text[start : line.pieces[-1].end]
    folded = [(char, at) for at, source in enumerate(raw) for char in fold(source)]
    words = len(folded)
    found: list[_Told | tuple[str, tuple[int, int]]] = []
    starts: list[int] = []
    others = list(raw)
    for match in label_pattern().finditer("".join(char for char, _ in folded)):
        first, last = folded[match.start()][1], folded[match.end() - 1][1] + 1
        known = by_text()[match.group()]
        number = _NUMBER.match(raw, last)
        rows = [label for label in known if label.role is Role.ROW]
        is_column = any(label.role is Role.COLUMN for label in known)
        if rows and not (is_column and not _ORDINAL.search(raw[:first])):
            found.append(_Told(rows[0], start + first, start + last))
        elif is_column and number:
            place = (start + number.start("number"), start + number.end("number"))
            found.append((match.group(), place))
            words -= len(fold(number.group()))
            others[last : number.end()] = " " * (number.end() - last)
        elif is_column:
            continue
        words -= len(match.group())
        starts.append(first)
    is_headless = bool(found) and not isinstance(found[0], _Told) and _WORD.search(raw[: starts[0]])
    is_table = not _has_no_pair(found) and _BARE.search("".join(others))
    return [] if words > _FEW_WORDS or is_headless or is_table else found


def _as_lines(row: _Told | None, text: str) -> list[Line]:
    """The line of a row that is told in full, below one of its headings; nothing else."""
    if row is None or row.twice:
        return []
    for columns in _columns(row.label.table_no, row.label.key):
        told = [
            (heading, *row.numbers[heading])
            for column in columns
            for heading in labels_of(column)
            if heading in row.numbers
        ]
        if len(told) == len(columns) == len(row.numbers):
            row.numbers = {}
            label = Piece(_printed(row.label), row.start, row.end, Kind.LABEL, 0, 0)
            places = list(enumerate(told, start=1))
            header = [Piece(h, start, start, Kind.LABEL, 0, at) for at, (h, start, _) in places]
            values = [Piece(text[s:e], s, e, Kind.VALUE, 0, at) for at, (_, s, e) in places]
            return [Line(0, tuple(header), None), Line(0, (label, *values), None)]
    return []


@cache
def _printed(label: Label) -> str:
    """A row's label as the form prints it, its number included."""
    rows = forms()[label.form].table[label.table_no].rows()
    return next(row.label for _, row in rows if row.key == label.key)


@cache
def _columns(table_no: int, row_key: str) -> tuple[tuple[Column, ...], ...]:
    """The columns of a row in each form that has it."""
    found = (
        block.columns
        for form in forms().values()
        for block, row in form.table[table_no].rows()
        if row.key == row_key
    )
    return tuple(dict.fromkeys(found))
