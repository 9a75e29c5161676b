"""Examples of rule records and mutations -> Reports, and an open DuckDB with their facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from expectations.check import create_facts, insert_facts
from transforms.claim_words import claim_kinds
from transforms.records import Cell, CellStatus, Claim, Identity, Mark, Report, Section
from transforms.statute.loader import all_cell_keys, cell_keys, forms
from transforms.statute.rule_schema import (
    FILING,
    BaseRule,
    Example,
    ExampleCell,
    ExampleClaim,
    MarkedRule,
)
from transforms.statute.rules import rules

Value = int | float | str | None
BEFORE = "before"  # ends the id of the report of the year before
MEMBER = "member"  # ends the id of the report of another body on the roster
SHAPES = {"cells", "cells_read", "claims", "marks"}
BESIDE = {"form", "section_numbers", "section_lengths", "before", "alike", "members"}
BESIDE |= {"filing", "slips", "changes"}
NEEDED = {mark for rule in rules().values() if isinstance(rule, MarkedRule) for mark in rule.marks}


def make_report(
    report_id: str = "r",
    form: str | None = "2021",
    cells: Mapping[str, Value] | None = None,
    *,
    sections: Iterable[int] = (1, 2, 3, 4, 5, 6),
    lengths: Iterable[int | None] | None = (0,) * 6,
    cells_read: Mapping[str, ExampleCell] | None = None,
    claims: Iterable[ExampleClaim] = (),
    marks: Mapping[str, str | None] | None = None,
    **identity: Any,
) -> Report:
    """A report in which every rule holds, but for what is given.

    A cell given as null could not be read; a mark given as null is not there.
    """
    year = identity.get("report_year", forms()[form or "2021"].report_years.since)
    start, end, published = _dates(year or 2022)
    normal = {
        "report_year": year,
        "period_start": start,
        "period_end": end,
        "period_text": f"{start}至{end}",
        "period_char_start": 3,
        "period_char_end": 30,
        "published_on": published,
    }
    given, read = dict(cells or {}), dict(cells_read or {})
    return Report(
        report_id=report_id,
        document_id=report_id,
        identity=Identity(**{**normal, **identity}),
        form=form,
        sections=tuple(
            Section(number, "", "字" * (length or 0), 0, 1)
            for number, length in zip(sections, lengths or (0,) * 6, strict=False)
        ),
        truncated=lengths is None,
        cells=tuple(
            _cell(key, given.get(str(key), 0), read.get(str(key)), place)
            for place, key in enumerate(cell_keys(form) if form else ())
        ),
        claims=tuple(_claim(claim, year, place) for place, claim in enumerate(claims)),
        marks=tuple(
            Mark(mark, text, 10, 20)
            for mark, text in ({mark: mark for mark in NEEDED} | dict(marks or {})).items()
            if text is not None
        ),
    )


def example_report(rule: BaseRule, example: Example, report_id: str = "r") -> Report:
    """The report an example of a rule describes."""
    stated = example.model_fields_set
    form = example.form if "form" in stated else (rule.forms or ("2021",))[0]
    identity = {name: getattr(example, name) for name in stated - SHAPES - BESIDE}
    sections = example.section_numbers if "section_numbers" in stated else range(1, 7)
    lengths = example.section_lengths if "section_lengths" in stated else (0,) * 6
    shapes = {name: getattr(example, name) for name in SHAPES}
    return make_report(
        report_id, form, sections=sections or (), lengths=lengths, **shapes, **identity
    )


def example_reports(rule: BaseRule, example: Example, report_id: str = "r") -> list[Report]:
    """The report an example describes and, for a rule across years, that of the year before."""
    report = example_report(rule, example, report_id)
    if rule.scope in {"report", FILING}:
        return [report]
    body = {"body_name": f"示例县{report_id}局"}
    reports = [replace(report, identity=replace(report.identity, **body))]
    year = report.identity.report_year
    if example.before is not None and year is not None:
        form = example.before.form or next(
            name for name, form in forms().items() if year - 1 in form.report_years
        )
        cells = example.before.cells
        earlier = make_report(
            f"{report_id} {BEFORE}",
            form,
            cells,
            claims=example.before.claims,
            report_year=year - 1,
            **body,
        )
        reports.append(earlier)
    for number, member in enumerate(example.members):
        if member.filed:
            name = {"body_name": f"示例县{report_id}第{number}局", "body_level": member.kind}
            beside = f"{report_id} {number} {MEMBER}"
            reports.append(make_report(beside, report.form, member.cells, report_year=year, **name))
    return reports


def insert_beside(
    connection: duckdb.DuckDBPyConnection, example: Example, report_id: str = "r"
) -> None:
    """What an example says its report is like, and the roster that it is on."""
    for one in example.alike:
        connection.execute(
            "insert into stored.similarities values (?, 'draft', ?, ?, 'o', ?, ?, ?, ?, 'draft')",
            [report_id, one.what, one.other_kind, one.other, one.year, one.section, one.similarity],
        )
    for slip in example.slips:
        connection.execute(
            "insert into stored.slips values (?, 'draft', ?, ?, ?)",
            [report_id, slip.mark, slip.text, [*slip.bodies]],
        )
    numbers = {str(key): number for number, key in enumerate(all_cell_keys(), 1)}
    for change in example.changes:
        connection.execute(
            "insert into stored.changes values (?, 'draft', ?, ?, ?)",
            [report_id, numbers[change.cell], change.was, change.now],
        )
    if example.filing is not None:
        one = example.filing
        connection.execute(
            "insert into stored.filings select 'line', report_id, report_year, "
            "make_date(report_year + 1, 1, 31), ?, ?, ?, ? from report_facts where report_id = ?",
            [one.day, one.filed, one.before, one.after, report_id],
        )
    roster = [(report_id, example.body_level, True)] if example.members else []
    roster += [
        (f"{report_id} {number} {MEMBER}", member.kind, member.filed)
        for number, member in enumerate(example.members)
    ]
    for member_id, kind, filed in roster:
        connection.execute(
            "insert into stored.roster_ledger values (?, ?, ?, 'line', null, null, null)",
            [report_id, member_id, kind],
        )
        if filed:
            connection.execute(
                "insert into stored.filed select ?, 'line', ?, report_year, report_id "
                "from report_facts where report_id = ?",
                [report_id, member_id, member_id],
            )


def open_facts(reports: Iterable[Report], path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A database whose report_facts holds these reports, all of batch `draft`."""
    connection = duckdb.connect(str(path) if path else ":memory:")
    create_facts(connection)
    insert_facts(connection, reports)
    return connection


