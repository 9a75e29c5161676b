"""Numbers that are far too large, as where digits run together, stop no rule."""

from __future__ import annotations

import pytest

from expectations.compile import compiled_rules
from expectations.scopes import prepare, relation
from tests.expectations.rule_reports import make_report, open_facts
from transforms.bounds import LIMIT
from transforms.claim_words import claim_kinds
from transforms.part_sums import part_sums
from transforms.records import Report
from transforms.statute.loader import cell_keys, forms
from transforms.statute.rule_schema import FILING, ExampleClaim

LARGEST = float(LIMIT) - 1
SCOPES = {compiled.rule.scope for compiled in compiled_rules().values()} - {FILING}


def large(form: str, value: float) -> list[Report]:
    """Two years of a body whose every cell has a value, and every claim the largest."""
    years = forms()[form].report_years
    first = years.since or 0
    part = {"part_of": "information_published", "part_complete": True}
    claims = [ExampleClaim(claim=kind, value=LARGEST) for kind in claim_kinds()]
    claims += [ExampleClaim(claim="information_published_class", value=LARGEST, **part)] * 3
    return [
        make_report(
            f"r{year}",
            form,
            {str(key): value for key in cell_keys(form)},
            claims=claims,
            body_name="示例县甲局",
            body_level="county_department",
            report_year=year,
        )
        for year in (first, first + 1)
    ]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("value", [LARGEST, LARGEST * 1000])
def test_every_rule_can_be_worked_out_over_the_largest_numbers(form, value):
    with open_facts(large(form, value)) as connection:
        prepare(connection, "draft")
        for scope in sorted(SCOPES):
            states = ", ".join(
                one.state for one in compiled_rules().values() if one.rule.scope == scope
            )
            rows = connection.execute(f"select {states} from {relation(scope)}").fetchall()
            assert len(rows) == 2


def test_parts_whose_sum_is_too_large_to_be_stored_are_not_added_up():
    report = large("2021", LARGEST)[0]
    assert all(one.parts < LIMIT for one in part_sums(report.claims))
