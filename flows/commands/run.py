"""`gongkai run`: files and folders -> a published batch, its summary and report."""

from __future__ import annotations

import sys
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from flows.errors import UserError
from flows.language import say
from flows.options import FINDINGS_REACH, fail_on_choice, home_option, reaches
from flows.profiles import profile_of
from flows.progress import shown
from flows.translated import Command, argument, option
from warehouse.home import Home, check_batch_id
from warehouse.walk import find_inputs

if TYPE_CHECKING:
    from flows.summary import BatchSummary


@click.command(cls=Command, help="help_run")
@argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), help="help_run_paths")
@option("--batch", metavar="NAME", help="help_run_batch")
@home_option
@option("--engine", type=click.Choice(["local", "dask"]), default="local", help="help_run_engine")
@option("--dask", "dask_address", metavar="ADDRESS", help="help_run_dask")
@option("--profile", type=click.Path(path_type=Path), metavar="FILE", help="help_run_profile")
@option(
    "--date",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="help_run_date",
)
@option("--fail-on", type=fail_on_choice, help="help_run_fail_on")
def run(  # noqa: PLR0917 - click passes them by name
    paths: tuple[Path, ...],
    batch: str | None,
    home: Path,
    engine: str,
    dask_address: str | None,
    profile: Path | None,
    as_of: datetime | None,
    fail_on: str | None,
) -> int:
    """Run the whole flow over files and folders."""
    _look_first(paths, batch, home, engine)
    profile_of(Home(home), profile)
    console = Console(highlight=False)
    try:
        with shown(console):
            summary = _run_flow(
                paths,
                batch,
                home,
                engine,
                dask_address,
                as_of=as_of and as_of.date(),
                profile=profile,
            )
    except OSError as error:
        raise UserError(say("error_system", error=error)) from error
    from flows.summary import print_summary  # noqa: PLC0415 - pyarrow, only after the work

    print_summary(console, summary)
    console.print(say("try_query", home=home), soft_wrap=True)
    reached = fail_on and any(reaches(found, fail_on) for found in summary.worst_first())
    return FINDINGS_REACH if reached else 0


def _look_first(paths: tuple[Path, ...], batch: str | None, home: Path, engine: str) -> None:
    """What can be refused at once is refused before anything is started or written."""
    if batch is not None:
        check_batch_id(batch)
    if not find_inputs(Home(home), paths):
        raise UserError(say("error_no_files", paths=", ".join(map(str, paths))), status=2)
    if engine == "dask" and find_spec("prefect_dask") is None:
        raise UserError(say("error_dask"))
    from warehouse.catalog import commits  # noqa: PLC0415 - pyarrow, after the quick refusals
    from warehouse.corrections import read_corrections  # noqa: PLC0415
    from warehouse.rosters import read_rosters  # noqa: PLC0415
    from warehouse.waivers import read_waivers  # noqa: PLC0415

    place = Home(home).prepare()
    commits(place)
    read_corrections(place)
    read_waivers(place)
    read_rosters(place)


def _run_flow(
    paths: tuple[Path, ...],
    batch: str | None,
    home: Path,
    engine: str,
    dask_address: str | None,
    *,
    as_of: date | None,
    profile: Path | None,
) -> BatchSummary:
    from flows.progress import current  # noqa: PLC0415
    from flows.server import connect  # noqa: PLC0415

    current().begin("server")
    server = connect(home)
    # The imports take as long as the server needs to start; both at once.
    process_batch = import_module("flows.process_batch").process_batch
    if server is not None:
        import_module("great_expectations")
        server.wait()
    summary: BatchSummary = process_batch(
        paths=list(paths),
        home=home,
        batch=batch,
        engine=engine,
        dask_address=dask_address,
        as_of=as_of,
        profile=profile,
    )
    sys.stdout.flush()
    return summary
