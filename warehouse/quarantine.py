"""The commit of a batch -> quarantine/<batch>/: what could not be read, each with its reason.

The files are copies: whoever looks into them, and perhaps mends them, must not change raw/.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import PurePosixPath

import pyarrow.parquet as pq

from transforms.records import DocumentStatus
from warehouse import files
from warehouse.catalog import Commit
from warehouse.home import Home

_NAME_BYTES = 200  # leaves room for a number and `.reason.txt` below the usual 255
_ENDING_BYTES = 20
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_") | {chr(code): "_" for code in range(32)})


def fill(home: Home, commit: Commit) -> None:
    """Make the folder what the commit says; there is none for a batch without such files."""
    folder = home.quarantine(commit.batch_id)
    rows = _quarantined(home, commit)
    beside = folder.with_name(f".{folder.name}.tmp")
    files.remove(beside)
    if not rows:
        files.remove(folder)
        return
    beside.mkdir(parents=True)
    for name, row in zip(safe_names(str(row["source_path"]) for row in rows), rows, strict=True):
        if row["document_id"] is not None:
            shutil.copyfile(home.raw(row["document_id"]), beside / name)
        reason = f"{row['source_path']}\n{row['reason']}\n{row['reason_en']}\n"
        (beside / f"{name}.reason.txt").write_text(reason, encoding="utf-8")
    files.remove(folder)
    beside.rename(folder)


def safe_names(source_paths: Iterable[str]) -> list[str]:
    """The base names, fit for any file system; the second of a name gets `~2` before its ending."""
    taken: set[str] = set()
    names = []
    for source_path in source_paths:
        base = PurePosixPath(source_path).name.translate(_UNSAFE).strip(". ") or "_"
        ending = PurePosixPath(base).suffix
        ending = ending if len(ending.encode()) <= _ENDING_BYTES else ""
        stem = _cut(base.removesuffix(ending), _NAME_BYTES - len(ending.encode()))
        name, number = f"{stem}{ending}", 2
        while {name.casefold(), f"{name}.reason.txt".casefold()} & taken:
            name, number = f"{stem}~{number}{ending}", number + 1
        taken.update((name.casefold(), f"{name}.reason.txt".casefold()))
        names.append(name)
    return names


def _quarantined(home: Home, commit: Commit) -> list[dict[str, str | None]]:
    columns = ["source_path", "document_id", "reason", "reason_en"]
    rows: list[dict[str, str | None]] = []
    for file in commit.files.get("documents", ()):
        table = pq.read_table(
            home.path / file.path,
            columns=columns,
            filters=[("status", "=", DocumentStatus.QUARANTINED.value)],
            partitioning=None,
        )
        rows += table.to_pylist()
    return sorted(rows, key=lambda row: str(row["source_path"]))


def _cut(name: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, no character halved."""
    return name.encode()[:limit].decode("utf-8", "ignore")
