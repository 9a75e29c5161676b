"""A staging database and a batch -> rows of `slips` and `changes`.

Slips are words that several bodies of a county have alike, said on one of their reports; changes
are cells in which a last filing differs from the one that it replaced.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from expectations.across import affected
from expectations.fetch import Row, rows_of
from expectations.predicates import listed
from transforms.statute.loader import all_cell_keys
from transforms.statute.rule_schema import SharedSlipRule
from transforms.statute.rules import rules

_SLIPS = """
with touched as (
    select distinct county_id, report_year from reports join ({affected}) as own
    using (report_id, batch_id) where is_current
),
marked as (
    select report_id, batch_id, county_id, report_year, body_id, body_name,
        unnest(map_entries(marks)) as one
    from report_facts join touched using (county_id, report_year)
    where is_current and body_id is not null
)
select arg_min(report_id, (body_name, report_id)) as report_id,
    arg_min(batch_id, (body_name, report_id)) as batch_id,
    one.key as mark, one.value.text as text, list_sort(list(distinct body_name)) as bodies
from marked where one.key in ({marks})
group by county_id, report_year, one.key, one.value.text
having count(distinct body_id) > 1 order by all"""
# Few reports replace another, so that few facts are read.
_CHANGES = """
with filed as (
    select * from report_facts semi join stored.refilings using (report_id, batch_id)
    where body_id is not null
),
pairs as (
    select later.report_id, later.batch_id, unnest(range(1, {count} + 1)) as cell_no,
        unnest([{earlier}]) as was, unnest([{later}]) as now
    from filed as later join filed as earlier on earlier.body_id = later.body_id
        and earlier.report_year = later.report_year and earlier.version + 1 = later.version
    where later.is_current and later.form = earlier.form
        and (later.report_id, later.batch_id) in (select report_id, batch_id from ({affected}))
)
select * from pairs where was <> now order by all"""


def slips(database: Path, batch_id: str) -> Iterator[Row]:
    """What bodies of the counties on which the batch bears have alike."""
    marks = {
        mark for rule in rules().values() if isinstance(rule, SharedSlipRule) for mark in rule.marks
    }
    query = _SLIPS.format(affected=affected(batch_id), marks=listed(sorted(marks)))
    yield from _rows(database, query, batch_id)


def changes(database: Path, batch_id: str) -> Iterator[Row]:
    """What the last filings on which the batch bears have changed."""
    query = _CHANGES.format(
        affected=affected(batch_id),
        count=len(all_cell_keys()),
        earlier=", ".join(f"earlier.{key.column_name}" for key in all_cell_keys()),
        later=", ".join(f"later.{key.column_name}" for key in all_cell_keys()),
    )
    yield from _rows(database, query, batch_id)


def slips_of(batch_id: str) -> str:
    """The slips found when a batch was compared, one list a report, as a query."""
    return (
        "select report_id, list({'mark': mark, 'text': text, 'bodies': bodies} "
        "order by mark, text) as slips from stored.slips "
        f"where checked_by in ({listed([batch_id])}) group by report_id"
    )


def changes_of(batch_id: str) -> str:
    """The changes found when a batch was compared, one list a report, as a query."""
    return (
        "select report_id, list({'cell_no': cell_no, 'was': was, 'now': now} order by cell_no) "
        f"as changes from stored.changes where checked_by in ({listed([batch_id])}) "
        "group by report_id"
    )


def _rows(database: Path, query: str, batch_id: str) -> Iterator[Row]:
    with duckdb.connect(str(database), read_only=True) as connection:
        for row in rows_of(connection.execute(query)):
            yield {**row, "checked_by": batch_id}
