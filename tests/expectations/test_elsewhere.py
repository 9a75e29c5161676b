"""Texts of other counties are found by stored keys, in whatever order the batches come."""

from __future__ import annotations

import pytest

from tests.flows.drafts import BALANCED, report_text
from tests.flows.test_late_batches import LONG, PLAIN, ask, run
from transforms.likeness import thresholds
from warehouse.home import Home

NO_CARRY = dict.fromkeys(BALANCED, 0)
HERE, THERE = "青溪县民政局", "白石县民政局"
FOUND = (
    "select body_name, observed from findings join reports using (report_id) "
    "where rule_id = 'I09' order by all"
)


def says(body: str, own: str) -> str:
    return report_text(body, 2023, NO_CARRY).replace(PLAIN, PLAIN + own, 1)


def own(number: int) -> str:
    """A text that no other number has."""
    topics = ("社会救助", "养老服务", "河道管理", "饮水安全", "殡葬改革", "农田灌溉", "校车运行")
    return "".join(
        f"围绕{topic}和{topics[(place * number + 3) % 7]}走访{'甲乙丙丁戊己庚辛'[number]}片群众，"
        f"把{topics[(place + number) % 7]}台账交{'子丑寅卯辰巳午未'[number]}组复核后再上墙。"
        for place, topic in enumerate(topics)
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    folder = tmp_path_factory.mktemp("work")
    home = Home(folder / "home").prepare()
    said = {}
    text = LONG * 2
    run(home, folder, "here", 1, here=says(HERE, text), other=says("青溪县水利局", own(1)))
    said["alone"] = ask(home, FOUND)
    run(home, folder, "there", 2, there=says(THERE, text), other=says("白石县水利局", own(2)))
    said["both"] = ask(home, FOUND)
    said["keys"] = ask(home, "select count(*), min(len(bands)) from stored.signatures")
    more = {
        f"more{n}": says(f"{name}民政局", text)
        for n, name in enumerate(("黑水县", "红河县", "绿野县"))
    }
    run(home, folder, "more", 3, **more)
    said["many"] = ask(home, FOUND)
    return said


def test_a_report_alone_repeats_nobody(told):
    assert told["alone"] == []


def test_a_later_batch_of_another_county_is_found_and_so_is_the_report_it_repeats(told):
    assert told["both"] == [(THERE, "100 %"), (HERE, "100 %")]


def test_keys_are_stored_for_what_is_long_enough(told):
    count, bands = told["keys"][0]
    assert count == 4
    assert bands == 16


def test_what_many_counties_share_is_a_template_and_clears_those_found_before(told):
    assert thresholds().elsewhere.template_counties == 5
    assert told["many"] == []
