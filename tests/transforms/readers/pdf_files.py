"""PDF files made of a few objects, for tests: Helvetica, rules, pictures, nothing else."""

from __future__ import annotations

from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
# A composite font without a map to characters, as many small programs write.
UNMAPPED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type"
    b" /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering"
    b" (Identity) /Supplement 0 >> /DW 1000 >>] >>"
)
PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)


def text(content: str, x: float, y: float, matrix: str = "1 0 0 1") -> str:
    return f"BT /F 10 Tf {matrix} {x} {y} Tm ({content}) Tj ET\n"


def mesh(xs: Sequence[float], ys: Sequence[float]) -> str:
    rows = [f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys]
    return "".join(rows + [f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs])


def pdf(*contents: str, font: bytes = FONT, page: str = "", trailer: str = "") -> bytes:
    """A file with a page a content stream; /F is the font, /P a picture of one dot."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font, PICTURE]
    kids = []
    for content in contents:
        data = content.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R"
            f" /Resources << /Font << /F 3 0 R >> /XObject << /P 4 0 R >> >> {page} >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)
