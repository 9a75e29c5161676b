"""`gongkai query`: SQL -> rows of the published warehouse as a table, CSV, JSON or Parquet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from flows.errors import UserError
from flows.language import say
from flows.options import home_option
from flows.translated import Command, argument, option
from warehouse.home import Home


@click.command(cls=Command, help="help_query")
@argument("sql", help="help_query_sql")
@home_option
@option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    help="help_format",
)
@option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="help_output")
def query(sql: str, home: Path, form: str, output: Path | None) -> None:
    """Run read-only SQL and print or write the rows."""
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise UserError(say("error_binary"), status=2)
    from flows import rows  # noqa: PLC0415 - loads pyarrow
    from warehouse.query import run  # noqa: PLC0415

    table: Any = run(Home(home).require(), sql)
    if output is None:
        rows.write(table, form, sys.stdout)
        return
    try:
        with output.open("w", encoding="utf-8", newline="") as file:
            rows.write(table, form, file)
    except OSError as error:
        message = say("error_write", path=output, error=error.strerror)
        raise UserError(message) from error
