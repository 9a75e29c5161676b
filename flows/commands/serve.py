"""`gongkai serve`: Prefect's server with its UI, a worker and the scheduled sweep, until Ctrl-C."""

from __future__ import annotations

import signal
from contextlib import ExitStack, suppress
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import FrameType

import click

from flows.child import Child
from flows.errors import UserError
from flows.language import say
from flows.options import home_option
from flows.prefect_environment import prefect_home, prepare
from flows.server import ServerProcess, find_recorded, forget, record
from flows.translated import Command, option
from warehouse.home import Home

LOG = "worker.log"


@click.command(cls=Command, help="help_serve")
@home_option
@option(
    "--port", type=click.IntRange(0, 65535), default=4200, metavar="0-65535", help="help_serve_port"
)
@option(
    "--interval",
    type=click.FloatRange(min=0.1),
    default=5,
    metavar="MINUTES",
    help="help_serve_interval",
)
def serve(home: Path, port: int, interval: float) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    place = Home(home).prepare()
    if url := find_recorded(home):
        raise UserError(say("error_served", home=place.path, url=url))
    prepare(home)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    with suppress(KeyboardInterrupt), ExitStack() as children:
        server = ServerProcess(home, port)
        children.callback(server.close)
        prepare(home, server.api_url)
        deployments = import_module("flows.deployments")  # Prefect, while the server starts
        server.wait()
        import_module("flows.running").settle_killed_runs(place)
        deployments.deploy(place.path, timedelta(minutes=interval))
        worker = Child(["flows.prefect_worker", deployments.POOL], prefect_home(home) / LOG)
        children.callback(worker.close)
        record(home, server.api_url)
        children.callback(forget, home)
        children.callback(_stopping)
        click.echo(say("serve_ready", address=server.address))
        click.echo(say("serve_inbox", inbox=place.inbox, minutes=f"{interval:g}"))
        click.echo(say("serve_stop"))
        signal.pause()


def _stop(_: int, __: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it is ending already
    raise KeyboardInterrupt


def _stopping() -> None:
    click.echo(say("serve_stopping"))
