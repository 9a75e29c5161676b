"""A batch through Great Expectations and SQL: both count alike, results are kept."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import expectations.suites
from expectations.compile import usual_book
from expectations.findings import find
from expectations.suites import suites
from expectations.validate import CountMismatchError, Validation, rules_table, validate_batch
from tests.expectations.rule_reports import example_reports, insert_beside, make_report, open_facts
from transforms.records import Report
from transforms.statute.loader import cell_keys
from transforms.statute.rule_schema import FILING
from transforms.statute.rules import rules
from warehouse.tables import arrow_schema

SUITES = (
    {f"{family}-{form}" for family in "ABCFG" for form in ("2019", "2021")}
    | {f"{family}-any" for family in "BCDEFG"}
    | {f"A-years-{form}" for form in ("2019", "2021")}
    | {f"{across}-{form}" for across in ("H-years", "I-bodies") for form in ("2019", "2021", "any")}
    | {"H-filing", "I-filing"}
)


def _mixed_reports() -> list[Report]:
    """Correct, broken and unreadable ones, and every example of every rule."""
    dice = random.Random(7)
    reports = [
        report
        for rule in rules().values()
        for name, example in rule.examples.by_name().items()
        for report in example_reports(rule, example, f"{rule.id} {name}")
    ]
    for number in range(60):
        form = dice.choice(("2019", "2021"))
        cells = {str(dice.choice(cell_keys(form))): dice.choice((3, -1, 0.5, None))}
        reports.append(make_report(f"mixed {number}", form, cells))
    return reports


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"
    with open_facts(_mixed_reports(), path) as connection:
        for rule in rules().values():
            for name, example in rule.examples.by_name().items():
                insert_beside(connection, example, f"{rule.id} {name}")
        connection.execute(
            "insert into report_facts by name "
            "select * replace ('other' as batch_id, report_id || ' other' as report_id, "
            "null as body_id) from report_facts"
        )
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def validation(database: Path, folder: Path) -> Validation:
    return validate_batch(database, "draft", folder)


def test_every_rule_was_violated_assessed_and_not_assessable_in_the_mix(validation):
    for result in validation.rule_results.to_pylist():
        assert result["violated"] >= 1
        assert result["assessed"] > result["violated"]
        if rules()[result["rule_id"]].examples.unknown:
            assert result["not_assessable"] >= 1


def test_the_tables_have_the_schemas_of_the_warehouse(validation):
    assert validation.findings.schema == arrow_schema("finding_rows")
    assert validation.rule_results.schema == arrow_schema("rule_results")
    assert validation.rules.schema == arrow_schema("rules")
    assert validation.rules.num_rows == validation.rule_results.num_rows == len(usual_book())


def test_findings_are_unique_and_the_same_in_the_next_run(validation, database):
    found = validation.findings.to_pylist()
    assert len({finding["finding_id"] for finding in found}) == len(found)
    with duckdb.connect(str(database), read_only=True) as connection:
        assert [*find(connection, "draft", [*usual_book()])] == found


def test_only_the_reports_of_the_batch_are_judged(validation):
    assert set(validation.findings["batch_id"].to_pylist()) == {"draft"}
    violated = dict(
        zip(
            validation.rule_results["rule_id"].to_pylist(),
            validation.rule_results["violated"].to_pylist(),
            strict=True,
        )
    )
    reports = {
        (finding["rule_id"], finding["report_id"]) for finding in validation.findings.to_pylist()
    }
    assert violated == {
        rule_id: sum(1 for rule, _ in reports if rule == rule_id)
        if compiled.rule.scope != FILING
        else violated[rule_id]
        for rule_id, compiled in usual_book().items()
    }


def test_results_are_kept_one_file_a_suite_with_law_and_severity(validation, folder):
    kept = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("gx/*.json")}
    assert set(kept) == {suite.name for suite in suites()} == SUITES
    for result in kept["A-2021"]["results"]:
        config = result["expectation_config"]
        assert config["severity"] == rules()[config["meta"]["rule_id"]].severity
        assert config["meta"]["legal_basis"]
        assert config["description"].startswith(config["meta"]["rule_id"])


def test_the_database_can_be_opened_for_writing_after_the_run(validation, database):
    with duckdb.connect(str(database)) as connection:
        connection.execute("create or replace table written as select 1")


def test_a_batch_without_reports_has_nothing_to_say(database, tmp_path):
    empty = validate_batch(database, "no such batch", tmp_path)
    assert empty.findings.num_rows == 0
    assert set(empty.rule_results["assessed"].to_pylist()) == {0}


def test_a_difference_between_suites_and_findings_stops_the_run(database, tmp_path, monkeypatch):
    monkeypatch.setattr(expectations.suites, "run_suites", lambda *_: {"A01": 99})
    with pytest.raises(CountMismatchError, match=r"A01.*Great Expectations 99"):
        validate_batch(database, "draft", tmp_path)


def test_rules_name_their_law_and_formula():
    book = {rule["rule_id"]: rule for rule in rules_table("b").to_pylist()}
    assert book["A01"]["formula"] == (
        "new_received + carried_in = results_total + carried_out for table 3, column total"
    )
    assert "国办公开办函〔2021〕30号" in book["A01"]["legal_basis"]
    assert book["A17"]["forms"] == ["2021"]


def test_checking_a_draft_imports_neither_great_expectations_nor_pandas():
    code = (
        "import sys; from expectations.check import check_reports; check_reports([]);"
        "print([m for m in ('great_expectations', 'prefect', 'pandas', 'pyarrow') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
