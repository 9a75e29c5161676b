"""The table chain from text to cells: one case for each way a table is met in ruin."""

import json

import pytest

from tests.transforms.lines import cells, row
from transforms.readers import read_document
from transforms.records import CellStatus
from transforms.statute.loader import forms
from transforms.tables import read_tables

HEAD = (
    "三、收到和处理政府信息公开申请情况\n"
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t申请人情况\n"
    "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
)
NEW = "一、本年新收政府信息公开申请数量"
IN = "二、上年结转政府信息公开申请数量"


END = "\n五、存在的主要问题及改进情况\n人手不足。"


def table(*rows: str) -> str:
    return HEAD + "\n".join(rows) + END


def whole(**given: str) -> str:
    """Table 3 of 2021 with the rows given as `key="1 0 0 0 0 0 1"`; all others are zero."""
    rows = [
        f"{row.label}\t" + given.get(row.key, "0 0 0 0 0 0 0").replace(" ", "\t")
        for _, row in forms()["2021"].table[3].rows()
    ]
    return table(*rows)


def test_a_whole_row_is_reported_with_its_place():
    text = table(f"{NEW}\t5\t1\t0\t0\t0\t0\t6", f"{IN}\t0\t0\t0\t0\t0\t0\t0")
    cell = cells(text)["3|new_received|total"]
    assert (str(cell.value), cell.status) == ("6", CellStatus.REPORTED)
    assert text[cell.char_start : cell.char_end] == cell.raw_text == "6"


def test_a_blank_is_never_zero():
    found = cells(table(f"{NEW}\t\t/\t—\t无\t\t\t0", f"{IN}\t0\t0\t0\t0\t0\t0\t0"))
    assert row(found, "3|new_received") == ["blank"] * 6 + ["0"]


def test_run_together_digits_are_parted_where_one_way_only_is_left():
    found = cells(
        HEAD.replace("\t", "") + f"{NEW}2000002\n{IN}0000000\n（一）予以公开2000002" + END
    )
    assert row(found, "3|new_received") == ["2", "0", "0", "0", "0", "0", "2"]
    assert found["3|new_received|total"].status is CellStatus.RECOVERED
    assert row(found, "3|granted")[0] == "2"


def test_several_ways_to_part_digits_stay_ambiguous_with_their_candidates():
    text = (
        "第二十条第（一）项\n信息内容本年制发件数本年废止件数现行有效件数\n行政规范性文件321557"
        + END
    )
    cell = cells(text)["2|normative_documents|made"]
    assert (cell.value, cell.status, cell.raw_text) == (None, CellStatus.AMBIGUOUS, "321557")
    assert [str(c) for c in cell.candidates] == ["3", "32", "321", "3215"]


def test_a_broken_sum_is_reported_as_it_stands():
    found = cells(table(f"{NEW}\t5\t1\t0\t0\t0\t0\t9", f"{IN}\t0\t0\t0\t0\t0\t0\t0"))
    assert row(found, "3|new_received") == ["5", "1", "0", "0", "0", "0", "9"]


def test_digits_that_contradict_the_sum_in_every_parting_are_not_repaired():
    found = cells(
        HEAD.replace("\t", "") + f"{NEW}51000010\n{IN}0000000\n（一）予以公开0000000" + END
    )
    assert "6" not in row(found, "3|new_received")


def test_one_cell_too_many_is_dropped_only_where_every_sum_leaves_one_choice():
    done = {"granted": "3 0 0 0 0 0 3", "results_total": "3 0 0 0 0 0 3"}
    found = cells(whole(new_received="3 0 0 0 0 0 3 0", carried_in="0 0 0 0 0 0 0 0", **done))
    assert row(found, "3|new_received") == ["3", "0", "0", "0", "0", "0", "3"]
    assert found["3|new_received|total"].status is CellStatus.RECOVERED
    assert found["3|carried_in|total"].status is CellStatus.REPORTED
    alone = cells(whole(new_received="3 0 0 0 0 0 3 0"))
    assert alone["3|new_received|total"].status is CellStatus.AMBIGUOUS


