"""Rosters say who should file; who has not by the day is listed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import make_report
from tests.warehouse.conftest import commit_of
from warehouse import lock, publish, query, write
from warehouse.errors import HomeError
from warehouse.home import Home
from warehouse.tables import tables

DAY = date(2024, 6, 1)
WAIVER = """
- {rule: I06, body: 青溪县水利局, year: 2023, reason: 并入农业农村局, who: 王某, until: 2024-12-31}
"""
HEAD = "body,kind,division\n"
NAMED = (
    HEAD
    + "青溪县民政局,department,\n青溪县水利局,县级政府部门,\n青溪县人民政府,county_government,\n"
)


def not_filed(home: Home, roster: str, as_of: date, *filed: tuple[str, int]) -> list[tuple]:
    (home.rosters / "青溪县.csv").write_text(roster, encoding="utf-8")
    extractions = [make_report(body=body, year=year) for body, year in filed]
    with lock.writer(home, timeout=5):
        written = write.write_chunk(home, "b", extractions)
        publish.publish(home, commit_of("b", written).model_copy(update={"as_of": as_of}))
    found = query.run(home, "select body_name, report_year, due_on from not_filed order by all")
    return [tuple(row.values()) for row in found.to_pylist()]


def test_each_kind_of_body_is_late_after_its_own_day(home: Home) -> None:
    filed = ("青溪县民政局", 2023)
    water = ("青溪县水利局", 2023, date(2024, 1, 31))
    county = ("青溪县人民政府", 2023, date(2024, 3, 31))
    assert not_filed(home, NAMED, date(2024, 1, 31), filed) == []
    assert not_filed(home, NAMED, date(2024, 2, 1), filed) == [water]
    assert not_filed(home, NAMED, date(2024, 4, 1), filed) == [county, water]


def test_years_for_which_nobody_filed_are_not_asked_for(home: Home) -> None:
    found = not_filed(home, NAMED, date(2025, 3, 1), ("青溪县民政局", 2022))
    assert {year for _, year, _ in found} == {2022}
    assert not_filed(home, NAMED, date(2025, 3, 1)) == []


def test_a_name_cut_short_is_the_same_body(home: Home) -> None:
    filed = [("青溪县政府", 2023), ("青溪县水利局", 2023), ("青溪县民政局", 2023)]
    assert not_filed(home, NAMED, date(2024, 6, 1), *filed) == []


def test_a_body_is_asked_for_only_while_it_is_there(home: Home) -> None:
    roster = (
        "body,kind,division,from,until\n青溪县民政局,department,,,\n青溪县旧局,department,,,2021\n"
    )
    assert not_filed(home, roster, date(2024, 6, 1), ("青溪县民政局", 2023)) == []


def test_the_register_gives_the_townships_of_a_county(home: Home) -> None:
    roster = NAMED + "*,township_government,640422\n"
    found = not_filed(home, roster, date(2024, 2, 1), ("青溪县民政局", 2023))
    assert ("宁夏回族自治区固原市西吉县硝河乡", 2023, date(2024, 1, 31)) in found
    assert len(found) == 20  # nineteen townships, and the department that is named


def broken(home: Home) -> list[tuple]:
    found = query.run(home, "select report_year, rule_id, severity from not_filed order by all")
    return [tuple(row.values()) for row in found.to_pylist()]


def test_a_report_that_is_not_there_breaks_one_rule_a_gap_before_its_day(home: Home) -> None:
    filed = [("青溪县民政局", year) for year in (2021, 2022, 2023)]
    filed += [("青溪县水利局", year) for year in (2021, 2023)]
    not_filed(home, NAMED.replace("青溪县人民政府,county_government,\n", ""), DAY, *filed)
    assert broken(home) == [(2022, "H10", "critical")]
    said = query.run(home, "select message_en from not_filed").to_pylist()
    assert said == [
        {
            "message_en": "青溪县水利局: there are reports for 2021 and 2023; "
            "that for 2022 was due by 2023-01-31 and is not there on 2024-06-01"
        }
    ]


def test_a_rule_that_the_latest_batch_switched_off_names_nothing(home: Home) -> None:
    filed = [("青溪县民政局", 2023)]
    not_filed(home, NAMED, DAY, *filed)
    assert {rule for _, rule, _ in broken(home)} == {"I06"}
    with lock.writer(home, timeout=5):
        other = {"rule_id": "A01", "batch_id": "c", "severity": "info"}
        names = [column.name for column in tables()["rules"].columns]
        row = {name: other.get(name, "x") for name in names} | {"forms": []}
        later = commit_of("c", write.write_table(home, "c", "rules", [row]))
        publish.publish(home, later.model_copy(update={"as_of": DAY}))
    assert broken(home) == []


def test_a_report_that_will_not_come_can_be_waived(home: Home) -> None:
    (home.waivers / "2024.yaml").write_text(WAIVER, encoding="utf-8")
    not_filed(home, NAMED, DAY, ("青溪县民政局", 2023), ("青溪县人民政府", 2023))
    found = query.run(home, "select waiver, waiver_who from not_filed").to_pylist()
    assert found == [{"waiver": "in_force", "waiver_who": "王某"}]
    assert query.run(home, "select state from waivers").to_pylist() == [{"state": "in_force"}]


@pytest.mark.parametrize(
    ("roster", "said"),
    [
        ("name,kind\n", "青溪县.csv:1: the heading should be"),
        (HEAD + "甲,ministry of magic,\n", "青溪县.csv:2: kind"),
        (HEAD + "甲,department\n", "青溪县.csv:2: has not 3 values"),
        (HEAD + "甲,department,\n甲,department,\n", "青溪县.csv:3: 甲 is in line 2 too"),
        (HEAD + "*,department,640422\n", "needs a kind"),
        ("body,kind,division,into\n甲,department,,乙\n", "into needs the last year"),
        (HEAD + "甲,department,西吉\n", "no code"),
    ],
)
def test_a_wrong_roster_is_refused_with_file_and_line(home: Home, roster, said) -> None:
    with pytest.raises(HomeError, match=said):
        not_filed(home, roster, date(2024, 2, 1))
