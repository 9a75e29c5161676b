"""Batches one after another through the steps, without Prefect: how reports bear on one another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from flows import steps
from tests.flows.drafts import BALANCED, report_text
from warehouse import lock
from warehouse.home import Home

OPEN = {  # two applications come in, one is answered and one goes on
    **BALANCED,
    "3|new_received|natural_person": 2,
    "3|new_received|total": 2,
    "3|carried_out|natural_person": 1,
    "3|carried_out|total": 1,
}
NO_CARRY = dict.fromkeys(BALANCED, 0)
BODY = "青溪县民政局"
PLAIN = "平稳有序。"
NUMBERS = "全年主动公开政府信息132条，其中政务微信公众号发布85条，网站公开47条。"
LONG = "".join(
    f"我局围绕{topic}梳理公开事项并更新目录，{topic}信息经三级审核后在网站专栏发布。"
    for topic in ("社会救助", "养老服务", "河道管理", "饮水安全", "殡葬改革")
)


def run(
    home: Home, folder: Path, batch: str, day: int, as_of: date | None = None, **texts: str
) -> None:
    """A batch of reports; `day` makes its time."""
    inputs = folder / batch
    inputs.mkdir(exist_ok=True)
    for name, text in texts.items():
        (inputs / f"{name}.txt").write_text(text, encoding="utf-8")
    at = datetime(2024, 3, day, tzinfo=UTC)
    with lock.writer(home, timeout=5):
        manifest = steps.ingest(home, [inputs], batch)
        written = [steps.transform(home, batch, chunk) for chunk in steps.chunks(manifest)]
        draft = steps.compare(home, steps.draft(home, manifest, [inputs], written, as_of=as_of))
        checked = steps.validate(home, draft, steps.load(home, draft))
        steps.publish(home, checked, at, at)


def ask(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def carry_over(home: Home) -> list[tuple]:
    return ask(
        home,
        "select batch_id, checked_by, report_year, observed, expected from findings "
        "where rule_id = 'H01' order by all",
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    """What H01 says after each of the batches."""
    folder = tmp_path_factory.mktemp("work")
    home = Home(folder / "home").prepare()
    said = {}
    twins = {
        name: report_text(body, 2023, NO_CARRY).replace(
            PLAIN, PLAIN + LONG.replace("我局", body) + NUMBERS, 1
        )
        for name, body in {"of2023": BODY, "twin": "青溪县水利局"}.items()
    }
    run(home, folder, "first", 1, **twins)
    said["repeated"] = ask(
        home, "select rule_id, observed from findings where scope = 'bodies' order by report_id"
    )
    said["first"] = carry_over(home)
    said["first results"] = ask(
        home, "select assessed, not_assessable from rule_results where rule_id = 'H01'"
    )
    late = report_text(BODY, 2022, OPEN).replace(PLAIN, PLAIN + NUMBERS, 1)
    run(home, folder, "late", 2, of2022=late)
    said["late"] = carry_over(home)
    said["late numbers"] = ask(
        home, "select batch_id, checked_by from findings where rule_id = 'H08'"
    )
    before = home.database.read_bytes()
    run(home, folder, "late", 9, of2022=late)
    said["same again"] = [(before == home.database.read_bytes(),)]
    closed = report_text(BODY, 2022, BALANCED).replace("2023年1月20日", "2023年6月1日")
    run(home, folder, "filed-again", 3, again=closed)
    said["filed again"] = carry_over(home)
    said["changed"] = ask(home, "select batch_id, rule_id from findings where rule_id = 'H11'")
    return said


def test_without_a_report_of_the_year_before_carry_over_cannot_be_assessed(told):
    assert told["first"] == []
    assert told["first results"] == [(0, 2)]


def test_two_bodies_of_a_county_with_the_same_text_are_found_both(told):
    assert told["repeated"] == [("I04", "100 %"), ("I04", "100 %")]


def test_a_late_report_reveals_a_finding_in_the_report_of_the_next_year(told):
    assert told["late"] == [("first", "late", 2023, "0", "1")]


def test_running_the_late_batch_again_leaves_the_same_bytes(told):
    assert told["same again"] == [(True,)]


def test_a_report_that_is_filed_again_cures_the_finding_of_its_neighbour(told):
    assert told["filed again"] == []


def test_a_late_report_shows_that_the_next_year_has_its_numbers(told):
    assert told["late numbers"] == [("first", "late")]


def test_a_report_that_is_filed_again_with_other_numbers_is_named_itself(told):
    assert told["changed"] == [("filed-again", "H11")]
