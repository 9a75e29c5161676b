"""Commit records and corrections -> the SQL script that makes the published warehouse.

Schema `stored` has one view a stored table, over exactly the committed Parquet files; schema `main`
has the tables of the contract over them. The same commits and corrections in the same home give
the same script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from transforms.rosters import Due
from transforms.statute.loader import all_cell_keys, cell_keys, forms
from warehouse import corrections, filings, rosters, sql, waivers
from warehouse.catalog import Commit
from warehouse.corrections import Corrections
from warehouse.home import Home
from warehouse.tables import CELL_DETAIL, MARK, TYPES, Table, measure_keys, stored_tables, tables
from warehouse.waivers import Waivers

_BATCH_COUNTS = ("files", "reports", "quarantined", "duplicates", "not_reports")

# Only reports of a body that filed more than once for a year: small, so every other query on
# reports stays a plain scan. A later filing is the one published later, then taken in later.
_REFILINGS = """create table stored.refilings as
select report_id, batch_id, version::INTEGER as version, version = filings as is_current
from (
    select report_id, r.batch_id,
        row_number() over (filing order by published_on nulls first, b.started_at nulls last,
            r.batch_id, report_id) as version,
        count(*) over filing as filings
    from stored.report_rows r left join batches b using (batch_id)
    where body_name is not null and report_year is not null
    window filing as (
        partition by coalesce(body_id, body_name), report_year, division_code
    )
)
where filings > 1 order by report_id, batch_id"""

_RULES = """select {columns} from stored.rules left join batches using (batch_id)
qualify row_number() over (
    partition by rule_id order by started_at desc nulls first, batch_id desc
) = 1"""

# Reports that another batch judged anew, later than their own batch did, under the rules across
# years and bodies. A batch that is being staged has no time yet: it is the latest.
_LATEST_CHECKS = """create table stored.latest_checks as
select report_id, arg_max(checked_by, (judged, checked_by)) as checked_by
from (
    select report_id, checked_by, coalesce(later.started_at, 'infinity') as judged,
        coalesce(own.started_at, 'infinity') as first_judged
    from stored.rechecks
    join stored.report_rows using (report_id, batch_id)
    join batches as later on later.batch_id = checked_by
    join batches as own on own.batch_id = stored.rechecks.batch_id
)
where judged > first_judged group by report_id order by report_id"""

_FINDINGS = """{columns} from stored.finding_rows
left join stored.latest_checks as latest using (report_id)
left join stored.localisations as explained
    on explained.finding_id = stored.finding_rows.finding_id
    and explained.checked_by = coalesce(latest.checked_by, stored.finding_rows.batch_id)
{waived}where scope = 'report'
    or stored.finding_rows.checked_by = coalesce(latest.checked_by, stored.finding_rows.batch_id)"""

_JOIN_WAIVED = f"""left join ({waivers.BEST}) as waived
    on waived.rule_id = stored.finding_rows.rule_id
    and waived.report_id = stored.finding_rows.report_id
