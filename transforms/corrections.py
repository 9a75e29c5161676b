"""A folder of errata files -> Corrections, checked: what a person found wrong in one reading.

Each file is a YAML list. `was` is what is read now: a number, or the status of a cell without one.
`now` is what the report says, as `evidence` shows.

    - report_id: r0123456789abcdef
      cell: 3|new_received|total
      was: 12
      now: 21
      reason: 原件扫描模糊，读成12
      evidence: 纸质原件第3页，2024-03-02核对
      who: 王某
      date: 2024-03-02

A correction is never written over what was read; the warehouse shows both.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from rapidfuzz import process

from transforms.ledgers import Entry, LedgerRecord, Words, load_entries
from transforms.records import CellKey, CellStatus
from transforms.statute.loader import all_cell_keys, forms
from transforms.statute.schema import Column

WITHOUT_VALUE = (
    CellStatus.BLANK,
    CellStatus.AMBIGUOUS,
    CellStatus.MISSING,
    CellStatus.INVALID,
)
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_FLOAT_DIGITS = 15  # a float keeps these of what was written, and not always more


def _number(given: object) -> Decimal:
    """A number as written in the file. Raises ValueError for all else."""
    if isinstance(given, int) and not isinstance(given, bool):
        return Decimal(given)
    if isinstance(given, float):
        number = Decimal(repr(given))
        if len(number.as_tuple().digits) > _FLOAT_DIGITS:
            raise ValueError(f"more than {_FLOAT_DIGITS} digits: put the number into quotes")
        return number
    if isinstance(given, str) and _PLAIN_NUMBER.fullmatch(given):
        return Decimal(given)
    raise ValueError("should be a number such as 12 or 25.1")


def _number_or_status(given: object) -> Decimal | CellStatus:
    if given in tuple(WITHOUT_VALUE):
        return CellStatus(str(given))
    try:
        return _number(given)
    except ValueError as error:
        words = ", ".join(WITHOUT_VALUE)
        raise ValueError(f"{error}, or what the cell is instead: {words}") from error


def _cell(given: object) -> CellKey:
    known = {str(key): key for key in all_cell_keys()}
    if isinstance(given, str) and given in known:
        return known[given]
    near = [name for name, *_ in process.extract(str(given), list(known), limit=3)]
    raise ValueError(f"no form has this cell; near it are {', '.join(near)}")


# As many digits as are stored of a cell's value.
Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]


class Correction(LedgerRecord):
    """One erratum: this cell of this report says `now`, not `was`.

    `was` is a status where no value is read. `date` is when it was found.
    """

    report_id: Words
    cell: Annotated[CellKey, BeforeValidator(_cell)]
    was: Annotated[Number | CellStatus, BeforeValidator(_number_or_status)]
    now: Annotated[Number, BeforeValidator(_number)]
    reason: Words
    evidence: Words
    who: Words
    date: datetime.date

    @model_validator(mode="after")
    def _says_something_possible(self) -> Self:
        if self.was == self.now:
            raise ValueError(f"was and now are both {self.now}: nothing is corrected")
        columns = _columns()[self.cell]
        if self.now < 0 and not any(column.signed for column in columns):
            raise ValueError(f"now is {self.now}, but {self.cell} cannot be below 0")
        if self.now % 1 and not any(column.decimal for column in columns):
            raise ValueError(f"now is {self.now}, but {self.cell} is a whole number")
        return self

    @property
    def subject(self) -> tuple[object, ...]:
        """Cell and report."""
        return (self.cell, self.report_id)


def load_corrections(folder: Path) -> tuple[Entry[Correction], ...]:
    """Every correction in the folder's files. Raises what `load_entries` does."""
    return load_entries(folder, Correction)


@cache
def _columns() -> dict[CellKey, tuple[Column, ...]]:
    """The printed columns of each cell, one a form that has it."""
    found: dict[CellKey, tuple[Column, ...]] = {}
    for form in forms().values():
        for table in form.tables:
            for block, row in table.rows():
                for column in block.columns:
                    key = CellKey(table.number, row.key, column.key)
                    found[key] = (*found.get(key, ()), column)
    return found
