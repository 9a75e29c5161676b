"""Several sums that fail together -> the fewest cells that could be wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from expectations.findings import count, find
from expectations.localise import localisations
from expectations.scopes import prepare
from tests.expectations.rule_reports import make_report, open_facts

BODY = {"body_name": "示例县民政局"}
# Received 783, carried in 7; answered 788, carried out 2: as 7 + 783 = 788 + 2.
SOUND = {
    "3|new_received|natural_person": 783,
    "3|carried_in|natural_person": 7,
    "3|granted|natural_person": 788,
    "3|results_total|natural_person": 788,
    "3|carried_out|natural_person": 2,
    "4|reconsideration|upheld": 6,
    "4|reconsideration|total": 6,
}
SOUND |= {
    cell.replace("natural_person", "total"): value
    for cell, value in SOUND.items()
    if cell.endswith("natural_person")
}
YEAR_BEFORE = {
    f"3|{row}|{column}": 7
    for row in ("new_received", "carried_out")
    for column in ("natural_person", "total")
}


def explained(cells: Mapping[str, int | None], before: Mapping[str, int]) -> dict[str, tuple]:
    """By rule: the rule of the root finding (its own where it is the root) and suspect cells."""
    now = make_report("now", cells={**SOUND, **cells}, report_year=2022, **BODY)
    then = make_report("then", cells=before, report_year=2021, **BODY)
    with open_facts([now, then]) as connection:
        prepare(connection, "draft")
        counts = count(connection)
        violated = [rule for rule, counted in counts.items() if counted.violated]
        found = {
            one["finding_id"]: one["rule_id"]
            for one in find(connection, "draft", violated)
            if one["report_id"] == "now"
        }
        rows = list(localisations(connection, "years", "draft"))
    by_rule = {
        found[row["finding_id"]]: (
            found[row["root_finding_id"] or row["finding_id"]],
            row["suspect_cells"],
        )
        for row in rows
        if row["report_id"] == "now"
    }
    return by_rule | {rule: () for rule in found.values() if rule not in by_rule}


def test_numbers_that_add_up_need_no_explanation():
    assert explained({}, YEAR_BEFORE) == {}


def test_balance_and_carry_over_that_fail_by_the_same_amount_are_one_wrong_cell():
    """The report carries in 8; the year before carried out 7, and with 7 the balance holds."""
    cell = ["3|carried_in|total"]
    assert explained({"3|carried_in|total": 8}, YEAR_BEFORE) == {
        "A01": ("A01", cell),
        "A08": ("A01", cell),
        "H01": ("A01", cell),
    }


def test_carry_over_alone_points_to_the_year_before():
    before = {**YEAR_BEFORE, "3|carried_out|total": 8}
    assert explained({}, before) == {"H01": ("H01", ["2021:3|carried_out|total"])}


def test_a_wrong_total_breaks_row_column_and_balance_and_is_named_once():
    found = explained({"3|results_total|total": 789}, YEAR_BEFORE)
    assert found == dict.fromkeys(("A01", "A08", "A09"), ("A01", ["3|results_total|total"]))


def test_a_number_and_its_total_may_both_be_wrong_and_every_such_pair_is_named():
    cells = {"3|carried_out|natural_person": 3, "3|carried_out|total": 3}
    pairs = [
        f"3|{row}|{column}"
        for row in ("new_received", "carried_out")
        for column in ("natural_person", "total")
    ]
    assert explained(cells, YEAR_BEFORE) == {"A01": ("A01", pairs), "A02": ("A01", pairs)}


def test_one_sum_by_itself_does_not_say_which_of_its_terms_is_wrong():
    assert explained({"4|reconsideration|total": 7}, YEAR_BEFORE) == {"A10": ()}


def test_a_sum_that_cannot_be_assessed_excuses_no_cell_and_accuses_none():
    cells = {"3|carried_in|total": 8, "3|carried_in|natural_person": None}
    assert explained(cells, YEAR_BEFORE)["H01"] == ("A01", ["3|carried_in|total"])


@pytest.mark.parametrize("wrong", [1, 5, 40])
def test_many_broken_sums_are_not_explained_by_few_cells(wrong):
    cells = {
        f"3|{row}|other_organization": wrong
        for row in ("granted", "partially_granted", "other_other")
    }
    assert set(explained(cells, YEAR_BEFORE).values()) == {()}
