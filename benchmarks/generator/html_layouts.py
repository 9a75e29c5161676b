"""A manuscript -> HTML: clean, exported by Word, inside a whole site page, nested, badly closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from html import escape
from itertools import pairwise
from random import Random

from benchmarks.generator.model import Layout, Line, Manuscript, Sheet, SheetCell
from benchmarks.generator.sheets import cut_sheet, header_row_count
from benchmarks.generator.text_layouts import cut_applications
from benchmarks.generator.wording import wording

CellWriter = Callable[[SheetCell], str]
TableWriter = Callable[[Sheet], str]
LineWriter = Callable[[Line], str]


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>").replace("\u00a0", "&nbsp;")


def _spans(cell: SheetCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    return rows + (f' colspan="{cell.column_span}"' if cell.column_span > 1 else "")


def plain_cell(cell: SheetCell) -> str:
    return f"<td{_spans(cell)}>{_text(cell.text)}</td>"


def head_cell(cell: SheetCell) -> str:
    tag = "td" if cell.role == "value" else "th"
    return f"<{tag}{_spans(cell)}>{_text(cell.text)}</{tag}>"


def paragraph_cell(cell: SheetCell) -> str:
    """Each cell a paragraph, each character of a label its own span."""
    spans = "".join(f"<span>{_text(character)}</span>" for character in cell.text)
    return f'<td{_spans(cell)} valign="center">\n<p style="text-align:center">{spans}</p>\n</td>'


def word_cell(cell: SheetCell) -> str:
    """Word's export: runs cut at script changes, o:p, blanks as nbsp, wrapped source lines."""
    runs = (
        "".join(
            f"<span lang=EN-US style='font-size:10.5pt'>{_text(part)}</span>"
            for part in _runs(cell.text)
        )
        or "<span lang=EN-US>&nbsp;</span>"
    )
    style = "width:38.25pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt"
    return (
        f"<td width=51{_spans(cell)} style='{style}'>\n  <p class=MsoNormal align=center\n"
        f"  style='text-align:center'>{runs}<o:p></o:p></p>\n  </td>"
    )


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for character in text:
        if runs and (runs[-1][-1].isascii() == character.isascii()) and len(runs[-1]) < 5:
            runs[-1] += character
        else:
            runs.append(character)
    return runs


def sloppy_cell(cell: SheetCell) -> str:
    """Upper case, no end tags, spans with a unit, as old site editors write."""
    rows = f" ROWSPAN={cell.row_span}px" if cell.row_span > 1 else ""
    columns = f' COLSPAN=" 0{cell.column_span} "' if cell.column_span > 1 else ""
    return f"<TD{rows}{columns}>{_text(cell.text)}"


def form_cell(cell: SheetCell) -> str:
    """Values in form fields that cannot be changed, as reporting systems print their pages."""
    if cell.role != "value":
        return plain_cell(cell)
    return f'<td{_spans(cell)}><input type="text" readonly value="{escape(cell.text)}"></td>'


def noted_cell(cell: SheetCell) -> str:
    """A raised mark behind every number."""
    mark = "<sup>1</sup>" if cell.role == "value" and cell.text[-1:].isdigit() else ""
    return f"<td{_spans(cell)}>{_text(cell.text)}{mark}</td>"


def corrected_cell(cell: SheetCell) -> str:
    """Another number struck out before every number."""
    struck = "<s>7</s>" if cell.role == "value" and cell.text[-1:].isdigit() else ""
    return f"<td{_spans(cell)}>{struck}{_text(cell.text)}</td>"


def div_table(sheet: Sheet) -> str:
    """No table at all: a row is a block, a cell a block in it."""
    rows = (
        '<div class="row">'
        + "".join(f'<div class="cell">{_text(cell.text)}</div>' for cell in sheet.anchors(row))
        + "</div>"
        for row in range(sheet.row_count)
    )
    return '<div class="table">' + "\n".join(rows) + "</div>"


def table_of(sheet: Sheet, cell: CellWriter, attributes: str = ' border="1"') -> str:
    rows = (
        "<tr>" + "".join(cell(c) for c in sheet.anchors(row)) + "</tr>"
        for row in range(sheet.row_count)
    )
    return f"<table{attributes}>\n" + "\n".join(rows) + "\n</table>"


def headed_table(sheet: Sheet) -> str:
    top = header_row_count(sheet)
    rows = [
        "<tr>" + "".join(head_cell(c) for c in sheet.anchors(row)) + "</tr>"
        for row in range(sheet.row_count)
    ]
    head, body = "\n".join(rows[:top]), "\n".join(rows[top:])
    return f"<table><thead>\n{head}\n</thead><tbody>\n{body}\n</tbody></table>"


def flat_table(sheet: Sheet) -> str:
    """Spans lost: every covered place is an empty cell of its own."""
    rows = (
        "<tr>" + "".join(f"<td>{_text(text)}</td>" for text in sheet.places(row)) + "</tr>"
        for row in range(sheet.row_count)
    )
    return "<table>" + "\n".join(rows) + "</table>"


def nested_table(sheet: Sheet) -> str:
    inner = table_of(sheet, plain_cell)
    middle = f"<table><tr><td>{inner}</td></tr></table>"
    return f'<table width="100%"><tr><td></td><td>{middle}</td></tr></table>'


def sloppy_table(sheet: Sheet) -> str:
    rows = (
        "<TR>" + "\n".join(sloppy_cell(c) for c in sheet.anchors(row))
        for row in range(sheet.row_count)
    )
    return "<TABLE BORDER=1>\n" + "\n".join(rows) + "\n</TABLE>"


