"""Printed reports -> the same reports scanned: pages of pixels in a PDF or a TIFF, truth kept.

pdfium draws the pages, and then happens to them what happens on a copier: they lie askew, the lamp
is uneven, dust falls, JPEG blurs the edges, a seal is stamped over the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from benchmarks.generator.model import Generated
from benchmarks.generator.printing import PRINTINGS, print_reports

Pixels = NDArray[np.uint8]  # height x width x 3, RGB

POINTS = 72  # an inch


@dataclass(frozen=True, slots=True)
class Wear:
    """What scanning did to the pages. `noise` in grey levels, `skew` in degrees, `blur` in px."""

    dpi: int = 300
    skew: float = 0.0
    quarter_turns: int = 0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 85  # of the JPEG
    paper: int = 255  # grey level of the background
    shadow: int = 0  # grey levels by which the page darkens to one side
    dust: int = 0  # specks a page
    seal: bool = False


WEARS: dict[str, Wear] = {
    "clean_300": Wear(),
    "office_300": Wear(300, 0.7, noise=6, blur=0.6, quality=75, dust=40),
    "copy_300": Wear(300, -1.8, noise=10, blur=0.9, quality=60, paper=238, shadow=25, dust=120),
    "clean_150": Wear(150),
    "office_150": Wear(150, -0.6, noise=5, blur=0.4, quality=75, dust=20),
    "copy_150": Wear(150, 1.5, noise=8, blur=0.5, quality=65, paper=240, shadow=20, dust=60),
    "turned_300": Wear(300, 2.7, 1, noise=5, blur=0.5),
    "upside_200": Wear(200, -0.9, 2, noise=5, blur=0.5),
    "sealed_200": Wear(200, 0.4, noise=5, blur=0.5, seal=True),
}


@dataclass(frozen=True, slots=True)
class Scanning:
    """How a printed report was scanned: what printed it, and what happened to its pages."""

    name: str
    printing: str  # key of PRINTINGS, a PDF
    wear: str  # key of WEARS

    @property
    def program(self) -> str:
        """The program that prints."""
        return PRINTINGS[self.printing].program


SCANNINGS = {
    scanning.name: scanning
    for scanning in (
        Scanning("scan_300", "pdf_chromium", "office_300"),
        Scanning("scan_150", "pdf_narrow", "office_150"),
        Scanning("scan_copied", "pdf_landscape", "copy_300"),
        Scanning("scan_dotted", "pdf_dotted", "sealed_200"),
        Scanning("scan_turned", "pdf_small", "turned_300"),
    )
}


def scan_reports(
    scanning: Scanning, wanted: Sequence[tuple[int, str, Sequence[str]]]
) -> Iterator[Generated]:
    """The reports of (seed, form, damages) as scans; the layout's name is the scanning's."""
    wear = WEARS[scanning.wear]
    for report in print_reports(PRINTINGS[scanning.printing], wanted):
        pages = scan(report.data, wear, Random(f"{report.seed} {scanning.name}"))
        name = f"{report.seed:05d}-{report.form}-{scanning.name}.pdf"
        yield replace(report, name=name, data=as_pdf(pages, wear), layout=scanning.name)


def scan(pdf: bytes, wear: Wear, rng: Random) -> list[Pixels]:
    """The pages of a PDF as a scanner would give them."""
    document = pdfium.PdfDocument(pdf)
    try:
        pages = [page.render(scale=wear.dpi / POINTS).to_numpy()[:, :, :3] for page in document]
    finally:
        document.close()
    return [_worn(np.ascontiguousarray(page[:, :, ::-1]), wear, rng) for page in pages]


def as_pdf(pages: list[Pixels], wear: Wear) -> bytes:
    """Pages -> a PDF that holds one JPEG a page and no text."""
    images = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:],
                   resolution=wear.dpi, quality=wear.quality)  # fmt: skip
    return out.getvalue()


def as_tiff(pages: list[Pixels], wear: Wear) -> bytes:
    """Pages -> a TIFF of several pages."""
    images = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:],
                   compression="tiff_lzw", dpi=(wear.dpi, wear.dpi))  # fmt: skip
    return out.getvalue()


def as_jpeg(page: Pixels, wear: Wear) -> bytes:
    """One page -> a JPEG."""
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=wear.quality, dpi=(wear.dpi, wear.dpi))
    return out.getvalue()


def _worn(page: Pixels, wear: Wear, rng: Random) -> Pixels:
    if wear.seal:
        page = _stamped(page, wear, rng)
    if wear.skew:
        page = _askew(page, wear.skew + rng.uniform(-0.2, 0.2))
    page = np.rot90(page, wear.quarter_turns)
    drawn = page.astype(np.float32)
    if wear.blur:
        drawn = cv2.GaussianBlur(drawn, (0, 0), wear.blur)
    drawn *= wear.paper / 255
    if wear.shadow:
        drawn -= np.linspace(0, wear.shadow, drawn.shape[1], dtype=np.float32)[None, :, None]
    for _ in range(wear.dust):
        _speck(drawn, wear, rng)
    if wear.noise:
        random = np.random.default_rng(rng.randrange(2**32))
        grey = random.normal(0, wear.noise, drawn.shape[:2]).astype(np.float32)
        drawn += grey[:, :, None]
    return np.clip(drawn, 0, 255).astype(np.uint8)


def _askew(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(
        cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255)), dtype=np.uint8
    )


def _speck(drawn: NDArray[np.float32], wear: Wear, rng: Random) -> None:
    height, width = drawn.shape[:2]
    centre = (rng.randrange(width), rng.randrange(height))
    radius = rng.choice((0, 0, 1, 1, 2)) * wear.dpi // 200
    cv2.circle(drawn, centre, radius, (rng.randrange(40, 160),) * 3, -1)


def _stamped(page: Pixels, wear: Wear, rng: Random) -> Pixels:
    """A red round seal over the lower half of the page, as a body stamps its reports."""
    height, width = page.shape[:2]
    centre = (rng.randrange(width // 3, width * 2 // 3), rng.randrange(height // 2, height))
    ink = np.full_like(page, 255)
    radius = int(wear.dpi * 0.8)
    cv2.circle(ink, centre, radius, (215, 40, 40), max(3, wear.dpi // 30))
    star = (centre[0], centre[1])
    cv2.drawMarker(ink, star, (215, 40, 40), cv2.MARKER_STAR, radius // 2, wear.dpi // 25)
    return np.minimum(page, ink)
