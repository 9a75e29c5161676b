"""Commit records -> a DuckDB file of views over exactly their Parquet files.

The views name the files by absolute path, because DuckDB resolves relative ones against the folder
it happens to run in; `home_of` tells when a home was moved and the file must be built again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse import files, sql
from warehouse.catalog import Commit
from warehouse.corrections import read_corrections
from warehouse.home import Home
from warehouse.rosters import read_rosters
from warehouse.views import Ledgers, script
from warehouse.waivers import read_waivers

SUFFIX = ".tmp"


def build(
    home: Home,
    commits: Sequence[Commit],
    path: Path,
    *,
    replaced: Commit | None = None,
    described: bool = True,
) -> bool:
    """Put the warehouse of these commits at `path` in one step; readers of an older one go on.

    The corrections, waivers and rosters are read anew. Nothing is done, and False given, when it
    is there already. Raises HomeError for a wrong ledger, OSError.
    """
    statements = script(
        home,
        commits,
        Ledgers(read_corrections(home), read_waivers(home), read_rosters(home)),
        replaced=replaced,
        described=described,
    )
    fingerprint = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    if _origin(path) == (str(home.path), fingerprint):
        return False
    origin = ", ".join(map(sql.text, (str(home.path), fingerprint)))
    statements.append(
        f"create table stored.origin as from (values ({origin})) as o(home, fingerprint)"
    )
    temporary = path.with_name(f".{path.name.lstrip('.')}{SUFFIX}")
    remove(temporary)
    with duckdb.connect(str(temporary), config=CONFIG) as connection:
        connection.begin()
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("checkpoint")
    _flush(temporary)
    _log_of(path).unlink(missing_ok=True)  # of one who opened the file to write: not of the new one
    temporary.replace(path)
    files.flush_folder(path.parent)
    return True


def remove(path: Path) -> None:
    """Delete a database that may not be there, with its log."""
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)


def home_of(path: Path) -> str | None:
    """The home a warehouse was built for; null when it cannot be told."""
    origin = _origin(path)
    return origin[0] if origin else None


CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # nothing is ever fetched from a network
    "autoload_known_extensions": False,
    "allow_persistent_secrets": False,
}


def _origin(path: Path) -> tuple[str, str] | None:
    if not path.exists():
        return None
    try:
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
            row = connection.execute("select home, fingerprint from stored.origin").fetchone()
    except duckdb.Error:  # damaged, of another make, or open for writing somewhere: build anew
        return None
    return (row[0], row[1]) if row else None


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        files.flush(file)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
