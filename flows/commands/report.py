"""`gongkai report`: a batch -> the path of its data-quality report."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from flows.errors import UserError
from flows.language import say
from flows.options import find_batch, home_option
from flows.translated import Command, argument, option


@click.command(cls=Command, help="help_report")
@argument("batch", required=False, help="help_report_batch")
@home_option
@option("--open", "open_it", is_flag=True, help="help_report_open")
def report(batch: str | None, home: Path, open_it: bool) -> None:
    """Print the path of a report, of the latest batch by default."""
    place, batch_id = find_batch(home, batch)
    page = place.reports(batch_id) / "index.html"
    if not page.exists():
        raise UserError(say("error_no_report", batch=batch_id, path=page))
    click.echo(page)
    if open_it:
        webbrowser.open(page.as_uri())
