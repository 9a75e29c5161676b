"""Every rule record: its three examples, and what a null makes of it."""

from __future__ import annotations

import pytest
from rule_reports import example_report, make_report, open_facts

from expectations.compile import compiled_rules
from expectations.findings import count, find
from transforms.records import Report
from transforms.statute.loader import cell_keys, forms
from transforms.statute.rule_schema import BaseRule
from transforms.statute.rules import instances, rules

WANTED = {"passing": "satisfied", "failing": "violated", "unknown": "not_assessable"}
EVERY_RULE = pytest.mark.parametrize("rule", rules().values(), ids=rules().keys())


def states(rule: BaseRule, reports: list[Report]) -> dict[str, str]:
    state = compiled_rules()[rule.id].state
    with open_facts(reports) as connection:
        return dict(connection.execute(f"select report_id, {state} from report_facts").fetchall())


@EVERY_RULE
def test_examples_of_a_rule_give_what_they_say(rule: BaseRule):
    reports = [
        example_report(rule, getattr(rule.examples, name), report_id=name) for name in WANTED
    ]
    assert states(rule, reports) == WANTED


@EVERY_RULE
def test_a_failing_example_makes_a_finding_with_its_numbers_in_both_languages(rule: BaseRule):
    with open_facts([example_report(rule, rule.examples.failing)]) as connection:
        found = list(find(connection, "draft", [rule.id]))
    assert found
    for finding in found:
        assert finding["rule_id"] == rule.id
        assert finding["message_zh"]
        assert finding["message_en"]
        assert finding["message_zh"] != finding["message_en"]
        assert set(finding["cells"]) <= {str(key) for form in forms() for key in cell_keys(form)}


@EVERY_RULE
def test_a_null_cell_never_counts_as_passed(rule: BaseRule):
    """A copy of a normal report for every cell of every instance, blank in that cell."""
    for form in rule.forms or ():
        cells = {key for one in instances(rule) if form in (one.forms or ()) for key in one.cells}
        blanks = ", ".join(
            f"case when copy = {number} then null else {key.column_name} end as {key.column_name}"
            for number, key in enumerate(cells)
        )
        state = compiled_rules()[rule.id].state
        with open_facts([make_report(form=form)]) as connection:
            found = connection.execute(
                f"select {state}, count(*) from (select * replace ({blanks}) "
                f"from report_facts, range({len(cells)}) copies(copy)) group by 1"
            ).fetchall()
        assert found == [("not_assessable", len(cells))]


@EVERY_RULE
def test_a_report_of_no_known_form_or_year_passes_nothing_that_depends_on_it(rule: BaseRule):
    reports = [make_report("no form", None, report_year=2022)] if rule.forms else []
    if rule.years.since is not None:
        reports.append(make_report("no year", (rule.forms or ("2021",))[0], report_year=None))
    assert set(states(rule, reports).values()) <= {"not_assessable"}


def test_a_rule_does_not_concern_reports_of_another_form():
    assert states(rules()["A17"], [make_report(form="2019")]) == {"r": "not_applicable"}
    with open_facts([make_report(form="2019")]) as connection:
        counted = count(connection, "draft")["A17"]
    assert (counted.assessed, counted.violated, counted.not_assessable) == (0, 0, 0)


def test_reports_before_the_forms_are_not_asked_for_six_sections():
    old = make_report(form=None, report_year=2016, sections=(1, 2))
    assert states(rules()["C02"], [old]) == {"r": "not_applicable"}


def test_a_violation_is_found_although_another_cell_of_the_rule_is_blank():
    report = make_report(cells={"3|granted|total": 2, "3|other_other|total": None})
    assert states(rules()["A08"], [report]) == {"r": "violated"}
