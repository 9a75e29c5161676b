"""What every test may use."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

from benchmarks.generator.model import Generated
from benchmarks.generator.printing import Printing, available, print_reports

# How long an example takes depends on what else the machine does; pytest-timeout bounds a test.
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repo with real reports and their truth; CI must have it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        _do_without(f"{folder}, the real reports beside the checkout,")
    return folder


@pytest.fixture(scope="session")
def printed() -> Callable[[Printing, Sequence[tuple[int, str, Sequence[str]]]], list[Generated]]:
    """`print_reports`; CI must have the programs that print, see .ci/install."""

    def call(
        printing: Printing, wanted: Sequence[tuple[int, str, Sequence[str]]]
    ) -> list[Generated]:
        if not available(printing):
            _do_without(printing.program)
        return list(print_reports(printing, wanted))

    return call


def _do_without(what: str) -> NoReturn:
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{what} is missing: CI must have it")
    pytest.skip(f"{what} is missing")
