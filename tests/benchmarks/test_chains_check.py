"""Rules across years and bodies fire on a broken chain and on no honest one."""

from __future__ import annotations

import pytest

from benchmarks.chain_mutations import chain_mutations
from benchmarks.chains import YEARS, write_county
from benchmarks.chains_check import broken_cases, honest_cases, summing_cases, tally
from benchmarks.rule_mutations import cells_by_key
from benchmarks.rules_check import across_page
from expectations.scopes import WITHIN
from transforms.statute.rules import rules

SUMMING = 2  # counties with a roster


@pytest.fixture(scope="module")
def tallies():
    return tally([*honest_cases(12), *summing_cases(SUMMING), *broken_cases(each=1)])


def test_every_rule_across_years_and_bodies_is_broken_once():
    across = {rule_id for rule_id, rule in rules().items() if rule.scope != WITHIN}
    assert {mutation.rule_id for mutation in chain_mutations()} == across


def test_a_broken_chain_fires_exactly_its_rules_and_leaves_its_neighbours_alone(tallies):
    wrong = {
        rule_id: (one.missed, dict(one.false_alarms))
        for rule_id, one in tallies.items()
        if rule_id and (one.missed or one.false_alarms)
    }
    assert wrong == {}


def test_honest_reports_of_a_county_year_after_year_fire_nothing(tallies):
    summed = sum(len(case.county) for case in summing_cases(SUMMING))
    assert tallies[""].reports == 12 * len(YEARS) + summed
    assert dict(tallies[""].false_alarms) == {}


def test_what_a_chain_carries_out_it_carries_in_the_year_after():
    county = write_county(3, 2)
    for (body, year), manuscript in county.items():
        if year > YEARS[0]:
            before = cells_by_key(county[body, year - 1])
            assert (
                cells_by_key(manuscript)["3|carried_in|total"].text
                == before["3|carried_out|total"].text
            )


def test_the_page_has_a_row_a_rule_and_one_of_honest_chains(tallies):
    text = across_page(tallies, 12)
    assert "| H01 | 2 | 0 | 0 |" in text
    assert "| none broken (152 reports) | | | 0 |" in text
