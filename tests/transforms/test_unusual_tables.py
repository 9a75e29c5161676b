"""Tables that print more, less or in other places than the form does."""

from tests.transforms.lines import cells, row
from transforms.readers import read_document
from transforms.statute.loader import forms
from transforms.tables import read_tables

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
END = "\n五、存在的主要问题及改进情况\n人手不足。"


def table(*columns: str, given: dict[str, str] | None = None) -> str:
    """Table 3 of 2021 under these headings; rows not given are noughts."""
    head = "三、收到和处理政府信息公开申请情况\n申请人情况\n\t" + "\t".join(columns)
    noughts = " ".join("0" * len(columns))
    rows = (
        f"{line.label}\t" + (given or {}).get(line.key, noughts).replace(" ", "\t")
        for _, line in forms()["2021"].table[3].rows()
    )
    return "\n".join((head, *rows)) + END


RECEIVED = {"new_received": "2 1 3", "granted": "2 1 3", "results_total": "2 1 3"}


def test_columns_that_are_not_printed_are_missing_and_the_others_are_read():
    found = cells(table("自然人", "商业企业", "总计", given=RECEIVED))
    assert row(found, "3|granted") == ["2", "1", "missing", "missing", "missing", "missing", "3"]


def test_a_row_whose_total_is_not_the_sum_of_the_columns_left_is_not_trusted():
    found = cells(table("自然人", "商业企业", "总计", given=RECEIVED | {"new_received": "2 1 4"}))
    assert set(row(found, "3|new_received")) == {"ambiguous", "missing"}


def test_rows_too_short_for_a_header_that_lost_a_heading_are_not_read():
    lost = [name for name in COLUMNS if name != "商业企业"]
    given = {"new_received": "1 0 0 0 0", "granted": "1 0 0 0 0"}
    assert set(row(cells(table(*lost, given=given)), "3|new_received")) == {"ambiguous"}


def test_totals_that_moved_under_the_last_part_are_not_read_as_parts():
    moved = {"new_received": "4 1 0 0 0 5 ", "granted": "4 1 0 0 0 5 "}
    given = {line.key: "0 0 0 0 0 0 " for _, line in forms()["2021"].table[3].rows()} | moved
    assert set(row(cells(table(*COLUMNS, given=given)), "3|granted")) == {"ambiguous"}


BLOCK = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\t"
HEADINGS = "本年制发件数\t本年废止件数\t现行有效件数\n"


def test_a_table_whose_rows_are_printed_as_columns_is_not_read_by_rows():
    labels = [line.label for _, line in forms()["2021"].table[3].rows()]
    rows = [f"{name}\t" + "\t".join("1" for _ in labels) for name in COLUMNS]
    text = "\n".join(
        ("三、收到和处理政府信息公开申请情况", "申请人情况\t" + "\t".join(labels), *rows)
    )
    assert all(cell.value is None for cell in cells(text + END).values())


def test_numbers_in_front_of_their_labels_are_theirs():
    text = (BLOCK + HEADINGS).replace("\t", " ")
    found = cells(text + "1 2 3 规章\n4 5 6 行政规范性文件\n三、收到和处理")
    assert row(found, "2|regulations") == ["1", "2", "3"]
    assert row(found, "2|normative_documents") == ["4", "5", "6"]


def test_numbers_on_lines_above_their_labels_are_given_to_none():
    found = cells(BLOCK + HEADINGS + "1\t2\t3\n规章\n4\t5\t6\n行政规范性文件\n三、收到和处理")
    assert all(cell.value is None for cell in found.values())


def test_a_ruled_header_whose_spans_were_lost_does_not_place_the_columns():
    head = (
        "<tr><td>申请人情况</td></tr><tr><td rowspan=2>自然人</td><td>法人或其他组织</td>"
        "<td rowspan=2>总计</td></tr><tr>"
        + "".join(f"<td>{name}</td>" for name in COLUMNS[1:6])
        + "</tr>"
    )
    rows = "".join(
        f"<tr><td>{line.label}</td>" + "".join(f"<td>{n}</td>" for n in "4100005") + "</tr>"
        for _, line in forms()["2021"].table[3].rows()
    )
    page = f"<h2>三、收到和处理政府信息公开申请情况</h2><table>{head}{rows}</table>"
    read = read_tables(read_document(page.encode(), "report.html"), 2021)
    values = {str(cell.value) for cell in read.cells if cell.key.row_key == "granted"}
    assert values in ({"4", "1", "0", "5"}, {"None"})


