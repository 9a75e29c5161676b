"""Extractions -> findings, in memory: what `gongkai check` shows a clerk about a draft.

The same predicates as for a batch, on an in-memory DuckDB. Imports neither Great Expectations nor
pyarrow, so that it answers at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import duckdb

from expectations.compile import book_of
from expectations.findings import find, violated
from expectations.localise import localisations
from expectations.scopes import WITHIN, prepare
from transforms.bodies import body_id, county_id
from transforms.bounds import fit
from transforms.filled import filled
from transforms.part_sums import part_sums
from transforms.records import Cell, Extraction, Report
from transforms.stated import stated
from transforms.statute.loader import all_cell_keys
from transforms.statute.profile import EVERYWHERE, Profile
from warehouse.sql import literal, text
from warehouse.waivers import BEST, Waivers, ledger_table, waived_view

DRAFT = "draft"
NOT_EXPLAINED = dict.fromkeys(
    ("root_finding_id", "suspect_cells", "explanation_zh", "explanation_en")
)
NOT_WAIVED = dict.fromkeys(("waiver", "waiver_reason", "waiver_who", "waiver_until"))
COLUMNS = {
    "report_id": "VARCHAR",
    "batch_id": "VARCHAR",
    "document_id": "VARCHAR",
    "body_name": "VARCHAR",
    "division_code": "VARCHAR",
    "form": "VARCHAR",
    "report_year": "INTEGER",
    "body_level": "VARCHAR",
    "body_id": "VARCHAR",
    "county_id": "VARCHAR",
    "is_current": "BOOLEAN",
    "period_start": "DATE",
    "period_end": "DATE",
    "period_text": "VARCHAR",
    "period_char_start": "INTEGER",
    "period_char_end": "INTEGER",
    "published_on": "DATE",
    "section_numbers": "INTEGER[]",
    "section_lengths": "INTEGER[]",
    "cell_details": "STRUCT(raw_text VARCHAR, char_start INTEGER, char_end INTEGER)[]",
    "filled": "VARCHAR",
    "stated": "MAP(VARCHAR, DECIMAL(18,6)[])",
    "claims": "STRUCT(claim VARCHAR, value DECIMAL(18,6), unit VARCHAR, year INTEGER, "
    "qualifier VARCHAR, part_of VARCHAR, char_start INTEGER, char_end INTEGER)[]",
    "part_sums": "STRUCT(claim VARCHAR, split VARCHAR, whole DECIMAL(18,6), parts DECIMAL(18,6), "
    "terms VARCHAR, complete BOOLEAN, char_start INTEGER, char_end INTEGER)[]",
    "marks": "MAP(VARCHAR, STRUCT(text VARCHAR, char_start INTEGER, char_end INTEGER))",
}
SIMILARITIES = (
    "report_id VARCHAR, checked_by VARCHAR, what VARCHAR, compared_with VARCHAR, "
    "other_report_id VARCHAR, other VARCHAR, year INTEGER, section_no INTEGER, "
    "similarity DECIMAL(18,6), batch_id VARCHAR"
)

ROSTERS = (
    "roster VARCHAR, body_name VARCHAR, kind VARCHAR, ledger VARCHAR, since INTEGER, "
    "until INTEGER, into_body VARCHAR"
)
SLIPS = "report_id VARCHAR, checked_by VARCHAR, mark VARCHAR, text VARCHAR, bodies VARCHAR[]"
CHANGES = (
    "report_id VARCHAR, checked_by VARCHAR, cell_no INTEGER, was DECIMAL(18,6), now DECIMAL(18,6)"
)
FILINGS = (
    "ledger VARCHAR, body_name VARCHAR, report_year INTEGER, due_on DATE, as_of DATE, "
    "has_filed BOOLEAN, filed_before BOOLEAN, filed_after BOOLEAN"
)
FILED = "roster VARCHAR, ledger VARCHAR, body_name VARCHAR, report_year INTEGER, report_id VARCHAR"


def check_reports(
    extractions: Iterable[Extraction],
    profile: Profile = EVERYWHERE,
    waivers: Waivers = (),
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Findings of every extraction that is a report: rows as in the findings table, by report.

    Several reports of one body are also compared with each other. `batch_id` is `draft`. Files
    that are no report give none; why is in their `reason`. Waivers expire by `today`.
    """
    reports = [one.report for one in extractions if one.report is not None]
    if not reports:
        return []
    with duckdb.connect(":memory:") as connection:
        create_facts(connection)
        insert_facts(connection, reports)
        book = book_of(profile)
        across = len(reports) > 1
        prepare(connection, DRAFT, across=across)
        found = list(find(connection, DRAFT, violated(connection, book, across=across), book))
        scope = "years" if across else WITHIN
        explained = {row["finding_id"]: row for row in localisations(connection, scope, DRAFT)}
        waived = _waived(connection, waivers, today)
    return [
        {
            **NOT_EXPLAINED,
            **NOT_WAIVED,
            **finding,
            **explained.get(finding["finding_id"], {}),
            **waived.get((finding["rule_id"], finding["report_id"]), {}),
        }
        for finding in found
    ]


