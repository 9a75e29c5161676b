"""Commit records -> a DuckDB file of views over exactly their Parquet files.

The views name the files by absolute path, because DuckDB resolves relative ones against the folder
it happens to run in; `fits` tells when a home was moved, or the views are those of another version,
and the file must be built again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse import files, sql
from warehouse.catalog import Commit
from warehouse.corrections import read_corrections
from warehouse.home import Home
from warehouse.rosters import read_rosters
from warehouse.views import Ledgers, script
from warehouse.waivers import read_waivers

SUFFIX = ".tmp"


class Origin(NamedTuple):
    """What a database was made from, as it stands in its table `stored.origin`."""

    home: str
    views: str
    fingerprint: str


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
    made = Origin(str(home.path), _views_version(home), _digest(statements))
    if _origin(path) == made:
        return False
    statements.append(
        f"create table stored.origin as from (values ({', '.join(map(sql.text, made))})) "
        f"as o({', '.join(Origin._fields)})"
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


def fits(home: Home) -> bool:
    """Whether the published database was built for this home and has the views of this version."""
    origin = _origin(home.database)
    return origin is not None and origin[:2] == (str(home.path), _views_version(home))


CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # nothing is ever fetched from a network
    "autoload_known_extensions": False,
    "allow_persistent_secrets": False,
}


def _origin(path: Path) -> Origin | None:
    if not path.exists():
        return None
    try:
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
            columns = ", ".join(Origin._fields)
            row = connection.execute(f"select {columns} from stored.origin").fetchone()
    except duckdb.Error:  # damaged, of another make, or open for writing somewhere: build anew
        return None
    return Origin(*row) if row else None


def _views_version(home: Home) -> str:
    """Changes with what views and columns are there, whatever is in them."""
    return _digest(script(home, [], described=False))


def _digest(statements: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(statements).encode()).hexdigest()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        files.flush(file)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")
