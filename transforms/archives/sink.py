"""Members of an archive, one after another -> files in a folder, within bounds.

Runs in the process that opens archives; what it found goes back to the other one as plain values.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

_BLOCK = 1 << 20
_FREE = 64 << 20  # bytes that any archive may unpack to, whatever its own size
# What systems put beside the files of a folder; hidden files are no inputs anywhere.
_NOBODYS = frozenset({"__macosx", "thumbs.db", "desktop.ini"})

Plain = list[Any]


class Limits(NamedTuple):
    """What one input may unpack to, archives in it included."""

    members: int
    total: int  # bytes
    ratio: int  # unpacked to packed bytes

    def without(self, unpacked: Unpacked) -> Limits:
        """What is left after an archive."""
        members = max(self.members - len(unpacked.members), 0)
        return Limits(members, max(self.total - unpacked.size, 0), self.ratio)


class Refused(NamedTuple):
    """A key of transforms/problems.yaml and what fills its message."""

    reason: str
    details: dict[str, str]


class Member(NamedTuple):
    """A file in an archive. `file` is its name in the folder; null where it did not come out."""

    name: str
    file: str | None
    refused: Refused | None = None


class Unpacked(NamedTuple):
    """What came out of an archive, and why not more."""

    members: tuple[Member, ...]
    stopped: Refused | None = None
    size: int = 0  # bytes

    def as_plain(self) -> Plain:
        """Lists, strings and numbers, to be handed between processes."""
        members = [[name, file, _plain(refused)] for name, file, refused in self.members]
        return [members, _plain(self.stopped), self.size]

    @classmethod
    def from_plain(cls, plain: Plain) -> Unpacked:
        """The other way."""
        members, stopped, size = plain
        found = tuple(Member(name, file, _refused(why)) for name, file, why in members)
        return cls(found, _refused(stopped), size)


class FullError(Exception):
    """The archive goes beyond its limits."""


class ArchiveRefusedError(Exception):
    """Nothing can be taken out of this archive."""

    def __init__(self, reason: str, **details: str) -> None:
        super().__init__(reason)
        self.refused = Refused(reason, details)


class Sink:
    """Takes members as they come; nothing is written outside its folder or under a name of theirs.

    Names that would lead out of the archive are refused, and so is what is no file.
    """

    def __init__(self, folder: Path, limits: Limits, packed: int, archive_name: str) -> None:
        self.archive_name = archive_name
        self._folder = folder
        self._limits = limits
        self._allowed = min(limits.total, max(_FREE, packed * limits.ratio))
        self._members: dict[str, Member] = {}
        self._size = 0

    def unpacked(self, stopped: Refused | None = None) -> Unpacked:
        """All that was taken and refused so far."""
        return Unpacked(tuple(self._members.values()), stopped, self._size)

    def refuse(self, name: str, reason: str, **details: object) -> None:
        """A member that does not come out."""
        if not is_nobodys(name):
            texts = {key: str(value) for key, value in details.items()}
            self._put(clean_name(name), None, Refused(reason, texts))

    def take(self, name: str, stream: IO[bytes]) -> None:
        """A member and its content. What the stream raises goes through."""
        if is_nobodys(name):
            return
        with self.writer(name) as target:
            while block := stream.read(_BLOCK):
                target.write(block)

    def writer(self, name: str) -> Writer:
        """Where to write the content of a member; it counts when it is closed without error."""
        if len(self._members) >= self._limits.members:
            raise FullError(f"{self._limits.members}")
        return Writer(self, name, self._folder / f"{len(self._members):06d}")

    def count(self, size: int) -> None:
        """Bytes came out. Raises FullError."""
        self._size += size
        if self._size > self._allowed:
            raise FullError(f"{self._allowed}")

    def spoil_last(self) -> None:
        """What came out last may not be what went in."""
        if self._members:
            name, member = self._members.popitem()
            refused = member.refused or Refused("damaged", {"error": "CRC"})
            self._members[name] = member._replace(refused=refused)

    def finish(self, name: str, path: Path) -> None:
        """A member is complete."""
        refused = Refused("unsafe_name", {}) if leads_out(name) else None
        self._put(clean_name(name), path.name, refused)

    def _put(self, name: str, file: str | None, refused: Refused | None) -> None:
        if len(self._members) >= self._limits.members:
            raise FullError(f"{self._limits.members}")
        free, number, path = name, 2, PurePosixPath(name)
        while free in self._members:
            free, number = str(path.with_name(f"{path.stem}~{number}{path.suffix}")), number + 1
        self._members[free] = Member(free, file, refused)


class Writer:
    """The content of one member on its way to disk."""

    def __init__(self, sink: Sink, name: str, path: Path) -> None:
        self._sink = sink
        self._name = name
        self._path = path
        self._file = path.open("wb")
        self._whole = True

    def write(self, block: bytes) -> None:
        """Add bytes. Raises FullError."""
        try:
            self._sink.count(len(block))
        except FullError:
            self._whole = False
            raise
        self._file.write(block)

    def close(self) -> None:
        """Count the member if all of it was written."""
        if self._file.closed:
            return
        self._file.close()
        if self._whole:
            self._sink.finish(self._name, self._path)
        else:
            self._path.unlink()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._whole = self._whole and kind is None
        self.close()


def parts_of(name: str) -> list[str]:
    """The folders and the file of a member's name; Windows programs write `\\`."""
    parts = name.replace("\\", "/").split("/")
    if len(parts[0]) == 2 and parts[0][1] == ":":
        parts = parts[1:]
    return [part for part in parts if part not in ("", ".")]


def leads_out(name: str) -> bool:
    """Whether a name goes up and out of where it stands."""
    return ".." in parts_of(name)


def clean_name(name: str) -> str:
    """The name as people see it: `/` between folders, no control characters, no way up."""
    text = "/".join(part for part in parts_of(name) if part != "..")
    shown = "".join("_" if unicodedata.category(c) in ("Cc", "Cs", "Cf") else c for c in text)
    return shown or "_"


def is_nobodys(name: str) -> bool:
    """Whether a member is hidden or of the system's making."""
    return any(
        part.lower() in _NOBODYS or (part.startswith(".") and part != "..")
        for part in parts_of(name)
    )


def decoded(names: Iterable[bytes]) -> list[str]:
    """Names of one archive that does not say how they are encoded: all UTF-8, or GB18030."""
    raw = list(names)
    for encoding in ("utf-8", "gb18030"):
        try:
            return [name.decode(encoding) for name in raw]
        except UnicodeDecodeError:
            continue
    return [name.decode("gb18030", "backslashreplace") for name in raw]


def _plain(refused: Refused | None) -> Plain | None:
    return None if refused is None else [refused.reason, refused.details]


def _refused(plain: Plain | None) -> Refused | None:
    return None if plain is None else Refused(*plain)
