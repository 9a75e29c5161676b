"""Histories met in real reports, with other names and places: what is wrong is found, and where.

Each is read from a text, so that the whole chain from the page to the finding is tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from expectations.check import check_reports
from tests.flows.drafts import report_text
from transforms.extract import extract

GOVERNMENT, TOWN = "清江区人民政府", "青溪县松溪镇人民政府"
PLAIN = "平稳有序。"
DOCUMENTS = "2|normative_documents"


def found(*texts: str) -> list[dict[str, Any]]:
    return check_reports(
        extract(text.encode(), f"{number}.txt") for number, text in enumerate(texts)
    )


def broken(*texts: str) -> Counter[tuple[int, str]]:
    """How often each rule across years is broken, by year."""
    return Counter(
        (one["report_year"], one["rule_id"])
        for one in found(*texts)
        if one["rule_id"].startswith(("H", "I"))
    )


def applications(carried_in: int, received: int, answered: int, carried_out: int) -> dict[str, int]:
    rows = {
        "carried_in": carried_in,
        "new_received": received,
        "granted": answered,
        "results_total": answered,
        "carried_out": carried_out,
    }
    columns = ("natural_person", "total")
    return {f"3|{row}|{column}": rows[row] for row in rows for column in columns}


def documents(made: int, repealed: int, in_force: int) -> dict[str, int]:
    row = {"made": made, "repealed": repealed, "in_force": in_force}
    return {f"{DOCUMENTS}|{column}": number for column, number in row.items()}


def tells(body: str, year: int, said: str, cells: Mapping[str, int]) -> str:
    return report_text(body, year, cells).replace(PLAIN, PLAIN + said, 1)


def old_form(year: int, published: int, in_all: int) -> str:
    cells = {f"{DOCUMENTS}|made": published, f"{DOCUMENTS}|published": published}
    cells[f"{DOCUMENTS}|in_force_published"] = in_all
    return report_text(TOWN, year, cells, form="2019")


# --- what is wrong -------------------------------------------------------------------------------
def test_a_wrong_carry_in_breaks_the_balance_and_the_year_before_and_is_named_alone() -> None:
    chain = {2021: (9, 623, 625, 7), 2022: (8, 783, 788, 2), 2023: (2, 821, 814, 9)}
    texts = (report_text(GOVERNMENT, year, applications(*row)) for year, row in chain.items())
    findings = found(*texts)
    assert {(one["report_year"], one["rule_id"]) for one in findings} == {
        (2022, rule) for rule in ("A01", "A02", "H01", "H02")
    }
    roots = [one for one in findings if one["root_finding_id"] is None]
    assert [one["rule_id"] for one in roots] == ["A01"]
    for one in findings:
        assert set(one["suspect_cells"]) == {
            f"3|carried_in|{c}" for c in ("natural_person", "total")
        }


def test_documents_that_vanish_and_a_total_left_from_the_year_before() -> None:
    regulations = {"2|regulations|made": 2, "2|regulations|in_force": 2}
    before = tells(TOWN, 2022, "全年主动公开政府信息32条。", documents(2, 0, 2) | regulations)
    said = "全年主动公开政府信息32条，其中组织机构类20条，财政信息类39条。"
    now = tells(TOWN, 2023, said, documents(2, 0, 2))
    assert broken(before, now) == {(2023, "H04"): 2, (2023, "H08a"): 1}


def test_published_totals_that_grow_by_far_more_than_was_published() -> None:
    assert broken(old_form(2019, 1, 9), old_form(2020, 2, 31)) == {(2020, "H06a"): 1}


# --- what is not ---------------------------------------------------------------------------------
def test_a_first_year_has_nothing_before_it() -> None:
    assert broken(report_text(GOVERNMENT, 2022, applications(8, 783, 788, 3))) == {}


def test_a_year_between_that_is_not_there_breaks_no_chain() -> None:
    early = report_text(GOVERNMENT, 2021, applications(0, 5, 2, 3) | documents(3, 0, 9))
    late = report_text(GOVERNMENT, 2023, applications(1, 5, 6, 0) | documents(0, 0, 4))
    assert broken(early, late) == {}


def test_the_new_form_counts_documents_in_force_otherwise_than_the_old() -> None:
    assert broken(old_form(2020, 2, 31), report_text(TOWN, 2021, documents(1, 0, 5))) == {}


def test_two_bodies_of_one_name_have_no_common_history() -> None:
    name = "鼓楼区民政局"  # several cities have this district
    early = report_text(name, 2022, applications(0, 5, 2, 3))
    late = report_text(name, 2023, applications(0, 1, 1, 0))
    assert broken(early, late) == {}


def test_a_department_does_not_go_on_where_its_office_stopped() -> None:
    early = report_text(GOVERNMENT + "办公室", 2022, applications(0, 5, 2, 3))
    late = report_text(GOVERNMENT, 2023, applications(0, 1, 1, 0))
    assert broken(early, late) == {}


def test_documents_that_expired_are_a_difference_and_no_certain_fault() -> None:
    before = report_text(TOWN, 2022, documents(0, 0, 6))
    now = tells(TOWN, 2023, "3件规范性文件有效期届满，宣布失效。", documents(0, 0, 3))
    severities = [one["severity"] for one in found(before, now) if one["rule_id"] == "H04"]
    assert severities == ["warning"]


def test_the_same_total_of_two_years_with_parts_that_add_up_is_chance() -> None:
    before = tells(
        TOWN, 2022, "全年主动公开政府信息64条，其中政务微信公众号发布40条，网站公开24条。", {}
    )
    now = tells(
        TOWN, 2023, "全年主动公开政府信息64条，其中政务微信公众号发布30条，网站公开34条。", {}
    )
    assert broken(before, now) == {}