"""
_BOTH_HAVE = (
    "finding_id",
    "batch_id",
    "report_id",
    "rule_id",
    "checked_by",
)  # findings and localisations

_TABLE_NUMBERS = {"disclosures": 2, "applications": 3, "proceedings": 4}
_CORRECTED_CELLS = """{columns} from stored.cells left join (
    select report_id, cell_no, now from stored.corrections where state = 'applied'
) as applied using (report_id, cell_no)"""


class Ledgers(NamedTuple):
    """What people keep in the home: errata of single cells, accepted findings, who should file."""

    corrections: Corrections = ()
    waivers: Waivers = ()
    rosters: Sequence[Due] = ()


def script(
    home: Home,
    commits: Sequence[Commit],
    ledgers: Ledgers = Ledgers(),  # noqa: B008 - immutable
    *,
    replaced: Commit | None = None,
    described: bool = True,
) -> list[str]:
    """The statements in order; `described` adds comments, which take half of the time.

    `replaced` is the earlier version of a batch that is being staged.
    """
    return [
        "create schema stored",
        *(_stored_view(home, table, commits) for table in stored_tables()),
        *_keys(),
        *_batches(commits),
        _REFILINGS,
        _LATEST_CHECKS,
        _view_over(home, tables()["report_rows"], [replaced] if replaced else [], "replaced"),
        f"create view stored.cells as {_cells(tables()['cells'])}",
        *corrections.statements(ledgers.corrections),
        *waivers.ledger_table(ledgers.waivers),
        *_published(ledgers, max((one.as_of for one in commits if one.as_of), default=None)),
        *(_comments() if described else ()),
    ]


def _stored_view(home: Home, table: Table, commits: Sequence[Commit]) -> str:
    return _view_over(home, table, commits, table.name)


def _view_over(home: Home, table: Table, commits: Sequence[Commit], name: str) -> str:
    paths = [home.path / file.path for one in commits for file in one.files.get(table.name, ())]
    if paths:
        body = f"{_select(table.names)} from {sql.parquet(sorted(paths))}"
    else:
        nulls = (f"null::{TYPES[column.type].sql} as {column.name}" for column in table.columns)
        body = f"select {', '.join(nulls)} where false"
    return f"create view stored.{name} as {body}"


def _keys() -> Iterator[str]:
    """The cells and the rows of all forms."""
    cells = ", ".join(
        f"({number}, {key.table_no}, {sql.text(key.row_key)}, '{key.column_key}')"
        for number, key in enumerate(all_cell_keys(), 1)
    )
    rows = ", ".join(
        f"({table_no}, {number}, {sql.text(row_key)})"
        for table_no in dict.fromkeys(key.table_no for key in all_cell_keys())
        for number, row_key in enumerate(_row_keys(table_no))
    )
    yield (
        f"create table stored.cell_keys as from (values {cells}) "
        "as k(cell_no, table_no, row_key, column_key)"
    )
    yield f"create table stored.row_keys as from (values {rows}) as k(table_no, row_no, row_key)"


def _is_printed(table_no: int, row_key: str) -> str:
    """Whether a report has a row: one of the row's cells in each form tells."""
    numbers = {key: number for number, key in enumerate(all_cell_keys(), 1)}
    first = {
        next(numbers[key] for key in cell_keys(form) if key[:2] == (table_no, row_key))
        for form in forms()
        if any(key[:2] == (table_no, row_key) for key in cell_keys(form))
    }
    return " or ".join(f"cell_details[{number}] is not null" for number in sorted(first))


def _row_keys(table_no: int) -> list[str]:
    """The rows of a statutory table over all forms."""
    return list(dict.fromkeys(key.row_key for key in all_cell_keys() if key.table_no == table_no))


def _batches(commits: Iterable[Commit]) -> Iterator[str]:
    columns = tables()["batches"].columns
    declared = ", ".join(f"{column.name} {TYPES[column.type].sql}" for column in columns)
    yield f"create table batches ({declared})"
    for one in commits:
        values = {
            "batch_id": sql.text(one.batch_id),
            "started_at": _time(one.started_at),
            "finished_at": _time(one.finished_at),
            "source": sql.text(one.source),
            "extractor_version": sql.text(one.extractor_version),
            "rules_version": sql.text(one.rules_version),
            **{name: str(one.counts.get(name, 0)) for name in _BATCH_COUNTS},
        }
        yield f"insert into batches values ({', '.join(values[column.name] for column in columns)})"


def _time(utc: datetime | None) -> str:
    return f"timestamp '{utc:%Y-%m-%d %H:%M:%S.%f}'" if utc else "null"


def _published(ledgers: Ledgers, as_of: date | None) -> Iterator[str]:
    for name, table in tables().items():
        if table.published and name != "batches":
            yield f"create view {name} as {_body(table, ledgers)}"
        if name == "reports":
            yield waivers.waived_view(ledgers.waivers, as_of)
            yield from rosters.statements(ledgers.rosters)
            yield from filings.statements(as_of)


def _body(table: Table, ledgers: Ledgers) -> str:
    match table.name:
        case "reports":
            columns = _select(
                table.names,
                version="coalesce(version, 1)",
                is_current="coalesce(is_current, true)",
            )
            return (
                f"{columns} from stored.report_rows "
                "left join stored.refilings using (report_id, batch_id)"
            )
        case "report_facts":
            return (
                f"{_select(table.names, form='reports.form')} "
                "from reports join stored.facts using (report_id, batch_id)"
            )
        case "cells":
            return _CORRECTED_CELLS.format(columns=_select(table.names, corrected_value="now"))
        case "disclosures" | "applications" | "proceedings":
            return _rows_of(_TABLE_NUMBERS[table.name], table)
        case "marks":
            return _marks(table)
        case "rules":
            return _RULES.format(columns=", ".join(table.names))
        case name if table.stored or name == "corrections":
            return f"{_select(table.names)} from stored.{table.name}"
    return _kept_by_people(table, ledgers)


