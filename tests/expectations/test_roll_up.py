"""What a government sums up is judged only where it is certain whose numbers it sums up."""

from __future__ import annotations

import pytest

from expectations.compile import compiled_rules
from expectations.scopes import prepare, relation
from tests.expectations.rule_reports import example_reports, insert_beside, open_facts
from transforms.statute.rule_base import Example, ExampleMember
from transforms.statute.rules import rules

CELL = "3|new_received|natural_person"


def state(rule_id: str, whole: int, *members: tuple[str, int | None], says: bool = True) -> str:
    """What a rule says of a county with these members; None for one that has not filed."""
    example = Example(
        report_year=2020,
        body_level="county_government",
        marks={"sums_up": "汇总"} if says else {},
        cells={CELL: whole},
        members=tuple(
            ExampleMember(kind=kind, cells={CELL: number or 0}, filed=number is not None)
            for kind, number in members
        ),
    )
    with open_facts(example_reports(rules()[rule_id], example)) as connection:
        insert_beside(connection, example)
        prepare(connection, "draft")
        said = connection.execute(
            f"select {compiled_rules()[rule_id].state} from {relation('bodies')} "
            "where report_id = 'r'"
        ).fetchone()
    assert said is not None
    return str(said[0])


@pytest.mark.parametrize(("whole", "said"), [(4, "satisfied"), (5, "violated"), (6, "satisfied")])
def test_the_own_office_may_be_part_of_the_whole_or_not(whole: int, said: str) -> None:
    assert state("I01", whole, ("government_office", 2), ("county_department", 4)) == said


def test_without_the_own_office_more_than_the_members_may_be_its_own() -> None:
    assert state("I01", 9, ("county_department", 4)) == "not_assessable"


def test_vertically_led_bodies_are_no_members() -> None:
    assert state("I02", 4, ("county_department", 4), ("vertical_department", 9)) == "satisfied"


def test_known_members_are_a_lower_bound_also_where_some_have_not_filed() -> None:
    assert state("I02", 3, ("county_department", 4), ("county_department", None)) == "violated"


def test_beside_another_government_nothing_is_certain() -> None:
    beside = ("county_government", 0)
    assert state("I02", 3, ("county_department", 4), beside) == "not_assessable"


def test_a_report_that_does_not_say_that_it_sums_up_is_not_judged() -> None:
    assert state("I02", 3, ("county_department", 4), says=False) == "not_assessable"
