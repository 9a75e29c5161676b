"""SQL -> an Arrow table, read-only, on the published warehouse."""

from __future__ import annotations

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

    A home that was moved gets its warehouse.duckdb built again first. Raises QueryError for SQL
    that fails or does more than read, HomeError when nothing is published.
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
    """A read-only connection to the published warehouse. Raises HomeError when there is none."""
    if not home.require().database.exists():
        raise HomeError("not_published", path=home.path)
    if database.home_of(home.database) != str(home.path):
        with lock.writer(home, timeout=_LOCK_SECONDS):
            rebuild(home)
    return duckdb.connect(str(home.database), read_only=True, config=database.CONFIG)
