"""Compiled rules -> Great Expectations suites, run on the DuckDB file itself, one scan a suite.

Great Expectations takes seconds to import: import this module only where a batch is validated.
It keeps at most 200 unexpected rows, so it only counts and judges; the full list is findings.py's.
"""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
with warnings.catch_warnings():  # its own imports are deprecated; ours stay errors
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx
    import sqlalchemy as sa
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine
    from great_expectations.expectations.expectation import ColumnMapExpectation
    from great_expectations.expectations.metrics.map_metric_provider import (
        ColumnMapMetricProvider,
        column_condition_partial,
    )

from expectations.compile import Book, CompiledRule, usual_book
from expectations.data_docs import write_data_docs
from expectations.labels import rule_basis
from expectations.scopes import WITHIN, relation
from transforms.statute.rule_schema import FILING

ANY_FORM = "any"
RESULTS = {"result_format": "SUMMARY", "partial_unexpected_count": 0}
# The transaction that SQLAlchemy would roll back takes DuckDB's result with it.
ENGINE = {
    "isolation_level": "AUTOCOMMIT",
    "skip_autocommit_rollback": True,
    "connect_args": {"read_only": True},
}


class RuleHolds(ColumnMapMetricProvider):  # type: ignore[misc]  # GX has no types for us
    """Hung on the id column, so that GX bundles all rules of a suite in one select."""

    condition_metric_name = "column_values.rule_holds"
    condition_value_keys = ("violated",)

    @column_condition_partial(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(cls, column: Any, violated: str, **_: Any) -> Any:  # noqa: ANN401, ARG002, N805
        # a null would count as broken after `not`: what cannot be assessed is not unexpected
        return sa.not_(sa.literal_column(f"coalesce({violated}, false)"))


class ExpectRuleToHold(ColumnMapExpectation):  # type: ignore[misc]
    """Expect no report to violate the predicate; the unexpected values are report ids."""

    violated: str
    map_metric = "column_values.rule_holds"
    success_keys = ("violated", "mostly")
    args_keys = ("column", "violated")

    def get_validation_dependencies(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        """Counts only: to list the reports of each rule would take a scan a rule."""
        counts = {**named, "runtime_configuration": {"result_format": "BOOLEAN_ONLY"}}
        dependencies = super().get_validation_dependencies(*arguments, **counts)
        dependencies.result_format = RESULTS
        return dependencies


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules of a family and scope that concern one form (`any`: whatever the form)."""

    family: str
    scope: str
    form: str
    rules: tuple[CompiledRule, ...]

    @property
    def name(self) -> str:
        """Unique, and the name of its result file."""
        among = {WITHIN: self.form, FILING: FILING}
        return f"{self.family}-{among.get(self.scope, f'{self.scope}-{self.form}')}"


def suites(book: Book | None = None) -> Iterator[Suite]:
    """One suite a family, scope and form, in order."""
    known = usual_book() if book is None else book
    by_suite: dict[tuple[str, str, str], list[CompiledRule]] = {}
    for compiled in known.values():
        rule = compiled.rule
        for form in rule.forms or (ANY_FORM,):
            by_suite.setdefault((rule.family, rule.scope, form), []).append(compiled)
    for (family, scope, form), members in sorted(by_suite.items()):
        yield Suite(family, scope, form, tuple(members))


def run_suites(
    database: Path, batch_id: str, folder: Path, book: Book | None = None
) -> dict[str, int]:
    """Run every suite on the batch prepared in `database`; write one JSON and one page a
    suite into `folder`.

    Gives the number of violating reports by rule. Raises RuntimeError when GX could not evaluate
    an expectation: our bug, never a finding. No connection to `database` may be open in this
    process: DuckDB refuses a second one with other settings.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string=f"duckdb:///{database.resolve()}",
        create_temp_table=False,
        kwargs=ENGINE,
    )
    try:
        checkpoint = context.checkpoints.add(
            _checkpoint(context, source, batch_id, [*suites(book)])
        )
        results = checkpoint.run().run_results.values()
        outcomes = [result.to_json_dict() for result in results]
        folder.mkdir(parents=True, exist_ok=True)
        write_data_docs(context, outcomes, folder)
    finally:
        source.get_execution_engine().close()
        source.get_engine().dispose()
    violated: dict[str, int] = {}
    for outcome in outcomes:
        path = folder / f"{outcome['suite_name']}.json"
        path.write_text(json.dumps(outcome, ensure_ascii=False, indent=1), encoding="utf-8")
        for rule_id, unexpected in _unexpected(outcome):
            violated[rule_id] = violated.get(rule_id, 0) + unexpected
    return violated


def _checkpoint(context: Any, source: Any, batch_id: str, members: Sequence[Suite]) -> Any:  # noqa: ANN401
    """A checkpoint of one batch: each suite on the reports that it concerns."""
    batches = {
        (scope, form): _reports_of(source, scope, form)
        for scope, form in {(suite.scope, suite.form) for suite in members}
    }
    definitions = [
        context.validation_definitions.add(
            gx.ValidationDefinition(
                name=suite.name,
                data=batches[suite.scope, suite.form],
                suite=context.suites.add(_expectations(suite)),
            )
        )
        for suite in members
    ]
    return gx.Checkpoint(
        name=batch_id,
        validation_definitions=definitions,
        result_format=RESULTS,
    )


def _reports_of(source: Any, scope: str, form: str) -> Any:  # noqa: ANN401
    view = relation(scope, None if form == ANY_FORM else form)
    asset = source.add_table_asset(f"{scope}-{form}", table_name=view)
    return asset.add_batch_definition_whole_table("batch")


def _expectations(suite: Suite) -> Any:  # noqa: ANN401
    expectations = [_expectation(compiled) for compiled in suite.rules]
    return gx.ExpectationSuite(name=suite.name, expectations=expectations)


def _expectation(compiled: CompiledRule) -> ExpectRuleToHold:
    rule = compiled.rule
    return ExpectRuleToHold(
        column="report_id",
        violated=compiled.violated,
        severity=rule.severity,
        description=f"{rule.id} {rule.title.zh}：{rule.statement.zh}",
        meta={
            "rule_id": rule.id,
            "title_zh": rule.title.zh,
            "title_en": rule.title.en,
            "level": rule.level,
            "severity": rule.severity,
            "legal_basis": rule_basis(rule, "zh"),
            "legal_basis_en": rule_basis(rule, "en"),
        },
    )


def _unexpected(outcome: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for result in outcome["results"]:
        rule_id = result["expectation_config"]["meta"]["rule_id"]
        if result["exception_info"].get("raised_exception", True):
            raise RuntimeError(f"Great Expectations could not evaluate {rule_id}: {result}")
        counted = result["result"]
        yield rule_id, counted["unexpected_count"] if counted["element_count"] else 0