def test_digits_of_six_cells_are_not_parted_into_seven():
    found = cells(HEAD.replace("\t", "") + f"{NEW}1200012\n{IN}000000\n（一）予以公开1000012" + END)
    assert found["3|new_received|natural_person"].value != 12


def test_a_lone_number_in_a_row_of_three_columns_is_not_cut_into_digits():
    found = cells(
        "第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n行政许可\n100\n"
        "其他对外管理服务事项\n1\n0\n2" + END
    )
    assert set(row(found, "2|licences")) == {"ambiguous"}
    assert row(found, "2|other_services") == ["1", "0", "2"]


@pytest.mark.parametrize(("total", "read"), [("6", "1"), ("7", "ambiguous")])
def test_columns_in_another_order_are_read_by_a_whole_header_where_the_row_adds_up(total, read):
    swapped = HEAD.replace("自然人\t商业企业", "商业企业\t自然人")
    rows = f"{NEW}\t5\t1\t0\t0\t0\t0\t{total}\n{IN}\t0\t0\t0\t0\t0\t0\t0"
    found = cells(swapped + rows + END)
    assert row(found, "3|new_received")[0] == read
    assert row(found, "3|carried_in") == ["0"] * 7


def test_columns_in_another_order_are_not_read_in_the_forms_order():
    swapped = HEAD.replace("自然人\t商业企业", "商业企业\t自然人").replace("科研机构", "科研")
    found = cells(swapped + f"{NEW}\t5\t1\t0\t0\t0\t0\t6\n{IN}\t0\t0\t0\t0\t0\t0\t0" + END)
    assert found["3|new_received|natural_person"].value is None


def test_of_two_tables_only_what_both_say_is_presented():
    found = cells(whole(new_received="1 0 0 0 0 0 1") + "\n" + whole(new_received="2 0 0 0 0 0 2"))
    assert found["3|new_received|natural_person"].status is CellStatus.AMBIGUOUS
    assert found["3|new_received|research_institution"].value == 0


def test_money_is_read_in_the_unit_that_the_header_states():
    text = "第二十条第（八）项\n信息内容\t本年收费金额（单位：元）\n行政事业性收费\t25000" + END
    assert str(cells(text)["2|fees|amount"].value) == "2.5000"


def test_a_number_at_the_broken_end_of_a_file_is_not_presented():
    found = cells(HEAD + f"{IN}\t0\t0\t0\t0\t0\t0\t0\n{NEW}\t5\t1\t0\t0\t0\t0\t2")
    assert found["3|new_received|total"].value is None


def test_lines_in_the_text_are_no_table():
    found = cells("一、总体情况\n行政许可 120\n行政处罚 30\n" + whole())
    assert found["2|licences|decisions"].status is CellStatus.MISSING


def test_a_lost_cell_leaves_its_row_ambiguous():
    found = cells(table(f"{NEW}\t3\t2\t0\t0\t1\t6", f"{IN}\t0\t0\t0\t0\t0\t0\t0"))
    assert set(row(found, "3|new_received")) == {"ambiguous"}
    assert row(found, "3|carried_in") == ["0"] * 7


def test_a_short_row_padded_with_an_empty_cell_is_not_shifted():
    full = "\t0\t0\t0\t0\t0\t0\t0"
    found = cells(table(f"{NEW}\t3\t2\t0\t0\t1\t6\t", f"{IN}{full}", f"（一）予以公开{full}"))
    assert found["3|new_received|other_organization"].value is None


@pytest.mark.parametrize(
    "label", ["二、上年结转政府信息公开申请数", "二、上年结 转政府信息公開申請数量"]
)
def test_damaged_labels_are_recognised(label):
    found = cells(table(f"{NEW}\t1\t0\t0\t0\t0\t0\t1", f"{label}\t4\t0\t0\t0\t0\t0\t4"))
    assert row(found, "3|carried_in")[0] == "4"


