"""Rows or loose Arrow tables -> Arrow tables in exactly their declared schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from warehouse.tables import arrow_schema

Row = Mapping[str, Any]


def table_of(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as the Arrow table of a declared table. Raises KeyError or ArrowInvalid: our bug."""
    schema = arrow_schema(name)
    if unknown := {key for row in rows for key in row} - set(schema.names):
        raise KeyError(f"{name} has no columns {sorted(unknown)}; it has {schema.names}")
    arrays = [
        pa.array([storable(row.get(field.name)) for row in rows], field.type) for field in schema
    ]
    return checked(name, pa.Table.from_arrays(arrays, schema=schema))


def checked(name: str, table: pa.Table) -> pa.Table:
    """The table in exactly its declared schema. Raises ValueError for a null it does not allow."""
    schema = arrow_schema(name)
    for field in schema:
        if not field.nullable and table[field.name].null_count:
            raise ValueError(f"{name}.{field.name} is null in a row; it may not be")
    return table.select(schema.names).cast(schema).replace_schema_metadata(None)


def storable(value: object) -> object:
    """The value with lone surrogates, which cannot be stored, as `?`; every offset stays."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value
