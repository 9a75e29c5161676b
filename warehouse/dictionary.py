"""warehouse/tables.yaml -> the data dictionary, a Markdown page in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.messages import LANGUAGES
from transforms.statute.loader import all_cell_keys
from warehouse.errors import messages
from warehouse.tables import TYPES, Column, Table, published_tables, stored_tables


def data_dictionary() -> str:
    """Every published table with its columns, then the stored ones by name."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f"# {_both('dictionary_title')}"
    for language in LANGUAGES:
        yield from ("", messages().text("dictionary_intro", language))
    for table in published_tables():
        yield from _section(table)
    yield from ("", f"## {_both('dictionary_stored_title')}", "")
    stored = ", ".join(f"`{table.name}`" for table in stored_tables())
    yield f"{_both('dictionary_stored')} {stored}"


def _section(table: Table) -> Iterator[str]:
    cells = {key.column_name for key in all_cell_keys()}
    shown = [column for column in table.columns if column.name not in cells]
    yield from ("", f"## {table.name}", "", f"{table.zh} / {table.en}", "")
    yield f"{_both('dictionary_key')}: {', '.join(f'`{name}`' for name in table.key)}"
    headings = ("column", "type", "null", "zh", "en")
    yield ""
    yield _line(*(_both(f"dictionary_{heading}") for heading in headings))
    yield _line(*("---" for _ in headings))
    for column in shown:
        yield _row(column)
    if hidden := len(table.columns) - len(shown):
        meaning = messages().both("dictionary_cells", number=hidden)
        sql_type = TYPES["decimal"].sql
        yield _line("`t<n>_<row_key>__<column_key>`", sql_type, "✓", meaning["zh"], meaning["en"])


def _row(column: Column) -> str:
    null = "✓" if column.nullable else ""
    return _line(f"`{column.name}`", TYPES[column.type].sql, null, column.zh, column.en)


def _line(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _both(key: str) -> str:
    return " / ".join(dict.fromkeys(messages().both(key).values()))
