"""Change one thing in a correct report and exactly the expected rules fire."""

from __future__ import annotations

from datetime import date

import pytest

from expectations.check import check_reports
from tests.expectations.rule_reports import make_report
from transforms.records import DocumentStatus, Extraction, Report

BUSY = {
    "3|new_received|natural_person": 700,
    "3|new_received|commercial_enterprise": 83,
    "3|new_received|total": 783,
    "3|carried_in|natural_person": 7,
    "3|carried_in|total": 7,
    "3|granted|natural_person": 600,
    "3|granted|commercial_enterprise": 83,
    "3|granted|total": 683,
    "3|unavailable_not_held|natural_person": 105,
    "3|unavailable_not_held|total": 105,
    "3|results_total|natural_person": 705,
    "3|results_total|commercial_enterprise": 83,
    "3|results_total|total": 788,
    "3|carried_out|natural_person": 2,
    "3|carried_out|total": 2,
    "4|reconsideration|upheld": 6,
    "4|reconsideration|total": 6,
}
BUSY_2021 = BUSY | {
    "2|normative_documents|made": 3,
    "2|normative_documents|repealed": 1,
    "2|normative_documents|in_force": 20,
    "2|fees|amount": 12.5,
}
BUSY_2019 = BUSY | {
    "2|normative_documents|made": 3,
    "2|normative_documents|published": 2,
    "2|normative_documents|in_force_published": 20,
    "2|penalties|last_year_items": 30,
    "2|penalties|change": -4,
    "2|penalties|decisions": 12,
    "2|procurement|projects": 2,
    "2|procurement|amount": 49.5669,
}


def findings(report: Report) -> list[dict]:
    return check_reports(
        [Extraction("d", "a.txt", "text/plain", 1, None, DocumentStatus.EXTRACTED, None, report)]
    )


def fired(report: Report) -> set[str]:
    return {finding["rule_id"] for finding in findings(report)}


@pytest.mark.parametrize(("form", "cells"), [("2019", BUSY_2019), ("2021", BUSY_2021)])
def test_a_correct_report_breaks_no_rule(form, cells):
    assert fired(make_report(form=form, cells=cells)) == set()


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("3|carried_in|total", 8, {"A01", "A08"}),
        ("3|carried_in|natural_person", 8, {"A02", "A08"}),
        ("3|new_received|commercial_enterprise", 84, {"A03", "A08"}),
        ("3|carried_out|research_institution", 1, {"A04", "A08"}),
        ("3|carried_out|public_welfare_organization", 1, {"A05", "A08"}),
        ("3|carried_out|legal_service_agency", 1, {"A06", "A08"}),
        ("3|carried_out|other_organization", 1, {"A07", "A08"}),
        ("3|granted|total", 684, {"A08", "A09"}),
        ("3|results_total|total", 789, {"A01", "A08", "A09"}),
        ("4|reconsideration|total", 7, {"A10"}),
        ("4|litigation_direct|pending", 1, {"A11"}),
        ("4|litigation_after_reconsideration|other_result", 1, {"A12"}),
        ("2|licences|decisions", -1, {"A13"}),
        ("2|fees|amount", 0.125, set()),
        ("2|normative_documents|in_force", 1, {"A17"}),
        ("3|granted|total", None, {"B01"}),
    ],
)
def test_one_changed_cell_fires_exactly_the_rules_it_breaks_2021(cell, value, expected):
    assert fired(make_report(cells=BUSY_2021 | {cell: value})) == expected


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("3|other|total", 1, {"A08", "A09"}),
        ("2|normative_documents|in_force_published", 1, {"A18"}),
        ("2|normative_documents|published", 4, {"A19"}),
        ("2|penalties|change", -31, {"A20"}),
        ("2|coercive_measures|decisions", 5, {"A21"}),
        ("2|procurement|amount", 0, {"A22"}),
    ],
)
def test_one_changed_cell_fires_exactly_the_rules_it_breaks_2019(cell, value, expected):
    assert fired(make_report(form="2019", cells=BUSY_2019 | {cell: value})) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"report_year": 2020}, {"C01"}),
        ({"sections": (1, 2, 3, 5, 6)}, {"C02"}),
        ({"period_end": date(2021, 12, 3)}, {"D02"}),
        ({"period_start": None, "period_end": None}, set()),
        ({"period_start": None, "period_end": None, "period_text": None}, {"D01"}),
        ({"published_on": date(2021, 12, 31)}, {"D04"}),
        ({"published_on": None}, set()),
        ({"sections": ()}, set()),
    ],
)
def test_what_is_wrong_about_the_whole_report_fires_its_rule_only(change, expected):
    if "report_year" in change:  # another year has other dates
        assert fired(make_report(cells=BUSY_2021, **change)) == expected
    else:
        assert fired(make_report(cells=BUSY_2021, report_year=2021, **change)) == expected


def test_a_broken_identity_is_told_with_labels_and_numbers():
    (finding,) = [
        one
        for one in findings(make_report(cells=BUSY_2021 | {"3|carried_in|total": 8}))
        if one["rule_id"] == "A01"
    ]
    assert finding["message_zh"] == (
        "表3“总计”列不平：一、本年新收政府信息公开申请数量 783 + "
        "二、上年结转政府信息公开申请数量 8，合计791；"
        "三、本年度办理结果 （七）总计 788 + 四、结转下年度继续办理 2，合计790；相差1"
    )
    assert "783" in finding["message_en"]
    assert (finding["observed"], finding["expected"]) == ("791", "790")
    assert finding["cells"] == [
        "3|new_received|total",
        "3|carried_in|total",
        "3|results_total|total",
        "3|carried_out|total",
    ]
    assert finding["severity"] == "critical"


def test_a_finding_points_at_its_first_cell_and_a_period_at_the_period():
    total, period = findings(
        make_report(cells={"4|reconsideration|total": 1}, period_end=date(2021, 12, 3))
    )
    assert total["char_end"] == total["char_start"] + 1
    assert (period["char_start"], period["char_end"]) == (3, 30)
    assert period["observed"] == "2021-01-01/2021-12-03"


def test_the_old_form_for_a_late_year_is_graver_than_the_new_form_for_an_early_one():
    (late,) = findings(make_report(form="2019", report_year=2022))
    (early,) = findings(make_report(form="2021", report_year=2020))
    assert (late["severity"], early["severity"]) == ("critical", "warning")


def test_text_with_quotes_and_nul_does_not_break_out_of_the_sql():
    report = make_report("r'; drop table report_facts; --", period_text="自'1月\0 1日'")
    assert fired(report) == set()


def test_a_file_that_is_no_report_gives_no_finding():
    nothing = Extraction("d", "a", None, 0, None, DocumentStatus.NOT_A_REPORT, None, None)
    assert check_reports([nothing]) == []
