"""A published batch -> the folder with page, lists, workbook and summary."""

from __future__ import annotations

import csv
import json
import os
import re
import zipfile

import pytest
from selectolax.lexbor import LexborHTMLParser

from expectations.report.build import FILES, build_report
from expectations.report.page import most_a_rule
from expectations.report.queries import UnknownBatchError
from transforms.statute.rules import rules


@pytest.fixture(scope="module")
def folder(database, tmp_path_factory):
    return build_report(
        database, "test-batch", tmp_path_factory.mktemp("reports") / "test-batch"
    ).parent


@pytest.fixture(scope="module")
def page(folder):
    return LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))


def zh(node) -> str:
    """What a reader of the Chinese page sees, white space taken together."""
    copy = LexborHTMLParser(node.html)
    for english in copy.css(".en"):
        english.decompose()
    return re.sub(r"\s+", " ", copy.text()).strip()


def test_the_folder_has_its_files_and_nothing_else(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_the_page_asks_for_nothing_over_the_network(folder, page):
    assert not page.css("link, img, iframe, script[src], style[src]")
    assert "default-src 'none'" in page.css_first("meta[http-equiv]").attributes["content"]
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "http://" not in text
    assert "https://" not in text


def test_what_a_report_says_never_becomes_markup(page):
    assert len(page.css("script")) == 1
    assert not page.css("img")
    assert "<script>alert(1)</script>局" in page.css_first("#findings").text()


def test_every_word_exists_in_both_languages(page):
    assert page.css_first("html").attributes["lang"] == "zh-CN"
    assert len(page.css(".zh")) == len(page.css(".en")) > 100


def test_files_not_read_are_listed_with_their_reason(page):
    received = zh(page.css_first("#received"))
    for words in (
        "坏.html",
        "文件为空（0字节）",
        "通知.txt",
        "不是年度报告：无六个部分",
        "甲/副本.txt",
    ):
        assert words in received


def test_not_assessable_checks_are_in_the_first_section(page):
    overview = zh(page.css_first("#overview"))
    assert "共做规则检查 16 次：符合 7 次，不符 3 次，无法判定 6 次" in overview
    assert "没有不符项不等于没有问题" in overview


def test_a_rule_never_assessed_says_so(page):
    row = next(row for row in page.css("#rules tr") if "A15" in row.text())
    assert [zh(cell) for cell in row.css("td")][-3:] == ["0", "0", "4"]


def test_a_finding_shows_numbers_labels_law_and_source(page):
    card = zh(page.css_first("#rule-A01 article"))
    for words in (
        "云溪县青石镇人民政府",
        "2023",
        "甲/001.txt",
        "表3“总计”列不平：12 与 11，相差 1",
        "一、本年新收政府信息公开申请数量",
        "另有 2 格为 0。",
        "第 19 行",
    ):
        assert words in card
    assert [mark.text() for mark in page.css("#rule-A01 mark")] == ["12", "11"]


def test_a_line_of_a_finding_leads_to_it_in_the_whole_text(folder, page):
    link = page.css_first("#finding-f-000000 a.line")
    assert zh(link) == "第 19 行"
    name, _, anchor = link.attributes["href"].partition("#")
    source = LexborHTMLParser((folder / name).read_text(encoding="utf-8"))
    line = source.css_first(f"#{anchor}").text()
    assert line.startswith("一、本年新收政府信息公开申请数量|总计|12")
    assert source.css_first("header a").attributes["href"] == "../index.html"


def test_what_a_source_says_never_becomes_markup(folder):
    for path in (folder / "sources").iterdir():
        assert "<script" not in path.read_text(encoding="utf-8")


def test_the_rule_says_its_law_and_what_to_look_at_first(page):
    group = zh(page.css_first("#rule-A01"))
    assert "《条例》（国务院令第711号）第五十条" in group
    assert rules()["A01"].likely_fix.zh in group


def leads_to(card) -> list[str]:
    return [link.attributes["href"] for link in card.css("a[href^='#']")]


def test_a_root_finding_and_those_that_follow_lead_to_one_another(page):
    root, following = page.css_first("#finding-f-000000"), page.css_first("#finding-f-000001")
    assert leads_to(root) == ["#finding-f-000001"]
    assert leads_to(following) == ["#finding-f-000000"]


def test_a_waived_finding_is_counted_marked_and_can_be_hidden(folder, page):
    assert "其中已豁免 1" in zh(page.css_first("#overview"))
    (waived,) = page.css("article[data-waived]")
    assert "已豁免：已核实（王某，至2024-12-31）" in zh(waived)
    assert page.css_first("input#waived")
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["waived"]["total"] == 1


def test_a_batch_of_which_little_could_be_assessed_says_so(page):
    """6 of 16 checks could not."""
    overview = page.css_first("#overview")
    assert "只有 62.5% 的规则检查能够判定" in zh(overview.css_first(".notice"))
    assert "62.5%" in overview.css_first(".doubtful").text()


@pytest.mark.parametrize(
    ("findings", "most"),
    [([], 10), ([3, 500], 500), ([5, 900], 795), ([900, 900], 400), ([1] * 900, 10)],
)
def test_the_page_shows_as_many_findings_as_it_may(findings, most):
    assert most_a_rule(findings) == most


def test_problems_and_findings_do_not_mix(page):
    findings, problems = zh(page.css_first("#findings")), zh(page.css_first("#problems"))
    assert "表三没有读到" in problems
    assert "表三没有读到" not in findings
    assert "321557" in problems
    assert "321557" not in findings
    assert "3 · 32" in problems
    assert "175 / 175 格" in problems
    assert not page.css("#problems article")


def test_the_csv_opens_in_excel_and_runs_nothing(folder):
    data = (folder / "findings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert {row["规则 / Rule"] for row in rows} == {"A01", "A10", "D02"}
    bodies = {row["机关 / Body"] for row in rows}
    assert "'=HYPERLINK(0)<script>alert(1)</script>局" in bodies


def test_the_summary_has_every_count(folder):
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["files"] == {
        "total": 7,
        "extracted": 4,
        "duplicate": 1,
        "quarantined": 1,
        "not_a_report": 1,
    }
    assert summary["cells"]["total"] == 800
    assert summary["cells"]["missing"] == 175
    assert summary["cells"]["by_table"]["2"]["ambiguous"] == 1
    assert summary["checks"] == {"total": 16, "satisfied": 7, "violated": 3, "not_assessable": 6}
    assert summary["findings"] == {"total": 3, "critical": 3, "warning": 0, "info": 0}
    assert summary["problems"] == {"total": 1, "table_missing": 1}


def test_the_workbook_has_a_sheet_a_body(folder):
    with zipfile.ZipFile(folder / "findings.xlsx") as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        strings = "".join(
            book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name
        )
    assert names[:3] == ["总表", "规则判定", "未读清"]
    assert "云溪县青石镇人民政府" in names
    assert len(names) == 5
    assert "<f>" not in strings


def test_the_same_batch_gives_the_same_bytes(database, folder, tmp_path):
    build_report(database, "test-batch", tmp_path)
    made = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    for name in made:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_what_a_killed_run_left_is_removed(database, tmp_path):
    left = tmp_path / ".building-killed"
    left.mkdir()
    os.utime(left, (0, 0))
    (tmp_path / "gx").mkdir()
    build_report(database, "test-batch", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FILES, "gx"])


def test_an_unknown_batch_names_those_there_are_and_leaves_nothing(database, tmp_path):
    with pytest.raises(UnknownBatchError, match=r"'other' is not in the warehouse; .*test-batch"):
        build_report(database, "other", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_batch_without_reports_says_so(invented, tmp_path):
    invented.document("坏.html", "quarantined", reason="文件为空", reason_en="empty")
    database = invented.write(tmp_path / "w.duckdb")
    page = build_report(database, "test-batch", tmp_path / "out").read_text(encoding="utf-8")
    assert "本批次没有读出任何年度报告" in page


def test_a_batch_where_nothing_could_be_assessed_does_not_look_clean(invented, tmp_path):
    invented.report("甲.txt", "甲局", {})
    invented.result("A01", assessed=0, violated=0, not_assessable=1)
    database = invented.write(tmp_path / "w.duckdb")
    page = build_report(database, "test-batch", tmp_path / "out").read_text(encoding="utf-8")
    assert "本批次没有任何规则能够判定" in page


def test_a_long_list_of_findings_is_cut_and_says_so(invented, tmp_path):
    report = invented.report("甲.txt", "甲局", {})
    for _ in range(900):
        invented.finding(report, "A01", ["3|new_received|total"])
    invented.result("A01", assessed=1, violated=1, not_assessable=0)
    database = invented.write(tmp_path / "w.duckdb")
    index = build_report(database, "test-batch", tmp_path / "out")
    page = LexborHTMLParser(index.read_text(encoding="utf-8"))
    assert len(page.css("article")) == 800
    assert "本规则共 900 项，此处列出 800 项" in zh(page.css_first("#rule-A01"))
    with (index.parent / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 901
