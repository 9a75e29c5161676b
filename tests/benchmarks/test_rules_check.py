"""Broken generated reports fire exactly the expected rules; unbroken ones fire none."""

from __future__ import annotations

import pytest

from benchmarks.rule_mutations import mutations
from benchmarks.rules_check import broken_cases, clean_cases, page, tally
from transforms.statute.rules import rules


@pytest.fixture(scope="module")
def broken():
    return tally(broken_cases(each=1))


def test_every_mutation_fires_exactly_its_rules(broken):
    assert set(broken) == {mutation.id for mutation in mutations()}
    wrong = {
        name: (one.missed, dict(one.false_alarms))
        for name, one in broken.items()
        if one.missed or one.false_alarms
    }
    assert wrong == {}


def test_mutations_name_rules_that_there_are():
    for mutation in mutations():
        assert {mutation.id, *mutation.fires} <= set(rules())


def test_unbroken_reports_in_every_layout_fire_nothing():
    clean = tally(clean_cases(80))[""]
    assert dict(clean.false_alarms) == {}


def test_the_page_has_a_row_a_mutation_and_names_what_is_not_tried(broken):
    text = page(broken, tally(clean_cases(1))[""], 1)
    assert "| A01 | 1 | 0 | 0 |" in text
    assert "| A14 | 1 | 0 | 0 |" in text
