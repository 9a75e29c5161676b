"""A few numbers -> a report as people send it: text with bars between cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transforms.records import CellKey
from transforms.statute.loader import forms
from transforms.statute.schema import Table

# One application received and granted, by a natural person: all rules hold.
BALANCED = {
    "3|new_received|natural_person": 1,
    "3|new_received|total": 1,
    "3|granted|natural_person": 1,
    "3|granted|total": 1,
    "3|results_total|natural_person": 1,
    "3|results_total|total": 1,
}
NARRATIVE = {
    1: "主动公开、依申请公开、政府信息管理、平台建设、监督保障和工作考核平稳有序。",
    5: "个别栏目更新不够及时，下一步将明确责任。",
    6: "本年度未收取信息处理费。",
}


def report_text(
    body: str, year: int = 2023, cells: Mapping[str, int] = BALANCED, form: str = "2021"
) -> str:
    """A whole report; cells that are not given are 0."""
    printed = forms()[form]
    lines = [f"{body}{year}年政府信息公开工作年度报告"]
    lines += [f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"]
    for heading in printed.sections:
        lines.append(heading.label)
        tables = [table for table in printed.tables if table.section == heading.number]
        for table in tables:
            lines += _lines(table, cells)
        if not tables:
            lines.append(NARRATIVE[heading.number])
    return "\n".join([*lines, f"{body}", f"{year + 1}年1月20日"]) + "\n"


def _lines(table: Table, cells: Mapping[str, int]) -> Iterator[str]:
    if table.layout == "single_row":
        keys = [(row, column) for block, row in table.rows() for column in block.columns]
        yield " | ".join(dict.fromkeys(row.label for row, _ in keys))
        yield " | ".join(column.label for _, column in keys)
        yield " | ".join(_value(table, row.key, column.key, cells) for row, column in keys)
        return
    for block in table.blocks:
        if block.label:
            yield block.label
        yield " | ".join(["信息内容", *(column.label for column in block.columns)])
        for row in block.rows:
            values = [_value(table, row.key, column.key, cells) for column in block.columns]
            yield " | ".join([*row.group, row.label, *values])


def _value(table: Table, row: str, column: str, cells: Mapping[str, int]) -> str:
    return str(cells.get(str(CellKey(table.number, row, column)), 0))
