from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import check_places, grids, lines, places
from transforms.document import UnreadableFileError
from transforms.readers.html import read_html, recognises


def read(page: str, encoding: str = "utf-8"):
    document = read_html(page.encode(encoding), "id")
    check_places(document)
    return document


def table(*rows: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def test_a_page_is_read_in_order_with_headings_and_tables():
    document = read(
        "<title> 某镇 </title><h1>某镇<br>年度报告</h1><p>一</p>"
        + table("<td>规章<td>0", "<td>许可<td>")
        + "<div>二<p>三</p>四</div>"
    )
    assert document.text == "某镇\n年度报告\n一\n规章\t0\n许可\t\n二\n三\n四\n"
    assert [block.heading_level for block in document.blocks[:3]] == [1, 1, None]
    assert document.blocks[3].ruled
    assert document.metadata == {"title": "某镇"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["<td rowspan=2>a<td>b", "<td>c"],
            {"a": (0, 0, 2, 1), "b": (0, 1, 1, 1), "c": (1, 1, 1, 1)},
        ),
        (["<td rowspan='2px'>a<td>b", "<td>c"], {"a": (0, 0, 2, 1), "c": (1, 1, 1, 1)}),
        (
            ["<td colspan=' 03 '>a<td>b", "<td>c<td>d<td>e<td>f"],
            {"a": (0, 0, 1, 3), "b": (0, 3, 1, 1)},
        ),
        (["<td rowspan=0>a<td>b", "<td>c", "<td>d"], {"a": (0, 0, 3, 1), "d": (2, 1, 1, 1)}),
        (["<td rowspan=99>a<td>b", "<td>c"], {"a": (0, 0, 2, 1)}),
        (["<td colspan=100000>a<td>b", "<td>c<td>d"], {"b": (0, 1000, 1, 1), "d": (1, 1, 1, 1)}),
        (["<td colspan=x rowspan=-1>a<td>b", "<td>c<td>d"], {"a": (0, 0, 1, 1), "d": (1, 1, 1, 1)}),
        (["<td colspan=0>a<td>b"], {"a": (0, 0, 1, 1), "b": (0, 1, 1, 1)}),
        (["<td>a<td>b", "<td colspan=9>c"], {"c": (1, 0, 1, 2)}),
        (
            # overlapping: c starts left of the cell that comes down from above and runs under it
            ["<td>a<td rowspan=2>b<td>x", "<td colspan=2>c<td>d"],
            {"c": (1, 0, 1, 2), "d": (1, 2, 1, 1)},
        ),
        (
            ["<td rowspan=3>a<td colspan=2>b", "<td rowspan=2>c<td>d", "<td>e"],
            {"a": (0, 0, 3, 1), "b": (0, 1, 1, 2), "c": (1, 1, 2, 1), "e": (2, 2, 1, 1)},
        ),
    ],
)
def test_spans_are_placed_as_a_browser_places_them(rows, expected):
    found = places(read(table(*rows)))
    assert {text: found[text] for text in expected} == expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<s pan>0</span>", "0"),
        ("<sup ①>0", "0"),
        ("<p><rp>0</p>", "0"),
        ("4<s>5<s>", "4 5"),
        ("4<sup>1", "4 1"),
    ],
)
def test_what_follows_an_unclosed_mark_is_neither_hidden_nor_joined(cell, text):
    assert places(read(table(f"<td>规章<td>{cell}</td><td>8")))[text][:2] == (0, 1)


def test_form_controls_outside_tables_are_no_text():
    assert lines(read("<p>某镇<input value=搜索><select><option>2021</select><textarea>x</textarea>"
                      "</p>")) == ["某镇"]  # fmt: skip


