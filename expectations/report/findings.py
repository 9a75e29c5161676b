"""Findings of a batch -> findings as people read them: labels, numbers, law, source lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from expectations.labels import rule_basis
from expectations.report import queries
from expectations.report.bilingual import CellLabels, Label, cell_labels, parse_key
from expectations.report.excerpt import Line, Span, source_lines
from expectations.report.queries import Row, Warehouse
from expectations.report.words import words
from transforms.statute.rules import rules

_AT_ONCE = 2000  # findings at a time, so that only the texts of their reports are held in memory


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell that a finding is about."""

    key: str
    table_no: int
    labels: CellLabels
    value: Decimal | None
    status: str
    raw_text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with all that a reader needs to verify it."""

    finding_id: str
    rule_id: str
    title: Label
    severity: str
    message: Label
    observed: str
    expected: str
    law: Label
    likely_fix: Label | None
    report_id: str
    document_id: str
    body_name: str | None
    report_year: int | None
    form: str | None
    is_current: bool  # false: the body has filed again since
    source_path: str
    numbered_lines: bool  # the line numbers are those of the file itself
    cells: tuple[ShownCell, ...]
    lines: tuple[Line, ...]
    applications: Decimal | None = None  # of table 3 that do not add up
    root_finding_id: str | None = None
    explanation: Label | None = None  # which cells may be wrong
    suspect_cells: tuple[str, ...] = ()
    waiver: Label | None = None  # that the office accepts it, why and until when
    waiver_state: str | None = None

    @property
    def nonzero_cells(self) -> tuple[ShownCell, ...]:
        """The cells but for plain zeros: a sum of twenty parts has few of them."""
        return tuple(cell for cell in self.cells if cell.value != 0)

    @property
    def common_row(self) -> Label | None:
        """The row label when all cells stand in one row."""
        return _common([cell.labels.row for cell in self.cells])

    @property
    def common_column(self) -> Label | None:
        """The column label when all cells stand in one column."""
        return _common([cell.labels.column for cell in self.cells])


def read_findings(warehouse: Warehouse, most_a_rule: int | None = None) -> Iterator[ShownFinding]:
    """The findings of the batch, worst first, then by rule and body; the first of each rule.

    Without `most_a_rule` all of them. Read in portions: a batch may have a hundred thousand.
    """
    rows = warehouse.rows(queries.FINDINGS, most=most_a_rule)
    for first in range(0, len(rows), _AT_ONCE):
        portion = rows[first : first + _AT_ONCE]
        cells = _cells_by_place(warehouse, portion)
        documents = sorted({row["document_id"] for row in portion})
        found = warehouse.rows(queries.TEXTS, documents=documents)
        texts = {row["document_id"]: row["text"] for row in found}
        for row in portion:
            yield _shown(row, cells, texts.get(row["document_id"]) or "")


def _cells_by_place(warehouse: Warehouse, portion: list[Row]) -> dict[tuple[str, str], Row]:
    """The cells the findings name, by report and printed key."""
    reports = sorted({row["report_id"] for row in portion})
    keys = sorted({key for row in portion for key in row["cells"] or ()})
    found = warehouse.rows(queries.CELLS_OF_FINDINGS, reports=reports, keys=keys)
    return {(row["report_id"], row["cell"]): row for row in found}


def _shown(row: Row, by_place: dict[tuple[str, str], Row], text: str) -> ShownFinding:
    cells = tuple(
        _shown_cell(by_place[row["report_id"], key], row["form"])
        for key in row["cells"] or ()
        if (row["report_id"], key) in by_place
    )
    return ShownFinding(
        finding_id=row["finding_id"],
        rule_id=row["rule_id"],
        title=Label(row["title_zh"], row["title_en"]),
        severity=row["severity"],
        message=Label(row["message_zh"], row["message_en"]),
        observed=row["observed"] or "",
        expected=row["expected"] or "",
        law=_law(row),
        likely_fix=_likely_fix(row["rule_id"]),
        report_id=row["report_id"],
        document_id=row["document_id"],
        body_name=row["body_name"],
        report_year=row["report_year"],
        form=row["form"],
        is_current=row["is_current"],
        source_path=row["source_path"],
        numbered_lines=(row["media_type"] or "").startswith("text/plain"),
        cells=cells,
        lines=source_lines(text, _spans(row, cells)),
        applications=row["applications"],
        root_finding_id=row["root_finding_id"],
        explanation=_explanation(row),
        suspect_cells=tuple(row["suspect_cells"] or ()),
        waiver=_waiver(row),
        waiver_state=row["waiver"],
    )


def _shown_cell(row: Row, form: str) -> ShownCell:
    key = parse_key(row["cell"])
    return ShownCell(
        key=row["cell"],
        table_no=key.table_no,
        labels=cell_labels(key, form),
        value=row["value"],
        status=row["status"],
        raw_text=row["raw_text"] or "",
        span=_span(row),
    )


def _explanation(row: Row) -> Label | None:
    said = row["explanation_zh"]
    return Label(said, row["explanation_en"]) if said else None


def _waiver(row: Row) -> Label | None:
    if row["waiver"] is None:
        return None
    details = {name: str(row[f"waiver_{name}"]) for name in ("reason", "who", "until")}
    said = words().both(f"waiver_{row['waiver']}", **details)
    return Label(said["zh"], said["en"])


def _law(row: Row) -> Label:
    """The legal basis: in Chinese as published with the batch, in English from the rule book."""
    rule = rules().get(row["rule_id"])
    return Label(row["legal_basis"], rule_basis(rule, "en") if rule else row["legal_basis"])


def _likely_fix(rule_id: str) -> Label | None:
    rule = rules().get(rule_id)
    return Label(rule.likely_fix.zh, rule.likely_fix.en) if rule else None


def _spans(row: Row, cells: tuple[ShownCell, ...]) -> list[Span]:
    """Where to look: the cells that are not 0; failing that all cells; failing that the finding."""
    placed = [cell for cell in cells if cell.span]
    telling = [cell for cell in placed if cell.value != 0] or placed
    whole = _span(row)
    return [cell.span for cell in telling if cell.span] or ([whole] if whole else [])


def _span(row: Row) -> Span | None:
    start, end = row["char_start"], row["char_end"]
    return None if start is None or end is None else (start, end)


def _common(labels: list[Label]) -> Label | None:
    return labels[0] if len(labels) > 1 and len(set(labels)) == 1 else None


def number(value: Decimal | None) -> str:
    """`1250.500000` -> `1250.5`; empty for null."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
