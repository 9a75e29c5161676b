"""A damaged manuscript and a layout that loses blanks or separators -> what is left determined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benchmarks.generator.determined import (
    COUNT,
    DECIMAL,
    SIGNED,
    TooManyReadingsError,
    Vector,
    plain_split,
    solve_applications,
    solve_proceedings,
    splits,
)
from benchmarks.generator.model import Expected, Kind, Layout, Manuscript, SheetCell
from benchmarks.generator.wording import wording
from transforms.records import CellKey

DETERMINED = (Kind.VALUE, Kind.BLANK)
NARROW = str.maketrans(
    "０１２３４５６７８９．－", "0123456789.-", "\u200b\ufeff\u200d\u2060\u00a0\u3000 "
)
Rows = list[list[SheetCell]]


def settle(manuscript: Manuscript, layout: Layout) -> None:
    """Lower the truth of every cell whose place or extent the layout does not keep."""
    rows = [s.values(r) for s in manuscript.sheets() for r in s.data_rows()]
    whole = rows
    if "drops_blanks" in layout.traits:
        whole = [cells for cells in rows if _is_whole(cells)]
        for cells in rows:
            if cells not in whole:
                _forget(manuscript, cells)
    if "runs_together" in layout.traits:
        _settle_disclosures(manuscript, [c for c in whole if _table_of(c) == 2])
        _settle_applications(manuscript, [c for c in rows if _table_of(c) == 3])
        _settle_proceedings(manuscript, [c for c in whole if _table_of(c) == 4])


def _text(cell: SheetCell) -> str:
    return cell.text.translate(NARROW)


def _is_whole(cells: Sequence[SheetCell]) -> bool:
    """No blank beside a number: all filled, or none."""
    return len({not _text(cell) for cell in cells}) == 1


def _table_of(cells: Sequence[SheetCell]) -> int:
    return next((cell.key.table_no for cell in cells if cell.key), 0)


def _forget(manuscript: Manuscript, cells: Sequence[SheetCell]) -> None:
    """Numbers of which it is not told under which column they stand leave no cell known, the
    blank ones included."""
    for cell in cells:
        if cell.key in manuscript.truth and manuscript.truth[cell.key].kind in DETERMINED:
            manuscript.forget(cell.key)


def _settle_disclosures(manuscript: Manuscript, rows: Rows) -> None:
    columns = {
        CellKey(2, row.key, column.key): column
        for table in manuscript.printed.tables
        if table.number == 2
        for block, row in table.rows()
        for column in block.columns
    }
    marks = "|".join(map(re.escape, wording()["strike_marks"]))
    for cells in rows:
        texts = [_text(cell) for cell in cells]
        struck = not all(text[-1:].isdigit() for text in texts)
        if not any(character.isdigit() for text in texts for character in text):
            continue
        patterns = []
        for cell in cells:
            column = columns.get(cell.key) if cell.key else None
            kind = DECIMAL if column and column.decimal else COUNT
            kind = SIGNED if column and column.signed else kind
            patterns.append(f"{kind}|{marks}" if struck else kind)
        readings = set(splits("".join(texts), patterns))
        for index, cell in enumerate(cells):
            if len({reading[index] for reading in readings}) != 1:
                _forget(manuscript, [cell])


def _settle_applications(manuscript: Manuscript, rows: Rows) -> None:
    digits = [cells for cells in rows if all(_text(cell).isdigit() for cell in cells)]
    for cells in rows:
        if cells not in digits and any(_text(cell).isdigit() for cell in cells):
            _forget(manuscript, cells)  # strikes beside digits: left to the reader
    texts = {_key(cells).row_key: "".join(map(_text, cells)) for cells in digits}
    whole = _printed_rows(manuscript) == set(texts)
    try:
        readings = solve_applications(texts, len(digits[0])) if digits and whole else {}
    except TooManyReadingsError:
        readings = {}
    for cells in digits:
        found = readings.get(_key(cells).row_key, [])
        _settle_row(manuscript, cells, [*found], "".join(map(_text, cells)))


def _settle_row(
    manuscript: Manuscript, cells: list[SheetCell], readings: list[Vector], text: str
) -> None:
    """`readings` are those that satisfy the arithmetic; the printed one may not."""
    printed = tuple(int(_text(cell)) for cell in cells)
    if plain_split(text, len(cells)) is not None:
        return
    if readings and printed not in readings:
        for cell in cells:
            if cell.key in manuscript.truth:
                manuscript.truth[cell.key] = Expected(Kind.UNSCORED)
        return
    for index, cell in enumerate(cells):
        if {reading[index] for reading in readings} != {printed[index]}:
            _forget(manuscript, [cell])


def _settle_proceedings(manuscript: Manuscript, rows: Rows) -> None:
    for cells in rows:
        if not all(_text(cell).isdigit() for cell in cells):
            _forget(manuscript, cells)
            continue
        text = "".join(map(_text, cells))
        groups = list(dict.fromkeys(_key([cell]).row_key for cell in cells))
        try:
            found = solve_proceedings(text, len(groups), len(cells) // len(groups))
        except TooManyReadingsError:
            found = []
        flat = [tuple(n for group in reading for n in group) for reading in found]
        _settle_row(manuscript, cells, flat, text)


def _key(cells: Sequence[SheetCell]) -> CellKey:
    return next(cell.key for cell in cells if cell.key)


def _printed_rows(manuscript: Manuscript) -> set[str]:
    return {
        row.key
        for table in manuscript.printed.tables
        if table.number == 3
        for _, row in table.rows()
    }