def _kept_by_people(table: Table, ledgers: Ledgers) -> str:
    """The views that depend on what the home's ledgers say."""
    match table.name:
        case "findings":
            return _findings(table, ledgers.waivers)
        case "waivers":
            of_row = {name: f"ledger.{name}" for name in table.names if name != "state"}
            columns = _select(table.names, **of_row, state="coalesce(state, 'unused')")
            return waivers.WAIVERS.format(columns=columns)
        case "roster":
            return f"{_select(table.names)} from stored.roster_ledger"
        case "not_filed":
            return filings.not_filed(table.names)
    raise KeyError(f"{table.name} is published, not stored, and has no view")


# Both views below join the facts with the few cells or rows of the forms and pick with a CASE. On
# 500,000 reports this took 2 s for a sum by row, against 16 s by unnesting lists and 20 s by a
# UNION ALL of rows, which opens every file once a row.


def _cells(table: Table) -> str:
    values = " ".join(
        f"when {number} then {key.column_name}" for number, key in enumerate(all_cell_keys(), 1)
    )
    columns = _select(
        (name for name in table.names if name != "corrected_value"),
        value=f"case cell_no {values} end",
        **{field.name: f"cell_details[cell_no].{field.name}" for field in CELL_DETAIL},
    )
    return (
        f"{columns} from stored.facts join stored.cell_keys on true "
        "where cell_details[cell_no] is not null"
    )


def _findings(table: Table, waived: Sequence[object]) -> str:
    """Without waivers nothing is joined: the view stays a plain scan."""
    of_row = {name: f"stored.finding_rows.{name}" for name in _BOTH_HAVE}
    fields = {"waiver": "state", **{f"waiver_{name}": name for name in ("reason", "who", "until")}}
    of_waiver = {
        name: f"waived.{field}"
        if waived
        else "null::DATE"
        if name == "waiver_until"
        else "null::VARCHAR"
        for name, field in fields.items()
    }
    return _FINDINGS.format(
        columns=_select(table.names, **of_row, **of_waiver),
        waived=_JOIN_WAIVED if waived else "",
    )


def _marks(table: Table) -> str:
    fields = {field.name: f"one.value.{field.name}" for field in MARK}
    return (
        f"{_select(table.names, mark='one.key', **fields)} from "
        "(select report_id, batch_id, unnest(map_entries(marks)) as one from stored.facts)"
    )


def _rows_of(table_no: int, table: Table) -> str:
    present = {key.column_name for key in all_cell_keys()}
    columns = {table.key[-1]: "row_key"}
    for measure in measure_keys(table_no):
        named = [f"t{table_no}_{row_key}__{measure}" for row_key in _row_keys(table_no)]
        values = (f"when {i} then {name}" for i, name in enumerate(named) if name in present)
        columns[measure] = f"case row_no {' '.join(values)} end"
    printed = " ".join(
        f"when {number} then {_is_printed(table_no, row_key)}"
        for number, row_key in enumerate(_row_keys(table_no))
    )
    return (
        f"{_select(table.names, **columns)} from stored.facts "
        f"join stored.row_keys on table_no = {table_no} where case row_no {printed} end"
    )


def _select(names: Iterable[str], **expressions: str) -> str:
    """A select list: a column stands for itself unless an expression is given for it."""
    columns = (f"{expressions[name]} as {name}" if name in expressions else name for name in names)
    return f"select {', '.join(columns)}"


def _comments() -> Iterator[str]:
    """What tables and columns mean, where DuckDB shows it; the cells' own columns explain
    themselves, and describing all 224 of them would double the time of a publish."""
    cells = {key.column_name for key in all_cell_keys()}
    for table in tables().values():
        if table.published:
            kind = "table" if table.name == "batches" else "view"
            yield f"comment on {kind} {table.name} is {sql.text(table.zh)}"
            for column in (one for one in table.columns if one.name not in cells):
                yield f"comment on column {table.name}.{column.name} is {sql.text(column.zh)}"
