"""Names, strings and file lists -> SQL text, quoted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A quoted string."""
    return "'" + value.replace("'", "''") + "'"


def parquet(paths: Iterable[Path]) -> str:
    """A relation over exactly these files; columns come from the files, not from their folders."""
    listed = ", ".join(text(_literal(path)) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning=false)"


def _literal(path: Path) -> str:
    """A path in which no character is a wildcard."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))
