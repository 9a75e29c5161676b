"""A day of publication before the year's end is marked only where it can be no other document's."""

from __future__ import annotations

import pytest

from transforms.extract import extract

BODY = """{head}
岚阳县石坪镇人民政府2022年政府信息公开工作年度报告
本报告所列数据的统计期限自{period}年1月1日起至{period}年12月31日止。
一、总体情况
2022年，我镇依法公开政府信息。
二、主动公开政府信息情况
规章 0 0 0
行政规范性文件 0 0 0
行政许可 0
行政处罚 0
行政强制 0
行政事业性收费 0
三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量 0 0 0 0 0 0 0
二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0
四、结转下年度继续办理 0 0 0 0 0 0 0
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
无
{foot}"""


def marks_of(head: str, *, period: int = 2022, foot: str = "") -> set[str]:
    text = BODY.format(head=head, period=period, foot=foot)
    report = extract(text.encode(), "a.txt").report
    assert report is not None
    return {mark.mark for mark in report.marks if mark.mark.startswith("published_")}


def test_a_labelled_day_in_the_last_month_is_early():
    assert marks_of("发布时间：2022-12-29 10:20") == {"published_early"}
    assert marks_of("成文日期：2022年12月1日") == {"published_early"}


def test_a_year_at_the_start_of_the_next_line_is_no_part_of_the_day():
    assert marks_of("发布时间：2022-12-29\n2022年政府信息公开年报") == {"published_early"}


def test_a_day_earlier_in_the_year_may_be_that_of_an_older_page():
    assert marks_of("发布日期：2022-03-05") == {"published_in_its_year"}


@pytest.mark.parametrize(
    "head",
    [
        "",
        "发布时间：2023-01-10",
        "发布时间：2022-12-29\n发布日期：2023-01-10",
        "今天是2022年12月30日",
        "采集时间：2022-12-30",
        "发布时间：2021-12-29",
        "标题|关于印发2022年工作要点的通知|发文时间|2022-12-02",
        "上一篇：发布时间：2022-12-02\n发布时间：2022-12-09",
    ],
)
def test_a_day_that_may_be_something_else_is_not_marked(head: str):
    assert marks_of(head) == set()


def test_a_day_is_not_marked_where_title_and_period_name_different_years():
    assert marks_of("发布时间：2022-12-29", period=2021) == set()


def test_another_day_at_the_foot_leaves_it_open():
    assert marks_of("发布时间：2022-12-29", foot="相关阅读\n发布时间：2022-11-02") == set()
