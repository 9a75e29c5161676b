"""Shapes of the statute files: what a form or a legal text may say, checked on load."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class Record(BaseModel):
    """A record that refuses what it does not know and cannot be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Instrument(Record):
    """A legal text; `sure` is false where its wording was not seen in full: cite, do not quote."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z0-9]+)*$")]
    title: Text
    title_en: Text
    number: Text
    issued_on: date | None
    in_force_from: date
    in_force_until: date | None = None
    sure: bool


class Line(Record):
    """A labelled row or column of a form: printed label, and variants met in real reports."""

    key: Key
    label: Text
    label_en: Text
    variants: tuple[Text, ...] = ()


class Column(Line):
    """A column; `signed` allows values below 0, `decimal` allows fractions."""

    unit: Literal["件", "项", "万元"]
    group: str | None = None
    signed: bool = False
    decimal: bool = False
    printed_unit: str | None = None  # what this report's header says instead of `unit`


class Row(Line):
    """A row; `group` holds the labels of the merged cells to its left, outermost first."""

    group: tuple[Text, ...] = ()


class Block(Record):
    """Rows under one header. Table 2 has one block an item of Art. 20, tables 3 and 4 have one."""

    label: str | None = None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Table(Record):
    """A statutory table. `single_row` prints all rows side by side on one line (table 4)."""

    number: Literal[2, 3, 4]
    label: Text
    section: int
    layout: Literal["rows", "single_row"]
    notes: tuple[Text, ...] = ()
    blocks: tuple[Block, ...]

    def rows(self) -> Iterator[tuple[Block, Row]]:
        """Every row with the block that gives its columns, in printed order."""
        for block in self.blocks:
            for row in block.rows:
                yield block, row


class Heading(Record):
    """One of the six sections."""

    number: int
    label: Text
    variants: tuple[Text, ...] = ()


class Years(Record):
    """A span of report years, both ends included; open where null."""

    since: int | None = None
    until: int | None = None

    def __contains__(self, year: int) -> bool:
        return (self.since is None or year >= self.since) and (
            self.until is None or year <= self.until
        )


class Form(Record):
    """A statutory form: its sections and tables, and the report years it is meant for."""

    form: Text
    instrument: Text
    report_years: Years
    mandatory_from: int
    sections: tuple[Heading, ...]
    tables: tuple[Table, ...]

    @cached_property
    def table(self) -> dict[int, Table]:
        """Tables by number."""
        return {table.number: table for table in self.tables}
