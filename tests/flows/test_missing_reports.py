"""Reports that are not there, from rosters through the steps: counted, listed, cured when late."""

from __future__ import annotations

from datetime import date

import pytest

from flows import steps
from tests.flows.drafts import BALANCED, report_text
from tests.flows.test_late_batches import ask, run
from warehouse.home import Home

CIVIL, WATER = "青溪县民政局", "青溪县水利局"
ROSTER = f"body,kind,division\n{CIVIL},department,\n{WATER},department,\n"
DAY = date(2024, 6, 1)
GAP = [(WATER, 2022, "H10", "critical")]


def filed(body: str, year: int) -> str:
    return report_text(body, year, dict.fromkeys(BALANCED, 0))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What is said after each of the batches."""
    folder = tmp_path_factory.mktemp("work")
    home = Home(folder / "home").prepare()
    (home.rosters / "青溪县.csv").write_text(ROSTER, encoding="utf-8")
    missing = "select body_name, report_year, rule_id, severity from not_filed order by all"
    counts = (
        "select rule_id, assessed, violated, not_assessable from rule_results "
        "where rule_id in ('H10', 'I06') and batch_id = '{}' order by rule_id"
    )
    said: dict[str, object] = {}
    early = {f"civil{year}": filed(CIVIL, year) for year in (2021, 2022)}
    run(home, folder, "early", 1, DAY, **early, water=filed(WATER, 2021))
    said["early"] = ask(home, missing), ask(home, counts.format("early"))
    later = {"civil": filed(CIVIL, 2023), "water": filed(WATER, 2023)}
    run(home, folder, "later", 2, DAY, **later)
    said["later"] = ask(home, missing), ask(home, counts.format("later"))
    said["findings"] = ask(home, "select count(*) from findings where report_id is null")
    steps.report(home, "later")
    said["page"] = (home.reports("later") / "index.html").read_text(encoding="utf-8")
    run(home, folder, "late", 3, DAY, water=filed(WATER, 2022))
    said["late"] = ask(home, missing), ask(home, counts.format("late"))
    return said


def test_a_body_of_a_roster_that_has_not_filed_counts_under_the_rule(told):
    assert told["early"] == (
        [(WATER, 2022, "I06", "critical")],
        [("H10", 0, 0, 0), ("I06", 4, 1, 0)],
    )


def test_a_later_batch_shows_that_a_year_between_is_missing(told):
    missing, counts = told["later"]
    assert missing == GAP
    assert counts == [("H10", 2, 1, 0), ("I06", 4, 1, 0)]
    assert told["findings"] == [(0,)]


def test_the_page_says_which_report_is_not_there(told):
    assert f"{WATER}：2021、2023年度报告均有，2022年度报告应于2023-01-31前公布" in told["page"]


def test_a_late_report_cures_it(told):
    missing, counts = told["late"]
    assert missing == []
    assert counts == [("H10", 2, 0, 0), ("I06", 2, 0, 0)]