def _cell(key: Any, value: Value, read: ExampleCell | None, place: int) -> Cell:
    where = {"char_start": 100 + 2 * place, "char_end": 101 + 2 * place}
    if read is not None:
        known = read.status in {"reported", "recovered"}
        number = Decimal(str(value)) if known else None
        return Cell(key, number, CellStatus(read.status), read.raw_text, **where)
    if value is None:
        return Cell(key, None, CellStatus.BLANK, "", **where)
    return Cell(key, Decimal(str(value)), CellStatus.REPORTED, str(value), **where)


def _claim(claim: ExampleClaim, year: int | None, place: int) -> Claim:
    return Claim(
        section_no=1,
        claim=claim.claim,
        value=Decimal(str(claim.value)),
        unit=claim.unit or claim_kinds()[claim.claim].unit,
        sentence="",
        char_start=30 + 2 * place,
        char_end=31 + 2 * place,
        year=claim.year or year,
        qualifier=claim.qualifier,
        part_of=claim.part_of,
        part_complete=claim.part_complete if claim.part_of else None,
        part_open=claim.part_open if claim.part_of else None,
        label=claim.label,
    )


def _dates(year: int) -> tuple[date, date, date]:
    return date(year, 1, 1), date(year, 12, 31), date(year + 1, 1, 31)
