"""What a reader of placed text hands over: pages of runs and rules, in points, whatever the format.

The origin is the page's top left corner, y grows downwards, 72 points are an inch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Text written in one go: a glyph, a word or a recognised line. Runs stand in source order.

    (x, y) is its origin on the baseline, `width` its advance. `turn` counts quarter turns
    clockwise: 0 reads to the right, 1 downwards, 2 upside down, 3 upwards.
    """

    text: str
    x: float
    y: float
    width: float
    size: float  # of the font
    turn: int = 0
    confidence: float | None = None  # 0..1, where the text was recognised and not read

    @property
    def middle(self) -> tuple[float, float]:
        """The point that tells in which cell the run stands: half way along, inside the glyphs."""
        along, up = self.width / 2, 0.35 * self.size
        right, down = ((along, -up), (up, along), (-along, up), (-up, -along))[self.turn]
        return self.x + right, self.y + down


class Rule(NamedTuple):
    """The box of a ruling line: long and thin, or a dot of a dotted line."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it is meant to be read."""

    number: int  # 1-based
    width: float
    height: float
    runs: Sequence[Run]
    rules: Sequence[Rule]


def upright(page: Page) -> Page:
    """The page turned so that most of its text reads to the right."""
    turns = [0, 0, 0, 0]
    for run in page.runs:
        turns[run.turn] += 1
    turn = turns.index(max(turns))
    if turn == 0:
        return page
    wide, high = (page.width, page.height) if turn == 2 else (page.height, page.width)
    runs = []
    for run in page.runs:
        x, y = _turned(run.x, run.y, turn, page)
        runs.append(run._replace(x=x, y=y, turn=(run.turn - turn) % 4))
    rules = []
    for rule in page.rules:
        xs, ys = zip(
            _turned(rule.left, rule.top, turn, page),
            _turned(rule.right, rule.bottom, turn, page),
            strict=True,
        )
        rules.append(Rule(min(xs), min(ys), max(xs), max(ys)))
    return Page(page.number, wide, high, runs, rules)


def _turned(x: float, y: float, turn: int, page: Page) -> tuple[float, float]:
    """A point after the page was turned back by so many quarter turns."""
    if turn == 1:
        return y, page.width - x
    if turn == 2:
        return page.width - x, page.height - y
    return page.height - y, x
