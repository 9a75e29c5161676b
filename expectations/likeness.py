"""A staging database and a batch -> rows of `similarities`: which reports repeat others.

County by county, so that the texts of few reports are in memory at a time. Compared are the last
filings on which the batch bears with the other bodies of their county and with the year before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from expectations.across import affected
from expectations.fetch import Row, rows_of
from transforms.likeness import Likeness, Passage, one_hand, own_names, repeated, thresholds
from transforms.statute.loader import all_cell_keys

AT_ONCE = 50_000  # passages fetched at a time

# The reports to be compared: those affected, and those of the year before beside them.
_COMPARED = """
with affected as ({affected}),
touched as (
    select distinct county_id, report_year from reports
    where is_current and (report_id, batch_id) in (select report_id, batch_id from affected)
),
compared as (
    select distinct reports.* from reports join touched on reports.county_id = touched.county_id
        and reports.report_year in (touched.report_year, touched.report_year - 1)
    where is_current and body_id is not null
)"""
_TEXTS = """
select report_id, body_id, body_name, division_path, county_id, report_year, section_no, text,
    body_level
from compared join sections using (report_id, batch_id)
where section_no in ({sections}) order by county_id, report_id, section_no"""
# Equal values in every cell, with enough different numbers for that to say something.
_NUMBERS = """,
numbered as (
    select report_id, county_id, report_year, body_id, list_value({cells}) as numbers
    from compared join report_facts using (report_id, batch_id, county_id, report_year, body_id)
),
telling as (
    select * from numbered
    where len(list_distinct([n for n in numbers if n > 0])) >= {different}
)
select one.report_id, other.report_id as other_report_id
from telling as one join telling as other
    on one.county_id = other.county_id and one.report_year = other.report_year
    and one.numbers = other.numbers and one.body_id <> other.body_id
order by all"""


def compare(database: Path, batch_id: str) -> Iterator[Row]:
    """Every report on which the batch bears, with each report that it repeats."""
    with duckdb.connect(str(database), read_only=True) as connection:
        named = _affected(connection, batch_id)
        with_clause = _COMPARED.format(affected=affected(batch_id))
        for found in _alike_texts(connection, with_clause):
            for one, other in ((found.one, found.other), (found.other, found.one)):
                if one.report_id in named and _looks_at(one, other):
                    year = one.body_id == other.body_id
                    yield _row(
                        named[one.report_id], other.report_id, other.names[0], other.year,
                        what="text", compared_with="year" if year else "body",
                        section_no=one.section_no, similarity=Decimal(str(found.similarity)),
                        checked_by=batch_id,
                    )  # fmt: skip
        cells = ", ".join(key.column_name for key in all_cell_keys())
        query = with_clause + _NUMBERS.format(cells=cells, different=thresholds().same_numbers)
        for report_id, other_id in connection.execute(query).fetchall():
            if report_id in named and other_id in named:
                own, twin = named[report_id], named[other_id]
                if one_hand(own["body_level"], twin["body_level"]):
                    continue
                yield _row(
                    own, other_id, twin["body_name"], twin["report_year"],
                    what="numbers", compared_with="body", section_no=None, similarity=100,
                    checked_by=batch_id,
                )  # fmt: skip


def _affected(connection: duckdb.DuckDBPyConnection, batch_id: str) -> dict[str, Row]:
    found = connection.execute(
        "select report_id, batch_id, body_name, body_level, report_year from reports where "
        f"(report_id, batch_id) in (select report_id, batch_id from ({affected(batch_id)}))"
    )
    return {row["report_id"]: row for row in rows_of(found)}


def _looks_at(one: Passage, other: Passage) -> bool:
    """A report is compared with the year before, never with the year after."""
    return one.body_id != other.body_id or one.year > other.year


def _row(report: Mapping[str, Any], other_id: str, other: str, year: int, **more: object) -> Row:
    return {
        "report_id": report["report_id"],
        "batch_id": report["batch_id"],
        "other_report_id": other_id,
        "other": other,
        "year": year,
        **more,
    }


def _alike_texts(connection: duckdb.DuckDBPyConnection, with_clause: str) -> Iterator[Likeness]:
    sections = ", ".join(map(str, thresholds().sections))
    cursor = connection.cursor()
    cursor.execute(with_clause + _TEXTS.format(sections=sections))
    for _, county in groupby(_rows(cursor), key=lambda row: row[4]):
        yield from repeated([_passage(row) for row in county])


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(AT_ONCE):
        yield from rows


def _passage(row: tuple[Any, ...]) -> Passage:
    report_id, body_id, body_name, path, _, year, section_no, text, kind = row
    return Passage(report_id, body_id, year, section_no, text, own_names(body_name, path), kind)
