"""Bytes of a zip -> its members by name, unpacked within bounds.

For formats that are a zip of named parts (DOCX, ODT, OFD, XLSX). Nothing is ever written to disk.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from transforms.document import UnreadableFileError

# A report's largest part, its text, is 0.1 to 5 MiB; pictures are not unpacked at all.
LARGEST_PART = 32 * 1024 * 1024  # bytes unpacked
LARGEST_TOTAL = 96 * 1024 * 1024  # bytes unpacked of one file
LARGEST_RATIO = 400  # XML of a table of equal cells reaches some 60, deflate at most 1032
_SMALL = 1024 * 1024  # below this the ratio does not matter
LARGEST_COUNT = 20_000  # members

_CENTRAL_HEADER = b"PK\x01\x02"
# bz2 and lzma members state how much memory they want; no office program writes them.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1  # in a member's flags
# What zipfile raises over bytes that are no zip, or no longer.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OSError,
    RuntimeError,
)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip with members does."""
    return data.startswith(b"PK\x03\x04")


class ZippedParts:
    """A zip whose members have names that mean something.

    Names are compared without case, `\\` counts as `/` and a leading `/` as nothing: Windows
    programs write all of these. Of several members of one name the last counts, as in zip readers.
    """

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFileError: `damaged`, `too_complex`."""
        if data.count(_CENTRAL_HEADER) > LARGEST_COUNT:  # before zipfile makes an object of each
            raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise UnreadableFileError("damaged", error=error) from error
        self._members = {_plain(member.filename): member for member in self._zip.infolist()}
        self._left = LARGEST_TOTAL

    def names(self) -> list[str]:
        """Names of all members in the order of the zip, as `read` compares them."""
        return [*self._members]

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._members

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes | None:
        """The content of a member; None if there is none of that name.

        Raises UnreadableFileError: `encrypted`, `damaged`, `too_large_inside`.
        """
        member = self._members.get(_plain(name))
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableFileError("encrypted")
        if member.compress_type not in _METHODS:
            raise UnreadableFileError("damaged", error=f"ZIP method {member.compress_type}")
        allowed = min(limit, self._left)
        allowed = min(allowed, max(_SMALL, member.compress_size * LARGEST_RATIO))
        try:
            with self._zip.open(member) as stream:
                content = stream.read(allowed + 1)  # what the header says of its size is no bound
        except _BROKEN as error:
            raise UnreadableFileError("damaged", error=error) from error
        if len(content) > allowed:
            raise UnreadableFileError("too_large_inside", part=name, limit=allowed)
        self._left -= len(content)
        return content


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
