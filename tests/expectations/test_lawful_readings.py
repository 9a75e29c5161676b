"""What looks like a contradiction between narrative and tables and is another lawful reading."""

from __future__ import annotations

import pytest

from expectations.findings import count
from expectations.scopes import prepare
from tests.expectations.rule_reports import make_report, open_facts
from transforms.statute.rule_schema import ExampleClaim

BUSY = {
    "3|new_received|natural_person": 1002,
    "3|new_received|total": 1002,
    "3|carried_in|natural_person": 189,
    "3|carried_in|total": 189,
    "3|granted|natural_person": 1150,
    "3|granted|total": 1150,
    "3|other_other|natural_person": 41,
    "3|other_other|total": 41,
    "3|results_total|natural_person": 1191,
    "3|results_total|total": 1191,
    "4|reconsideration|upheld": 30,
    "4|reconsideration|pending": 4,
    "4|reconsideration|total": 34,
    "4|litigation_direct|upheld": 20,
    "4|litigation_direct|total": 20,
    "4|litigation_after_reconsideration|upheld": 26,
    "4|litigation_after_reconsideration|total": 26,
}


def narrative_rules_fired(claims: list[ExampleClaim]) -> set[str]:
    with open_facts([make_report(cells=BUSY, claims=claims)]) as connection:
        prepare(connection, "draft")
        counted = count(connection)
    return {rule_id for rule_id, n in counted.items() if n.violated}


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("applications_received", 1002),  # newly received
        ("applications_received", 1191),  # with those carried in
        ("applications_answered", 1191),  # with those carried in
        ("applications_answered", 1002),  # of those newly received
        ("applications_answered", 1150),  # without those withdrawn
        ("reconsiderations", 34),
        ("reconsiderations", 30),  # newly filed
        ("litigations", 46),  # direct and after reconsideration
        ("litigations", 26),
    ],
)
def test_a_lawful_reading_is_no_finding(claim, value):
    assert narrative_rules_fired([ExampleClaim(claim=claim, value=value)]) == set()


@pytest.mark.parametrize(
    ("claim", "value", "rule_id"),
    [
        ("applications_received", 1001, "F01"),
        ("applications_answered", 1190, "F02"),
        ("reconsiderations", 35, "F06"),
        ("litigations", 47, "F07"),
    ],
)
def test_what_no_reading_explains_is_a_finding(claim, value, rule_id):
    assert narrative_rules_fired([ExampleClaim(claim=claim, value=value)]) == {rule_id}


@pytest.mark.parametrize(
    "claim",
    [
        ExampleClaim(claim="applications_received", value=900, qualifier="approximate"),
        ExampleClaim(claim="applications_received", value=900, qualifier="cumulative"),
        ExampleClaim(claim="applications_received", value=900, year=2018),
    ],
)
def test_no_exact_number_of_the_year_is_compared(claim):
    assert {"F01", "F08"}.isdisjoint(narrative_rules_fired([claim]))
