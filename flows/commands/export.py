"""`gongkai export`: a batch -> its findings as a workbook, CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from flows.errors import UserError
from flows.language import say
from flows.options import find_batch, home_option
from flows.translated import Command, argument, option


@click.command(cls=Command, help="help_export")
@argument("batch", help="help_export_batch")
@option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv", "json"]),
    default="xlsx",
    help="help_format",
)
@option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="help_export_output"
)
@home_option
def export(
    batch: str, form: Literal["xlsx", "csv", "json"], output: Path | None, home: Path
) -> None:
    """Write the findings of a batch to a file and print its path."""
    from expectations.report.export import write_findings  # noqa: PLC0415 - loads pyarrow
    from warehouse.query import published  # noqa: PLC0415

    place, batch_id = find_batch(home, batch)
    database = published(place)
    out = output or Path(f"{batch_id}-findings.{form}")
    try:
        click.echo(write_findings(database, batch_id, form, out))
    except OSError as error:
        message = say("error_write", path=out, error=error.strerror)
        raise UserError(message) from error
