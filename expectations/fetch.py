"""An executed DuckDB query -> its rows as dictionaries, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

Row = dict[str, Any]
AT_ONCE = 500  # rows fetched at a time; a row may have all cells of a report


def rows_of(executed: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """The rows by the names of their columns, in order."""
    names = [column[0] for column in executed.description or ()]
    while rows := executed.fetchmany(AT_ONCE):
        for values in rows:
            yield dict(zip(names, values, strict=True))
