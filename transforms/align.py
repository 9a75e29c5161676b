"""Lines of one table -> for each row of the form, the pieces that stand in it.

The form knows the order of its labels. Labels that survive whole are taken where they stand, in
any order; damaged ones are matched to the rows still without a label in the gap between their
neighbours, by a dynamic programme over string similarity. What stands behind a label up to the
next one is the row's, whatever lies in between: group labels, repeated headers, broken lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.fuzz import partial_ratio, ratio

from transforms.fold import clean, fold
from transforms.hybrids import PrintedRow
from transforms.lexicon import (
    Role,
    by_text,
    label_pattern,
    labels_in,
    other_labels,
    row_labels,
)
from transforms.pieces import Kind, Line, Piece
from transforms.statute.loader import forms

_ALIKE = 60.0  # rapidfuzz ratio below which two labels are not the same
_LONGEST_BREAK = 8  # pieces a label may be broken into
_LONGEST_GARBAGE = 5  # ideographs; what is longer is an explanation, not a broken number
_SHORT = 2  # ideographs; so short a label names rows and columns alike


@dataclass(frozen=True, slots=True)
class RowPieces:
    """What stands in one row: numbers and blanks in reading order, its label's line, if any."""

    row_key: str
    pieces: tuple[Piece, ...]
    labelled: bool
    foreign: tuple[Piece, ...] = ()  # stands behind a label that is none of the form's
    elsewhere: bool = False  # its numbers may stand where this table does not look for them
    shifted: bool = False  # what stands behind each label may be the next row's
    label_at: int = -1  # place of its label among the table's pieces; -1 without one


def align_rows(
    lines: Sequence[Line], rows: Sequence[PrintedRow], table_no: int
) -> tuple[RowPieces, ...]:
    """Every row of the table in printed order, with its pieces; none where its label is lost."""
    pieces = [piece for line in lines for piece in line.pieces]
    starts = _whole_labels(pieces, rows, table_no)
    starts |= _damaged_labels(pieces, starts, rows, table_no)
    owned: dict[str, list[Piece]] = {row.key: [] for row in rows}
    foreign: dict[str, list[Piece]] = {row.key: [] for row in rows}
    by_index = {index: row for row in rows if (index := starts.get(row.key)) is not None}
    begins = {pieces[index].line: index for index in sorted(by_index, reverse=True)}
    rowed = {line.number for line in lines if line.grid is not None}
    at = {line.number: place for place, line in enumerate(lines)}
    again = _printed_again(pieces, starts, rows)
    shifted = _numbers_come_first(pieces, starts) or _is_turned(lines, rows)
    owner: PrintedRow | None = None
    into = owned
    for index, piece in enumerate(pieces):
        if index in by_index:
            owner, into = by_index[index], owned
        elif owner is None or (index < begins.get(piece.line, 0) and _is_before(piece, rowed)):
            continue
        elif piece.kind is not Kind.LABEL:
            into[owner.key].append(piece)
        elif _opens_group(piece, index, starts, table_no):
            owner = None  # numbers behind it are a subtotal, which the form does not ask for
        elif piece.line in rowed and _heads_a_row(pieces, index, starts[owner.key], owner):
            into = foreign
        elif _is_garbage(pieces, index, starts[owner.key], table_no):
            into[owner.key].append(piece)
        elif _is_foreign(piece, owner, table_no):
            into = foreign
    return tuple(
        RowPieces(
            row.key,
            tuple(owned[row.key]),
            row.key in starts,
            tuple(foreign[row.key]),
            row.key in again
            or (
                row.key in starts
                and _is_below_numbers(at[pieces[starts[row.key]].line], lines, begins)
            ),
            shifted,
            starts.get(row.key, -1),
        )
        for row in rows
    )


def _opens_group(piece: Piece, index: int, starts: Mapping[str, int], table_no: int) -> bool:
    """Whether a piece is the label of a group whose first row has a label of its own behind it."""
    known = labels_in(piece.folded)
    return bool(known) and any(
        starts.get(row, -1) > index for row in _first_rows(table_no).get(known[-1], ())
    )


@cache
def _first_rows(table_no: int) -> dict[str, set[str]]:
    """Folded label of a group -> the first row of it, in each form."""
    found: dict[str, set[str]] = {}
    for form in forms().values():
        named: dict[str, str] = {}
        for _, row in form.table[table_no].rows():
            for group in row.group:
                named.setdefault(fold(group), row.key)
        for group, key in named.items():
            found.setdefault(group, set()).add(key)
    return found


def _numbers_come_first(pieces: Sequence[Piece], starts: Mapping[str, int]) -> bool:
    """Whether numbers stand on lines above the first label, and none behind the last one."""
    if len(starts) < 2:
        return False
    first, last = min(starts.values()), max(starts.values())
    above = (p for p in pieces[:first] if p.line != pieces[first].line)
    return any(p.kind is Kind.VALUE for p in above) and not any(
        p.kind is Kind.VALUE for p in pieces[last:]
    )


