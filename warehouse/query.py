"""SQL -> an Arrow table, read-only, on the published warehouse."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse import database, lock
from warehouse.errors import HomeError, QueryError
from warehouse.home import Home
from warehouse.publish import rebuild

# CREATE is what PIVOT begins with; on a read-only warehouse it can only make temporary things.
_READING = {
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    duckdb.StatementType.CREATE,
    duckdb.StatementType.DROP,
}
_LOCK_SECONDS = 60


def run(home: Home, sql: str) -> pa.Table:
    """The result of the last statement.

    Raises QueryError for SQL that fails or does more than read, and what `published` does.
    """
    with connect(home) as connection:
        try:
            statements = connection.extract_statements(sql)
            for statement in statements:
                if statement.type not in _READING:
                    raise QueryError("sql_not_reading", kind=statement.type.name)
            result = pa.table({})
            for statement in statements:
                result = connection.execute(statement).to_arrow_table()
        except duckdb.Error as error:
            raise QueryError("sql_failed", error=error) from error
    return result


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the published warehouse. Raises what `published` does."""
    return duckdb.connect(str(published(home)), read_only=True, config=database.CONFIG)


def published(home: Home) -> Path:
    """The published database, built again first where the home was moved or gongkai is another.

    Raises HomeError where nothing is published, or by a version whose tables were others.
    """
    if not home.require().database.exists():
        raise HomeError("not_published", path=home.path)
    if not database.fits(home):
        with lock.writer(home, timeout=_LOCK_SECONDS):
            rebuild(home)
    return home.database
