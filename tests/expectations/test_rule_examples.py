"""Every rule record: its three examples, and what a null makes of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from expectations.compile import compiled_rules
from expectations.findings import count, find
from expectations.predicates import quoted
from expectations.scopes import prepare, relation
from tests.expectations.rule_reports import (
    BEFORE,
    MEMBER,
    example_report,
    example_reports,
    insert_beside,
    make_report,
    open_facts,
)
from transforms.records import Report
from transforms.statute.loader import cell_keys, forms
from transforms.statute.rule_schema import (
    FILING,
    BaseRule,
    Example,
    FilledRule,
    ReadingsRule,
    RowsPresentRule,
    ZeroIfMarkedRule,
)
from transforms.statute.rules import instances, rules

WANTED = {"passing": "satisfied", "failing": "violated", "unknown": "not_assessable"}
# Rules that need all their cells: a stated number may have another lawful reading, and how a cell
# is filled in is no matter of its value.
COUNTING = {
    rule_id: rule
    for rule_id, rule in rules().items()
    if instances(rule)[0].cells
    and not isinstance(rule, FilledRule | ReadingsRule | RowsPresentRule | ZeroIfMarkedRule)
}
DEPENDENT = {
    rule_id: rule for rule_id, rule in rules().items() if rule.forms or rule.years.since is not None
}
WITH_FINDINGS = {rule_id: rule for rule_id, rule in rules().items() if rule.scope != FILING}
EVERY_RULE = pytest.mark.parametrize("rule", rules().values(), ids=rules().keys())


def states(
    rule: BaseRule, reports: list[Report], examples: Mapping[str, Example] | None = None
) -> dict[str, str]:
    state = compiled_rules()[rule.id].state
    with open_facts(reports) as connection:
        for report_id, example in (examples or {}).items():
            insert_beside(connection, example, report_id)
        prepare(connection, "draft")
        found = connection.execute(
            f"select report_id, {state} from {relation(rule.scope)}"
        ).fetchall()
    if rule.scope == FILING:  # the subject is a body and a year
        found = [(subject.split()[1], state) for subject, state in found]
    return {
        report_id: state for report_id, state in found if not report_id.endswith((BEFORE, MEMBER))
    }


@EVERY_RULE
def test_examples_of_a_rule_give_what_they_say(rule: BaseRule):
    examples = rule.examples.by_name()
    reports = [
        report
        for name, example in examples.items()
        for report in example_reports(rule, example, name)
    ]
    assert states(rule, reports, examples) == {name: WANTED[name] for name in examples}


@pytest.mark.parametrize("rule", WITH_FINDINGS.values(), ids=WITH_FINDINGS.keys())
def test_a_failing_example_makes_a_finding_with_its_numbers_in_both_languages(rule: BaseRule):
    with open_facts(example_reports(rule, rule.examples.failing)) as connection:
        insert_beside(connection, rule.examples.failing)
        prepare(connection, "draft")
        found = list(find(connection, "draft", [rule.id], compiled_rules()))
    assert found
    for finding in found:
        assert finding["rule_id"] == rule.id
        assert finding["message_zh"]
        assert finding["message_en"]
        assert finding["message_zh"] != finding["message_en"]
        assert set(finding["cells"]) <= {str(key) for form in forms() for key in cell_keys(form)}


@pytest.mark.parametrize("rule", COUNTING.values(), ids=COUNTING.keys())
def test_a_null_cell_never_counts_as_passed(rule: BaseRule):
    """A copy of the passing example for every cell of every instance, blank in that cell."""
    reports = example_reports(rule, rule.examples.passing)
    report, found = reports[0], instances(rule)
    cells = {key for one in found if report.form in (one.forms or ()) for key in one.cells}
    blanks = ", ".join(
        f"case when copy = {number} then null else {key.column_name} end as {key.column_name}"
        for number, key in enumerate(cells)
    )
    state = compiled_rules()[rule.id].state
    with open_facts(reports) as connection:
        insert_beside(connection, rule.examples.passing, report.report_id)
        prepare(connection, "draft")
        counted = connection.execute(
            f"select {state}, count(*) from (select * replace ({blanks}) "
            f"from {relation(rule.scope)}, range({len(cells)}) copies(copy) "
            f"where report_id = {quoted(report.report_id)}) group by 1"
        ).fetchall()
    assert counted == [("not_assessable", len(cells))]


@pytest.mark.parametrize("rule", DEPENDENT.values(), ids=DEPENDENT.keys())
def test_a_report_of_no_known_form_or_year_passes_nothing_that_depends_on_it(rule: BaseRule):
    example = rule.examples.failing
    reports = []
    if rule.forms:
        no_cells = {"form": None, "cells": {}, "cells_read": {}}
        reports.append(example_report(rule, example.model_copy(update=no_cells), "no form"))
    if rule.years.since is not None:
        no_year = example.model_copy(update={"report_year": None})
        no_year.model_fields_set.add("report_year")
        reports.append(example_report(rule, no_year, "no year"))
    assert set(states(rule, reports).values()) <= {"not_assessable"}


def test_a_rule_does_not_concern_reports_of_another_form():
    assert states(rules()["A17"], [make_report(form="2019")]) == {"r": "not_applicable"}
    with open_facts([make_report(form="2019")]) as connection:
        prepare(connection, "draft", across=False)
        counted = count(connection, across=False)["A17"]
    assert (counted.assessed, counted.violated, counted.not_assessable) == (0, 0, 0)


def test_reports_before_the_forms_are_not_asked_for_six_sections():
    old = make_report(form=None, report_year=2016, sections=(1, 2))
    assert states(rules()["C02"], [old]) == {"r": "not_applicable"}


def test_a_violation_is_found_although_another_cell_of_the_rule_is_blank():
    report = make_report(cells={"3|granted|total": 2, "3|other_other|total": None})
    assert states(rules()["A08"], [report]) == {"r": "violated"}
