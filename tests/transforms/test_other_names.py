"""Names of other places and offices are marked where they cannot be lawful, and only there."""

from __future__ import annotations

import pytest

from transforms.divisions import is_place
from transforms.document import Document
from transforms.marks import read_marks
from transforms.outline import find_sections
from transforms.records import Identity

FINANCE = Identity(body_name="灵武市财政局", body_level="county_department", division_code="640181")
TOWN = Identity(
    body_name="灵武市郝家桥镇人民政府",
    body_level="township_government",
    division_code="640181101",
)
KINDS = {"site", "acts", "published", "other"}


def marks_of(identity: Identity, sentence: str, head: str = "") -> set[str]:
    lines = (f"{identity.body_name}年度报告", head, "一、总体情况", sentence)
    text = "\n".join((*lines, "二、主动公开政府信息情况", "无"))
    document = Document("d", "text/plain", "utf-8", text, ())
    found = read_marks(document, find_sections(document), identity)
    return {
        mark.mark
        for mark in found
        if mark.mark.partition("_")[0] in KINDS and mark.mark != "other_page_title"
    }


def test_names_of_places_from_the_higher_to_the_lower_are_a_place():
    assert is_place("应城市")
    assert is_place("湖北省应城市")
    assert not is_place("应城市政府")
    assert not is_place("")


@pytest.mark.parametrize(
    ("sentence", "mark"),
    [
        ("依托应城市人民政府门户网站公开信息。", "site_of_other_province"),
        ("充分发挥湖北省应城市政府网站作用。", "site_of_other_province"),
        ("2022年，应城市财政局认真贯彻落实政府信息公开条例。", "acts_of_other_province"),
        ("（一）通过海原县人民政府网站公开信息。", "site_of_other_prefecture"),
        ("2022年，市民政局严格按照《条例》要求做好工作。", "other_office_acts"),
        ("灵武市审计局高度重视政府信息公开工作。", "other_office_acts"),
    ],
)
def test_a_name_left_from_another_report_is_marked(sentence: str, mark: str):
    assert marks_of(FINANCE, sentence) == {mark}


@pytest.mark.parametrize(
    "sentence",
    [
        "依托灵武市人民政府门户网站公开信息。",
        "依托银川市人民政府网站公开信息。",
        "通过宁夏回族自治区人民政府网站公开信息。",
        "通过永宁县人民政府网站公开信息。",  # of the same prefecture
        "学习借鉴应城市经验，通过应城市人民政府网站了解做法。",
        "市财政局严格按照《条例》要求做好工作。",
        "灵武市财政局高度重视政府信息公开工作。",
        "会同市民政局高度重视政府信息公开工作。",
        "自治区民政厅高度重视政府信息公开工作。",
        "银川市民政局、审计局高度重视政府信息公开工作。",
        "市民政局严格按照预算管理资金。",  # not on disclosure
        "各乡镇高度重视政务公开工作。",
        "市卫生健康局、市民政局严格按照《条例》要求公开。",
        "依托政府网络平台公开信息。",
    ],
)
def test_a_lawful_name_is_not_marked(sentence: str):
    assert marks_of(FINANCE, sentence) == set()


def test_an_office_that_joined_two_is_no_other():
    both = Identity(
        body_name="灵武市财政审计局", body_level="county_department", division_code="640181"
    )
    assert marks_of(both, "市审计局高度重视政府信息公开工作。") == set()


def test_another_township_of_the_county_that_acts_is_marked():
    assert marks_of(TOWN, "崇兴镇严格按照《条例》公开信息。") == {"other_office_acts"}
    assert marks_of(TOWN, "郝家桥镇严格按照《条例》公开信息。") == set()
    assert marks_of(TOWN, "郝家桥乡严格按照《条例》公开信息。") == set()
    assert marks_of(TOWN, "市财政局严格按照《条例》公开信息。") == set()  # above the township


@pytest.mark.parametrize(
    ("publisher", "marks"),
    [
        ("应城市财政局", {"published_of_other_province"}),
        ("海原县财政局", {"published_of_other_prefecture"}),
        ("灵武市民政局", {"published_by_other_office"}),
        ("灵武市财政局", set()),
        ("市财政局", set()),
        ("灵武市人民政府", set()),
        ("灵武市人民政府办公室", set()),
        ("银川市民政局", set()),
        ("灵武市政务服务局", set()),
        ("灵武市融媒体中心", set()),
        ("城区财政局", set()),
    ],
)
def test_who_publishes_is_marked_where_it_is_another_body(publisher: str, marks: set[str]):
    assert marks_of(FINANCE, "公开信息。", f"发布机构：{publisher}") - {"publisher_named"} == marks


def test_the_introduction_is_looked_at_too_and_what_stands_before_who_acts():
    head = "根据《条例》规定，为进一步完善政务公开工作，市民政局严格按照统一部署做好公开。"
    assert marks_of(FINANCE, "公开信息。", head) == {"other_office_acts"}
    joint = "根据市民政局要求，市审计局严格按照统一部署做好信息公开。"
    assert marks_of(FINANCE, "公开信息。", joint) == set()


def test_a_place_that_may_be_one_of_several_is_lawful_if_one_of_them_is_near():
    identity = Identity(
        body_name="朝阳区民政局",
        body_level="county_department",
        division_candidates=("110105", "220104"),
    )
    assert marks_of(identity, "依托朝阳区人民政府网站公开信息。") == set()
    assert marks_of(identity, "依托应城市人民政府网站公开信息。") == {"site_of_other_province"}


def test_a_township_that_only_has_the_name_of_one_in_the_register_is_not_taken_for_it():
    town = Identity(
        body_name="郝家桥镇", body_level="township_government", division_code="640181101"
    )
    assert marks_of(town, "依托应城市人民政府网站公开信息。") == set()
    assert marks_of(town, "依托应城市人民政府网站公开信息。灵武市统一部署。") == {
        "site_of_other_province"
    }


def test_a_prefecture_that_begins_as_a_province_is_not_that_province():
    identity = Identity(
        body_name="共和县财政局", body_level="county_department", division_code="632521"
    )
    assert marks_of(identity, "海南州财政局高度重视政府信息公开工作。") == set()
    assert marks_of(identity, "公开。", "发布机构：海南州人民政府") == set()


def test_a_prefecture_that_runs_a_zone_in_another_is_near():
    identity = Identity(
        body_name="咸阳市秦都区沣东街道办事处",
        body_level="subdistrict_office",
        division_code="610402",
    )
    assert marks_of(identity, "依托西安市人民政府网站公开信息。") == set()


def test_nothing_is_marked_where_the_bodys_own_place_is_not_known():
    nowhere = Identity(body_name="岚阳县财政局", body_level="county_department")
    assert marks_of(nowhere, "依托应城市人民政府网站公开信息。", "发布机构：应城市财政局") == set()
