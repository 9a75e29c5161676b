"""Attribute texts of OFD -> numbers, boxes, matrices and steps. Lengths are millimetres."""

from __future__ import annotations

import math
import re

from transforms.readers.positioned.matrix import UNIT, Matrix

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_STEP = re.compile(rf"(?:[gG]\s+(\d{{1,6}})\s+)?({_NUMBER.pattern})")
_LARGEST = 1e6  # millimetres; beyond it a number is damage

Box = tuple[float, float, float, float]  # left, top, width, height


def numbers(stated: str | None) -> list[float]:
    """All numbers of a list; those that no page holds count as 0."""
    found = [float(text) for text in _NUMBER.findall(stated or "")]
    return [value if math.isfinite(value) and abs(value) < _LARGEST else 0.0 for value in found]


def number(stated: str | None, default: float) -> float:
    """The first number."""
    found = numbers(stated)
    return found[0] if found else default


def box(stated: str | None) -> Box | None:
    """Left, top, width and height."""
    found = numbers(stated)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def matrix(stated: str | None) -> Matrix:
    """A CTM; the unit where there is none."""
    found = numbers(stated)
    if len(found) < 6:
        return UNIT
    return found[0], found[1], found[2], found[3], found[4], found[5]


def steps(stated: str | None, most: int) -> list[float]:
    """A DeltaX or DeltaY: `g 3 4.2 1.5` is 4.2 three times, then 1.5. At most so many."""
    found: list[float] = []
    for times, step in _STEP.findall(stated or ""):
        left = most - len(found)
        if left <= 0:
            break
        value = float(step)
        found += [value if abs(value) < _LARGEST else 0.0] * min(int(times or 1), left)
    return found
