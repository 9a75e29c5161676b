from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from transforms.readers.sheets.values import text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (251000.5, "251000.5"),
        (100.0, "100"),
        (1e15, "1000000000000000"),
        (1.5e-7, "0.00000015"),
        (-3.0, "-3"),
        ("0012 ", "0012"),
        ("", ""),
        (True, "TRUE"),
        (date(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5), "2024-01-05"),
        (datetime(2024, 1, 5, 8, 30), "2024-01-05 08:30:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_value_reads_as_a_person_reads_it(value, text):
    assert text_of(value) == text
