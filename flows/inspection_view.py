"""How a file was read -> the screen of `gongkai inspect`.

Statuses have a colour and a mark, so that nothing is lost without colours. All text that comes from
the file goes through `one_line`: it may hold anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.files import problem_text
from flows.inspection import TABLES, BlockReading, RowReading, TableReading, line_number
from flows.language import current, say
from flows.plain import one_line
from transforms.bodies import bodies
from transforms.claims import claim_kinds
from transforms.records import Cell, CellStatus, Extraction, Report
from transforms.statute.loader import forms

# What stands for the value, `{}`, and in which style.
MARKS = {
    CellStatus.REPORTED: ("{}", ""),
    CellStatus.RECOVERED: ("{}*", "green"),
    CellStatus.BLANK: ("/", "dim"),
    CellStatus.AMBIGUOUS: ("?", "bold yellow"),
    CellStatus.MISSING: ("x", "red"),
    CellStatus.INVALID: ("!", "bold magenta"),
}
_LABEL_WIDTH = 30
# A header is folded to the first of these that leaves room for the source.
_HEADER_WIDTHS = {"zh": (6,), "en": (14, 12, 10, 8)}
_GAP = 1  # between columns
_LEAST_SOURCE_WIDTH = 20
_NEW_LINE = " ⏎ "


class _Labelled(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def label_en(self) -> str: ...


def print_reading(
    console: Console, extraction: Extraction, readings: Sequence[TableReading]
) -> None:
    """Identity, sections, the tables, claims and problems of a report."""
    report = extraction.report
    if report is None:
        raise ValueError(f"{extraction.source_path} is no report")
    _print_pairs(console, "inspect_identity", _identity(report))
    _print_pairs(console, "inspect_sections", _sections(extraction, report))
    if readings:
        _print_heading(console, "inspect_tables")
        console.print(Padding(_legend(), (0, 0, 1, 2)))
    for reading in readings:
        _print_table(console, reading)
    _print_pairs(console, "inspect_claims", _claims(report))
    _print_pairs(console, "inspect_problems", _problems(report))


def _print_heading(console: Console, key: str) -> None:
    console.print(Text(say(key), style="bold reverse"))


def _print_pairs(console: Console, key: str, pairs: Iterable[tuple[str, str | Text]]) -> None:
    """A heading, and lines of a name and what there is under it."""
    _print_heading(console, key)
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in pairs:
        table.add_row(Text(name), value if isinstance(value, Text) else Text(one_line(value)))
    console.print(
        Padding(table if table.rows else Text(say("inspect_none")), (0, 0, 1, 2), expand=False)
    )


def _identity(report: Report) -> Iterator[tuple[str, str | Text]]:
    identity = report.identity
    kind = bodies().get(identity.body_level or "")
    level = _label(kind) if kind else identity.body_level
    place = (identity.division_code, identity.division_path)
    period = (identity.period_start, identity.period_end)
    values = {
        "report_id": report.report_id,
        "title": identity.title,
        "body_name": identity.body_name,
        "body_level": level,
        "division": " ".join(filter(None, place)),
        "report_year": identity.report_year,
        "form": report.form,
        "period": " — ".join(str(day) for day in period if day),
        "period_text": identity.period_text,
        "published_on": identity.published_on,
        "document_number": identity.document_number,
    }
    for name, value in values.items():
        absent = Text(say("inspect_not_read"), style="dim")
        yield say(f"inspect_{name}"), str(value) if value not in {None, ""} else absent


def _sections(extraction: Extraction, report: Report) -> Iterator[tuple[str, str | Text]]:
    found = {section.section_no: section for section in report.sections}
    form = forms().get(report.form or "") or [*forms().values()][-1]
    for heading in form.sections:
        section = found.get(heading.number)
        if section is None:
            yield "x", Text(f"{heading.label}  {say('inspect_not_found')}", style="red")
            continue
        line = line_number(extraction, section.char_start)
        at = f"  {say('check_line', line=line)}" if line else ""
        yield str(section.section_no), Text.assemble(one_line(section.heading), (at, "dim"))


def _problems(report: Report) -> Iterator[tuple[str, str]]:
    for problem in report.problems:
        table = problem.place in map(str, TABLES)
        place = say("inspect_place", number=problem.place) if table else problem.place
        yield place or "-", problem_text(problem, current())


def _legend() -> Text:
    parts = [
        Text.assemble((mark.format(8), style), f" {say(f'cell_{status}')}")
        for status, (mark, style) in MARKS.items()
    ]
    return Text("   ").join(parts)


def _print_table(console: Console, reading: TableReading) -> None:
    counts = Counter(cell.status for cell in reading.cells)
    counted = say("list_mark").join(
        f"{say(f'cell_{status}')} {counts[status]}" for status in CellStatus if counts[status]
    )
    title = say("inspect_table", number=reading.table.number, label=reading.table.label)
    console.print(Text.assemble((f"  {title}", "bold"), f"  {counted}"))
    for block in reading.blocks:
        console.print(Padding(_grid(block, console.width - 2), (0, 0, 1, 2), expand=False))
    for note in _notes(reading):
        console.print(Padding(note, (0, 0, 1, 4), expand=False))


def _grid(reading: BlockReading, width: int) -> Table:
    """The rows of a block with their source; that is left out where there is no room for it."""
    widths = _column_widths(reading, width)
    with_source = _room_for_source(widths, width) >= _LEAST_SOURCE_WIDTH
    table = Table(
        box=box.SIMPLE_HEAD, padding=(0, _GAP, 0, 0), pad_edge=False, show_edge=False, width=width
    )
    table.add_column(Text(reading.block.label or ""), width=_LABEL_WIDTH, no_wrap=True)
    for column, column_width in zip(reading.block.columns, widths, strict=True):
        table.add_column(Text(_label(column)), width=column_width, justify="right", overflow="fold")
    table.add_column(Text(say("inspect_source") if with_source else ""), overflow="fold", ratio=1)
    groups: tuple[str, ...] = ()
    for row in reading.rows:
        for depth, group in _new_groups(groups, row.row.group):
            table.add_row(Text("  " * depth + group, style="bold"))
        groups = row.row.group
        indent = "" if current() == "en" else "  " * len(groups)
        label = Text(indent + _label(row.row), overflow="ellipsis")
        table.add_row(
            label,
            *(_shown(cell) for cell in row.cells),
            _source(row) if with_source else Text(),
        )
    return table


def _column_widths(reading: BlockReading, width: int) -> list[int]:
    """Wide enough for the values, and for the words of the headers where the source has room."""
    values = [
        max(cell_len(_shown(row.cells[i]).plain) for row in reading.rows)
        for i in range(len(reading.block.columns))
    ]
    words = [max(map(cell_len, _label(column).split())) for column in reading.block.columns]
    widths: list[int] = []
    for widest in _HEADER_WIDTHS[current()]:
        widths = [max(value, min(word, widest)) for value, word in zip(values, words, strict=True)]
        if _room_for_source(widths, width) >= _LEAST_SOURCE_WIDTH:
            break
    return widths


def _room_for_source(widths: Sequence[int], width: int) -> int:
    return width - _LABEL_WIDTH - sum(widths) - _GAP * (len(widths) + 2)


def _new_groups(before: tuple[str, ...], now: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The group labels that begin here. English labels carry their groups themselves."""
    if current() == "en":
        return
    for depth, group in enumerate(now):
        if before[: depth + 1] != now[: depth + 1]:
            yield depth, group


