"""Reports in every file format through our readers and other tools -> docs/readers.md.

Each tool gets the same bytes in the same run. What it makes of the tables goes through the table
reading of this product, so that the shares compare readers and nothing else. A tool that is not
installed has no line; none of them is among the locked packages.
"""

from __future__ import annotations

import argparse
import logging
import resource
import subprocess
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generator import Generated, generate
from benchmarks.generator.printing import PRINTINGS, available, print_reports
from benchmarks.scoring import Score, score
from transforms.document import Document, Grid, GridCell
from transforms.readers import readers
from transforms.records import DocumentStatus, Extraction, Identity, Report
from transforms.tables import read_tables

PAGE = Path(__file__).parents[1] / "docs" / "readers.md"
HEAD = """\
# Readers

Printed by `python -m benchmarks.readers --write`: {seeds} generated reports a format, each the
least CPU time of {rounds} rounds, programs started by a tool included, in one run. `to bare`
compares with the bare library call on the same bytes, which opens the file and gets its raw text or
tree and no tables. `right` is the share of the cells the source determines that come out right when
the tool's tables go through the table reading of this product; `wrong` counts values presented that
are wrong. docling is not among the tools: it fetches its models from a hub.

"""
COLUMNS = "| format | reader | CPU, ms | to bare | right | wrong |\n|---|---|---:|---:|---:|---:|"
HTML_LAYOUTS = ("html", "html_word_gb18030")
Table = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that reads files of some formats; a bare call gives no Document."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Document | None]
    package: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="readers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=4, help="reports a format")
    parser.add_argument("--rounds", type=int, default=3, help="of which the least counts")
    parser.add_argument("--only", action="append", help="only this format")
    parser.add_argument("--write", action="store_true", help="write docs/readers.md")
    options = parser.parse_args(arguments)
    logging.disable(logging.ERROR)  # pdfminer complains of every font
    lines = [COLUMNS]
    for name in options.only or (*HTML_LAYOUTS, *PRINTINGS):
        lines += _measured(name, _sample(name, options.seeds), options.rounds)
    page = HEAD.format(rounds=options.rounds, seeds=options.seeds) + "\n".join(lines) + "\n"
    print(page, end="")
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    return 0


def _sample(name: str, seeds: int) -> list[Generated]:
    wanted = [(seed, ("2019", "2021")[seed % 2], ()) for seed in range(seeds)]
    if name in HTML_LAYOUTS:
        return [generate(seed, form, name) for seed, form, _ in wanted]
    printing = PRINTINGS[name]
    return list(print_reports(printing, wanted)) if available(printing) else []


def _measured(name: str, reports: Sequence[Generated], rounds: int) -> Iterator[str]:
    """A line a tool; the first tool of a format is its bare call, if it has one."""
    bare: float | None = None
    for tool in tools():
        if not reports or reports[0].name.rsplit(".", 1)[-1] not in tool.suffixes:
            continue
        seconds, total = 0.0, Score()
        for report in reports:
            least, document = _least(tool, report.data, rounds)
            seconds += least
            if document is not None:
                total.add(score(report.truth, report.identity, _extraction(document)))
        bare = bare or (seconds if tool.name.startswith("bare") else None)
        share = f"{total.share:.4f} | {total.silent}" if total.cells else " | "
        label = f"{tool.name} {version(tool.package)}" if tool.package else tool.name
        mean = 1000 * seconds / len(reports)
        ratio = f"{seconds / bare:.1f}" if bare else ""
        yield f"| {name} | {label} | {mean:.1f} | {ratio} | {share} |"


def _least(tool: Tool, data: bytes, rounds: int) -> tuple[float, Document | None]:
    least, document = float("inf"), None
    for _ in range(rounds):
        start = _clock()
        document = tool.read(data)
        least = min(least, _clock() - start)
    return least, document


