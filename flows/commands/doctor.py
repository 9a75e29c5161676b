"""`gongkai doctor`: what is installed, which formats can be read, whether the server answers."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.table import Table

from flows.language import current, say
from flows.options import home_option
from flows.server import answers, find_recorded
from flows.translated import Command
from transforms.archives.formats import FORMATS
from transforms.readers import install_command, library_version, readers
from warehouse.errors import HomeError
from warehouse.home import Home

PACKAGES = ("gongkai", "prefect", "duckdb", "pyarrow", "great-expectations")
# The programs that do something more when they are there, under any of their names.
PROGRAMS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "libreoffice": ("libreoffice", "soffice"),
    "tesseract": ("tesseract",),
}


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
        "doctor_programs": list(_programs()),
        "doctor_home": [_home(home)],
        "doctor_server": [_server(home)],
    }
    table = Table(show_header=False)
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
        try:
            yield Line(package, version(package), True)
        except PackageNotFoundError:
            yield Line(package, say("doctor_missing"), False)
    try:
        yield Line("prefect-dask", version("prefect-dask"), True)
    except PackageNotFoundError:
        yield Line("prefect-dask", f"{say('doctor_missing')}：{say('doctor_dask')}", None)


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
    if extra is None:
        return Line(name, f"{missing} {say('doctor_missing')}", False)
    command = say("doctor_install", command=install_command(extra))
    return Line(name, f"{missing} {say('doctor_missing')}：{command}", None)


def _programs() -> Iterator[Line]:
    for program, names in PROGRAMS.items():
        found = next(filter(None, map(shutil.which, names)), None)
        missing = f"{say('doctor_missing')}：{say(f'doctor_{program}')}"
        yield Line(program, found or missing, True if found else None)


def _home(home: Path) -> Line:
    place = Home(home)
    try:
        place.require()
    except HomeError as error:
        absent = error.key == "home_missing"
        return Line("", str(place.path), None) if absent else Line("", error.text(current()), False)
    well = os.access(place.path, os.W_OK)
    return Line("", str(place.path), well)


def _server(home: Path) -> Line:
    asked = os.environ.get("PREFECT_API_URL")
    if asked and not answers(asked):
        return Line("PREFECT_API_URL", say("error_server_silent", url=asked), False)
    url = asked or find_recorded(home)
    if url is None:
        return Line("", say("doctor_no_server"), None)
    return Line("", say("doctor_answers", url=url), True)
