"""Generated HTML reports -> the same reports as PDF, DOCX, DOC, RTF and ODT, by real programs.

Chromium prints pages to PDF in several styles; LibreOffice opens them and saves its own formats.
The truth of a report stays what it was: what is lost on the way is the reader's loss.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from benchmarks.generator.generate import generate
from benchmarks.generator.model import Generated

_TIMEOUT = 600  # seconds for one call of a program
_BASE = (
    "body{font-family:'Noto Serif CJK SC';font-size:12pt}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;text-align:center}"
)
_STYLES = {
    "plain": "",
    "small": "body{font-size:9pt}td,th{border:.4pt solid #888;text-align:right;padding:1px}",
    "dotted": "td,th{border:1px dotted #000;text-align:left}",
    "landscape": "@page{size:A4 landscape}",
    "narrow": "@page{size:A4;margin:3.2cm 2.8cm}body{font-size:14pt}",
}
_CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-sync", "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printing:
    """A format and the program that makes it. `layout` is the page it is made from."""

    name: str
    suffix: str
    program: str  # chromium or soffice
    layout: str = "html"
    style: str = "plain"
    filter: str = ""  # LibreOffice's name of the format
    framed: bool = False  # Chromium's page header and footer


PRINTINGS = {
    printing.name: printing
    for printing in (
        Printing("pdf_chromium", "pdf", "chromium"),
        Printing("pdf_framed", "pdf", "chromium", "html_site", framed=True),
        Printing("pdf_small", "pdf", "chromium", style="small"),
        Printing("pdf_dotted", "pdf", "chromium", style="dotted"),
        Printing("pdf_landscape", "pdf", "chromium", "html_thead", "landscape"),
        Printing("pdf_narrow", "pdf", "chromium", "html_five_tables", "narrow"),
        Printing("pdf_libreoffice", "pdf", "soffice", filter="pdf:writer_pdf_Export"),
        Printing("docx", "docx", "soffice", filter="docx:MS Word 2007 XML"),
        Printing("doc", "doc", "soffice", filter="doc:MS Word 97"),
        Printing("rtf", "rtf", "soffice", filter="rtf:Rich Text Format"),
        Printing("odt", "odt", "soffice", filter="odt:writer8"),
    )
}


class Printed(Protocol):
    """What some program prints."""

    @property
    def program(self) -> str:
        """Its name."""


def available(printing: Printed) -> bool:
    """Whether the program is installed."""
    return shutil.which(printing.program) is not None


def print_reports(
    printing: Printing, wanted: Sequence[tuple[int, str, Sequence[str]]]
) -> Iterator[Generated]:
    """The reports of (seed, form, damages) in the format; the layout's name is the format's.

    Raises subprocess.CalledProcessError when the program fails.
    """
    with TemporaryDirectory() as place:
        folder = Path(place)
        reports = [generate(seed, form, printing.layout, damages) for seed, form, damages in wanted]
        pages = [folder / f"{index:03d}.html" for index in range(len(reports))]
        for page, report in zip(pages, reports, strict=True):
            page.write_bytes(_styled(report.data, printing.style))
        _print(printing, pages, folder)
        for page, report in zip(pages, reports, strict=True):
            data = page.with_suffix(f".{printing.suffix}").read_bytes()
            name = f"{report.seed:05d}-{report.form}-{printing.name}.{printing.suffix}"
            yield replace(report, name=name, data=data, layout=printing.name)


def _styled(page: bytes, style: str) -> bytes:
    css = f"<style>{_BASE}{_STYLES[style]}</style></head>"
    return page.replace(b"</head>", css.encode(), 1)


def _print(printing: Printing, pages: Sequence[Path], folder: Path) -> None:
    with TemporaryDirectory() as profile:
        if printing.program == "soffice":
            home = f"-env:UserInstallation={Path(profile).as_uri()}"
            options = ["--infilter=HTML (StarWriter)", "--convert-to", printing.filter]
            _call("soffice", "--headless", home, *options, "--outdir", folder, *pages)
            return
        for page in pages:
            target = page.with_suffix(f".{printing.suffix}")
            options = [f"--user-data-dir={profile}", f"--print-to-pdf={target}"]
            bare = [] if printing.framed else ["--no-pdf-header-footer"]
            _call("chromium", *_CHROMIUM, *options, *bare, page.as_uri())


def _call(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT)
