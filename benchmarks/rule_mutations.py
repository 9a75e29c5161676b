"""rule_mutations.yaml and a generated report -> the report, broken in one way.

The comment of the file says what the fields mean.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field

from benchmarks.generator import Manuscript
from benchmarks.generator.model import Line, Sheet, SheetCell
from transforms.statute.loader import load_records
from transforms.statute.schema import Record, Text

PATH = Path(__file__).with_suffix(".yaml")
PREFACE = "paragraph"
# What generated reports say that not every body may: see `correct`.
PLAUSIBLE = 4000  # units of 10,000 yuan that a township may procure for
NO_FEE_STATEMENT = "无。"
FEE_STATEMENT = "本年度未收取信息处理费，没有其他需要报告的事项。"


class Mutation(Record):
    """One record of rule_mutations.yaml."""

    id: Text
    fires: tuple[Text, ...] = ()
    forms: tuple[Text, ...] = ("2019", "2021")
    since: int | None = None
    body: Text | None = None
    zero: tuple[int, ...] = ()
    set: dict[Text, str] = Field(default_factory=dict)
    add: dict[Text, int] = Field(default_factory=dict)
    head: Text | None = None
    preface: Text | None = None
    append: dict[int, Text] = Field(default_factory=dict)
    replace: tuple[tuple[str, str], ...] = ()
    label: tuple[tuple[str, str], ...] = ()
    heading: dict[int, Text] = Field(default_factory=dict)
    drop: tuple[int, ...] = ()
    swap: tuple[int, ...] = ()
    repeat: int = 1
    drop_row: Text | None = None
    no_period: bool = False
    unread: Text | None = None

    @property
    def expected(self) -> frozenset[str]:
        """Every rule that must fire."""
        return frozenset() if self.unread else frozenset(self.fires or (self.id,))


@cache
def mutations() -> tuple[Mutation, ...]:
    """All of them, in order."""
    return load_records(PATH, Mutation)


def concerns(mutation: Mutation, manuscript: Manuscript) -> bool:
    """Whether it makes sense in this report."""
    late_enough = mutation.since is None or int(manuscript.facts["year"]) >= mutation.since
    return late_enough and (
        mutation.body is None or manuscript.facts["body"].endswith(mutation.body)
    )


def correct(manuscript: Manuscript) -> None:
    """Make a generated report one that breaks no rule.

    Numbers are drawn for readers, who do not mind a county that makes regulations, publishes more
    than it made, buys for a hundred million or is sued directly.
    """
    cells = cells_by_key(manuscript)
    for key, cell in cells.items():
        if key.startswith(("2|regulations|", "4|litigation_direct|")):
            cell.text = "0"
    for row in ("licences", "other_services", "penalties", "coercive_measures"):
        items = [cells.get(f"2|{row}|{column}") for column in ("last_year_items", "change")]
        if all(cell is not None and cell.text == "0" for cell in items):
            cells[f"2|{row}|decisions"].text = "0"
    published = cells.get("2|normative_documents|published")
    if published and int(published.text) > int(cells["2|normative_documents|made"].text):
        published.text = cells["2|normative_documents|made"].text
    procured = cells.get("2|procurement|amount")
    if procured and float(procured.text) > PLAUSIBLE:
        procured.text = str(PLAUSIBLE)
    for line in manuscript.lines():
        if line.text == NO_FEE_STATEMENT:
            line.text = FEE_STATEMENT


def break_report(manuscript: Manuscript, mutation: Mutation) -> None:
    """Change the report in place."""
    year = int(manuscript.facts["year"])
    facts = manuscript.facts | {"last": str(year - 1), "next": str(year + 1)}
    _numbers(manuscript, mutation)
    _words(manuscript, mutation, facts)
    _order(manuscript, mutation)
    for cell in manuscript.cells("header", "label"):
        cell.text = dict(mutation.label).get(cell.text, cell.text)
    if mutation.drop_row:
        _drop_row(manuscript, mutation.drop_row)


def _numbers(manuscript: Manuscript, mutation: Mutation) -> None:
    for key, cell in cells_by_key(manuscript).items():
        if int(key[0]) in mutation.zero:
            cell.text = "0"
        cell.text = mutation.set.get(key, cell.text)
        if key in mutation.add:
            cell.text = str(int(cell.text) + mutation.add[key])


def _words(manuscript: Manuscript, mutation: Mutation, facts: dict[str, str]) -> None:
    for line in manuscript.lines():
        for old, new in mutation.replace:
            line.text = line.text.replace(old.format(**facts), new.format(**facts))
        if line.kind == "heading":
            line.text = mutation.heading.get(line.section, line.text)
        elif line.kind == PREFACE and line.section == 0:
            line.text = line.text.replace(facts["period"], "") if mutation.no_period else line.text
            line.text += (mutation.preface or "").format(**facts)
    for section, text in mutation.append.items():
        lines = [line for line in manuscript.lines(PREFACE) if line.section == section]
        lines[-1].text += text.format(**facts) * mutation.repeat
    if mutation.head:
        manuscript.blocks.insert(0, Line(mutation.head.format(**facts), "frame"))


def _order(manuscript: Manuscript, mutation: Mutation) -> None:
    parts = _parts(manuscript.blocks)
    for section in mutation.drop:
        del parts[section]
    order = list(parts)
    if mutation.swap:
        first, second = (order.index(section) for section in mutation.swap)
        order[first], order[second] = order[second], order[first]
    manuscript.blocks[:] = [block for section in order for block in parts[section]]


def _parts(blocks: list[Line | Sheet]) -> dict[int, list[Line | Sheet]]:
    """The blocks by section, 0 for what stands before the first."""
    parts: dict[int, list[Line | Sheet]] = {}
    section = 0
    for block in blocks:
        if isinstance(block, Line) and block.kind == "heading":
            section = block.section
        parts.setdefault(section, []).append(block)
    return parts


def _drop_row(manuscript: Manuscript, row_key: str) -> None:
    """Take a row off its sheet; what spans it spans a row less."""
    for sheet in manuscript.sheets():
        rows = {cell.row for cell in sheet.cells if str(cell.key).startswith(f"{row_key}|")}
        for row in rows:
            sheet.cells[:] = [cell for cell in sheet.cells if (cell.row, cell.row_span) != (row, 1)]
            for cell in sheet.cells:
                if cell.row <= row < cell.row + cell.row_span:
                    cell.row_span -= 1
                elif cell.row > row:
                    cell.row -= 1


def cells_by_key(manuscript: Manuscript) -> dict[str, SheetCell]:
    """The cells that hold numbers, by `table|row|column`."""
    return {str(cell.key): cell for cell in manuscript.cells("value") if cell.key is not None}
