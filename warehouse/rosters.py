"""The home's rosters -> SQL: which bodies should file, and which of their reports are there.

What is not there is warehouse/filings.py's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from transforms.rosters import Due, load_rosters
from warehouse import ledgers, sql
from warehouse.home import Home

_DECLARED = (
    "roster VARCHAR, body_name VARCHAR, kind VARCHAR, division_code VARCHAR, since INTEGER, "
    "until INTEGER, into_body VARCHAR, ledger VARCHAR, short_name VARCHAR, by_division BOOLEAN, "
    "due_month INTEGER, due_day INTEGER"
)

# A body is known by its division and kind, or by its name; where both the roster and the report
# give a division, one lies in the other. Each way is a join of its own, so that it can be hashed,
# and the result is a table: rules and `not_filed` ask it many times.
_WAYS = (
    "by_division and reports.division_code = due.division_code and reports.body_level = due.kind",
    r"not by_division and due.short_name = regexp_replace(body_id, '^\d+ ', '')",
    "not by_division and reports.body_name = due.body_name",
)
_WAY = r"""select due.roster, due.ledger, due.body_name, reports.report_year, reports.report_id
from stored.roster_ledger as due join reports on {way} where reports.is_current and (
    by_division or due.division_code is null or reports.division_code is null
    or starts_with(reports.division_code, regexp_replace(due.division_code, '(00)+$', '')))"""
_FILED = "create table stored.filed as " + " union ".join(_WAY.format(way=way) for way in _WAYS)


def read_rosters(home: Home) -> tuple[Due, ...]:
    """The rosters of this home. Raises HomeError naming file and line of a wrong one."""
    return ledgers.read(load_rosters, home.rosters, "bad_rosters")


def count_not_filed(database: Path) -> int:
    """How many reports are missing from the rosters of a published warehouse."""
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute("select count(*) from not_filed").fetchone()
    assert row is not None
    return int(row[0])


def statements(rosters: Sequence[Due]) -> Iterator[str]:
    """The tables `stored.roster_ledger` and `stored.filed`; needs `reports`."""
    yield from ledgers.table("stored.roster_ledger", _DECLARED, map(_values, rosters))
    yield _FILED


def _values(due: Due) -> Iterator[sql.Value]:
    yield from (due.roster, due.body, due.kind.id, due.division, due.since, due.until, due.into)
    yield from (due.place, due.short_name, due.by_division)
    yield from map(int, due.kind.due.split("-"))
