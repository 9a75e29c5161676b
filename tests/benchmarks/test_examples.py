"""The examples and what is expected of them are one set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))


def test_every_example_has_an_expectation_and_a_line_in_the_readme():
    names = {path.name for path in (EXAMPLES / "reports").iterdir()}
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert names == set(EXPECTED)
    assert [name for name in names if name not in readme] == []


@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e["status"] == "duplicate"])
def test_a_duplicate_has_the_bytes_of_its_original(name):
    original = EXPECTED[name]["duplicate_of"]
    folder = EXAMPLES / "reports"
    assert (folder / name).read_bytes() == (folder / original).read_bytes()
