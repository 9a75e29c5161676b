"""Bytes of a zip or an OLE file -> the names of what is in it, looked up once a file.

DOCX, XLSX, ODT and OFD are zips, DOC, XLS, WPS and ET are OLE files: only what is inside tells them
apart. Damaged containers give the names that can still be seen, so that the right reader refuses
them with the right words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.document import UnreadableFileError
from transforms.readers.zipped import ZippedParts, is_zip

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Parts by which a zip is known as a document and no archive.
DOCUMENT_PARTS = frozenset(
    {
        "[content_types].xml",
        "word/document.xml",  # there even where the list of content types is lost
        "xl/workbook.xml",
        "ofd.xml",
        "mimetype",
        "content.xml",
    }
)
_MOST_NAMES = 20_000
# Of a local header: signature, 22 bytes, length of the name, length of the extra field, the name.
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(.)(.)..", re.DOTALL)
# A directory entry of an OLE file: 64 bytes of name in UTF-16, its length, 1 to 5 for its kind.
_OLE_ENTRY = 128
_OLE_NAME = 64


@lru_cache(maxsize=1)
def part_names(data: bytes) -> frozenset[str]:
    """Names of the parts of a zip in lower case, with `/`; none for what is no zip."""
    if not is_zip(data):
        return frozenset()
    whole = _zip_names(data)
    return frozenset(_local_names(data)) if whole is None else whole


@lru_cache(maxsize=1)
def stream_names(data: bytes) -> frozenset[str]:
    """Names of the streams at the top of an OLE file in lower case; none for what is none."""
    if not data.startswith(_OLE):
        return frozenset()
    whole = _ole_names(data)
    return frozenset(_entry_names(data)) if whole is None else whole


def is_broken_container(data: bytes) -> bool:
    """Whether the bytes are a zip or an OLE file whose own list of contents cannot be read."""
    if data.startswith(_OLE):
        return _ole_names(data) is None
    return is_zip(data) and _zip_names(data) is None


def _zip_names(data: bytes) -> frozenset[str] | None:
    try:
        return frozenset(ZippedParts(data).names())
    except UnreadableFileError:
        return None


def _ole_names(data: bytes) -> frozenset[str] | None:
    import olefile  # noqa: PLC0415 - only for such files

    try:
        with olefile.OleFileIO(data) as file:
            paths = file.listdir(streams=True, storages=False)
    except Exception:  # olefile lets IndexError, struct.error and more through
        return None
    # olefile gives no names where it cannot follow its list; a file has one stream at least.
    return frozenset(path[0].lower() for path in paths if len(path) == 1) or None


def _local_names(data: bytes) -> set[str]:
    names: set[str] = set()
    for match in _LOCAL_HEADER.finditer(data):
        if len(names) >= _MOST_NAMES:
            break
        length = match[1][0] + 256 * match[2][0]
        name = data[match.end() : match.end() + length].decode("utf-8", "replace")
        names.add(name.replace("\\", "/").lstrip("/").lower())
    return names


def _entry_names(data: bytes) -> set[str]:
    """What looks like a directory entry, wherever it stands; entries are aligned to their size."""
    names = set()
    for start in range(0, len(data) - _OLE_ENTRY + 1, _OLE_ENTRY):
        length = data[start + _OLE_NAME]
        if data[start + _OLE_NAME + 1] or not 4 <= length <= _OLE_NAME or length % 2:
            continue
        name = data[start : start + length - 2]
        if any(name[1::2]) or not name.isascii() or 0 in name[::2]:
            continue
        names.add(name[::2].decode("ascii").lower())
        if len(names) >= _MOST_NAMES:
            break
    return names