def rows_of_groups() -> dict[str, str]:
    """Row key -> label, with the label of each group and its subtotal on lines of their own."""
    lines, group = {}, ""
    for _, line in forms()["2021"].table[3].rows():
        inner = line.group[1] if len(line.group) > 1 else ""
        subtotal = f"{inner}\t9\t0\t0\t0\t0\t0\t9\n" if inner not in ("", group) else ""
        lines[line.key] = subtotal + line.label
        group = inner
    return lines


def test_subtotals_of_groups_are_no_rows():
    rows = (f"{label}\t1\t0\t0\t0\t0\t0\t1" for label in rows_of_groups().values())
    head = "三、收到和处理政府信息公开申请情况\n申请人情况\n\t" + "\t".join(COLUMNS)
    found = cells("\n".join((head, *rows)) + END)
    assert {str(cell.value) for key, cell in found.items() if key.startswith("3")} == {"1", "0"}


def test_a_subtotal_of_other_handling_over_broken_labels_is_no_row_of_the_form_of_2019():
    labels = rows_of_groups() | {
        "other_overdue_correction": "（六）其他处理\t2\t0\t0\t0\t0\t0\t2\n1.申请人无正当理",
        "other_overdue_fee": "2.申请人逾期未按收费\n通知要求",
        "other_other": "其它",
    }
    rows = (f"{label}\t1\t0\t0\t0\t0\t0\t1" for label in labels.values())
    head = "三、收到和处理政府信息公开申请情况\n申请人情况\n\t" + "\t".join(COLUMNS)
    assert "3|other|total" not in cells("\n".join((head, *rows)) + END)


def test_a_table_that_all_forms_print_alike_is_filled_in_on_the_form_of_its_year():
    line = "0\t" * 14 + "0"
    text = (
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\t行政诉讼\n"
        + "\t".join(("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
        + f"\n{line}\n五、存在的主要问题及改进情况\n人手不足。"
    )
    document = read_document(text.encode(), "report.txt")
    assert [read_tables(document, year).form for year in (2020, 2024, None)] == [
        "2019",
        "2021",
        None,
    ]


def test_another_row_of_numbers_below_a_row_without_any_is_not_its_own():
    found = cells(BLOCK + HEADINGS + "规章\n备注\t7\t4\t4\n行政规范性文件\t1\t1\t1\n三、收到和处理")
    assert row(found, "2|regulations") != ["7", "4", "4"]


def numbered(mark: str) -> str:
    """Table 2's first block with the same mark or number in every cell."""
    cell = f"\t{mark}\t{mark}\t{mark}\n"
    return f"{BLOCK}{HEADINGS}规章{cell}行政规范性文件{cell}"


def test_a_table_struck_out_throughout_is_the_rival_of_one_with_numbers():
    text = "上一年度\n" + numbered("4") + "本年度\n" + numbered("/") + "三、收到和处理"
    assert all(cell.value is None for cell in cells(text).values())


def test_a_row_that_only_one_of_two_different_tables_prints_is_not_presented():
    own = BLOCK + HEADINGS + "规章\t1\t1\t1\n"
    other = BLOCK + HEADINGS + "规章\t2\t2\t2\n行政规范性文件\t5\t5\t5\n"
    found = cells(own + "下属单位\n" + other + "三、收到和处理")
    assert set(row(found, "2|normative_documents")) == {"ambiguous"}


def test_headings_cut_by_their_lines_still_tell_their_order():
    head = (
        "第二十条第（一）项\n信息内容  现行有效件  本年废止件  本年制发件\n          数  数  数\n"
    )
    text = (
        "二、主动公开政府信息情况\n"
        + head
        + "规章  3  2  1\n行政规范性文件  3  2  1\n三、收到和处理"
    )
    assert row(cells(text), "2|regulations")[0] != "3"
