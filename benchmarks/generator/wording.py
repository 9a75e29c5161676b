"""wording.yaml -> the words of generated reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml


@cache
def wording() -> dict[str, Any]:
    """All wordings by name."""
    text = (Path(__file__).parent / "wording.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def pick(rng: Random, name: str, **details: object) -> str:
    """One wording of a list, filled in."""
    chosen: str = rng.choice(wording()[name])
    return chosen.format(**details)