def _clock() -> float:
    """CPU seconds of this process and of the programs it has started and seen end."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _extraction(document: Document) -> Extraction:
    """The tables of a Document as an Extraction that can be scored; nothing else is read."""
    cells = read_tables(document).cells
    report = Report("", "", Identity(), None, (), cells)
    return Extraction("", "", None, 0, None, DocumentStatus.EXTRACTED, None, report)


def _ours(data: bytes) -> Document:
    """Without the child process that guards against bad files: it would hide the time."""
    return next(r for r in readers() if r.recognises(data)).read(data, "")


def _document(tables: Sequence[Table]) -> Document:
    """What another tool made of the tables, as unruled grids: spans are lost or told by nobody."""
    text, blocks = "", []
    for table in tables:
        start, cells = len(text), []
        for row, values in enumerate(table):
            for column, value in enumerate(values):
                shown = "" if value is None else str(value)
                cells.append(GridCell(row, column, shown, len(text), len(text) + len(shown)))
                text += shown + "\t"
        blocks.append(Grid(tuple(cells), False, start, len(text)))
    return Document("", "", None, text, tuple(blocks))


def _bare_html(data: bytes) -> None:
    import_module("selectolax.lexbor").LexborHTMLParser(data)


def _bare_pdf(data: bytes) -> None:
    pdf = import_module("pypdfium2").PdfDocument(data)
    for page in pdf:
        page.get_textpage().get_text_range()
    pdf.close()


def _bare_zip(part: str, data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        import_module("lxml.etree").fromstring(archive.read(part))


def _bare_doc(data: bytes) -> None:
    with import_module("olefile").OleFileIO(data) as container:
        container.openstream("WordDocument").read()


def _pandas(data: bytes) -> Document:
    encoding = _ours(data).encoding
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frames = import_module("pandas").read_html(
            BytesIO(data), flavor="lxml", encoding=encoding, header=None, converters=None
        )
    return _document(
        [frame.astype(object).where(frame.notna(), None).values.tolist() for frame in frames]
    )


def _pdfplumber(data: bytes) -> Document:
    with import_module("pdfplumber").open(BytesIO(data)) as pdf:
        return _document([table for page in pdf.pages for table in page.extract_tables()])


def _camelot(data: bytes) -> Document:
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "file.pdf"
        path.write_bytes(data)
        found = import_module("camelot").read_pdf(str(path), pages="all", flavor="lattice")
        return _document([table.df.values.tolist() for table in found])


def _python_docx(data: bytes) -> Document:
    document = import_module("docx").Document(BytesIO(data))
    return _document([[[c.text for c in r.cells] for r in t.rows] for t in document.tables])


def _mammoth(data: bytes) -> Document:
    html = import_module("mammoth").convert_to_html(BytesIO(data)).value
    return _ours(f"<html><body>{html}</body></html>".encode())


def _libreoffice(suffix: str, data: bytes) -> Document:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{suffix}"
        path.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "html", "--outdir", folder]
        subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
        return _ours(path.with_suffix(".html").read_bytes())


def tools() -> list[Tool]:
    """Bare calls first, then ours, then the others that are installed."""
    every = [
        Tool("bare: lexbor parse", ("html",), _bare_html, "selectolax"),
        Tool("bare: pdfium text", ("pdf",), _bare_pdf, "pypdfium2"),
        Tool("bare: unzip, lxml parse", ("docx",), partial(_bare_zip, "word/document.xml"), "lxml"),
        Tool("bare: unzip, lxml parse", ("odt",), partial(_bare_zip, "content.xml"), "lxml"),
        Tool("bare: olefile stream", ("doc",), _bare_doc, "olefile"),
        Tool("gongkai", ("html", "pdf", "docx", "doc", "rtf", "odt"), _ours, "gongkai"),
        Tool("pandas.read_html", ("html",), _pandas, "pandas"),
        Tool("pdfplumber", ("pdf",), _pdfplumber, "pdfplumber"),
        Tool("camelot lattice", ("pdf",), _camelot, "camelot-py"),
        Tool("python-docx", ("docx",), _python_docx, "python-docx"),
        Tool("mammoth", ("docx",), _mammoth, "mammoth"),
        *(
            Tool("LibreOffice to HTML", (suffix,), partial(_libreoffice, suffix))
            for suffix in ("docx", "doc", "rtf", "odt")
        ),
    ]
    return [tool for tool in every if _installed(tool.package)]


def _installed(package: str) -> bool:
    try:
        return not package or bool(version(package))
    except PackageNotFoundError:
        return False


if __name__ == "__main__":
    raise SystemExit(main())
