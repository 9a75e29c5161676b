"""A folder of files that people keep -> its records, checked, each with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import StringConstraints

from transforms.statute.loader import StatuteError, load_records, record_lines
from transforms.statute.schema import Record

SUFFIX = ".yaml"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class LedgerRecord(Record):
    """One thing that a person wrote down."""

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about; no two records of a folder are about the same."""
        raise NotImplementedError


Kind = TypeVar("Kind", bound=LedgerRecord)


class Entry(NamedTuple, Generic[Kind]):
    """A record and where it stands: `2024.yaml:12`."""

    place: str
    record: Kind


def load_entries(folder: Path, kind: type[Kind]) -> tuple[Entry[Kind], ...]:
    """Every record of the folder's YAML files, by file and line; none where it is not there.

    Raises StatuteError, naming file and line, for a file that is no list of such records, for two
    about the same, and for a file that would not be read; OSError.
    """
    entries: list[Entry[Kind]] = []
    first: dict[tuple[object, ...], str] = {}
    for path in ledger_files(folder, SUFFIX):
        records = load_records(path, kind)
        for line, record in zip(record_lines(path), records, strict=True):
            place = f"{path.name}:{line}"
            earlier = first.setdefault(record.subject, place)
            if earlier != place:
                about = " ".join(str(part) for part in record.subject if part is not None)
                raise StatuteError(
                    f"{folder / place}: {about} stands in {earlier} too; keep one of them"
                )
            entries.append(Entry(place, record))
    return tuple(entries)


def ledger_files(folder: Path, suffix: str) -> Iterator[Path]:
    """The files of a folder by name, but hidden ones. Raises StatuteError for another suffix."""
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        if path.is_dir() or path.name.startswith("."):
            continue
        if path.suffix != suffix:
            raise StatuteError(
                f"{path}:1: is no {suffix} file and would not be read; rename it, or move it into "
                "a folder of its own (evidence may lie there)"
            )
        yield path
