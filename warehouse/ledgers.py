"""What people keep in a home -> its records, their SQL table, and how many are in which state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import duckdb

from transforms.statute.loader import StatuteError
from warehouse import sql
from warehouse.errors import HomeError

Found = TypeVar("Found")


def read(load: Callable[[Path], Found], folder: Path, key: str) -> Found:
    """What a folder of the home holds. Raises HomeError(`key`), naming file and line."""
    try:
        return load(folder)
    except (StatuteError, OSError) as error:
        raise HomeError(key, error=error) from error


def table(name: str, declared: str, rows: Iterable[Iterable[sql.Value]]) -> Iterator[str]:
    """A table with its rows, whose values stand in the order in which columns are declared."""
    yield f"create table {name} ({declared})"
    values = [f"({', '.join(map(sql.literal, row))})" for row in rows]
    if values:
        yield f"insert into {name} values {', '.join(values)}"


def count_states(database: Path, table: str, states: Sequence[str]) -> dict[str, int]:
    """Entries of a ledger's table by state; 0 for a state that none is in."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(f"select state, count(*) from {table} group by state")
        counts = dict(found.fetchall())
    return {state: counts.get(state, 0) for state in states}
