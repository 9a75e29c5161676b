"""text.yaml -> the words of the report, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transforms.messages import Messages


@cache
def words() -> Messages:
    """Every word of the page, the workbook and the lists."""
    return Messages(Path(__file__).parent / "text.yaml")


def in_both(key: str) -> str:
    """A word in both languages side by side, for headings of lists."""
    text = words().both(key)
    return f"{text['zh']} / {text['en']}"