def word_table(sheet: Sheet) -> str:
    """With the hidden last row that Word writes to fix the column widths."""
    widths = "".join(f"<td width={40 + i} style='border:none'></td>" for i in range(sheet.width))
    inner = table_of(sheet, word_cell, " class=MsoNormalTable border=1 cellspacing=0")
    return inner.replace("\n</table>", f"\n<tr height=0>{widths}</tr>\n</table>")


def plain_line(line: Line) -> str:
    if line.cells:
        cells = "".join(f"<td>{_text(text)}</td>" for text in line.cells)
        return f'<table class="index"><tr>{cells}</tr></table>'
    tags = {"title": "h1", "heading": "h2"}
    tag = tags.get(line.kind, "p")
    return f"<{tag}>{_text(line.text)}</{tag}>"


def word_line(line: Line) -> str:
    spans = "".join(f"<span lang=EN-US>{_text(part)}</span>" for part in _runs(line.text))
    return f"<p class=MsoNormal style='text-indent:32.0pt'>{spans}<o:p></o:p></p>"


def sloppy_line(line: Line) -> str:
    return f"<P>&nbsp;&nbsp;{_text(line.text or ' | '.join(line.cells))}"


def body_of(manuscript: Manuscript, table: TableWriter, line: LineWriter = plain_line) -> str:
    return "\n".join(
        table(block) if isinstance(block, Sheet) else line(block) for block in manuscript.blocks
    )


def _page(
    manuscript: Manuscript,
    rng: Random,  # noqa: ARG001  (part of the layout signature)
    *,
    table: TableWriter,
    line: LineWriter = plain_line,
    charset: str = "utf-8",
    encoding: str = "utf-8",
) -> bytes:
    title = _text(manuscript.lines("title")[0].text) if manuscript.lines("title") else ""
    text = (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><title>{title}</title></head>\n'
        f"<body>\n{body_of(manuscript, table, line)}\n</body></html>\n"
    )
    return text.encode(encoding)


def _word_page(
    manuscript: Manuscript,
    rng: Random,  # noqa: ARG001
    charset: str = "gb2312",
    encoding: str = "gb18030",
) -> bytes:
    text = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>\n'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">\n'
        '<meta name=Generator content="Microsoft Word 15 (filtered)">\n<style><!--\n'
        " p.MsoNormal {margin:0cm;font-size:10.5pt;}\n--></style>\n</head>\n"
        f"<body lang=ZH-CN>\n<div class=Section1>\n{body_of(manuscript, word_table, word_line)}\n"
        "</div>\n</body>\n</html>\n"
    )
    return text.encode(encoding)


def _site_page(manuscript: Manuscript, rng: Random) -> bytes:
    """A whole page of a government site: bars, scripts, neighbours, footer."""
    facts, words = manuscript.facts, wording()
    top = "".join(f"<li><a href='#'>{_text(t)}</a></li>" for t in words["frame_top"])
    bottom = "".join(f"<p>{_text(t.format(**facts))}</p>" for t in words["frame_bottom"])
    body = body_of(manuscript, partial(table_of, cell=paragraph_cell))
    seen = rng.randrange(100, 9999)
    text = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'>"
        f"<title>{_text(words['site_title'])}</title>"
        "<script>var rows = '<table><tr><td>0</td></tr></table>';</script>"
        "<style>.nav{display:none}</style></head><body>"
        f"<div class='nav'><ul>{top}</ul></div><div class='share'><span>{seen}</span></div>"
        f"<div id='content'><div class='TRS_Editor'>{body}</div></div>"
        f"<div class='footer'>{bottom}</div></body></html>"
    )
    return text.encode()


def split_disclosures(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """Table 2 as one table for each item of the article."""
    for index, block in enumerate(manuscript.blocks):
        if isinstance(block, Sheet) and block.table_no == 2:
            parts, rest = [], block
            starts = sorted({cell.row for cell in block.cells if cell.role == "caption"})
            for before, start in pairwise(starts):
                part, rest = cut_sheet(rest, start - before, repeat_header=False)
                parts.append(part)
            manuscript.blocks[index : index + 1] = [*parts, rest]
            return


_HTML = frozenset({"html", "ruled"})
_FLAT = frozenset({"html"})
_DIVS = frozenset({"html", "drops_blanks"})
_CLEAN = partial(table_of, cell=plain_cell)


def _layout(name: str, table: TableWriter, line: LineWriter = plain_line) -> Layout:
    return Layout(name, partial(_page, table=table, line=line), _HTML)


HTML_LAYOUTS = (
    _layout("html", _CLEAN),
    _layout("html_th", partial(table_of, cell=head_cell)),
    _layout("html_thead", headed_table),
    _layout("html_paragraph_cells", partial(table_of, cell=paragraph_cell)),
    _layout("html_nested", nested_table),
    _layout("html_sloppy", sloppy_table, sloppy_line),
    _layout("html_form_fields", partial(table_of, cell=form_cell)),
    _layout("html_raised_marks", partial(table_of, cell=noted_cell)),
    _layout("html_struck_out", partial(table_of, cell=corrected_cell)),
    Layout("html_divs", partial(_page, table=div_table), _DIVS),
    Layout("html_flat", partial(_page, table=flat_table), _FLAT),
    Layout("html_wrong_meta", partial(_page, table=_CLEAN, charset="gb2312"), _HTML),
    Layout("html_word_gb18030", _word_page, _HTML),
    Layout("html_word_wrong_meta", partial(_word_page, charset="utf-8"), _HTML),
    Layout("html_word_utf8", partial(_word_page, charset="utf-8", encoding="utf-8"), _HTML),
    Layout("html_site", _site_page, _HTML),
    Layout("html_five_tables", partial(_page, table=_CLEAN), _HTML, split_disclosures),
    Layout("html_two_pages", partial(_page, table=_CLEAN), _HTML, cut_applications),
)
