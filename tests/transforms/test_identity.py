from datetime import date

import pytest

from tests.transforms.documents import document, report
from transforms.identity import read_identity
from transforms.messages import problems
from transforms.nature import why_not_a_report
from transforms.outline import find_sections
from transforms.records import Identity


def identity(text: str, **metadata: str) -> Identity:
    read = document(text, **metadata)
    return read_identity(read, find_sections(read))


def reason(text: str) -> str | None:
    read = document(text)
    sections = find_sections(read)
    problem = why_not_a_report(read, sections, read_identity(read, sections))
    return dict(problem.details)["why"] if problem else None


NOUN = "政府信息公开工作年度报告"
TITLE = f"石泉县水利局2023年{NOUN}"


@pytest.mark.parametrize(
    ("head", "title", "body"),
    [
        (TITLE, TITLE, "石泉县水利局"),
        (f"# **石泉县水利局** 2023 年 {NOUN}", TITLE, "石泉县水利局"),
        ("石泉县水利局2023年政府\n信息公开工作年度报告", TITLE, "石泉县水利局"),
        (f"石泉县水利局\n2023年{NOUN}", TITLE, "石泉县水利局"),
        (f"石泉县\n水利局\n2023年{NOUN}", None, "石泉县水利局"),
        (f"2023年石泉县水利局{NOUN}", f"2023年石泉县水利局{NOUN}", "石泉县水利局"),
        (f"2023年度两河镇{NOUN}", f"2023年度两河镇{NOUN}", "两河镇"),
        ("石泉县两河镇人民政府信息公开年度报告（2023年）", None, "石泉县两河镇人民政府"),
        ("石泉县水利局二〇二三年信息公开年度报告", None, "石泉县水利局"),
        ("石泉县水利局关于2023年度政府信息公开工作的年度报告", None, "石泉县水利局"),
        ("石泉县水利局2023年政府信息公开 工作告年度报", None, "石泉县水利局"),
        ("县政府办2023年度政府信息公开工作报告", None, "县政府办"),
        (f"当前位置：首页 > 年报 > {TITLE}", TITLE, "石泉县水利局"),
        (f"标题：{TITLE}", TITLE, "石泉县水利局"),
        (f"{TITLE}\n{TITLE}", TITLE, "石泉县水利局"),
        (f"标 题 | 两河镇2023年总结 |\n现发布《石泉县两河镇2023年{NOUN}》。", None, "石泉县两河镇"),
        ("现将两河镇2023年度政府信息公开工作报告如下:", None, "两河镇"),
    ],
)
def test_title_body_and_year_are_read_from_every_shape_of_title(head, title, body):
    found = identity(report(head))
    assert (found.body_name, found.report_year) == (body, 2023)
    assert title is None or found.title == title


def test_a_title_in_the_metadata_counts_when_the_page_shows_none():
    found = identity(report("首页"), title=f"石泉县水利局2023年{NOUN} - 石泉县人民政府")
    assert found.body_name == "石泉县水利局"


def test_without_a_title_the_publisher_is_the_body_when_the_report_speaks_as_one():
    head = "发布机构：石泉县教育局 发布时间: 2024-01-22 10:52"
    assert identity(report(head)).body_name == "石泉县教育局"
    assert identity(report(head, first="2023年，我镇公开信息。我镇再接再厉。")).body_name is None


def test_without_a_title_the_signature_is_the_body():
    found = identity(report("") + "\n石泉县教育局\n2024年1月17日")
    assert (found.body_name, found.published_on) == ("石泉县教育局", date(2024, 1, 17))


def test_a_doubled_character_goes_when_another_mention_shows_it():
    head = "发布机构 | 石泉县两河镇 |\n石泉县两河镇镇人民政府2023年政府信息公开工作年度报告"
    assert identity(report(head)).body_name == "石泉县两河镇人民政府"
    alone = f"石泉县两河镇镇人民政府2023年{NOUN}"
    assert identity(report(alone)).body_name == "石泉县两河镇镇人民政府"


