"""warehouse/tables.yaml -> every table's columns, Arrow schema and SQL types.

The one declaration of what is stored and what is published; nothing else names a column's type.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pyarrow as pa
from pydantic import Field

from transforms.records import CellKey
from transforms.statute.loader import StatuteError, all_cell_keys, forms, load_records
from transforms.statute.schema import Key, Record, Text

PATH = Path(__file__).parent / "tables.yaml"
PRECISION, SCALE = 18, 6
DECIMAL = pa.decimal128(PRECISION, SCALE)

ColumnType = Literal[
    "text",
    "integer",
    "bigint",
    "boolean",
    "date",
    "timestamp",
    "decimal",
    "list<integer>",
    "list<bigint>",
    "list<text>",
    "list<decimal>",
    "cell_details",
    "claims",
    "part_sums",
    "marks",
    "stated",
]

CELL_DETAIL = pa.struct(
    [
        ("status", pa.string()),
        ("raw_text", pa.string()),
        ("page", pa.int32()),
        ("char_start", pa.int32()),
        ("char_end", pa.int32()),
        ("candidates", pa.list_(DECIMAL)),
    ]
)


CLAIM = pa.struct(
    [
        ("claim", pa.string()),
        ("value", DECIMAL),
        ("unit", pa.string()),
        ("year", pa.int32()),
        ("qualifier", pa.string()),
        ("part_of", pa.string()),
        ("char_start", pa.int32()),
        ("char_end", pa.int32()),
    ]
)
PART_SUM = pa.struct(
    [
        ("claim", pa.string()),
        ("split", pa.string()),
        ("whole", DECIMAL),
        ("parts", DECIMAL),
        ("terms", pa.string()),
        ("complete", pa.bool_()),
        ("char_start", pa.int32()),
        ("char_end", pa.int32()),
    ]
)
MARK = pa.struct(
    [
        ("text", pa.string()),
        ("char_start", pa.int32()),
        ("char_end", pa.int32()),
    ]
)


class TypePair(NamedTuple):
    """One type in Arrow and in DuckDB."""

    arrow: pa.DataType
    sql: str


TYPES: dict[ColumnType, TypePair] = {
    "text": TypePair(pa.string(), "VARCHAR"),
    "integer": TypePair(pa.int32(), "INTEGER"),
    "bigint": TypePair(pa.int64(), "BIGINT"),
    "boolean": TypePair(pa.bool_(), "BOOLEAN"),
    "date": TypePair(pa.date32(), "DATE"),
    "timestamp": TypePair(pa.timestamp("us"), "TIMESTAMP"),  # UTC, without a zone to convert to
    "decimal": TypePair(DECIMAL, "DECIMAL(18,6)"),
    "list<integer>": TypePair(pa.list_(pa.int32()), "INTEGER[]"),
    "list<bigint>": TypePair(pa.list_(pa.int64()), "BIGINT[]"),
    "list<text>": TypePair(pa.list_(pa.string()), "VARCHAR[]"),
    "list<decimal>": TypePair(pa.list_(DECIMAL), "DECIMAL(18,6)[]"),
    "cell_details": TypePair(
        pa.list_(CELL_DETAIL),
        "STRUCT(status VARCHAR, raw_text VARCHAR, page INTEGER, char_start INTEGER, "
        "char_end INTEGER, candidates DECIMAL(18,6)[])[]",
    ),
    "claims": TypePair(
        pa.list_(CLAIM),
        'STRUCT(claim VARCHAR, "value" DECIMAL(18,6), unit VARCHAR, "year" INTEGER, '
        "qualifier VARCHAR, part_of VARCHAR, char_start INTEGER, char_end INTEGER)[]",
    ),
    "part_sums": TypePair(
        pa.list_(PART_SUM),
        "STRUCT(claim VARCHAR, split VARCHAR, whole DECIMAL(18,6), parts DECIMAL(18,6), "
        "terms VARCHAR, complete BOOLEAN, char_start INTEGER, char_end INTEGER)[]",
    ),
    "marks": TypePair(
        pa.map_(pa.string(), MARK),
        'MAP(VARCHAR, STRUCT("text" VARCHAR, char_start INTEGER, char_end INTEGER))',
    ),
    "stated": TypePair(pa.map_(pa.string(), pa.list_(DECIMAL)), "MAP(VARCHAR, DECIMAL(18,6)[])"),
}


class Column(Record):
    """One column: its name, type and what it means in both languages."""

    name: Key
    type: ColumnType
    zh: Text
    en: Text
    nullable: bool = False


class TableRecord(Record):
    """A table as tables.yaml declares it, before `like`, `cells` and `measures` are filled in."""

    id: Annotated[Key, Field(alias="name")]
    zh: Text
    en: Text
    key: tuple[Key, ...]
    stored: bool = False
    published: bool = False
    like: tuple[Key, ...] = ()
    cells: bool = False
    measures: Literal[2, 3, 4] | None = None
    columns: tuple[Column, ...] = ()


class Table(NamedTuple):
    """A table with all its columns in order."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    stored: bool
    published: bool
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


