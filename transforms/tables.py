"""Document -> the form its tables follow, and every cell of tables 2, 3 and 4.

The chain: lines of pieces -> regions -> rows by label -> readings -> solver. Each step is a
function of its own module and can be looked at by itself (`gongkai inspect`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from transforms.align import align_rows
from transforms.detached import spread_rows
from transforms.document import Document
from transforms.headers import layout_of, learnt
from transforms.hybrids import printed_rows
from transforms.lexicon import Role, labels, labels_in
from transforms.litigation import read_single_row
from transforms.mend import labels_first, mend_labels, without_index
from transforms.partings import Effort
from transforms.pieces import Line, lines_of
from transforms.printed_columns import printed_columns
from transforms.readings import RowReadings, read_row
from transforms.records import Cell, CellKey, CellStatus
from transforms.regions import Region, find_regions, has_single_row
from transforms.rivals import all_or_none, is_another, parts_and_rivals, undecided
from transforms.solve import solve_table, sums_within
from transforms.statute.loader import cell_keys, forms
from transforms.statute.schema import Table
from transforms.told_rows import told_rows
from transforms.trust import only_trusted

Regions = Mapping[int, tuple[Region, ...]]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a report. `form` is null when no table tells; `found` lists table numbers."""

    form: str | None
    cells: tuple[Cell, ...]
    found: frozenset[int]


def read_tables(document: Document, report_year: int | None = None) -> Tables:
    """Every cell of the form once, in printed order; missing where its table is not there.

    The year only decides between forms whose labels do not.
    """
    lines = lines_of(document)
    real = find_regions(mend_labels(labels_first(without_index(lines))))
    told = _Told(lines, document.text)
    if not real and not (real := told.regions):
        return Tables(None, (), frozenset())
    form = _form_of(real, report_year)
    effort = Effort()
    cells, used = _read_all(form or _meant_for(report_year), real, told, effort)
    if form is None and used != real and (form := _form_of(used, report_year)):
        cells, used = _read_all(form, used, told, effort)
    trusted = only_trusted(cells, document, form or _meant_for(report_year))
    end = len(document.text.rstrip())
    whole = tuple([_cut(cell) if cell.char_end == end else cell for cell in trusted])
    return Tables(form, whole, frozenset(used))


def _read_all(
    form: str, regions: Regions, told: _Told, effort: Effort
) -> tuple[list[Cell], Regions]:
    """The cells of every table, and the regions they were read from: what is mostly unread as a
    table may be told in words."""
    cells: list[Cell] = []
    for table in forms()[form].tables:
        read = _read_table(form, table, regions.get(table.number, ()), effort)
        if 2 * _unread_cells(read) > len(read) and (others := told.regions.get(table.number)):
            retold = _read_table(form, table, others, effort)
            if _unread_cells(retold) < _unread_cells(read):
                regions, read = {**regions, table.number: others}, retold
        cells += read
    return cells, regions


@dataclass(frozen=True)
class _Told:
    """The tables that a document tells in words; looked for once, and only if that is asked."""

    lines: tuple[Line, ...]
    text: str

    @cached_property
    def regions(self) -> dict[int, tuple[Region, ...]]:
        """Regions by table number."""
        lines, tables = told_rows(self.lines, self.text)
        return {no: found for no, found in find_regions(lines).items() if no in tables}


def _unread_cells(cells: Sequence[Cell]) -> int:
    """How many cells of a table were not read, not even that they were left blank."""
    return sum(cell.status in (CellStatus.MISSING, CellStatus.AMBIGUOUS) for cell in cells)


def _cut(cell: Cell) -> Cell:
    """The cell at the end of the file, ambiguous if it has a number: digits of it may have been
    lost with whatever followed."""
    if cell.value is None:
        return cell
    return cell._replace(value=None, status=CellStatus.AMBIGUOUS)


def _form_of(found: Regions, report_year: int | None) -> str | None:
    """The form most of whose own labels are in the tables; else the only form that was there in
    the report year, or the one meant for it where only a table is there that all forms print alike.
    A label that is a part of another form's may be what is left of that one."""
    votes: Counter[str] = Counter()
    regions = [tables[0] for tables in found.values()]
    for token in (t for region in regions for line in region.lines for t in labels_in(line.folded)):
        having = _forms_with(token)
        if len(having) == 1:
            votes.update(having)
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    if report_year and all(has_single_row(table_no) for table_no in found):
        return _meant_for(report_year)
    there = [f.form for f in forms().values() if (f.report_years.since or 0) <= (report_year or 0)]
    return there[0] if len(there) == 1 else None


@cache
def _forms_with(text: str) -> frozenset[str]:
    """The forms with a table label that is or holds a folded text."""
    return frozenset(
        label.form for label in labels() if label.role is not Role.HEADING and text in label.folded
    )


def _meant_for(report_year: int | None) -> str:
    """The form of a report year; the newest where the year is not known or had no form."""
    meant = [f.form for f in forms().values() if report_year and report_year in f.report_years]
    return meant[0] if meant else max(forms())


def _read_table(
    form: str, table: Table, regions: Sequence[Region], effort: Effort
) -> tuple[Cell, ...]:
    if not regions:
        return tuple(cell for _, cell in _unread(form, table.number))
    parts, rivals = parts_and_rivals(regions)
    cells = _with_own(form, table, _read_lines(form, table, parts, effort))
    for rival in rivals:
        others = {cell.key: cell for cell in _read_lines(form, table, rival.lines, effort)}
        is_other = is_another(cells, others)
        cells = tuple(undecided(cell, others.get(cell.key), rival, is_other) for cell in cells)
    return cells


def _read_lines(form: str, table: Table, lines: Sequence[Line], effort: Effort) -> tuple[Cell, ...]:
    if table.layout == "single_row":
        return solve_table(form, read_single_row(lines, table, form, effort), effort)
    printed = printed_rows(form, table.number, lines)
    columns = {row.key: row.columns for row in printed}
    aligned = align_rows(lines, printed, table.number)
    if len(table.blocks) == 1:
        there = printed_columns(lines, aligned, table.blocks[0].columns)
        columns = dict.fromkeys(columns, there or table.blocks[0].columns)
        aligned = aligned if there else tuple(replace(row, shifted=True) for row in aligned)
    rows = spread_rows(aligned, {key: len(c) for key, c in columns.items()}, lines)
    layout = learnt(layout_of(lines, table, columns), rows, columns)
    read: list[tuple[tuple[CellKey, ...], RowReadings]] = []
    for row in rows:
        row_keys = tuple(CellKey(table.number, row.row_key, c.key) for c in columns[row.row_key])
        readings = row.readings or read_row(
            row.pieces, columns[row.row_key], layout, sums_within(form, row_keys), effort
        )
        proof = max(row.proof, readings.proof, key=lambda proof: proof.value)
        read.append((row_keys, readings._replace(proof=proof)))
    return solve_table(form, all_or_none(form, read), effort)


def _with_own(form: str, table: Table, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells that were read, and the form's own that a hybrid table does not print."""
    read = {cell.key: cell for cell in cells}
    own = _unread(form, table.number)
    there = [read.pop(key) if key in read else missing for key, missing in own]
    return (*there, *read.values())


@cache
def _unread(form: str, table_no: int) -> tuple[tuple[CellKey, Cell], ...]:
    """The cells of a table of a form, in printed order, as they are where nothing is read."""
    keys = (key for key in cell_keys(form) if key.table_no == table_no)
    return tuple((key, Cell(key, None, CellStatus.MISSING)) for key in keys)
