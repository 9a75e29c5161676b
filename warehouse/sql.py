"""Names, values and file lists -> SQL text, quoted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

Value = str | int | Decimal | date | None


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A quoted string. NUL, which SQL text cannot hold, is left out."""
    return "'" + value.replace("'", "''").replace("\0", "") + "'"


def literal(value: Value) -> str:
    """A value as it stands in a statement."""
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value).lower()  # True is an int
    return f"date '{value}'" if isinstance(value, date) else text(value)


def parquet(paths: Iterable[Path]) -> str:
    """A relation over exactly these files; columns come from the files, not from their folders."""
    listed = ", ".join(text(_exactly(path)) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning=false)"


def _exactly(path: Path) -> str:
    """A path in which no character is a wildcard."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))
