"""A DOC file written by hand, byte by byte after [MS-DOC] and [MS-CFB]: what LibreOffice never
writes and Word does.

One piece a text run, one paragraph property page after another; streams are padded beyond the size
below which they would stand in the mini stream.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import accumulate

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
INNER_CELL, INNER_ROW = struct.pack("<HB", 0x244B, 1), struct.pack("<HB", 0x244C, 1)
DELETED, VANISH = struct.pack("<HB", 0x0800, 1), struct.pack("<HB", 0x083C, 1)


def depth(tables: int) -> bytes:
    """sprmPItap."""
    return struct.pack("<Hi", 0x6649, tables)


def row(*cells: tuple[int, int], left: int = 0) -> bytes:
    """sprmTDefTable; `cells` are (right edge, flags of the TC80)."""
    edges = struct.pack(f"<{len(cells) + 1}h", left, *(right for right, _ in cells))
    described = b"".join(struct.pack("<H18x", flags) for _, flags in cells)
    operand = bytes([len(cells)]) + edges + described
    return struct.pack("<HH", 0xD608, len(operand) + 1) + operand


def symbol(code: int) -> bytes:
    """sprmCSymbol."""
    return struct.pack("<HHH", 0x6A09, 0, code)


@dataclass(frozen=True)
class Run:
    """Text with one set of properties; a paragraph's stand at the run with its mark."""

    text: str
    character: bytes = b""
    paragraph: bytes = b""
    style: int = 0
    one_byte: str = ""  # the encoding, where characters have one byte
    of_piece: bytes = b""  # modifiers that the piece table states

    @property
    def data(self) -> bytes:
        return self.text.encode(self.one_byte or "utf-16-le")

    @property
    def length(self) -> int:
        return len(self.data) if self.one_byte else len(self.data) // 2


def _page(runs: list[tuple[int, int, bytes]], info: int) -> bytes:
    """A page of properties: (first byte, end, what the offset leads to) of each run."""
    page = bytearray(SECTOR)
    starts = [first for first, _, _ in runs] + [runs[-1][1]]
    struct.pack_into(f"<{len(starts)}I", page, 0, *starts)
    page[-1] = len(runs)
    at = SECTOR - 2
    for index, (_, _, content) in enumerate(runs):
        at -= len(content) + len(content) % 2
        page[at : at + len(content)] = content
        page[4 * len(starts) + info * index] = at // 2
    return bytes(page)


def _paragraph(run: Run) -> bytes:
    content = struct.pack("<H", run.style) + run.paragraph
    content += b"\0" * (len(content) % 2)
    return bytes([0, len(content) // 2]) + content


def _bin_table(pages: list[tuple[int, int]], end: int) -> bytes:
    """(first byte of the text of a page, its number) of each page."""
    starts = [first for first, _ in pages] + [end]
    numbers = [number for _, number in pages]
    return struct.pack(f"<{len(starts)}I{len(numbers)}I", *starts, *numbers)


def doc(*runs: Run, data: bytes = b"", lists: bytes = b"", overrides: bytes = b"") -> bytes:
    """A whole file. `lists` is a PlfLst with its levels, `overrides` a PlfLfo."""
    text_at = 2 * SECTOR
    offsets = [*accumulate((len(run.data) for run in runs), initial=text_at)]
    word = bytearray(text_at) + b"".join(run.data for run in runs)
    word += bytes(-len(word) % SECTOR)
    tables: list[bytes] = []
    for info, content in ((1, lambda run: bytes([len(run.character)]) + run.character),
                          (13, _paragraph)):  # fmt: skip
        pages = []
        for run, first, end in zip(runs, offsets, offsets[1:], strict=False):
            pages.append((first, len(word) // SECTOR))
            word += _page([(first, end, content(run))], info)
        tables.append(_bin_table(pages, offsets[-1]))
    modifiers = [run.of_piece for run in runs if run.of_piece]
    clx = b"".join(b"\x01" + struct.pack("<H", len(one)) + one for one in modifiers)
    positions = [*accumulate((run.length for run in runs), initial=0)]
    pieces = struct.pack(f"<{len(positions)}I", *positions)
    for run, offset in zip(runs, offsets, strict=False):
        place = offset * 2 | 0x40000000 if run.one_byte else offset
        chosen = modifiers.index(run.of_piece) << 1 | 1 if run.of_piece else 0
        pieces += struct.pack("<HIH", 0, place, chosen)
    clx += b"\x02" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<HH", word, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", word, 0x0A, 0x0200)
    struct.pack_into("<I", word, 0x4C, positions[-1])
    table = b""
    parts = {12: tables[0], 13: tables[1], 33: clx, 74: overrides, 73: lists}  # lists stand last
    for pair, part in parts.items():
        struct.pack_into("<II", word, 0x9A + 8 * pair, len(table), len(part))
        table += part
    return ole({"WordDocument": bytes(word), "1Table": table, "Data": data})


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of these streams."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    padded = {name: data + bytes(-len(data) % SECTOR) for name, data in padded.items()}
    entries = [_entry("Root Entry", 5, END, 0, 1)]
    chain: list[int] = []
    for index, (name, data) in enumerate(padded.items(), start=1):
        start = len(chain)
        chain += [*range(start + 1, start + len(data) // SECTOR), END]
        # All of them one beside the other: a tree that leans to the right.
        beside = index + 1 if index < len(padded) else FREE
        entries.append(_entry(name, 2, start, len(data), FREE, beside))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    first_of_directory = len(chain)
    chain += [*range(len(chain) + 1, len(chain) + len(directory) // SECTOR), END]
    tables = -(-len(chain) // 127)  # a table sector holds 128, one of them its own
    first_of_tables = len(chain)
    chain += [FAT] * tables
    chain += [FREE] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0")
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, tables, first_of_directory, 0, 4096, END, 0, END, 0,
                          first_of_tables)  # fmt: skip
    header += b"".join(struct.pack("<I", first_of_tables + at) for at in range(1, tables))
    body = b"".join(padded.values()) + directory + struct.pack(f"<{len(chain)}I", *chain)
    return header.ljust(SECTOR, b"\xff") + body


def _entry(name: str, kind: int, start: int, size: int, *tree: int) -> bytes:
    """`tree` is the first entry in it and the entry beside it."""
    child, beside = (*tree, FREE)[:2]
    wide = name.encode("utf-16-le") + b"\0\0"
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
    links = struct.pack("<III", FREE, beside, child)
    return (head + links + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\0")
