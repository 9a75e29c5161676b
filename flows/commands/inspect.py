"""`gongkai inspect`: one file -> how each of its tables was read, beside the source."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

from flows.errors import UserError
from flows.files import problem_text, read_files
from flows.inspection import TABLES, as_json, table_readings
from flows.inspection_view import print_reading
from flows.language import current, say
from flows.translated import Command, argument, option

CANNOT_BE_READ = 1
PIPED_WIDTH = 160  # characters: a page that is piped has no width of its own


@click.command(cls=Command, help="help_inspect")
@argument("file", type=click.Path(path_type=Path), help="help_inspect_file")
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="help_format")
@option(
    "--table",
    "table_no",
    type=click.Choice([str(number) for number in TABLES]),
    help="help_inspect_table",
)
def inspect(file: Path, form: str, table_no: str | None) -> int:
    """Show how a file was read: no warehouse, no server, no rules."""
    inputs = list(read_files([file]))
    if len(inputs) != 1:
        names = ", ".join(str(one.path) for one in inputs)
        raise UserError(
            say("error_inspect_archive", path=file, count=len(inputs), names=names), status=2
        )
    extraction = inputs[0].extract()
    numbers = TABLES if table_no is None else (int(table_no),)
    if form == "json":
        click.echo(json.dumps(as_json(file, extraction, numbers), ensure_ascii=False, indent=1))
    if extraction.reason is not None:
        reason = problem_text(extraction.reason, current())
        message = say("check_unreadable", path=file, reason=reason)
        click.echo(say("error", message=message), err=True)
    elif form == "text":
        console = Console(highlight=False)
        if not console.is_terminal:
            console = Console(highlight=False, width=PIPED_WIDTH)
        print_reading(console, extraction, table_readings(extraction, numbers))
    return 0 if extraction.report else CANNOT_BE_READ
