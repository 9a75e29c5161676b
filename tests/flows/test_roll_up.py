"""A county's report that says that it sums up, against the bodies on its roster, by the steps."""

from __future__ import annotations

from pathlib import Path

from tests.flows.drafts import report_text
from tests.flows.test_late_batches import ask, run
from warehouse.home import Home

COUNTY, OFFICE, CIVIL = "西吉县人民政府", "西吉县人民政府办公室", "西吉县民政局"
ROSTER = f"""body,kind,division
{COUNTY},county_government,640422
{OFFICE},government_office,640422
{CIVIL},department,640422
"""
SAYS = "本报告由西吉县人民政府办公室汇总各乡镇人民政府、县政府各部门年度报告编制。"


def report_of(body: str, number: int) -> str:
    rows = ("new_received", "granted", "results_total")
    columns = ("natural_person", "total")
    cells = {f"3|{row}|{column}": number for row in rows for column in columns}
    return report_text(body, 2023, cells)


def test_a_whole_is_compared_with_the_bodies_on_its_roster(tmp_path: Path) -> None:
    home = Home(tmp_path / "home").prepare()
    (home.rosters / "西吉县.csv").write_text(ROSTER, encoding="utf-8")
    county = report_of(COUNTY, 3).replace("本报告所列", SAYS + "本报告所列", 1)
    texts = {"office": report_of(OFFICE, 2), "civil": report_of(CIVIL, 4)}
    run(home, tmp_path, "b", 1, county=county, **texts)
    found = ask(
        home,
        "select rule_id, body_name, observed, expected from findings "
        "join reports using (report_id) where rule_id in ('I01', 'I02') order by all",
    )
    assert found == [("I01", COUNTY, "3", "6"), ("I02", COUNTY, "3", ">= 4")]