def test_a_row_span_ends_with_its_row_group():
    page = "<table><thead><tr><td rowspan=5>a<td>b</thead><tbody><tr><td>c<td>d</tbody></table>"
    assert places(read(page))["c"] == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("0<br>", "0"),
        ("&nbsp;0&nbsp;", "0"),
        ("1.属于国家秘<br>密", "1.属于国家秘密"),
        ("<p>本年新</p><p>制作数量</p>", "本年新制作数量"),
        ("政府信\n    息", "政府信息"),
        ("10<br>20", "10 20"),
        ("１<br>２", "１ ２"),
        ("商业 企业", "商业 企业"),
        ("（<span>三</span><span>）</span>不予<o:p></o:p>", "（三）不予"),
        ("<p class=MsoNormal><span lang=EN-US>1<o:p></o:p></span><span>2</span></p>", "12"),
        ("<img alt=5 src=a.png>", "\ufffc"),  # a drawn number is not a blank
        ("<img src=a.png>5", "5"),
        ("<svg><text>9</text></svg>", "\ufffc"),
        ("<input value=12><input type=hidden value=3>", "12"),
        ("<textarea>7</textarea>", "7"),
        ("<select><option>1<option selected>2</select>", "2"),
        ("<select><option>1<option>2</select>", "1"),
        ("5<sup>1</sup>", "5"),
        ("5<sub>①</sub>", "5"),
        ("<sup>5</sup>", "5"),  # all of it raised: no footnote mark
        ("<del>4</del>5", "5"),
        ("<s>0</s>", ""),
        ("<span style='visibility: hidden'>6</span>3", "3"),
        ("3<!-- 4 --><script>5</script><span style='DISPLAY: None'>6</span>", "3"),
        ("規<ruby>範<rt>fàn</rt></ruby>", "規範"),
        ("<ul><li>a<li>b</ul>", "a b"),
    ],
)
def test_a_cell_is_the_text_a_person_sees_in_it(cell, text):
    assert grids(read(table(f"<td>行<td>{cell}"))) == [[["行", text]]]


def test_hidden_text_is_not_read():
    page = (
        "<p hidden>一</p><div style='color:red;display : NONE'><p>二</p></div>"
        "<noscript>三</noscript><template>四</template><style>五</style><p>六</p>"
    )
    assert lines(read(page)) == ["六"]


def test_hidden_rows_and_cells_take_no_place():
    page = table(
        "<td>a<td style='display:none'>x<td>b",
        "<td>c<td>d",
    ).replace("</table>", "<tr height=0><td width=9></td><td></td></tr></table>")
    assert grids(read(page)) == [[["a", "b"], ["c", "d"]]]
    assert (
        "e" in read(table("<td>a<td>b").replace("</table>", "<tr height=0><td>e<td>f</table>")).text
    )


def test_layout_tables_are_read_as_lines_and_only_the_innermost_are_grids():
    page = table(
        "<td>菜单<td><p>一、总体情况</p>" + table("<td>规章<td>0", "<td>许可<td>1") + "<p>尾</p>"
    )
    document = read(page)
    assert lines(document) == ["菜单", "一、总体情况", "尾"]
    assert grids(document) == [[["规章", "0"], ["许可", "1"]]]


@pytest.mark.parametrize(
    "page",
    [
        table("<td><h2>一</h2><p>二</p>"),
        table("<td colspan=3>一", "<td colspan=3>二"),
        table("<td>一" + table("<td>二")),
    ],
)
def test_one_column_is_no_grid(page):
    assert lines(read(page)) == ["一", "二"]


def test_a_cell_with_an_article_makes_the_table_layout():
    document = read(table(f"<td>侧栏<td><p>{'政' * 300}</p><p>{'务' * 300}</p>"))
    assert [len(line) for line in lines(document)] == [2, 300, 300]


def test_empty_tables_and_paragraphs_vanish():
    assert read(table("<td>&nbsp;<td>", "<td><td>") + "<p>&nbsp;</p><p>一</p>").text == "一\n"


