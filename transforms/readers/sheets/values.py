"""A cell's value as a spreadsheet library gives it -> its text as people read it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Value = int | float | str | bool | date | datetime | time | timedelta

_DIGITS = 15  # that a spreadsheet keeps; what comes after is noise of binary fractions


def text_of(value: Value) -> str:
    """12.0 is "12", 0.1 + 0.2 is "0.3"; days are "2024-01-05"; empty for an empty cell."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def _number(value: float) -> str:
    rounded = f"{value:.{_DIGITS}g}"
    plain = f"{Decimal(rounded):f}" if "e" in rounded else rounded
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
