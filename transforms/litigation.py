"""Lines of table 4 -> its rows, which the form prints side by side on one line.

The numbers come after the headings, fifteen in a fixed order, however the headings are damaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from transforms.fold import fold
from transforms.headers import headings, in_turn
from transforms.lexicon import by_text, labels_in, labels_of
from transforms.partings import Effort
from transforms.pieces import Kind, Line, Piece, digits_only
from transforms.readings import RowReadings, read_row
from transforms.records import CellKey
from transforms.solve import sums_within
from transforms.statute.schema import Table


def read_single_row(
    lines: Sequence[Line], table: Table, form: str, effort: Effort | None = None
) -> list[tuple[tuple[CellKey, ...], RowReadings]]:
    """The table's rows with their readings."""
    block = table.blocks[0]
    width, count = len(block.columns), len(block.rows)
    keys = [
        tuple(CellKey(table.number, row.key, column.key) for column in block.columns)
        for row in block.rows
    ]
    joined = tuple(key for row in keys for key in row)
    pieces = _value_pieces(lines, width * count)
    if not _side_by_side(lines, width) or not _in_order(lines, table):
        return [(joined, RowReadings((), False, tuple(pieces), overflow=bool(pieces)))]
    whole = read_row(pieces, block.columns * count, sums=sums_within(form, joined), effort=effort)
    if len(whole.readings) == 1 and whole.sure:
        reading = whole.readings[0]
        return [
            (
                key,
                RowReadings((reading[i * width : (i + 1) * width],), True, whole.pieces),
            )
            for i, key in enumerate(keys)
        ]
    return [(joined, whole)]


def _side_by_side(lines: Sequence[Line], width: int) -> bool:
    """Whether numbers run through the rows one after the other, and not down the columns.

    Between two labels there then stand all numbers of one row or more, or a single one.
    """
    runs = [0]
    for line in lines:
        for piece in line.pieces:
            if piece.kind is Kind.VALUE or (piece.kind is Kind.BLANK and line.has_value):
                runs[-1] += 1
            elif piece.kind is Kind.LABEL and runs[-1] and piece.folded in by_text():
                runs.append(0)
    return all(run % width == 0 or run == 1 for run in runs[:-1])


def _in_order(lines: Sequence[Line], table: Table) -> bool:
    """Whether the headings that are there stand in the form's order, the rows' and the columns'."""
    block = table.blocks[0]
    seen = list(dict.fromkeys(label for line in lines for label in labels_in(line.folded)))
    rows = {text: at for at, row in enumerate(block.rows) for text in labels_of(row)}
    groups = {fold((*row.group, row.label)[0]): at for at, row in enumerate(block.rows)}
    for place in (rows, groups):
        places = [place[label] for label in seen if label in place]
        if places != sorted(places):
            return False
    found = [column for column, _ in headings(lines, block.columns)]
    named = Counter(found)
    if 1 < len(named) < len(block.columns) and set(named.values()) == {len(block.rows)}:
        return False  # all other headings are whole: the column itself is left out
    return in_turn(found)


def _value_pieces(lines: Sequence[Line], wanted: int) -> list[Piece]:
    """Numbers and blanks behind the headings; a lone number on its line is no cell if the rest,
    without it, makes up the row."""
    last_label = max((line.number for line in lines if line.labels), default=-1)
    numbered = [line for line in lines if line.has_value]
    bare = [line for line in numbered if not line.labels]
    if any(piece.ruled for line in bare for piece in line.pieces):
        numbered = bare  # what is no word among the headings of a ruled table is a damaged heading
    if not numbered:
        blank = [line for line in lines if line.number > last_label and line.pieces]
        return [piece for line in blank[:1] for piece in line.pieces]
    if (
        len(numbered) == 1
        and len(numbered[0].pieces) == wanted
        and not labels_in(numbered[0].folded)
    ):
        return list(numbered[0].pieces)  # words stand where a number should
    widest = max(numbered, key=lambda line: len(line.pieces))
    if len(widest.pieces) > wanted / 2:
        numbered = [line for line in numbered if len(line.pieces) > 1]
    pieces = [p for line in numbered for p in line.pieces if p.kind is not Kind.LABEL]
    if len(pieces) > wanted:
        wide = [p for p in pieces if len([q for q in pieces if q.line == p.line]) > 1]
        glued = [p for p in pieces if len((digits_only(p.text) or ("",))[0]) >= wanted]
        pieces = wide or glued or pieces
    return pieces
