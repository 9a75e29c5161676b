"""Values of tables and records -> what JSON knows; text of a file -> text safe on a terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:  # noqa: ANN401
    """A value as JSON knows it. A decimal that no float holds exactly stays text."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        near = float(value)
        return near if Decimal(repr(near)) == value else str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def one_line(text: str) -> str:
    """Text of a file without line breaks, runs of blanks, and what could steer a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