def _is_turned(lines: Sequence[Line], rows: Sequence[PrintedRow]) -> bool:
    """Whether lines are headed by columns and hold more numbers than there are columns: the rows
    of the form are printed as columns."""
    width = max(len(row.columns) for row in rows)
    for line in lines:
        if len(line.pieces) <= width + 1 or not line.has_value:
            continue
        roles = {label.role for label in by_text().get(line.pieces[0].folded, ())}
        numbers = sum(piece.kind is Kind.VALUE for piece in line.pieces)
        if Role.COLUMN in roles and Role.ROW not in roles and numbers > width:
            return True
    return False


def _printed_again(
    pieces: Sequence[Piece], starts: Mapping[str, int], rows: Sequence[PrintedRow]
) -> set[str]:
    """The rows whose label stands again on a later line."""
    keys = {text: row.key for row in rows for text in row.labels if len(text) > _SHORT}
    return {
        key
        for piece in pieces
        if piece.kind is Kind.LABEL and (key := keys.get(piece.folded)) in starts
        if key is not None and piece.line > pieces[starts[key]].line
    }


def _is_below_numbers(at: int, lines: Sequence[Line], begins: Mapping[int, int]) -> bool:
    """Whether right above a line of a grid, and above lines of nothing but words, stands a row of
    numbers in which no row's label ends. A drawn table prints so the rest of a broken label."""
    number, grid = lines[at].number, lines[at].grid
    while at > 0 and grid is not None and lines[at].grid == grid and not lines[at].has_value:
        at -= 1
    above = lines[at]
    return (
        above.grid == grid is not None
        and above.number not in begins
        and above.number != number
        and sum(piece.kind is Kind.VALUE for piece in above.pieces) > _SHORT
    )


def _is_before(piece: Piece, rowed: set[int]) -> bool:
    """Whether what stands before a row's own label is none of the row before: an empty cell, or
    the number of a line in a grid."""
    return piece.kind is Kind.BLANK or (piece.kind is Kind.VALUE and piece.line in rowed)


def _is_foreign(piece: Piece, owner: PrintedRow, table_no: int) -> bool:
    """Whether a label is neither of this table nor the rest of the label before it."""
    text = piece.folded
    if text in other_labels(table_no):
        return False
    if len(text) <= _SHORT or any(partial_ratio(text, label) > _ALIKE for label in owner.labels):
        return False
    return all(max(ratio(text, o), partial_ratio(text, o)) <= _ALIKE for o in _near(table_no, text))


def _heads_a_row(pieces: Sequence[Piece], index: int, label: int, owner: PrintedRow) -> bool:
    """Whether a short word that is no part of a row's label begins a later line of numbers."""
    piece = pieces[index]
    own = piece.line == pieces[label].line or any(piece.folded in text for text in owner.labels)
    if own or len(piece.folded) != _SHORT or pieces[index - 1].line == piece.line:
        return False
    after = pieces[index + 1] if index + 1 < len(pieces) else piece
    return after.line == piece.line and after.kind is Kind.VALUE


def _near(table_no: int, text: str) -> list[str]:
    """The other labels of a table that are not much shorter than a text."""
    return [label for label in other_labels(table_no) if 2 * len(label) > len(text)]


def _is_garbage(pieces: Sequence[Piece], index: int, label: int, table_no: int) -> bool:
    """Whether a piece with words stands where a number should: behind a label, itself none.

    On another line than the label, it must be unlike any label of the table.
    """
    piece = pieces[index]
    if not piece.text or len(piece.folded) > _LONGEST_GARBAGE or piece.folded in by_text():
        return False
    if piece.line == pieces[label].line:
        return True
    return bool(piece.folded) and not _resembles_a_label(piece.folded, table_no)


@lru_cache(maxsize=4096)
def _resembles_a_label(text: str, table_no: int) -> bool:
    rows = (label for form in forms() for _, label in row_labels(form, table_no))
    return any(partial_ratio(text, label) > _ALIKE for label in (*other_labels(table_no), *rows))


def _whole_labels(
    pieces: Sequence[Piece], rows: Sequence[PrintedRow], table_no: int
) -> dict[str, int]:
    """Row key -> index of the piece in which its label ends, for labels that stand undamaged.

    Labels are looked for in the run of words between two numbers, so that a label broken over
    pieces is found as well as several in one piece.
    """
    found: dict[str, int] = {}
    keys = {
        text: row.key
        for row in rows
        for text in row.labels
        if text not in other_labels(table_no) or len(text) > _SHORT
    }
    numbered = {clean(row.label): row.key for row in rows}
    run: list[int] = []
    for index in range(len(pieces) + 1):
        if index < len(pieces) and pieces[index].kind is Kind.LABEL:
            run.append(index)
            if key := numbered.get(clean(pieces[index].text)):
                found.setdefault(key, index)  # short, but with its own ordinal: `3.其他`
        elif run and (index == len(pieces) or pieces[index].kind is Kind.VALUE):
            for text, end in _labels_in(pieces, run):
                if text in keys:
                    found.setdefault(keys[text], end)
            run = []
    return found