def test_a_label_carried_to_the_next_line_brings_its_numbers():
    found = cells(
        table(
            f"{NEW}\t0\t0\t0\t0\t0\t0\t0",
            "（三）\t1.属于国家秘\t\t\t\t\t\t",
            "不予公开\t密\t\t\t\t\t\t7",
            "\t2.其他法律行政法规禁止公开\t0\t0\t0\t0\t0\t0\t0",
        )
    )
    assert row(found, "3|refused_state_secret")[-1] == "7"
    assert row(found, "3|refused_other_law") == ["0"] * 7


def test_a_row_the_form_does_not_have_keeps_its_numbers_to_itself():
    found = cells(
        "第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n"
        "规章\t0\t0\t0\n规范性文件\t1\t2\t3\n其他主动公开文件\t7\t8\t9\n第二十条第（五）项\n"
        "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t4\t+1\t减2" + END
    )
    assert row(found, "2|normative_documents") == ["1", "2", "3"]
    assert row(found, "2|licences") == ["4", "1", "invalid"]


def test_the_2021_tables_under_the_2019_header_are_read_under_what_is_printed():
    found = cells(
        "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n"
        "行政规范性文件\t1\t2\t3\n信息内容\t本年处理决定数量\n行政许可\t5\n行政处罚\t6\n"
        "行政强制\t0\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t0.5\n" + whole()
    )
    assert found["2|normative_documents|in_force_published"].value == 3
    assert found["2|normative_documents|in_force"].status is CellStatus.MISSING
    assert str(found["2|fees|amount"].value) == "0.5"


def test_table_4_is_read_however_its_header_is_damaged():
    found = cells(
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\t\t\t\t\t行政诉讼\n结 果\t结 果\t其 他\n"
        "维 持\t正 确\t结 果\n" + "1\t0\t2\t0\t3\t0\t0\t0\t0\t0\t4\t0\t0\t1\t5" + END
    )
    assert row(found, "4|reconsideration") == ["1", "0", "2", "0", "3"]
    assert row(found, "4|litigation_after_reconsideration") == ["4", "0", "0", "1", "5"]


def test_a_damaged_heading_of_a_ruled_table_4_is_no_number_of_it():
    kinds = "<td colspan=5>行政复议</td><td colspan=10>行政诉讼</td>"
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    cells = ["<td>F</td>", *(f"<td>{text}</td>" for text in (results * 3)[1:])]
    numbers = [0, 1, 4, 1, 6, 1, 66, 6, 0, 73, 0, 1, 3, 0, 4]
    row = "".join(f"<td>{number}</td>" for number in numbers)
    row = row.replace("<td>1</td><td>66</td>", "<td colspan=2>1|66</td>")  # a rule is lost
    page = f"<table><tr>{kinds}</tr><tr>{''.join(cells)}</tr><tr>{row}</tr></table>"
    tables = read_tables(read_document(f"<html><body>{page}".encode(), "页面"), 2023)
    values = {cell.key: cell.value for cell in tables.cells if cell.key.table_no == 4}
    true = dict(zip(values, numbers, strict=True))
    assert {key: value for key, value in values.items() if value not in (None, true[key])} == {}


def test_the_letter_o_is_zero_only_where_sums_prove_it():
    zero = "\t0\t0\t0\t0\t0\t0\t0"
    proven = "O\tO\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0"
    found = cells(
        table(f"{NEW}\tO{zero[2:]}", f"{IN}{zero}")
        + "\n四、政府信息公开行政复议、行政诉讼情况\n行政复议\t行政诉讼\n结果维持\t结果纠正\n"
        + proven
        + END
    )
    assert found["4|reconsideration|upheld"].status is CellStatus.RECOVERED
    assert found["3|new_received|natural_person"].status is CellStatus.INVALID


def test_every_seed_is_read_as_a_careful_reader_reads_it(shared):
    truth = json.loads((shared / "truth" / "seeds.json").read_text(encoding="utf-8"))
    count = 0
    for name, expected in truth.items():
        document = read_document((shared / "seeds" / name).read_bytes(), name)
        tables = read_tables(document)
        found = {str(cell.key): cell for cell in tables.cells}
        assert tables.form == expected["form"]
        assert found.keys() == expected["cells"].keys()
        for key, value in expected["cells"].items():
            cell = found[key]
            said = {CellStatus.BLANK: None, CellStatus.AMBIGUOUS: "ambiguous"}.get(
                cell.status, str(cell.value)
            )
            assert said == value, f"{name} {key}: {cell}"
            assert cell.raw_text in document.text[cell.char_start : cell.char_end]
            count += 1
    assert count == 992


