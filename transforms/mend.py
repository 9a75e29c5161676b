"""Lines -> lines without index columns, in which labels broken over lines are whole again.

Where a cell's text wraps, many tools give each line of it as a row of its own, with the numbers on
one of them: `1.属于 | 0 | 0`, then `国家秘密`. The parts are put together where they make a row's
label and the part beside the numbers makes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise, product

from transforms.fold import clean, fold
from transforms.lexicon import Role, by_text
from transforms.pieces import Kind, Line, Piece, is_narrative

_FEWEST = 4  # lines that a column must count to be an index
_MOST_PARTS = 6  # lines of a label above its numbers, and below
_SHORT = 2  # ideographs of a part that may be a label of its own by chance
_GAP = re.compile(r"\s{2,}|[\t\u3000]")  # parts two cells where columns are set by blanks


def mend_labels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines, as many and numbered alike; a line that was part of a label is empty."""
    mended = list(lines)
    filled = [line.number for line in lines if any(piece.text for piece in line.pieces)]
    for at, number in enumerate(filled):
        line = mended[number]
        if not line.has_value or _is_mended(line):
            continue
        above = [mended[n] for n in _parts(mended, reversed(filled[max(0, at - _MOST_PARTS) : at]))]
        below = [mended[n] for n in _parts(mended, filled[at + 1 : at + 1 + _MOST_PARTS])]
        found = _whole_label(line, above, below)
        if found:
            whole, used = found
            mended[number] = _with_label(line, whole)
            for part in used:
                mended[part.number] = _without_last(part)
    return tuple(mended)


def labels_first(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines; where most rows print their label behind their numbers, it stands before."""
    behind = {line.number for line in lines if _has_label_behind(line)}
    if not behind or len(behind) <= sum(_has_label_before(line) for line in lines):
        return tuple(lines)
    return tuple(
        replace(line, pieces=(*line.labels, *(p for p in line.pieces if p.kind is not Kind.LABEL)))
        if line.number in behind
        else line
        for line in lines
    )


def _has_label_behind(line: Line) -> bool:
    """Whether nothing but a row's label, or a group's and a row's, stands behind numbers."""
    pieces = line.pieces
    if len(pieces) < 2 or pieces[-1].kind is not Kind.LABEL or pieces[0].kind is Kind.LABEL:
        return False
    kinds = [piece.kind is Kind.LABEL for piece in pieces]
    return line.has_value and kinds == sorted(kinds) and _ends_in_row(line.labels)


def _has_label_before(line: Line) -> bool:
    return line.has_value and line.pieces[0].kind is Kind.LABEL and _ends_in_row(line.labels)


def _ends_in_row(labels: Sequence[Piece]) -> bool:
    """Whether the last label, or the last word of it, is a row's."""
    return any(_is_row(text) for text in (labels[-1].text, labels[-1].text.split()[-1]))


def _is_mended(line: Line) -> bool:
    """Whether a line needs no other part of a label, or words stand among its numbers."""
    words = line.labels
    if not words:
        return len(line.pieces) == 1
    if _ends_as_row(words[-1].text):
        return True
    first = next(at for at, piece in enumerate(line.pieces) if piece.kind is Kind.VALUE)
    return line.pieces.index(words[-1]) > first


def _parts(lines: Sequence[Line], numbers: Iterator[int] | Sequence[int]) -> Iterator[int]:
    """The lines next to a row that may hold parts of its label: words, and none by themselves."""
    for number in numbers:
        line = lines[number]
        if not line.pieces:
            continue
        if line.has_value or not line.labels or is_narrative(line):
            return
        text = fold(_last_word(line.labels[-1]))
        if len(text) > _SHORT and text in by_text():
            return
        yield number


def _whole_label(
    line: Line, above: Sequence[Line], below: Sequence[Line]
) -> tuple[str, list[Line]] | None:
    """The row's label that a line and the fewest lines around it make, and those lines.

    A line without words of its own takes part of a label from either side.
    """
    own = _last_word(line.labels[-1]) if line.labels else ""
    fewest = 0 if own else 1
    counts = product(range(fewest, len(above) + 1), range(fewest, len(below) + 1))
    for before, after in sorted(counts, key=sum):
        if before + after:
            first, rest = above[:before][::-1], below[:after]
            parts = [_last_word(part.labels[-1]) for part in (*first, *rest)]
            whole = "".join((*parts[:before], own, *parts[before:]))
            if _is_row(whole):
                return whole, [*first, *rest]
    return None


def _last_word(piece: Piece) -> str:
    """What stands in the last of the columns that wide blanks part a label into."""
    return _GAP.split(piece.text)[-1]


def _with_label(line: Line, whole: str) -> Line:
    """The line with its label whole, or with one before its numbers."""
    if not line.labels:
        first = line.pieces[0]
        label = first._replace(
            text=whole, kind=Kind.LABEL, column=first.column - 1, end=first.start
        )
        return replace(line, pieces=(label, *line.pieces))
    head = line.labels[-1]
    text = head.text.removesuffix(_last_word(head)) + whole
    return replace(
        line, pieces=tuple(p._replace(text=text) if p is head else p for p in line.pieces)
    )


def _without_last(line: Line) -> Line:
    """The line without the last word of its last label; without anything if that was all."""
    last = line.labels[-1]
    rest = last.text.removesuffix(_last_word(last)).rstrip()
    if not rest:
        others = tuple(piece for piece in line.pieces if piece is not last)
        return replace(line, pieces=others if any(p.text for p in others) else ())
    kept = last._replace(text=rest, end=last.start + len(rest))
    return replace(line, pieces=tuple(kept if piece is last else piece for piece in line.pieces))


def without_index(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines without a first column that only counts the lines of its grid, or of
    paragraphs that stand one below the other."""
    counted: set[int | None] = set()
    for grid, rows in groupby(lines, key=lambda line: line.grid):
        firsts = [clean(line.pieces[0].text) for line in rows if line.pieces]
        numbers = [int(text) for text in firsts if text.isdecimal()]
        in_steps = all(after == before + 1 for before, after in pairwise(numbers))
        if grid is not None and in_steps and len(numbers) >= max(_FEWEST, len(firsts) - 2):
            counted.add(grid)
    in_text = _counted_paragraphs(lines)
    return tuple(
        replace(line, pieces=line.pieces[1:])
        if line.grid in counted or line.number in in_text
        else line
        for line in lines
    )


def _counted_paragraphs(lines: Sequence[Line]) -> set[int]:
    """The paragraphs that begin with a number one higher than that of the line before."""
    counted: set[int] = set()
    run: list[int] = []
    last = -1
    for line in lines:
        first = line.pieces[0].text if len(line.pieces) > 1 and line.grid is None else ""
        number = int(first) if first.isdecimal() and len(first) <= _SHORT else None
        run = [*run, line.number] if number is not None and number == last + 1 else []
        if number is not None and not run:
            run = [line.number]
        last = number if number is not None else -1
        if len(run) >= _FEWEST:
            counted.update(run)
    return counted


@lru_cache(maxsize=4096)
def _ends_as_row(text: str) -> bool:
    """Whether the last of the columns that wide blanks part a text into is a row's label."""
    return _is_row(_GAP.split(text)[-1])


@lru_cache(maxsize=4096)
def _is_row(text: str) -> bool:
    return any(label.role is Role.ROW for label in by_text().get(fold(text), ()))