def _labels_in(pieces: Sequence[Piece], run: Sequence[int]) -> list[tuple[str, int]]:
    """The known labels in a run of pieces, each with the piece it ends in."""
    ends: list[int] = []
    for index in run:
        ends += [index] * len(pieces[index].folded)
    text = "".join(pieces[index].folded for index in run)
    return [(m.group(), ends[m.end() - 1]) for m in label_pattern().finditer(text)]


def _damaged_labels(
    pieces: Sequence[Piece], starts: dict[str, int], rows: Sequence[PrintedRow], table_no: int
) -> dict[str, int]:
    """Row key -> index of its label, for rows between whole labels that have none yet."""
    found: dict[str, int] = {}
    known = [(-1, -1), *_in_form_order(starts, rows), (len(rows), len(pieces))]
    for (row, index), (next_row, next_index) in pairwise(known):
        lost = [
            r
            for at, r in enumerate(rows[row + 1 : next_row])
            if r.key not in starts and (at == 0 <= row or len(r.labels[0]) > _SHORT)
        ]  # a label as short as `3.其他` is only believed right behind the row before it
        free = [
            i
            for i in range(index + 1, next_index)
            if pieces[i].kind is Kind.LABEL and _may_be_row(pieces[i], lost, table_no)
        ]
        if lost and free:
            found |= _best_pairing(pieces, free, lost)
    return found


def _in_form_order(starts: dict[str, int], rows: Sequence[PrintedRow]) -> list[tuple[int, int]]:
    """(row number, piece index) of the labels that stand in the form's order."""
    chain: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        if row.key in starts and (not chain or starts[row.key] > chain[-1][1]):
            chain.append((number, starts[row.key]))
    return chain


def _may_be_row(piece: Piece, lost: Sequence[PrintedRow], table_no: int) -> bool:
    """Whether a piece may be a row's label: no header or group, unless a row is called so."""
    roles = {label.role for label in by_text().get(piece.folded, ())}
    if piece.folded in other_labels(table_no) or Role.ROW in roles:
        return any(piece.folded in row.labels for row in lost)
    return Role.HEADING not in roles and bool(piece.folded)


def _best_pairing(
    pieces: Sequence[Piece], free: Sequence[int], lost: Sequence[PrintedRow]
) -> dict[str, int]:
    """The pairing of free pieces with lost rows, both in order, that is most alike in all.

    best[i][j] is the best sum of similarities from piece i and row j on.
    """
    n, m = len(free), len(lost)
    best = [[0.0] * (m + 1) for _ in range(n + 2)]
    choice: list[list[int]] = [[0] * m for _ in range(n)]  # 0 skip piece, -1 skip row, k pieces
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            best[i][j], choice[i][j] = max((best[i + 1][j], 0), (best[i][j + 1], -1))
            score, length = _likeness(pieces, free, i, lost[j].labels)
            if length and score + best[min(i + length, n)][j + 1] > best[i][j]:
                best[i][j] = score + best[min(i + length, n)][j + 1]
                choice[i][j] = length
    return dict(_walk(choice, free, [row.key for row in lost]))


def _walk(
    choice: list[list[int]], free: Sequence[int], keys: Sequence[str]
) -> list[tuple[str, int]]:
    pairs: list[tuple[str, int]] = []
    i = j = 0
    while i < len(free) and j < len(keys):
        step = choice[i][j]
        if step > 0:
            pairs.append((keys[j], free[i + step - 1]))
            i, j = i + step, j + 1
        elif step == 0:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(
    pieces: Sequence[Piece], free: Sequence[int], at: int, texts: Sequence[str]
) -> tuple[float, int]:
    """How like a row's label the pieces from `at` on are, and how many of them make it up."""
    best, length, joined = 0.0, 0, ""
    for count in range(1, min(_LONGEST_BREAK, len(free) - at) + 1):
        last = free[at + count - 1]
        if any(piece.kind is Kind.VALUE for piece in pieces[free[at] : last]):
            break
        joined += pieces[last].folded
        for text in texts:
            score = _score(joined, text)
            if score > max(best, _ALIKE):
                best, length = score, count
        if len(joined) > 2 * max(map(len, texts)):
            break
    return best, length


def _score(seen: str, label: str) -> float:
    """How like a label a text is, of 100; a label of few characters has none to lose.

    A label followed by an explanation counts, and the beginning of a long one whose rest is lost.
    """
    if len(label) <= _SHORT and not seen.startswith(label):
        return 0.0
    whole = ratio(seen, label)
    if len(label) > 1 and seen.startswith(label):
        return max(whole, 80.0)
    if len(seen) > _SHORT and label.startswith(seen):
        return max(whole, 85.0)
    if label.endswith(seen):
        return min(whole, _ALIKE + 1)  # its beginning, if it is there, says where the row begins
    return whole