def detached(*numbers: str) -> str:
    labels = [row.label for _, row in forms()["2021"].table[3].rows()]
    return HEAD + "\n".join([*labels, *(line.replace(" ", "\t") for line in numbers)]) + END


def test_as_many_lines_of_numbers_as_labels_are_dealt_in_turn():
    only_totals = ["- - - - - - 3", "- - - - - - 0", "- - - - - - 3", *["- - - - - - 0"] * 20]
    found = cells(detached(*only_totals, "- - - - - - 3", "- - - - - - 0"))
    assert row(found, "3|granted") == ["blank"] * 6 + ["3"]
    assert row(found, "3|results_total") == ["blank"] * 6 + ["3"]


def test_lines_of_numbers_that_contradict_the_sums_are_not_dealt():
    found = cells(detached("- - - - - - 3", *["- - - - - - 0"] * 24))
    assert row(found, "3|new_received")[-1] == "ambiguous"


def test_a_line_too_few_leaves_every_row_unread():
    found = cells(detached(*["0 0 0 0 0 0 0"] * 24))
    assert "0" not in row(found, "3|new_received") + row(found, "3|carried_out")


def test_a_broken_heading_does_not_upset_the_order_of_the_columns():
    head = HEAD.replace("\t自然人\t商业企业", "\t自然\n人\t商业\n企业")
    rest = [f"{r.label} 0 0 0 0 0 0 0" for _, r in forms()["2021"].table[3].rows()][1:]
    found = cells(head + "\n".join([f"{NEW} 1 0 0 0 0 0 1", *rest]).replace(" ", "\t") + END)
    assert row(found, "3|new_received") == ["1", "0", "0", "0", "0", "0", "1"]


def test_a_form_to_fill_in_before_the_filled_one_is_no_rival():
    empty = whole().replace("\t0", "\t").removesuffix(END)
    found = cells(empty + "\n" + whole(new_received="1 0 0 0 0 0 1"))
    assert row(found, "3|new_received") == ["1", "0", "0", "0", "0", "0", "1"]


def test_two_tables_one_cell_a_line_are_told_apart():
    def lines(number: str) -> str:
        rows = [r.label + f"\n{number}" * 7 for _, r in forms()["2021"].table[3].rows()]
        return HEAD.replace("\t", "\n") + "\n".join(rows)

    found = cells(lines("2") + "\n" + lines("0") + END)
    assert row(found, "3|new_received") == ["ambiguous"] * 7


def test_a_number_cut_in_two_is_read_where_one_way_only_adds_up():
    found = cells(table(f"{NEW} 1 1 0 0 9 0 1 1", f"{IN} 0 0 0 0 0 0 0").replace("\t", " "))
    assert row(found, "3|new_received")[-1] in ("11", "ambiguous")


def test_a_label_in_every_place_its_cell_covers_lends_no_number_to_a_lost_row():
    text = whole().replace(f"{IN}\t0\t0\t0\t0\t0\t0\t0\n", "").replace(NEW, f"{NEW}\t{NEW}\t{NEW}")
    assert row(cells(text), "3|carried_in") == ["missing"] * 7


def test_a_row_a_cell_short_does_not_slide():
    rows = [f"{r.label}\t" + "\t0" * 7 for _, r in forms()["2021"].table[3].rows()]
    rows[1] = f"{IN}\t\t0\t0\t1\t0\t0\t1"
    found = cells(table(*rows))
    assert row(found, "3|carried_in")[0] == "ambiguous"
    assert row(found, "3|new_received") == ["0"] * 7


def test_words_that_take_exactness_away_leave_no_number():
    found = cells(table(f"{NEW} 约37 0 0 0 0 0 37", f"{IN} 0 0 0 0 0 0 0余").replace("\t", " "))
    assert row(found, "3|new_received")[0] == row(found, "3|carried_in")[-1] == "invalid"