def _waived(
    connection: duckdb.DuckDBPyConnection, waivers: Waivers, today: date | None
) -> dict[tuple[str, str], dict[str, Any]]:
    """What is waived, by rule and report: the columns of the findings table."""
    if not waivers:
        return {}
    for statement in (*ledger_table(waivers), waived_view(waivers, today)):
        connection.execute(statement)
    rows = connection.execute(
        f"select rule_id, report_id, state, reason, who, until from ({BEST})"
    ).fetchall()
    return {
        (rule, report): dict(zip(NOT_WAIVED, said, strict=True)) for rule, report, *said in rows
    }


def create_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """An empty table `report_facts` with the columns the rules look at."""
    columns = [f"{name} {kind}" for name, kind in COLUMNS.items()]
    columns += [f"{key.column_name} DECIMAL(18,6)" for key in all_cell_keys()]
    connection.execute(f"create table report_facts ({', '.join(columns)})")
    connection.execute("create view reports as select * from report_facts")
    connection.execute("create schema stored")
    connection.execute(f"create table stored.similarities ({SIMILARITIES})")
    connection.execute(f"create table stored.slips ({SLIPS})")
    connection.execute(f"create table stored.changes ({CHANGES})")
    connection.execute(f"create table stored.roster_ledger ({ROSTERS})")
    connection.execute(f"create table stored.filed ({FILED})")
    connection.execute(f"create table stored.filings ({FILINGS})")
    connection.execute("create view stored.replaced as select * from reports where false")


def insert_facts(connection: duckdb.DuckDBPyConnection, reports: Iterable[Report]) -> None:
    """One row a report; a cell the report's form does not have is null.

    Of drafts of one body for one year none is the current one: which it is nothing tells.
    """
    given = [fit(one) for one in reports]
    drafts = Counter((body_id(one.identity), one.identity.report_year) for one in given)
    rows = ", ".join(
        f"({', '.join(_literals(one, alone=drafts[key] == 1))})"
        for one in given
        for key in [(body_id(one.identity), one.identity.report_year)]
    )
    connection.execute(f"insert into report_facts values {rows}")


def _literals(report: Report, *, alone: bool) -> Iterator[str]:
    """The row as SQL: to bind values, duckdb would import pandas."""
    identity = report.identity
    cells = {cell.key: cell for cell in report.cells}
    known = [cells.get(key) for key in all_cell_keys()]
    yield from map(literal, (report.report_id, DRAFT, report.document_id))
    yield from map(literal, (identity.body_name, identity.division_code))
    yield from map(literal, (report.form, identity.report_year))
    yield from map(literal, (identity.body_level, body_id(identity)))
    yield from map(literal, (county_id(identity), alone))
    yield from map(literal, (identity.period_start, identity.period_end))
    yield from map(literal, (identity.period_text, identity.period_char_start))
    yield from map(literal, (identity.period_char_end, identity.published_on))
    numbers = report.section_numbers
    yield "null" if numbers is None else str(numbers)
    lengths = report.section_lengths
    yield "null" if lengths is None else _list(map(literal, lengths))
    yield _list(_detail(cell) for cell in known)
    yield literal(filled(report.cells))
    said = stated(report.claims, identity.report_year)
    yield _map({kind: _list(map(literal, values)) for kind, values in said.items()})
    yield _list(_struct(claim, _fields("claims")) for claim in report.claims)
    yield _list(
        _struct(one, _fields("part_sums"))
        for one in part_sums(report.claims, report.cells, report.identity.report_year)
    )
    yield _map({mark.mark: _struct(mark, _fields("marks")) for mark in report.marks})
    yield from (literal(cell.value if cell else None) for cell in known)


@cache
def _fields(column: str) -> tuple[str, ...]:
    """The names in a declared struct."""
    return tuple(re.findall(r"(\w+) (?:VARCHAR|INTEGER|DECIMAL|BOOLEAN)", COLUMNS[column]))


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _map(items: Mapping[str, str]) -> str:
    return f"MAP {{{', '.join(f'{text(key)}: {value}' for key, value in items.items())}}}"


def _detail(cell: Cell | None) -> str:
    return "NULL" if cell is None else _struct(cell, _fields("cell_details"))


def _struct(record: object, names: Iterable[str]) -> str:
    values = (f"'{name}': {literal(getattr(record, name))}" for name in names)
    return f"{{{', '.join(values)}}}"
