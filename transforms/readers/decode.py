"""Bytes of a text file -> its text and the name of its encoding.

Order: BOM; UTF-16 where zero bytes tell; strict UTF-8; else a vote between UTF-8, GB18030 and Big5
by how many everyday Chinese characters each finds. What the file says of itself (`<meta charset>`)
is wrong too often to decide more than a tie. Nothing but a leading BOM is taken out of the text.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path

from transforms.document import UnreadableFileError

# Byte order marks that leave no doubt. A UTF-8 one may have been put before anything.
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Formats whose bytes could pass for text; the others give themselves away by control bytes.
_NOT_TEXT = (
    b"{\\rtf",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
)
_MIME_HEADERS = re.compile(
    rb"(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n)*?(?:MIME-Version:[ \t]*1|Content-Type:[ \t]*multipart/)",
    re.IGNORECASE,
)
_LONGEST_HEADERS = 4096  # bytes
_SAMPLE = 64 * 1024  # bytes looked at to tell text from binary
_PRINTED = bytes(byte for byte in range(256) if byte >= 0x20 or byte in b"\t\n\v\f\r")
# Compressed or random bytes hold 10 % control bytes, text none, damaged text a few.
_CONTROL_SHARE = 0.02
_PLAUSIBLE_SHARE = (
    0.6  # of UTF-16 characters that are ASCII or everyday Chinese; a wrong guess: 0.2
)
_DAMAGE_SHARE = 0.1  # of the non-ASCII characters; beyond this the text is not worth reading
_DAMAGE_ALLOWED = 3  # characters, however short the text
_LOST = "\ufffd"
_MARK = "\ufeff"
# Big5 last: of equal votes the first wins.
_VOTED = ("utf-8", "gb18030", "big5hkscs")
_VOTING_SAMPLE = 16 * 1024  # bytes; a page's menu alone decides


def decode(data: bytes, label: str | None = None) -> tuple[str, str]:
    """Decode text that may be wrongly labelled or damaged; U+FFFD stands where bytes were bad.

    `label` is the encoding the file claims. Raises UnreadableFileError(`undecodable`) where every
    encoding leaves more than a tenth of the characters unread.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_damaged(data, encoding)
    if b"\0" in data and (wide := _utf16(data)):
        return _decode_damaged(data, wide)
    try:
        return data.decode("utf-8").removeprefix(_MARK), "utf-8"
    except UnicodeDecodeError:
        return _decode_damaged(data, _vote(data, label))


def looks_like_text(data: bytes) -> bool:
    """Whether the bytes are text in some encoding, and no other format we know of."""
    head = data[:_SAMPLE]
    if head.startswith(_NOT_TEXT) or b"%PDF-" in head[:1024] or is_mime(head):
        return False
    if head.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    controls = len(head.translate(None, delete=_PRINTED))
    return controls <= _CONTROL_SHARE * len(head) or _utf16(head) is not None


def is_mime(data: bytes) -> bool:
    """Whether the bytes begin as mail and saved pages do, with headers of which one says so."""
    return _MIME_HEADERS.match(data[:_LONGEST_HEADERS].lstrip()) is not None


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: ASCII digits and line ends leave zero bytes."""
    head = data[: _SAMPLE - 2]
    head = head[: len(head) // 2 * 2]
    if not head:
        return None
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _plausible(head, encoding))
    return best if _plausible(head, best) >= _PLAUSIBLE_SHARE else None


def _plausible(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, "replace")
    ascii_ones = sum(map(str.isprintable, text.encode("ascii", "ignore").decode())) + text.count(
        "\n"
    )
    return (ascii_ones + len(_common_characters().findall(text))) / max(len(text), 1)


def _vote(data: bytes, label: str | None) -> str:
    """The encoding whose reading of the lines with Chinese in them is most like Chinese."""
    foreign = [line for line in data.splitlines() if not line.isascii()]
    sample = b"\n".join(foreign)[:_VOTING_SAMPLE]
    claimed = _codec_name(label)
    return max(_VOTED, key=lambda encoding: (_votes(sample, encoding), encoding == claimed))


def _votes(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, "replace")
    return len(_common_characters().findall(text)) - text.count(_LOST)


def _codec_name(label: str | None) -> str | None:
    """The candidate a label speaks of: gb2312 and gbk files hold GB18030 characters in fact."""
    try:
        name = codecs.lookup(label).name if label else None
    except LookupError:
        return None
    widened = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
    return widened.get(name, name) if name else None


def _decode_damaged(data: bytes, encoding: str) -> tuple[str, str]:
    text = data.decode(encoding, "replace")
    lost = text.count(_LOST)
    if lost > _DAMAGE_ALLOWED:
        foreign = len(text) - len(text.encode("ascii", "ignore"))
        if lost > _DAMAGE_SHARE * foreign:
            position = _first_bad_byte(data, encoding)
            raise UnreadableFileError("undecodable", encoding=encoding, position=position)
    return text.removeprefix(_MARK), encoding


def _first_bad_byte(data: bytes, encoding: str) -> int:
    """0-based; 0 where the whole decodes and the text itself holds U+FFFD."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return 0


@cache
def _common_characters() -> re.Pattern[str]:
    path = Path(__file__).with_name("common_characters.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return re.compile(f"[{''.join(line for line in lines if not line.startswith('#'))}]")
