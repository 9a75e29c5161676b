"""The home's rosters -> SQL: which bodies should file, and which have not by their day.

A roster is asked for the report years in which any of its bodies has filed: that the office
collects those years is then certain. Whether a day has passed is judged by the latest day a run
was for; without one nobody is late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb

from transforms.rosters import Due, load_rosters
from warehouse import ledgers, sql
from warehouse.home import Home

_DECLARED = (
    "roster VARCHAR, body_name VARCHAR, kind VARCHAR, division_code VARCHAR, since INTEGER, "
    "until INTEGER, ledger VARCHAR, short_name VARCHAR, by_division BOOLEAN, due_month INTEGER, "
    "due_day INTEGER"
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

NOT_FILED = """{columns} from stored.roster_ledger as due
join (select distinct roster, report_year from stored.filed) as asked using (roster)
where make_date(report_year + 1, due_month, due_day) < {as_of}
    and report_year >= coalesce(since, report_year) and report_year <= coalesce(until, report_year)
    and not exists (
        select 1 from stored.filed as filed where filed.ledger = due.ledger
        and filed.body_name = due.body_name and filed.report_year = asked.report_year
    )"""


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


def not_filed(columns: Sequence[str], as_of: date | None) -> str:
    """The body of the view `not_filed`."""
    of_row = {
        "due_on": "make_date(report_year + 1, due_month, due_day)",
        "filed_before": _filed("asked.report_year - 1"),
        "filed_after": _filed("asked.report_year + 1"),
        "body_name": "due.body_name",
        "ledger": "due.ledger",
    }
    listed = ", ".join(f"{of_row[name]} as {name}" if name in of_row else name for name in columns)
    day = f"{sql.literal(as_of)}::DATE"
    return NOT_FILED.format(columns=f"select {listed}", as_of=day)


def _filed(year: str) -> str:
    return (
        "exists (select 1 from stored.filed as filed where filed.ledger = due.ledger "
        f"and filed.body_name = due.body_name and filed.report_year = {year})"
    )


def _values(due: Due) -> Iterator[sql.Value]:
    yield from (due.roster, due.body, due.kind.id, due.division, due.since, due.until)
    yield from (due.place, due.short_name, due.by_division)
    yield from map(int, due.kind.due.split("-"))