def test_the_title_wins_over_a_period_of_another_year():
    head = f"石泉县水利局2023年{NOUN}\n统计期限为2022年1月1日至2022年12月31日。"
    assert identity(report(head)).report_year == 2023


def test_a_title_that_period_and_narrative_contradict_leaves_the_year_open():
    head = f"石泉县水利局2022年{NOUN}\n统计期限为2023年1月1日至2023年12月31日。"
    assert identity(report(head)).report_year is None


def test_without_title_and_period_most_mentions_decide_unless_the_publication_contradicts():
    assert identity(report("发布日期：2024-01-12")).report_year == 2023
    assert identity(report("发布日期：2022-01-12")).report_year is None


def test_the_period_has_its_place_in_the_source():
    text = report("统计期限自 2023 年1月1日起至12月31日止。")
    found = identity(text)
    assert found.period_text == text[found.period_char_start : found.period_char_end]
    assert found.period_text == "2023 年1月1日起至12月31日"


def test_the_document_number_comes_from_its_label_only():
    head = "文 号 | 石水发〔2024〕3号 |\n根据国办公开办函〔2021〕30号编制。"
    assert identity(report(head)).document_number == "石水发〔2024〕3号"
    assert identity(report("根据国办公开办函〔2021〕30号编制。")).document_number is None


def test_kind_and_division_follow_from_the_name():
    found = identity(report(f"石泉县水利局2023年{NOUN}"))
    assert found.body_level == "county_department"
    assert (found.division_code, found.division_path) == ("610922", "陕西省/安康市/石泉县")


def test_a_township_that_the_division_data_do_not_have_gets_no_county_code():
    found = identity(report(f"石泉县无此镇人民政府2023年{NOUN}"))
    assert (found.body_level, found.division_code) == ("township_government", None)


def test_a_place_name_that_several_divisions_bear_keeps_them_as_candidates():
    found = identity(report(f"文昌镇人民政府2023年{NOUN}"))
    assert (found.division_code, found.division_path) == (None, None)
    assert "640502101" in found.division_candidates


@pytest.mark.parametrize(
    "text",
    [
        f"沙坡头区人民政府\n文昌镇人民政府2023年{NOUN}\n" + report(""),
        f"发布机构 | 沙坡头区文昌镇 | 发文时间 |\n文昌镇人民政府2023年{NOUN}\n" + report(""),
        report(f"文昌镇人民政府2023年{NOUN}") + "\n主办单位：中卫市沙坡头区人民政府",
    ],
)
def test_the_county_in_site_line_index_block_or_footer_decides(text):
    assert identity(text).division_code == "640502101"
    assert identity(text).division_candidates == ()


def test_a_county_in_running_text_decides_nothing():
    head = f"文昌镇人民政府2023年{NOUN}\n根据沙坡头区人民政府办公室通知，我镇编制本报告。"
    assert identity(report(head)).division_code is None
    body = report(f"文昌镇人民政府2023年{NOUN}", first="我镇与沙坡头区柔远镇交流经验，公开信息。")
    assert identity(body).division_code is None


SITE = f"石泉县人民政府\n2023年{NOUN}"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"发布机构：石泉县水利局\n{SITE}", "石泉县水利局"),
        (f"{SITE}\n现发布《石泉县水利局2023年{NOUN}》。", "石泉县水利局"),
        (f"{SITE}\n如有疑问请与石泉县水利局办公室联系。", "石泉县水利局"),
        (f"发布机构：石泉县人民政府办公室\n{SITE}", "石泉县人民政府"),
        (SITE, "石泉县人民政府"),
    ],
)
def test_a_site_line_above_the_title_gives_way_to_the_body_named_elsewhere(head, body):
    assert identity(report(head)).body_name == body


def test_a_department_that_publishes_its_government_s_report_is_not_its_body():
    head = f"发布机构：石泉县数据局\n{SITE}"
    assert identity(report(head, first="2023年，我县公开信息。全县再接再厉。")).body_name == (
        "石泉县人民政府"
    )


