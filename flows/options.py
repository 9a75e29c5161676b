"""Options that several commands share, and what they stand for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from flows.errors import UserError
from flows.language import say
from flows.translated import option
from warehouse.home import Home

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")  # the worst first
FINDINGS_REACH = 3  # the exit status when --fail-on is reached

home_option = option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="GONGKAI_HOME",
    default="gongkai-data",
    metavar="DIR",
    help="help_home",
)
fail_on_choice = click.Choice([*SEVERITIES, "error"])  # `error` is another word for critical


def reaches(severity: str, limit: str) -> bool:
    """Is a finding of this severity at or above the limit?"""
    worst_first: tuple[str, ...] = SEVERITIES
    return worst_first.index(severity) <= worst_first.index(
        "critical" if limit == "error" else limit
    )


def find_batch(home: Path, batch: str | None) -> tuple[Home, str]:
    """The home and a committed batch, the last one finished by default.

    Raises UserError when there is no such batch, HomeError when there is no such home.
    """
    from warehouse.catalog import commits  # noqa: PLC0415 - most commands do not need it

    place = Home(home).require()
    known = sorted(
        commits(place), key=lambda one: one.finished_at or datetime.min.replace(tzinfo=UTC)
    )
    ids = [one.batch_id for one in known]
    if ids and (batch is None or batch in ids):
        return place, batch or ids[-1]
    listed = ", ".join(ids) or "-"
    raise UserError(say("error_no_batch", home=place.path, batch=batch or "", known=listed))
