"""`gongkai doctor`: what is installed, which formats can be read, whether the server answers."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.table import Column, Table

from flows.language import current, say
from flows.options import home_option
from flows.server import answers, find_recorded
from flows.translated import Command
from transforms.archives.formats import FORMATS
from transforms.readers import install_command, library_version, readers
from warehouse.catalog import commits
from warehouse.errors import HomeError
from warehouse.home import Home

PACKAGES = ("gongkai", "prefect", "duckdb", "pyarrow", "great-expectations")
DASK, DASK_EXTRA = "prefect-dask", "dask"


class Line(NamedTuple):
    """One thing looked at; `well` is null where its absence is no fault."""

    what: str
    found: str
    well: bool | None


@click.command(cls=Command, help="help_doctor")
@home_option
def doctor(home: Path) -> int:
    """Say what is there and what is missing; 1 when something needed is missing."""
    groups = {
        "doctor_versions": list(_versions()),
        "doctor_formats": list(_formats()),
        "doctor_archives": list(_archives()),
        "doctor_home": [_home(home)],
        "doctor_server": [_server(home)],
    }
    table = Table("", "", Column(overflow="fold"), show_header=False)
    for title, lines in groups.items():
        table.add_section()
        table.add_row("", say(title), "", style="bold")
        for line in lines:
            mark = {True: "[green]✓[/]", False: "[bold red]✗[/]", None: "[dim]·[/]"}[line.well]
            table.add_row(mark, line.what, line.found)
    ill = any(line.well is False for lines in groups.values() for line in lines)
    console = Console(highlight=False)
    console.print(table)
    console.print(say("doctor_ill" if ill else "doctor_well"))
    return 1 if ill else 0


def _versions() -> Iterator[Line]:
    yield Line("python", platform.python_version(), True)
    for package in PACKAGES:
        found = library_version(package)
        yield Line(package, found or _missing(package, None), found is not None)
    dask = library_version(DASK)
    absent = say("doctor_dask", command=install_command(DASK_EXTRA))
    yield Line(DASK, dask or absent, True if dask else None)


def _formats() -> Iterator[Line]:
    """Each format with the libraries that read it."""
    for reader in readers():
        yield _format(reader.name, reader.libraries, reader.extra)


def _archives() -> Iterator[Line]:
    """Each kind of archive with the library that opens it."""
    for archive in FORMATS.values():
        if archive.refused:
            yield Line(archive.name, say("doctor_refused"), None)
        else:
            yield _format(archive.name, archive.libraries, None)


def _format(name: str, libraries: Sequence[str], extra: str | None) -> Line:
    """What reads a format; a missing extra is no fault."""
    found = {library: library_version(library) for library in libraries}
    missing = ", ".join(library for library, known in found.items() if known is None)
    if not missing:
        shown = ", ".join(f"{library} {known}" for library, known in found.items())
        return Line(name, shown or say("doctor_own"), True)
    return Line(name, _missing(missing, extra), False if extra is None else None)


def _missing(libraries: str, extra: str | None) -> str:
    return say("doctor_missing", libraries=libraries, command=install_command(extra))


def _home(home: Path) -> Line:
    place = Home(home)
    try:
        commits(place.require())
    except HomeError as error:
        if error.key == "home_missing":
            return Line("", say("doctor_absent", path=place.path), None)
        return Line("", error.text(current()), False)
    well = os.access(place.path, os.W_OK)
    return Line("", say("doctor_writable" if well else "doctor_locked", path=place.path), well)


def _server(home: Path) -> Line:
    asked = os.environ.get("PREFECT_API_URL")
    if asked and not answers(asked):
        return Line("PREFECT_API_URL", say("error_server_silent", url=asked), False)
    url = asked or find_recorded(home)
    if url is None:
        return Line("", say("doctor_no_server"), None)
    return Line("", say("doctor_answers", url=url), True)
