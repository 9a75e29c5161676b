"""Outlines as drawn -> the ruling lines among their sides.

A rule is a line, a thin box, a side of a drawn rectangle or of a ring (a filled rectangle with a
hole, or several in one drawing). One filled rectangle is a background.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.readers.positioned.edges import THICKEST
from transforms.readers.positioned.page import Rule

_SLANT = 1.0  # points that the ends of a rule may differ across it

Point = tuple[float, float]
Outline = Sequence[Point]  # its corners; empty where it has curves


def rules_of(outlines: Sequence[Outline], stroked: bool) -> Iterator[Rule]:
    """The rules of one drawing; places on the page in points."""
    alone = len(outlines) == 1 and not stroked
    for corners in outlines:
        if not corners:
            continue
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        whole = Rule(min(xs), min(ys), max(xs), max(ys))
        if is_thin(whole):
            yield whole
        elif not alone:
            for one, other in pairwise(corners):
                side = rule_between(one, other)
                if min(side.right - side.left, side.bottom - side.top) <= _SLANT:
                    yield side


def is_thin(box: Rule) -> bool:
    """Whether a box may be a rule."""
    return min(box.right - box.left, box.bottom - box.top) <= THICKEST


def rule_between(one: Point, other: Point) -> Rule:
    """The box with these two points at opposite corners."""
    (x1, y1), (x2, y2) = one, other
    return Rule(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
