"""A published warehouse -> how many entries of a ledger are in each of their states."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb


def count_states(database: Path, table: str, states: Sequence[str]) -> dict[str, int]:
    """Entries of a ledger's table by state; 0 for a state that none is in."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(f"select state, count(*) from {table} group by state")
        counts = dict(found.fetchall())
    return {state: counts.get(state, 0) for state in states}