def test_six_numbers_behind_the_places_of_the_label_are_not_read_as_seven_columns():
    rows = [f"{row.label}\t" + "\t0" * 6 for _, row in forms()["2021"].table[3].rows()]
    rows[4:8] = [f"（三）不予公开\t{row.replace(chr(9) * 2, chr(9))}" for row in rows[4:8]]
    found = cells("三、收到和处理政府信息公开申请情况\n" + "\n".join(rows) + END)
    assert row(found, "3|new_received")[-1] not in ("0", "blank")


def test_words_between_numbers_are_a_cell():
    found = cells(table(f"{NEW}\t0\t0\t待核\t0\t0\t0\t0\t0", f"{IN}\t0\t0\t0\t0\t0\t0\t0"))
    assert row(found, "3|new_received")[2] == "ambiguous"


def test_the_rest_of_a_label_below_its_numbers_makes_no_blank_row():
    wrapped = "四、结转下年度\t1\t0\t0\t0\t0\t0\t1\n继续办理\t\t\t\t\t\t\t"
    found = cells(whole().replace("四、结转下年度继续办理\t0\t0\t0\t0\t0\t0\t0", wrapped))
    assert "blank" not in row(found, "3|carried_out")


def test_what_stands_below_a_full_row_is_no_cell_of_it():
    last = "四、结转下年度继续办理\t\t2\t0\t0\t2\t\t4\n(27 units)"
    found = row(cells(table(f"{NEW}\t0\t0\t0\t0\t0\t0\t0", last)), "3|carried_out")
    blank, *others = found
    assert blank != "2"
    assert others[0] != "0"


def test_a_dash_on_the_line_before_a_number_may_be_its_sign():
    text = (
        "第二十条第（五）项 |\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 |\n"
        "行政许可 |\n21 |\n-\n1 |\n0 |\n||||\n其他对外管理服务事项 |\n3 |\n0 |\n2 |\n||||\n"
    )
    assert cells(text)["2|licences|change"].value != 1


def test_a_heading_that_a_row_repeats_does_not_hide_that_columns_are_in_another_order():
    text = whole(new_received="2 0 0 2 11 0 15", granted="2 0 0 2 11 0 15")
    moved = text.replace("\t其他\t总计", "\t总计").replace("\t商业企业", "\t其他\t商业企业")
    found = row(cells(moved.replace("3.其他", "其他\n3.其他")), "3|new_received")
    assert found[1:4] != ["0", "0", "2"]


def test_a_second_table_of_proceedings_leaves_ambiguous_what_it_says_otherwise():
    heads = "结果维 结果纠 其他结 尚未审  总计  " * 3 + "\n  持     正     果     结     " * 3
    one = f"行政复议    行政诉讼\n未经复议直接起诉    复议后起诉\n{heads}\n"
    text = (
        "四、政府信息公开行政复议、行政诉讼情况\n2019年数据：\n"
        f"{one}{'0 ' * 15}\n2020年数据：\n{one}0 2 1 0 3 0 1 0 0 1 1 31 1 2 35{END}"
    )
    found = row(cells(text), "4|reconsideration")
    assert not {"0", "2", "3"} & set(found[1:2] + found[4:5])


def test_a_lone_full_stop_in_a_cell_parts_no_table():
    text = whole(granted="1 0 0 0 0 0 1", partially_granted="0 0 0 0 0 0 0").replace("\t", " |\n")
    found = row(cells(text.replace("1 |\n0 |\n0", "1 |\n。 |\n0")), "3|granted")
    assert "missing" not in found
    assert found[1] in ("blank", "ambiguous", "invalid")


def test_both_of_two_tables_count_where_only_the_first_has_a_header():
    first, second = whole(granted="1 0 0 0 0 0 1"), whole(granted="3 0 0 0 0 0 3")
    rows = second.removeprefix(HEAD)
    text = first.replace(END, "\n去年数据：\n") + rows
    assert row(cells(text.replace(HEAD.splitlines()[0], "三、收到和处理情况")), "3|granted")[
        0
    ] not in ("1", "3")