def test_preformatted_lines_stay_lines():
    assert lines(read("<pre>一\n  二\n\n三</pre>\n<p>四\n五</p>")) == ["一", "二", "三", "四五"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("label", ["utf-8", "gb2312", "big5"])
def test_the_bytes_win_over_the_meta_tag(encoding, label):
    page = f"<html><meta charset={label}><p>某镇政府信息公开工作年度报告，共12件</p></html>"
    assert lines(read(page, encoding)) == ["某镇政府信息公开工作年度报告，共12件"]


def test_metadata_is_by_lower_case_name_and_the_first_counts():
    page = (
        "<html><head><meta name=PubDate content='2024-01-05 10:00'><meta name=pubdate content=x>"
        "<meta property='og:title' content=' 某镇 \n 年报 '><meta charset=utf-8>"
        "<meta name=ContentSource></head><body>一"
    )
    assert read(page).metadata == {"pubdate": "2024-01-05 10:00", "og:title": "某镇 年报"}


WHOLE = (
    "<!DOCTYPE html><html><head><title>年报</title><script>var a='<table>';</script></head><body>"
    "<h2>一、总体情况</h2><p style='x'>正文<b>粗</b></p>"
    + table("<td rowspan=2>甲<td colspan=2>乙", "<td>1<td>2", "<td>丙<td>3<td>4")
    + "<div style='display:none'>藏</div></body></html>"
)


def test_a_page_cut_anywhere_is_read_to_the_cut():
    for cut in range(len(WHOLE)):
        check_places(read(WHOLE[:cut]))


SOUP = (
    *("<table>", "</table>", "<tbody>", "<tr>", "<td>", "</td>", "<caption>"),
    *("<th rowspan=2>", "<td colspan=3 rowspan=0>", "<p>", "<br>", "<h1>", "<pre>", "</pre>"),
    *("<div hidden>", "</div>", "<svg>", "<select>", "<template>", "<td", "'", "\x00"),
    *("规章", "0", "\n", " "),
)


@given(st.lists(st.sampled_from(SOUP), max_size=40).map("".join))
def test_any_tag_soup_keeps_every_place(page):
    read(page)


@given(st.integers(0, len(WHOLE)), st.integers(0, 30), st.text(max_size=5))
def test_any_mutation_of_a_page_keeps_every_place(start, length, replacement):
    read(WHOLE[:start] + replacement + WHOLE[start + length :])


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<x></x><div></b>" * 50_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(5000)) + "</p>" + "<p>x</p>" * 5000,
        "<p " + " ".join(f"a{n}" for n in range(50_000)) + ">x",
        "<ul><li>" * 50_000,
        "<p>x" * 200_001,
        "<select>" + "<option selected>" * 60_000,
        "<pre>" + "a\n" * 1_000_001,
    ],
)
def test_pages_that_would_take_minutes_or_gigabytes_are_refused_at_once(page):
    started = time.process_time()
    with pytest.raises(UnreadableFileError, match="too_complex"):
        read(page)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 2000 + "<p>一</p>",
        "<table><tr><td>" * 1000 + "一",
        table("<td colspan=1000 rowspan=65534>一" * 5000),
        table(*["<td colspan=1000 rowspan=65534>一<td>二"] * 5000),
        "<p>" + "一" * 1_000_000,
        "<p>" + "一 \n" * 300_000,
    ],
)
def test_deep_wide_and_long_pages_are_read_in_bounded_time(page):
    started = time.process_time()
    assert "一" in read(page).text
    assert time.process_time() - started < 5


@pytest.mark.parametrize("cell", ["<del>9</del>18", "18<sup>1</sup>", "<s>9</s>18"])
def test_what_is_struck_out_or_a_footnote_mark_is_no_digit(cell):
    page = f"<html><body><table><tr><td>规章</td><td>{cell}</td></tr></table></body></html>"
    assert "18" in read_html(page.encode(), "0").text.split()


def test_a_markdown_table_with_line_breaks_is_no_page():
    row = "| 行政<br>许可 | 0 |\n"
    assert not recognises((row * 3).encode())
    assert recognises("一<br>二<br>三<br>".encode())
