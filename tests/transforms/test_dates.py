from datetime import date

import pytest

from transforms.dates import find_period, published_days, years_in
from transforms.squeeze import squeeze

JANUARY, DECEMBER = date(2021, 1, 1), date(2021, 12, 31)


def published(squeezed, head, metadata):
    """The day of publication as far as the page alone tells."""
    return next((day for day, _ in published_days(squeezed, head, metadata)), None)


@pytest.mark.parametrize(
    "sentence",
    [
        "所列数据的统计期限为2021年1月1日至2021年12月31日。",
        "统计期限自2021年1月1日起至12月31日止。",
        "统计时限：2021年1月1日—2021年12月31日",
        "统计周期为2021年1月1日-12月31日",
        "起止时间为 2021 年 1 月 1 日至 12 月 31 日",
        "统计期限自2021-1-1起至2021-12-31止",
        "统计时间２０２１年１月１日到２０２１年１２月３１日",
        "统计数据时间范围2021.01.01～2021.12.31",
        "内容涵盖2021年1月1日至2021年12月31日期间的工作",
        "本报告为2021年1月1日至12月31日的统计数据。",
        "統計時間自2021年1月1日起，至2021年12月31日止",
    ],
)
def test_every_wording_of_the_whole_year_is_read(sentence):
    period = find_period(squeeze(sentence))
    assert period is not None
    assert (period.first, period.last) == (JANUARY, DECEMBER)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("统计期限为2021年1月1日至12月3日", JANUARY, date(2021, 12, 3)),
        ("统计期限为2021年1月1日至12月30日", JANUARY, date(2021, 12, 30)),
        ("统计期限为2020年1月1日至2020年12月31日", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计数据截止日期为2021年12月25日", None, date(2021, 12, 25)),
        ("统计期限为2021年1月1日至2021年2月30日", JANUARY, None),
    ],
)
def test_an_error_of_the_report_stays_as_printed(sentence, first, last):
    period = find_period(squeeze(sentence))
    assert period is not None
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "dates",
    ["自202111日起至20211230日止", "从20211月日至20211231日止", "自2021111日起至20211231日止"],
)
def test_dates_that_lost_characters_are_kept_as_text_and_not_guessed(dates):
    squeezed = squeeze(f"报告所列数据的统计期限{dates}。")
    period = find_period(squeezed)
    assert period is not None
    assert (period.first, period.last) == (None, None)
    assert squeezed.text[period.start : period.end] in dates


@pytest.mark.parametrize(
    "dates",
    [
        "自201911日起至20191231日止",
        "从20191月1日至20191231日止",
        "自2019年1月1日起至20191231日止",
        "自二〇一九年一月一日起至二〇一九年十二月三十一日止",
        "2019年1月1日零时至2019年12月31日24时",
    ],
)
def test_a_whole_year_is_read_through_lost_separators_numerals_and_hours(dates):
    period = find_period(squeeze(f"报告所列数据的统计期限{dates}。"))
    assert period is not None
    assert (period.first, period.last) == (date(2019, 1, 1), date(2019, 12, 31))


def test_a_year_with_digits_too_many_leaves_the_other_date_readable():
    period = find_period(squeeze("统计期限自2020年1月1日起至202020年12月31日止"))
    assert period is not None
    assert (period.first, period.last) == (date(2020, 1, 1), None)


@pytest.mark.parametrize(
    "text", ["", "2021年1月1日至12月31日，我局收到申请3件。", "大数据平台于2021年上线。"]
)
def test_dates_without_a_word_for_the_period_are_none(text):
    assert find_period(squeeze(text)) is None


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2022-01-26 17:49:57 来源：某局",
        "来源:某县某镇发布时间:2022-01-26访问量:字体",
        "发布日期： 2022年1月26日",
        "信息提供日期 : 2022-01-26 17:48",
        "索 引 号 | 64/2022-2 | 发文时间 | 2022-01-26 |",
        "生成日期\t2022/01/26",
        "日期：2022-1-26",
        "【发布时间】2022.01.26",
        "(2022年1 月 26日)",
    ],
)
def test_every_wording_of_the_publication_line_is_read(line):
    squeezed = squeeze(f"某局报告\n{line}\n正文")
    assert published(squeezed, len(squeezed.text) - 2, {}) == date(2022, 1, 26)


@pytest.mark.parametrize(
    "line",
    [
        "2022年1月26日 星期三",
        "采集时间：2022-01-26T21:37:37+08:00",
        "访问时间：2022-01-26",
        "今天是2022年1月26日",
    ],
)
def test_a_clock_or_a_crawl_time_is_no_publication(line):
    squeezed = squeeze(f"{line}\n正文")
    assert published(squeezed, len(squeezed.text) - 2, {}) is None


def test_publication_wins_over_issue_and_text_over_metadata():
    squeezed = squeeze("发文日期：2022-01-20\n发布日期：2022-01-26\n正文")
    assert published(squeezed, len(squeezed.text) - 2, {"pubdate": "2022-03-01"}) == date(
        2022, 1, 26
    )
    assert published(squeeze("正文"), 0, {"pubdate": "2022-03-01 10:00"}) == date(2022, 3, 1)


def test_the_date_of_the_signature_counts_when_nothing_else_does():
    squeezed = squeeze("正文很长。\n某县民政局\n2022年1月26日")
    assert published(squeezed, 3, {}) == date(2022, 1, 26)


def test_years_are_read_in_figures_and_in_chinese():
    assert [year for year, _ in years_in("2020年与二〇二一年和二○二二年")] == [2020, 2021, 2022]
