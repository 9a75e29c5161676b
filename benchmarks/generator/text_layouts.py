"""A manuscript -> plain text, in the ways that tools dump a report's tables to text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from unicodedata import east_asian_width

from benchmarks.generator.model import Layout, Line, Manuscript, Sheet
from benchmarks.generator.sheets import cut_sheet, header_row_count
from benchmarks.generator.wording import pick, wording

TableWriter = Callable[[Sheet], Iterator[str]]
LineWriter = Callable[[Line], str]


def plain_line(line: Line) -> str:
    return " | ".join(line.cells) + " |" if line.cells else line.text


def spaced_line(line: Line) -> str:
    return plain_line(line) + "\n"


def indented_line(line: Line) -> str:
    return plain_line(line) if line.kind in ("title", "frame") else "　　" + plain_line(line) + "\n"


def markdown_line(line: Line) -> str:
    marks = {"title": "# ", "heading": "## "}
    return marks.get(line.kind, "") + plain_line(line) + "\n"


def write_text(manuscript: Manuscript, table: TableWriter, line: LineWriter, gap: str = "") -> str:
    """The whole report as text; `gap` stands before and after a table."""
    parts: list[str] = []
    for block in manuscript.blocks:
        if isinstance(block, Sheet):
            parts += [gap, *table(block), gap] if gap else list(table(block))
        else:
            parts.append(line(block))
    return "\n".join(parts) + "\n"


def tab_rows(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        yield "\t".join(sheet.places(row))


def tab_padded_rows(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        yield "\t".join(f" {text} " if text else "  " for text in sheet.places(row)) + "\t"


def tab_narrow_rows(sheet: Sheet) -> Iterator[str]:
    """Cells as they come, merged places left out, blank cells kept."""
    for row in range(sheet.row_count):
        yield "\t".join(cell.text for cell in sheet.anchors(row))


def pipe_trailing_rows(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        texts = [cell.text for cell in sheet.anchors(row)]
        yield " | ".join(texts) + " |" + "|" * (sheet.width - len(texts))


def pipe_outer_rows(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        yield "| " + " | ".join(sheet.places(row)) + " |"


def pipe_bars_rows(sheet: Sheet) -> Iterator[str]:
    """Rows of nothing but pipes between the rows."""
    for text in pipe_outer_rows(sheet):
        yield text
        yield "|" * (sheet.width + 1)


def pipe_cell_a_line(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        yield from (f"{cell.text} |" for cell in sheet.anchors(row))


def pipe_own_line(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        for cell in sheet.anchors(row):
            yield from (cell.text, "|") if cell.text else ("|",)


def markdown_rows(sheet: Sheet) -> Iterator[str]:
    for number, text in enumerate(pipe_outer_rows(sheet)):
        yield text
        if number == 0:
            yield "|" + "---|" * sheet.width


def markdown_marks_inside(sheet: Sheet) -> Iterator[str]:
    """A separator row again after every tenth row, as page-wise converters leave it."""
    for number, text in enumerate(pipe_outer_rows(sheet)):
        yield text
        if number % 10 == 0:
            yield "|" + "---|" * sheet.width


def markdown_row_groups(sheet: Sheet) -> Iterator[str]:
    """Table 3 as one table a group of rows, each under an invented header."""
    if sheet.table_no != 3:
        yield from markdown_rows(sheet)
        return
    header = wording()["row_group_header"]
    for number, row in enumerate(sheet.data_rows()):
        if number % 6 == 0:
            yield from ("", f"| {' | '.join(header)} |", "|" + "---|" * len(header))
        cells = sheet.anchors(row)
        label = "".join(cell.text for cell in cells if cell.role in ("group", "label"))
        yield "| " + " | ".join([label, *(cell.text for cell in sheet.values(row))]) + " |"


def cell_a_line(sheet: Sheet, between: str = "", indent: str = "") -> Iterator[str]:
    """One cell a line; blank cells vanish."""
    for row in range(sheet.row_count):
        for cell in sheet.anchors(row):
            if cell.text:
                yield indent + cell.text + between


def run_together_rows(sheet: Sheet, indent: str = "") -> Iterator[str]:
    for row in range(sheet.row_count):
        yield indent + "".join(cell.text for cell in sheet.anchors(row))


def single_space_rows(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        yield " ".join(cell.text for cell in sheet.anchors(row) if cell.text)


def aligned_rows(sheet: Sheet) -> Iterator[str]:
    """Columns padded with spaces to the width of their widest text."""
    rows = [sheet.places(row) for row in range(sheet.row_count)]
    single = {(c.row, c.column) for c in sheet.cells if c.column_span == 1}
    widths = [
        max((_width(row[i]) for r, row in enumerate(rows) if (r, i) in single), default=0)
        for i in range(sheet.width)
    ]
    for row in rows:
        padded = (text + " " * (widths[i] - _width(text)) for i, text in enumerate(row))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def boxed_rows(sheet: Sheet, bar: str = "│", dash: str = "─", cross: str = "┼") -> Iterator[str]:
    """Cells in a drawn box, a rule after every row."""
    rows = [sheet.places(row) for row in range(sheet.row_count)]
    widths = [max(_width(row[i]) for row in rows) for i in range(sheet.width)]
    rule = cross + cross.join(dash * (width + 2) for width in widths) + cross
    yield rule
    for row in rows:
        padded = (text + " " * (widths[i] - _width(text)) for i, text in enumerate(row))
        yield bar + bar.join(f" {text} " for text in padded) + bar
        yield rule


def _spread_places(sheet: Sheet, row: int) -> list[str]:
    """The text of every column of the row; a merged label stands in all places it covers.

    Merged numbers stand once: repeated, they would be columns of their own.
    """
    texts = sheet.places(row)
    for cell in sheet.cells:
        if cell.role != "value" and cell.row <= row < cell.row + cell.row_span:
            for column in range(cell.column, cell.column + cell.column_span):
                texts[column] = cell.text
    return texts


def markdown_spread_rows(sheet: Sheet) -> Iterator[str]:
    """Merged cells repeated in every place they cover, as data-frame tools write them."""
    for row in range(sheet.row_count):
        yield "| " + " | ".join(_spread_places(sheet, row)) + " |"
        if row == 0:
            yield "|" + "---|" * sheet.width


def markdown_break_rows(sheet: Sheet) -> Iterator[str]:
    """Long words broken with <br>, as converters of PDF files keep the lines of a cell."""
    for number, text in enumerate(pipe_outer_rows(sheet)):
        yield re.sub(r"([\u4e00-\u9fff（）、]{5})(?=[\u4e00-\u9fff])", r"\1<br>", text)
        if number == 0:
            yield "|" + "---|" * sheet.width


def full_width_bar_rows(sheet: Sheet) -> Iterator[str]:
    for row in range(sheet.row_count):
        yield "｜".join(sheet.places(row))


def pipe_newline_rows(sheet: Sheet) -> Iterator[str]:
    """Every cell begins a line: its text stands between the line end and the next pipe."""
    for row in range(sheet.row_count):
        texts = [cell.text for cell in sheet.anchors(row)]
        yield "| \n " + "  | \n ".join(texts) + "  | " + "|" * (sheet.width - len(texts))


def detached_rows(sheet: Sheet, separator: str = "\t", edge: str = "") -> Iterator[str]:
    """All labels first, then the number rows, as some PDF tools give them."""
    if sheet.table_no == 2:
        yield from tab_rows(sheet)
        return
    for row in range(sheet.row_count):
        yield from (cell.text for cell in sheet.anchors(row) if cell.role != "value")
    for row in sheet.data_rows():
        yield edge + separator.join(cell.text for cell in sheet.values(row)) + edge


def _encode(
    manuscript: Manuscript,
    rng: Random,  # noqa: ARG001  (part of the layout signature)
    *,
    table: TableWriter,
    line: LineWriter = spaced_line,
    encoding: str = "utf-8",
    newline: str = "\n",
) -> bytes:
    return write_text(manuscript, table, line).replace("\n", newline).encode(encoding)


def _one_line(manuscript: Manuscript, rng: Random) -> bytes:  # noqa: ARG001
    text = write_text(manuscript, single_space_rows, plain_line)
    return re.sub(r"\s+", " ", text).strip().encode()


def cut_applications(manuscript: Manuscript, rng: Random, repeat_header: bool = True) -> None:
    """Table 3 over two pages, a page number between."""
    for index, block in enumerate(manuscript.blocks):
        if isinstance(block, Sheet) and block.table_no == 3:
            top = header_row_count(block)
            at = rng.randint(top + 2, max(top + 2, block.row_count - 2))
            first, second = cut_sheet(block, at, repeat_header)
            mark = Line(pick(rng, "page_marks", page=rng.randint(2, 9)), "page", 3)
            manuscript.blocks[index : index + 1] = [first, mark, second]
            return


_TEXT = frozenset({"text"})
_DROPS = frozenset({"text", "drops_blanks"})
_RUNS = frozenset({"text", "drops_blanks", "runs_together"})
_DETACHED = frozenset({"text", "detached"})


def _layout(
    name: str, table: TableWriter, line: LineWriter = spaced_line, traits: frozenset[str] = _TEXT
) -> Layout:
    return Layout(name, partial(_encode, table=table, line=line), traits)


def _encoded(name: str, encoding: str, newline: str = "\n") -> Layout:
    render = partial(_encode, table=tab_rows, encoding=encoding, newline=newline)
    return Layout(name, render, _TEXT)


_TAB = partial(_encode, table=tab_rows)
TEXT_LAYOUTS = (
    _layout("tab", tab_rows),
    _layout("tab_padded", tab_padded_rows),
    _layout("tab_narrow", tab_narrow_rows, plain_line),
    _layout("pipe_trailing", pipe_trailing_rows, plain_line),
    _layout("pipe_outer", pipe_outer_rows),
    _layout("pipe_bars", pipe_bars_rows),
    _layout("pipe_cell_a_line", pipe_cell_a_line, plain_line),
    _layout("pipe_own_line", pipe_own_line, plain_line),
    _layout("markdown", markdown_rows, markdown_line),
    _layout("markdown_tab", tab_rows, markdown_line),
    _layout("markdown_marks_inside", markdown_marks_inside, markdown_line),
    _layout("markdown_row_groups", markdown_row_groups, markdown_line),
    _layout("markdown_spread", markdown_spread_rows, markdown_line),
    _layout("markdown_breaks", markdown_break_rows, markdown_line),
    _layout("pipe_newline", pipe_newline_rows, plain_line),
    _layout("boxed", boxed_rows, plain_line),
    _layout("boxed_plus", partial(boxed_rows, bar="|", dash="-", cross="+")),
    _layout("full_width_bar", full_width_bar_rows, plain_line),
    _layout("cell_a_line", cell_a_line, plain_line, _DROPS),
    _layout("cell_a_line_gaps", partial(cell_a_line, between="\n"), spaced_line, _DROPS),
    _layout("cell_a_line_indented", partial(cell_a_line, indent="　　"), indented_line, _DROPS),
    _layout("run_together", run_together_rows, plain_line, _RUNS),
    _layout("run_together_indented", partial(run_together_rows, indent="  "), indented_line, _RUNS),
    _layout("aligned", aligned_rows, spaced_line, _DROPS),
    _layout("single_space", single_space_rows, plain_line, _DROPS),
    _layout("detached", detached_rows, spaced_line, _DETACHED),
    _layout(
        "detached_pipe", partial(detached_rows, separator=" | ", edge="|"), plain_line, _DETACHED
    ),
    Layout("one_line", _one_line, _DROPS),
    Layout("two_pages", _TAB, _TEXT, cut_applications),
    Layout("two_pages_no_header", _TAB, _TEXT, partial(cut_applications, repeat_header=False)),
    _encoded("tab_gb18030", "gb18030"),
    _encoded("tab_utf16", "utf-16"),
    _encoded("tab_bom_crlf", "utf-8-sig", "\r\n"),
)
