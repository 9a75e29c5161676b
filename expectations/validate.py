"""A DuckDB file and a batch -> suites run, findings, counts and rules as Arrow tables.

Rules across years and bodies are also judged anew for the reports of other batches that this one
bears on.

Great Expectations and the findings evaluate the same predicates; that they count alike is checked
on every run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from expectations.compile import Book, book_of, usual_book
from expectations.findings import Counts, count, find
from expectations.formula import formula
from expectations.labels import rule_basis
from expectations.localise import localisations
from expectations.scopes import AFFECTED, prepare
from transforms.statute.profile import EVERYWHERE, Profile
from transforms.statute.rule_schema import FILING, BaseRule
from warehouse.tables import arrow_schema

GX_FOLDER = "gx"
ACROSS = "years"  # the scope in which sums are looked at: the year before is there
AT_ONCE = 10_000  # findings turned into Arrow at a time


class CountMismatchError(Exception):
    """Great Expectations and the findings disagree on a rule: our bug, nothing may be published."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What the rules say of a batch; tables have the schemas of warehouse/tables.yaml."""

    batch_id: str
    findings: pa.Table
    localisations: pa.Table
    rechecks: pa.Table
    rule_results: pa.Table
    rules: pa.Table
    summary: dict[str, Any]


def validate_batch(
    database: Path, batch_id: str, results_folder: Path, profile: Profile = EVERYWHERE
) -> Validation:
    """Check the reports of a batch in `database` against the rules of a profile.

    What the rules look at is laid out in it: give a staging database.
    Great Expectations' results go to `results_folder/gx`. Raises CountMismatchError when the two
    evaluations differ.
    """
    from expectations.suites import run_suites  # noqa: PLC0415  (takes seconds to import)

    book = book_of(profile)
    with duckdb.connect(str(database)) as connection:
        prepare(connection, batch_id)
    suites_violated = run_suites(database, batch_id, results_folder / GX_FOLDER, book)
    with duckdb.connect(str(database), read_only=True) as connection:
        counts = count(connection, book)
        violated = [rule_id for rule_id, counted in counts.items() if counted.violated]
        findings = _long_table("finding_rows", find(connection, batch_id, violated, book))
        explained = _long_table("localisations", localisations(connection, ACROSS, batch_id))
        rechecks = _rechecks(connection, batch_id)
    _compare(suites_violated, counts, findings, book)
    return Validation(
        batch_id,
        findings,
        explained,
        rechecks,
        _table("rule_results", (_result(batch_id, *pair) for pair in counts.items())),
        rules_table(batch_id, book),
        _summary(counts, findings),
    )


def rules_table(batch_id: str, book: Book | None = None) -> pa.Table:
    """Every rule as the batch used it."""
    known = usual_book() if book is None else book
    return _table("rules", (_rule(batch_id, one.rule) for one in known.values()))


def _rechecks(connection: duckdb.DuckDBPyConnection, batch_id: str) -> pa.Table:
    """The reports of other batches that this one bears on."""
    found = connection.execute(f"from {AFFECTED}").fetchall()
    rows = (
        {"report_id": report_id, "batch_id": own, "checked_by": batch_id}
        for report_id, own in sorted(found)
        if own != batch_id
    )
    return _table("rechecks", rows)


def _long_table(name: str, rows: Iterable[dict[str, Any]]) -> pa.Table:
    schema = arrow_schema(name)
    rows = iter(rows)
    batches = []
    while some := list(islice(rows, AT_ONCE)):
        batches.append(pa.RecordBatch.from_pylist(some, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    schema = arrow_schema(name)
    return pa.Table.from_pylist(
        [{column: row[column] for column in schema.names} for row in rows], schema=schema
    )


def _result(batch_id: str, rule_id: str, counts: Counts) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "rule_id": rule_id,
        "assessed": counts.assessed,
        "violated": counts.violated,
        "not_assessable": counts.not_assessable,
    }


def _rule(batch_id: str, rule: BaseRule) -> dict[str, Any]:
    return {
        "rule_id": rule.id,
        "batch_id": batch_id,
        "title_zh": rule.title.zh,
        "title_en": rule.title.en,
        "severity": rule.severity,
        "scope": rule.scope,
        "level": rule.level,
        "forms": [*(rule.forms or ())],
        "legal_basis": rule_basis(rule, "zh"),
        "legal_basis_en": rule_basis(rule, "en"),
        "formula": formula(rule),
        "statement_zh": rule.statement.zh,
        "statement_en": rule.statement.en,
        "likely_fix_zh": rule.likely_fix.zh,
        "likely_fix_en": rule.likely_fix.en,
    }


def _compare(
    suites: Mapping[str, int], counts: Mapping[str, Counts], findings: pa.Table, book: Book
) -> None:
    """All ways of counting violating reports must agree, rule by rule; of what has no report,
    there are no findings to count."""
    pairs = set(
        zip(findings["rule_id"].to_pylist(), findings["report_id"].to_pylist(), strict=True)
    )
    in_findings = Counter(rule_id for rule_id, _ in pairs)
    for rule_id, counted in counts.items():
        filing = book[rule_id].rule.scope == FILING
        found = counted.violated if filing else in_findings[rule_id]
        ways = (suites.get(rule_id), counted.violated, found)
        if len(set(ways)) > 1:
            raise CountMismatchError(
                f"{rule_id}: reports violating it: Great Expectations {ways[0]}, "
                f"rule_results {ways[1]}, findings {ways[2]}; this is a bug in expectations/"
            )


def _summary(counts: Mapping[str, Counts], findings: pa.Table) -> dict[str, Any]:
    severities = Counter(findings["severity"].to_pylist())
    return {
        "rules": len(counts),
        "rules_violated": sum(1 for counted in counts.values() if counted.violated),
        "assessed": sum(counted.assessed for counted in counts.values()),
        "not_assessable": sum(counted.not_assessable for counted in counts.values()),
        "findings": findings.num_rows,
        "findings_by_severity": {
            severity: severities[severity] for severity in ("critical", "warning", "info")
        },
        "reports_with_findings": len(set(findings["report_id"].to_pylist())),
    }
