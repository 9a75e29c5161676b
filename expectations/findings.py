"""Rows of `report_facts`, alone or beside others -> findings, one a violated instance, and counts.

Both use the compiled predicates and nothing else. The caller gives an open DuckDB connection to a
database where scopes.py prepared the batch. Values stand in the SQL itself: to bind even one,
duckdb imports pandas, and `gongkai check` has to answer at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

import duckdb

from expectations.across import before, cells_before
from expectations.compile import Book, CompiledInstance, CompiledRule, usual_book
from expectations.fetch import rows_of
from expectations.scopes import WITHIN, relation
from expectations.wording import describe
from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys
from transforms.statute.rule_schema import FILING, BaseRule

CONTEXT = (
    "report_id",
    "batch_id",
    "form",
    "report_year",
    "period_start",
    "period_end",
    "period_text",
    "period_char_start",
    "period_char_end",
    "published_on",
    "section_numbers",
    "section_lengths",
    "body_level",
    "cell_details",
    "claims",
    "filled",
)
CONTEXT_ACROSS = ("previous_report_id", "previous_form")


@dataclass(frozen=True, slots=True)
class Counts:
    """Reports by what a rule could say of them; reports it does not concern are in none."""

    assessed: int
    violated: int
    not_assessable: int


def find(
    connection: duckdb.DuckDBPyConnection,
    batch_id: str,
    rule_ids: Sequence[str],
    book: Book | None = None,
) -> Iterator[dict[str, Any]]:
    """The findings when a batch is checked under some rules: rows of `finding_rows`.

    First those of rules on one report, then those across years and bodies; by report, rule and
    instance. Give the rules that `count` found violated: planning the rest costs more than it is
    worth. Without a book the rules that apply everywhere are taken.
    """
    by_scope: dict[str, list[CompiledRule]] = {}
    known = usual_book() if book is None else book
    for compiled in (known[rule_id] for rule_id in rule_ids):
        if compiled.rule.scope == FILING:
            continue  # what is not there has no report: it stands in `not_filed`
        by_scope.setdefault(compiled.rule.scope, []).append(compiled)
    for scope, members in sorted(by_scope.items(), key=lambda item: item[0] != WITHIN):
        every = [(compiled.rule, one) for compiled in members for one in compiled.instances]
        for row in violating(connection, scope, [one for _, one in every]):
            for index in row["violated_instances"]:
                rule, one = every[index]
                row["witness"] = row.get(f"witness_{index}")
                yield _finding(rule, one, row, batch_id)


def violating(
    connection: duckdb.DuckDBPyConnection, scope: str, every: Sequence[CompiledInstance]
) -> Iterator[dict[str, Any]]:
    """The reports that violate one of the instances, by id: what the words need of them, and the
    numbers of the instances as `violated_instances`."""
    cursor = connection.cursor()
    cursor.execute(_findings_sql(scope, every))
    yield from rows_of(cursor)


def count(
    connection: duckdb.DuckDBPyConnection, book: Book | None = None, *, across: bool = True
) -> dict[str, Counts]:
    """Per rule: reports assessed, violated and not assessable; `across` years and bodies too.

    One scan a family: to plan all rules in one query takes longer than to scan a batch again.
    """
    counted: dict[str, Counts] = {}
    for scope, compiled in _families(book, across=across):
        row = connection.cursor().execute(_counts_sql(scope, compiled)).fetchone()
        assert row is not None
        for index, rule_id in enumerate(compiled):
            counted[rule_id] = Counts(*row[3 * index : 3 * index + 3])
    return dict(sorted(counted.items()))


def violated(
    connection: duckdb.DuckDBPyConnection, book: Book | None = None, *, across: bool = True
) -> list[str]:
    """The rules that a report violates: what `find` needs, at a third of the cost of `count`."""
    found: list[str] = []
    for scope, compiled in _families(book, across=across):
        flags = ", ".join(f"bool_or({rule.violated})" for rule in compiled.values())
        row = connection.cursor().execute(f"select {flags} from {relation(scope)}").fetchone()
        assert row is not None
        found += [rule_id for rule_id, flag in zip(compiled, row, strict=True) if flag]
    return sorted(found)


def _families(book: Book | None, *, across: bool) -> Iterator[tuple[str, dict[str, CompiledRule]]]:
    """The rules family by family, each with its scope."""
    known = usual_book() if book is None else book
    ordered = sorted(known.items(), key=_scope_and_family)
    for (scope, _), members in groupby(ordered, key=_scope_and_family):
        if scope == WITHIN or across:
            yield scope, dict(members)


def _scope_and_family(item: tuple[str, CompiledRule]) -> tuple[str, str]:
    return item[1].rule.scope, item[1].rule.family


def _counts_sql(scope: str, compiled: Mapping[str, CompiledRule]) -> str:
    states = ",\n".join(f'{rule.state} as "{rule_id}"' for rule_id, rule in compiled.items())
    counts = ",\n".join(
        f'coalesce(count_if("{rule_id}" {condition}), 0)'  # without rows count_if is null
        for rule_id in compiled
        for condition in ("in ('violated', 'satisfied')", "= 'violated'", "= 'not_assessable'")
    )
    return f"select {counts} from (select {states} from {relation(scope)})"


def _findings_sql(scope: str, every: Sequence[CompiledInstance]) -> str:
    flags = ",\n".join(
        f"case when {one.violated} then {index} end" for index, one in enumerate(every)
    )
    columns = ", ".join((*CONTEXT, *(key.column_name for key in all_cell_keys())))
    if scope != WITHIN:
        columns = ", ".join((columns, *CONTEXT_ACROSS, *map(before, cells_before())))
    witnesses = "".join(
        f"case when {one.violated} then {one.witness} end as witness_{index}, "
        for index, one in enumerate(every)
        if one.witness
    )
    return (
        f"select * from (select {columns}, {witnesses}[n for n in [{flags}] if n is not null] "
        f"as violated_instances from {relation(scope)}) "
        "where len(violated_instances) > 0 order by report_id"
    )


def _finding(
    rule: BaseRule, compiled: CompiledInstance, row: Mapping[str, Any], checked_by: str
) -> dict[str, Any]:
    one = compiled.instance
    words = describe(rule, one, row)
    cells = one.cells if words.cells is None else words.cells
    start, end = words.span or _span(cells, row)
    return {
        "finding_id": finding_id(row["report_id"], rule.id, one.line),
        "batch_id": row["batch_id"],
        "report_id": row["report_id"],
        "rule_id": rule.id,
        "severity": one.severity,
        "message_zh": words.message["zh"],
        "message_en": words.message["en"],
        "observed": words.observed,
        "expected": words.expected,
        "cells": [str(key) for key in cells],
        "char_start": start,
        "char_end": end,
        "report_year": row["report_year"],
        "scope": rule.scope,
        "applications": words.applications,
        "checked_by": checked_by,
    }


def finding_id(report_id: str, rule_id: str, line: str) -> str:
    """The same finding on the same report has the same id in every run."""
    return hashlib.sha256(f"{report_id}\n{rule_id}\n{line}".encode()).hexdigest()[:24]


@cache
def _cell_numbers() -> dict[CellKey, int]:
    return {key: index for index, key in enumerate(all_cell_keys())}


def _span(cells: tuple[CellKey, ...], row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Where in the text a reader should look: the first cell with a place."""
    for key in cells:
        detail = row["cell_details"][_cell_numbers()[key]]
        if detail is not None and detail["char_start"] is not None:
            return detail["char_start"], detail["char_end"]
    return None, None
