"""Pages made of words and boxes, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.document import Document
from transforms.readers.positioned.build import lay_out
from transforms.readers.positioned.page import Page, Rule, Run

WIDTH, HEIGHT = 600.0, 800.0
SIZE = 10.0


def glyphs(text: str, x: float, y: float, size: float = SIZE, turn: int = 0) -> list[Run]:
    """A run a character; digits and letters are half as wide. A blank only moves on."""
    runs = []
    right, down = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
    for character in text:
        width = size / 2 if character.isascii() else size
        if character != " ":
            runs.append(Run(character, x, y, width, size, turn))
        x, y = x + right * width, y + down * width
    return runs


def across(x1: float, x2: float, y: float) -> Rule:
    return Rule(x1, y - 0.25, x2, y + 0.25)


def down(x: float, y1: float, y2: float) -> Rule:
    return Rule(x - 0.25, y1, x + 0.25, y2)


def mesh(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """Every rule of a table, drawn through."""
    return [across(xs[0], xs[-1], y) for y in ys] + [down(x, ys[0], ys[-1]) for x in xs]


def filled(xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]) -> list[Run]:
    """One line of text in each tile."""
    runs: list[Run] = []
    for top, row in zip(ys, texts, strict=False):
        for left, text in zip(xs, row, strict=False):
            runs += glyphs(text, left + 2, top + 14)
    return runs


def page(runs: Sequence[Run], rules: Sequence[Rule] = (), number: int = 1) -> Page:
    return Page(number, WIDTH, HEIGHT, runs, rules)


def document(*pages: Page) -> Document:
    layout = lay_out(pages)
    return Document("id", "test/pages", None, layout.text(), tuple(layout.blocks))
