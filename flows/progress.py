"""What the flow is doing -> whoever wants to show it. Silent unless someone listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from flows.language import say


class Progress(Protocol):
    """Hears which stage begins, and how far it is."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """A stage begins; it has `total` pieces, or cannot say."""

    def advance(self, pieces: int) -> None:
        """So many more pieces of the stage are done."""


class Silent:
    """Listens to nothing."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, pieces: int) -> None:
        """Nothing."""


class Lines:
    """One line a stage, and one a tenth of a long one: for logs and pipes."""

    def __init__(self) -> None:
        self._stage, self._total, self._done, self._shown = "", 0, 0, 0

    def begin(self, stage: str, total: int | None = None) -> None:
        """Write the name of the stage."""
        self._stage, self._total, self._done, self._shown = stage, total or 0, 0, 0
        click.echo(say(f"stage_{stage}") + "…")

    def advance(self, pieces: int) -> None:
        """Write how far it is, each time another tenth is done."""
        self._done += pieces
        if self._total and self._done * 10 // self._total > self._shown:
            self._shown = self._done * 10 // self._total
            click.echo(f"{say(f'stage_{self._stage}')} {self._done}/{self._total}")


class Bars:
    """A bar on the terminal."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID | None = None
        self._total, self._done = 0, 0

    def begin(self, stage: str, total: int | None = None) -> None:
        """Show the stage instead of the one before."""
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._total, self._done = total or 0, 0
        self._task = self._bar.add_task(say(f"stage_{stage}"), total=total, done="")

    def advance(self, pieces: int) -> None:
        """Move the bar."""
        self._done += pieces
        if self._task is not None:
            shown = f"{self._done}/{self._total}" if self._total else ""
            self._bar.update(self._task, completed=self._done, done=shown)


_current: ContextVar[Progress | None] = ContextVar("progress", default=None)


def current() -> Progress:
    """Whoever listens now."""
    return _current.get() or Silent()


@contextmanager
def shown(console: Console) -> Iterator[None]:
    """Show the progress of what runs inside: a bar on a terminal, lines otherwise."""
    if console.is_terminal:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"))
        bar = Bar(*columns, TimeElapsedColumn(), console=console, transient=True)
        with bar, _listening(Bars(bar)):
            yield
    else:
        with _listening(Lines()):
            yield


@contextmanager
def _listening(progress: Progress) -> Iterator[None]:
    token = _current.set(progress)
    try:
        yield
    finally:
        _current.reset(token)
