"""Cases of tests/expectations/narrative/*.yaml -> files of whole reports, and the rules that fire.

A file is a list of groups. A group has the `cells` of its tables that are not 0, by row alone where
the whole row is one natural person's; sums are added. `body`, `year` and `six` (the text of section
6) are as given or usual ones. `lawful` are paragraphs of section 1 at which no rule may fire, of
whatever family; `broken` are paragraphs with the rules that must fire, those and no others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.generator import lay_out
from benchmarks.generator.generate import printed_form
from benchmarks.generator.model import Line, Manuscript
from benchmarks.generator.story import write_manuscript
from expectations.check import check_reports
from transforms.extract import extract
from transforms.statute.loader import cell_keys

FOLDER = Path(__file__).parent / "narrative"
LAYOUTS = {"txt": "tab", "html": "html_site"}
BODY = "岚阳县财政局"
FIVE = "存在的主要问题：解读形式单一。改进情况：丰富解读形式，加强培训。"
SIX = "本年度未收取信息处理费，没有其他需要报告的事项。"
AROUND = (
    "（一）主动公开。依法做好公开工作。",
    "（二）依申请公开。规范办理流程。",
    "（三）政府信息管理。严格审核信息。",
    "（四）平台建设。做好栏目维护。",
    "（五）监督保障。开展考核，社会评议良好，未发生责任追究。",
)


@dataclass(frozen=True)
class Case:
    """A paragraph in a report, and the rules that it must fire."""

    name: str
    text: str
    group: Mapping[str, Any]
    fires: frozenset[str]


@cache
def cases() -> tuple[Case, ...]:
    """All of them, by file and place."""
    return tuple(_read())


def _read() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        groups = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, group in enumerate(groups, 1):
            where = f"{path.stem} {number}"
            for text in group.get("lawful", ()):
                yield Case(f"{where}: {text}", text, group, frozenset())
            for one in group.get("broken", ()):
                ((rules, text),) = one.items()
                yield Case(f"{where}: {text}", text, group, frozenset(rules.split()))


def fired(some: Sequence[Case], suffix: str) -> dict[str, set[str]]:
    """The rules that fire on each case, through reading and checking, by name."""
    read = {
        one.name: extract(_file(one, suffix), f"{number}.{suffix}")
        for number, one in enumerate(some)
    }
    by_report: dict[str, set[str]] = {}
    for finding in check_reports({one.document_id: one for one in read.values()}.values()):
        if finding["scope"] == "report":
            by_report.setdefault(finding["report_id"], set()).add(finding["rule_id"])
    return {
        name: by_report.get(one.report.report_id, set()) if one.report else {"no report"}
        for name, one in read.items()
    }


def _file(case: Case, suffix: str) -> bytes:
    return lay_out(_manuscript(case), 1, LAYOUTS[suffix])


def _manuscript(case: Case) -> Manuscript:
    year = case.group.get("year", 2023)
    form = "2019" if year < 2021 else "2021"
    cells = _cells(case.group.get("cells", {}), form)
    values = {key: Decimal(str(cells.get(str(key), 0))) for key in cell_keys(form)}
    body = case.group.get("body", BODY)
    whose = (body[:3], body)
    manuscript = write_manuscript(Random(1), printed_form(form), form, year, values, whose=whose)
    texts = {1: [*AROUND, case.text], 5: [FIVE], 6: [case.group.get("six", SIX)]}
    kept = [b for b in manuscript.blocks if not (isinstance(b, Line) and _is_free(b))]
    manuscript.blocks[:] = []
    for block in kept:
        manuscript.blocks.append(block)
        if isinstance(block, Line) and block.kind == "heading":
            added = [
                Line(text, "paragraph", block.section) for text in texts.get(block.section, ())
            ]
            manuscript.blocks += added
    return manuscript


def _is_free(line: Line) -> bool:
    return line.kind == "paragraph" and line.section in (1, 5, 6)


def _cells(given: Mapping[str, Any], form: str) -> dict[str, Any]:
    """The cells given, with the natural person's column, results and totals they make."""
    known = {str(key) for key in cell_keys(form)}
    cells: dict[str, Any] = {}
    for key, value in given.items():
        if key in known:
            cells[key] = value
            continue
        cells |= {f"{key}|natural_person": value, f"{key}|total": value}
    inputs = ("new_received", "carried_in", "carried_out", "results_total")
    for column in {key.split("|")[2] for key in cells if key.startswith("3|")}:
        mine = {k: v for k, v in cells.items() if k.startswith("3|") and k.endswith(f"|{column}")}
        results = sum(v for k, v in mine.items() if k.split("|")[1] not in inputs)
        cells.setdefault(f"3|results_total|{column}", results)
    for row in {key.split("|")[1] for key in cells if key.startswith("4|")}:
        total = sum(v for k, v in cells.items() if k.startswith(f"4|{row}|"))
        cells.setdefault(f"4|{row}|total", total)
    return cells