@cache
def tables() -> dict[str, Table]:
    """Every table by name, in the order of tables.yaml."""
    return load_tables(PATH)


def load_tables(path: Path) -> dict[str, Table]:
    """Read a table file. Raises StatuteError naming the file where a name refers to nothing."""
    found: dict[str, Table] = {}
    for record in load_records(path, TableRecord):
        columns = _columns(path, record, found)
        names = {column.name for column in columns}
        if unknown := [name for name in record.key if name not in names]:
            raise StatuteError(
                f"{path.name}: {record.id}: key {unknown} is no column; it has {sorted(names)}"
            )
        found[record.id] = Table(
            record.id,
            record.zh,
            record.en,
            record.key,
            record.stored,
            record.published,
            columns,
        )
    return found


def stored_tables() -> tuple[Table, ...]:
    """The tables kept as Parquet."""
    return tuple(table for table in tables().values() if table.stored)


def published_tables() -> tuple[Table, ...]:
    """The tables and views of the published warehouse."""
    return tuple(table for table in tables().values() if table.published)


@cache
def arrow_schema(name: str) -> pa.Schema:
    """The explicit Arrow schema of a table; it carries no metadata, so that bytes stay the same."""
    return pa.schema(
        [
            pa.field(column.name, TYPES[column.type].arrow, nullable=column.nullable)
            for column in tables()[name].columns
        ]
    )


@cache
def stored_format() -> str:
    """A short hash of all stored columns: files of another format cannot be read by name and place.

    The places in `cell_details` shift when a form gains a cell, so a silent mix would be wrong.
    """
    schemas = [(table.name, str(arrow_schema(table.name))) for table in stored_tables()]
    return hashlib.sha256(repr(schemas).encode()).hexdigest()[:12]


def measure_keys(table_no: int) -> tuple[str, ...]:
    """The column keys of a statutory table over all forms, in order of first appearance."""
    return tuple(
        dict.fromkeys(key.column_key for key in all_cell_keys() if key.table_no == table_no)
    )


def _columns(path: Path, record: TableRecord, found: dict[str, Table]) -> tuple[Column, ...]:
    columns: list[Column] = []
    for other in record.like:
        if other not in found:
            raise StatuteError(
                f"{path.name}: {record.id}: like {other!r} is no table above it; "
                f"there are {sorted(found)}"
            )
        columns += found[other].columns
    columns += record.columns
    if record.cells:
        columns += [_cell_column(key) for key in all_cell_keys()]
    if record.measures is not None:
        columns += [_measure_column(record.measures, key) for key in measure_keys(record.measures)]
    first: dict[str, Column] = {}
    for column in columns:
        first.setdefault(column.name, column)
    return tuple(first.values())


def _cell_column(key: CellKey) -> Column:
    zh, en = _labels(key)
    return Column(name=key.column_name, type="decimal", nullable=True, zh=zh, en=en)


def _measure_column(table_no: int, column_key: str) -> Column:
    labels = [
        [label.rpartition(" / ")[2] for label in _labels(key)]
        for key in all_cell_keys()
        if (key.table_no, key.column_key) == (table_no, column_key)
    ]
    zh, en = ("；".join(dict.fromkeys(by_language)) for by_language in zip(*labels, strict=True))
    return Column(name=column_key, type="decimal", nullable=True, zh=zh, en=en)


@cache
def _labels(key: CellKey) -> tuple[str, str]:
    """What a cell's row and column are called, Chinese as printed and English, `row / column`."""
    for form in reversed(forms().values()):
        for block, row in form.table[key.table_no].rows():
            for column in block.columns:
                if (row.key, column.key) == (key.row_key, key.column_key):
                    unit = f"（{column.unit}）" if column.unit not in column.label else ""
                    return (
                        f"{row.label} / {column.label}{unit}",
                        f"{row.label_en} / {column.label_en}",
                    )
    raise KeyError(str(key))
