"""An Arrow table -> text or bytes for people and programs.

Decimals are written as plain numbers: 12 for 12.000000. In CSV a null is an empty field.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import TextIO

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.plain import plain

WIDE = 100_000  # characters: a table that is piped is never folded


def write(table: pa.Table, form: str, file: TextIO) -> None:
    """Write the rows in one of the forms of WRITERS to a text file; Parquet goes to its buffer."""
    WRITERS[form](table, file)


def _write_table(table: pa.Table, file: TextIO) -> None:
    console = Console(file=file, highlight=False)
    if not console.is_terminal:
        console = Console(file=file, highlight=False, width=WIDE)
    shown = Table()
    for field in table.schema:
        number = pa.types.is_integer(field.type) or pa.types.is_decimal(field.type)
        shown.add_column(Text(field.name), justify="right" if number else "left", overflow="fold")
    for row in table.to_pylist():
        shown.add_row(*(_cell(value) for value in row.values()))
    console.print(shown)


def _cell(value: object) -> Text:
    return Text("null", style="dim") if value is None else Text(_text(value))


def _write_csv(table: pa.Table, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([None if value is None else _text(value) for value in row.values()])


def _write_json(table: pa.Table, file: TextIO) -> None:
    rows = [{name: plain(value) for name, value in row.items()} for row in table.to_pylist()]
    json.dump(rows, file, ensure_ascii=False, indent=1)
    file.write("\n")


def _write_parquet(table: pa.Table, file: TextIO) -> None:
    file.flush()
    pq.write_table(table, file.buffer)


def _text(value: object) -> str:
    shown = plain(value)
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)


WRITERS: dict[str, Callable[[pa.Table, TextIO], None]] = {
    "table": _write_table,
    "csv": _write_csv,
    "json": _write_json,
    "parquet": _write_parquet,
}