def _shown(cell: Cell) -> Text:
    mark, style = MARKS[cell.status]
    return Text(mark.format("" if cell.value is None else _number(cell.value)), style=style)


def _source(row: RowReading) -> Text:
    """The source lines of a row, what its cells were read from underlined."""
    return Text(_NEW_LINE, style="dim").join(
        Text.assemble(
            *(
                (_keep_edges(piece.text), "underline" if piece.marked else "")
                for piece in line.pieces
            )
        )
        for line in row.source
    )


def _keep_edges(text: str) -> str:
    """On one line, with a blank at either end where there was one."""
    inner = one_line(text)
    before = " " if text[:1].isspace() else ""
    after = " " if inner and text[-1:].isspace() else ""
    return before + inner + after


def _notes(reading: TableReading) -> Iterator[Text]:
    """What may stand in the cells that could not be read, a line for cells read from one place."""
    unread = (CellStatus.AMBIGUOUS, CellStatus.INVALID)
    for block in reading.blocks:
        labels = {column.key: _label(column) for column in block.block.columns}
        for row in block.rows:
            cells = [cell for cell in row.cells if cell.status in unread]
            for (status, seen), same in groupby(cells, lambda cell: (cell.status, cell.raw_text)):
                mark, style = MARKS[status]
                read = say("list_mark").join(
                    f"{labels[cell.key.column_key]}{_candidates(cell)}" for cell in same
                )
                words = say("inspect_note", row=_label(row.row), cells=read, seen=one_line(seen))
                yield Text.assemble((mark, style), f" {words}")


def _candidates(cell: Cell) -> str:
    if cell.status is not CellStatus.AMBIGUOUS:
        return ""
    if not cell.candidates:
        return say("inspect_many")
    return say("inspect_candidates", values=" / ".join(map(_number, cell.candidates)))


def _claims(report: Report) -> Iterator[tuple[str, str]]:
    for claim in report.claims:
        kind = claim_kinds().get(claim.claim)
        name = _label(kind) if kind else claim.claim
        remarks = [] if claim.qualifier == "exact" else [say(f"inspect_{claim.qualifier}")]
        remarks += [str(claim.year)] if claim.year != report.identity.report_year else []
        remark = f" ({', '.join(remarks)})" if remarks else ""
        yield f"{name} {_number(claim.value)}{claim.unit}{remark}", claim.sentence


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _label(thing: _Labelled) -> str:
    return thing.label_en if current() == "en" else thing.label