def test_a_document_that_says_nothing_has_no_identity():
    assert identity("") == Identity()


NOTICE = f"某市政府办公室\n关于做好2023年{NOUN}\n编制和发布工作的通知\n"
FORM = f"中华人民共和国{NOUN}格式\n"
LIST = "\n".join(f"{county}县教育局2023年{NOUN}" for county in "甲乙丙丁")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (NOTICE + report(""), "@why_notice"),
        (report(f"××局20××年{NOUN}", first="公开信息  条。"), "@why_blank_form"),
        (LIST, "@why_catalogue"),
        (TITLE + "\n附件下载：报告.pdf", "@why_attachment_only"),
        (TITLE, "@why_no_content"),
        ("2023年政务公开工作要点\n一是加强公开。", "@why_plan"),
        (FORM + report("", first="（概述）"), "@why_rule"),
        ("网站维护中", "@why_other_page"),
        ("", "@why_other_page"),
    ],
)
def test_what_is_no_report_says_why(text, why):
    assert reason(text) == why
    for language in ("zh", "en"):
        assert "why_" not in problems().text("not_a_report", language, why=why)


@pytest.mark.parametrize(
    "text",
    [
        report(TITLE),
        report(""),
        report(
            "标题 | 两河镇2023年工作计划 |\n现发布《石泉县两河镇2023年政府信息公开工作年度报告》。"
        ),
        TITLE + "\n" + "我局认真贯彻条例，依法公开政府信息。" * 20,
    ],
)
def test_a_report_without_title_tables_or_headings_is_a_report(text):
    assert reason(text) is None


def test_a_day_before_the_year_ends_is_not_the_report_s_publication():
    head = f"发布日期：2023-01-01\n{TITLE}\n统计期限自2023年1月1日起至2023年12月31日止。"
    assert identity(report(head)).published_on is None
    assert identity(report(f"发布日期：2024-01-12\n{head}")).published_on == date(2024, 1, 12)
    assert identity(report(TITLE) + "\n相关阅读\n发布时间：2025-05-05").published_on is None


def test_a_date_line_at_the_end_counts_only_under_a_signature():
    assert identity(report(TITLE) + "\n2025年12月30日").published_on is None


def test_a_title_of_the_year_of_publication_leaves_the_year_open():
    head = f"2024年石泉县水利局{NOUN}\n发布时间：2024-01-20"
    found = identity(report(head))
    assert (found.report_year, found.published_on) == (None, date(2024, 1, 20))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f"石泉县教育局2023年{NOUN}\n{TITLE}", "石泉县水利局"),
        (f"2021年{NOUN}\n2022年{NOUN}\n{TITLE}", "石泉县水利局"),
        (f"石泉县水利局23年{NOUN}", "石泉县水利局"),
        (f"首页>教育局>年报\n2023年{NOUN}", None),
        (f"石泉县发布2023年{NOUN}", None),
    ],
)
def test_the_body_is_the_report_s_own_or_null(head, body):
    assert identity(report(head)).body_name == body


def test_a_source_line_does_not_override_how_the_report_speaks_of_itself():
    head = f"2023年{NOUN}\n来源：石泉县数据局"
    first = "本机关贯彻条例。我镇公开信息，镇政府重视。"
    assert identity(report(head, first=first)).body_name is None
    assert identity(f"{report(head)}\n石泉县教育局\n2024年1月17日").body_name is None


def test_the_title_is_not_that_of_another_year_or_of_any_of_several_bodies():
    first = f"2023年，我局公开信息。发布《石泉县水利局2022年{NOUN}》。2023年，公开3件。"
    assert identity(report("根据条例编制。", first=first)).title is None
    rivals = "\n".join(f"石泉县{d}2023年{NOUN}" for d in ("教育局", "民政局", "林业局"))
    found = identity(report(f"{rivals}\n由石泉县水利局编制本报告。"))
    assert (found.title, found.body_name) == (None, None)
