"""The shapes of a generated report: what is printed (sheets, lines) and what a reader may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Literal

from transforms.records import CellKey
from transforms.statute.schema import Form


class Kind(StrEnum):
    """What the source determines of a cell."""

    VALUE = "value"  # exactly this value; ambiguous is no error but counts as not read
    BLANK = "blank"  # left empty or struck out; any value is an error
    INVALID = "invalid"  # words that are no number; any value is an error
    MISSING = "missing"  # not in the source; any value is an error, even the true one
    UNDETERMINED = "undetermined"  # lost; a value is an error unless it is the true one
    UNSCORED = "unscored"  # the page misleads every reader: a wrong reading fits, the true does not


@dataclass(frozen=True, slots=True)
class Expected:
    """What a perfect reader may say of a cell. `value` is what the body meant to print."""

    kind: Kind
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class IdentityTruth:
    """Who reports for when. Each field lists every answer a reader may give, the best one first."""

    body_name: tuple[str | None, ...]
    report_year: tuple[int | None, ...]
    period: tuple[tuple[date, date] | None, ...]
    published_on: tuple[date | None, ...]
    form: tuple[str | None, ...]


Role = Literal["caption", "header", "note", "group", "label", "value"]


@dataclass(slots=True)
class SheetCell:
    """A printed cell; `row` and `column` are its top-left place. Only values have a key."""

    row: int
    column: int
    text: str
    role: Role
    row_span: int = 1
    column_span: int = 1
    key: CellKey | None = None


@dataclass(slots=True)
class Sheet:
    """A printed table, or a part of one. Spans never overlap."""

    table_no: int
    width: int
    cells: list[SheetCell]

    @property
    def row_count(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    def anchors(self, row: int) -> list[SheetCell]:
        """Cells whose top left lies in the row, in column order."""
        return sorted((c for c in self.cells if c.row == row), key=lambda cell: cell.column)

    def places(self, row: int) -> list[str]:
        """The text of every column of the row; empty where a span covers the place."""
        texts = [""] * self.width
        for cell in self.anchors(row):
            texts[cell.column] = cell.text
        return texts

    def values(self, row: int) -> list[SheetCell]:
        return [cell for cell in self.anchors(row) if cell.role == "value"]

    def data_rows(self) -> list[int]:
        return [row for row in range(self.row_count) if self.values(row)]


LineKind = Literal["frame", "index", "title", "paragraph", "heading", "page", "footer"]


@dataclass(slots=True)
class Line:
    """A line or paragraph outside the tables. `cells` is set for a row of an index block."""

    text: str
    kind: LineKind
    section: int = 0
    cells: tuple[str, ...] = ()


@dataclass(slots=True)
class Manuscript:
    """A report before it is laid out; damages change it and its truth together."""

    printed: Form
    blocks: list[Line | Sheet]
    truth: dict[CellKey, Expected]
    identity: IdentityTruth
    facts: dict[str, str] = field(default_factory=dict)  # what fills the wording
    consistent: bool = True  # whether the printed numbers satisfy the form's arithmetic

    def sheets(self, table_no: int | None = None) -> list[Sheet]:
        return [
            block
            for block in self.blocks
            if isinstance(block, Sheet) and table_no in (None, block.table_no)
        ]

    def lines(self, *kinds: LineKind) -> list[Line]:
        return [b for b in self.blocks if isinstance(b, Line) and (not kinds or b.kind in kinds)]

    def cells(self, *roles: Role) -> list[SheetCell]:
        return [cell for sheet in self.sheets() for cell in sheet.cells if cell.role in roles]

    def forget(self, key: CellKey | None) -> None:
        """The page no longer determines the cell."""
        if key in self.truth and self.truth[key].kind is not Kind.MISSING:
            self.truth[key] = Expected(Kind.UNDETERMINED, self.truth[key].value)

    def remove(self, key: CellKey | None) -> None:
        """The cell is no longer on the page."""
        if key in self.truth:
            self.truth[key] = Expected(Kind.MISSING)


Trait = Literal["text", "html", "drops_blanks", "runs_together", "detached", "ruled"]


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay a manuscript out. `traits` say what it loses."""

    name: str
    render: Callable[[Manuscript, Random], bytes]
    traits: frozenset[str]
    prepare: Callable[[Manuscript, Random], None] | None = None
    suffix: str = ""  # of the file; by the traits where it is none


@dataclass(frozen=True, slots=True)
class Damage:
    """A change to a manuscript. `refuses` names layout traits it makes no sense in."""

    name: str
    apply: Callable[[Manuscript, Random], None]
    refuses: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Generated:
    """A report file and all that a reader may say about it."""

    name: str
    data: bytes
    seed: int
    form: str
    layout: str
    damages: tuple[str, ...]
    truth: dict[CellKey, Expected]
    identity: IdentityTruth
