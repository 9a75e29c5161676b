"""A manuscript -> DOCX and RTF as Word and WPS write them, which LibreOffice does not.

Runs cut within numbers, column widths in twips, merges without a value; changes that were tracked;
headings whose numbers are counted; Chinese as escaped bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from io import BytesIO
from random import Random

from benchmarks.generator.model import Layout, Line, Manuscript, Sheet, SheetCell
from benchmarks.generator.text_layouts import cut_applications

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WRITTEN = (2024, 1, 10, 0, 0, 0)  # so that the same report gives the same bytes
_COUNTED = "一二三四五六七八九"
_NUMBERING = (
    f'<w:numbering xmlns:w="{_MAIN}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
Runs = Callable[[str, Random], str]


def _run(text: str, properties: str = "") -> str:
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in text.split("\n")
    )
    return f'<w:r><w:rPr>{properties}<w:rFonts w:hint="eastAsia"/></w:rPr>{lines}</w:r>'


def plain_runs(text: str, rng: Random) -> str:
    """Cut anywhere, numbers too."""
    if len(text) < 2:
        return _run(text) if text else ""
    cut = rng.randrange(1, len(text))
    return _run(text[:cut]) + '<w:proofErr w:type="gramStart"/>' + _run(text[cut:])


def tracked_runs(text: str, rng: Random) -> str:
    """What was there before is deleted, hidden or struck out beside what is there now."""
    old = str(rng.randrange(1, 99))
    gone = (
        f'<w:del w:id="1" w:author="a"><w:r><w:delText>{old}</w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="2" w:author="a">{_run(old)}</w:moveFrom>',
        _run(old, "<w:vanish/>"),
        _run(old, "<w:strike/>"),
    )
    new = f'<w:ins w:id="3" w:author="a">{plain_runs(text, rng)}</w:ins>'
    return rng.choice(gone) + new if text else rng.choice(gone)


def _paragraph(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}<w:rPr/></w:pPr>{content}</w:p>"


def _cells(sheet: Sheet, row: int) -> Iterator[tuple[SheetCell, bool]]:
    """The cells of a row with those that reach into it from above, and whether they do."""
    for cell in sorted(sheet.cells, key=lambda cell: cell.column):
        if cell.row <= row < cell.row + cell.row_span:
            yield cell, cell.row < row


def _table(sheet: Sheet, rng: Random, runs: Runs, deleted_rows: bool) -> str:
    widths = [rng.randrange(500, 2000) for _ in range(sheet.width)]
    rows = []
    for row in range(sheet.row_count):
        written = ""
        for cell, goes_on in _cells(sheet, row):
            merge = "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>'
            properties = f'<w:gridSpan w:val="{cell.column_span}"/>'
            properties += merge if cell.row_span > 1 else ""
            text = "" if goes_on else runs(cell.text, rng)
            written += f"<w:tc><w:tcPr>{properties}</w:tcPr>{_paragraph(text)}</w:tc>"
        rows.append(f"<w:tr>{written}</w:tr>")
        if deleted_rows and sheet.values(row):
            rows.append(f'<w:tr><w:trPr><w:del w:id="9" w:author="a"/></w:trPr>{written}</w:tr>')
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _line(line: Line, rng: Random, numbered: int | None) -> str:
    if line.cells:
        cells = "".join(f"<w:tc>{_paragraph(plain_runs(t, rng))}</w:tc>" for t in line.cells)
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    if numbered is not None:
        stated = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        return _paragraph(plain_runs(line.text[2:], rng), stated)
    return _paragraph(plain_runs(line.text, rng))


def _docx(
    manuscript: Manuscript,
    rng: Random,
    *,
    runs: Runs = plain_runs,
    deleted_rows: bool = False,
    counted: bool = False,
) -> bytes:
    body, reached = "", 0
    for block in manuscript.blocks:
        if isinstance(block, Sheet):
            body += _table(block, rng, runs, deleted_rows) + _paragraph("")
            continue
        here = counted and block.text.startswith(f"{_COUNTED[reached]}、")
        body += _line(block, rng, reached if here else None)
        reached += here
    document = f'<w:document xmlns:w="{_MAIN}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (("document", document), ("numbering", _NUMBERING)):
            archive.writestr(zipfile.ZipInfo(f"word/{name}.xml", _WRITTEN), part)
    return buffer.getvalue()


def _escaped(text: str) -> str:
    """As Word writes Chinese under code page 936."""
    pieces = (
        "\\line " if char == "\n" else f"\\{char}" if char in "\\{}" else char if char.isascii()
        else "".join(f"\\'{byte:02x}" for byte in char.encode("gb18030"))
        for char in text
    )  # fmt: skip
    return "".join(pieces)


def _rtf_row(sheet: Sheet, row: int, widths: list[int]) -> str:
    edges = texts = ""
    for cell, goes_on in _cells(sheet, row):
        merge = "\\clvmrg" if goes_on else "\\clvmgf" if cell.row_span > 1 else ""
        right = sum(widths[: cell.column + cell.column_span])
        edges += f"{merge}\\clvertalc\\clbrdrt\\brdrs\\brdrw10\\cellx{right}"
        text = "" if goes_on else _escaped(cell.text)
        texts += f"\\pard\\plain\\intbl{{\\hich\\af0\\dbch\\af13\\loch\\f0 {text}}}\\cell\n"
    return f"\\trowd\\trgaph108\\trleft0{edges}{texts}\\row\n"


def _rtf(manuscript: Manuscript, rng: Random) -> bytes:
    body = ""
    for block in manuscript.blocks:
        if isinstance(block, Sheet):
            widths = [rng.randrange(500, 2000) for _ in range(block.width)]
            body += "".join(_rtf_row(block, row, widths) for row in range(block.row_count))
            body += "\\pard\\par\n"
        else:
            body += f"\\pard {_escaped(block.text or chr(9).join(block.cells))}\\par\n"
    fonts = "{\\fonttbl{\\f0\\froman Times;}{\\f13\\fnil\\fcharset134 SimSun;}}"
    return f"{{\\rtf1\\ansi\\ansicpg936\\deff0{fonts}\n{body}}}".encode("ascii")


_RULED = frozenset({"html", "ruled"})


def _layout(name: str, render: Callable[[Manuscript, Random], bytes], prepare=None) -> Layout:  # noqa: ANN001
    return Layout(name, render, _RULED, prepare, name.partition("_")[0])


WORD_LAYOUTS = (
    _layout("docx_word", _docx),
    _layout("docx_tracked", partial(_docx, runs=tracked_runs, deleted_rows=True)),
    _layout("docx_counted", partial(_docx, counted=True)),
    _layout("docx_two_pages", _docx, cut_applications),
    _layout("rtf_word", _rtf),
)
