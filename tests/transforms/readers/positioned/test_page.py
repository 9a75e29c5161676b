from __future__ import annotations

import pytest

from tests.transforms.readers.positioned.pages import HEIGHT, WIDTH, filled, mesh
from transforms.readers.positioned.build import lay_out
from transforms.readers.positioned.page import Page, Rule, Run, upright

XS, YS = [50.0, 150.0, 250.0], [100.0, 120.0, 140.0]
TEXTS = [["规章", "1"], ["许可", "23"]]


def turned(page: Page, turn: int) -> Page:
    """The page lying on its side: what stood upright reads after so many quarter turns."""

    def point(x: float, y: float) -> tuple[float, float]:
        return ((x, y), (HEIGHT - y, x), (WIDTH - x, HEIGHT - y), (y, WIDTH - x))[turn]

    runs = []
    for run in page.runs:
        x, y = point(run.x, run.y)
        runs.append(Run(run.text, x, y, run.width, run.size, turn))
    rules = []
    for rule in page.rules:
        (x1, y1), (x2, y2) = point(rule.left, rule.top), point(rule.right, rule.bottom)
        rules.append(Rule(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
    size = (WIDTH, HEIGHT) if turn % 2 == 0 else (HEIGHT, WIDTH)
    return Page(1, *size, runs, rules)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_page_reads_the_same_whichever_way_it_lies(turn):
    page = Page(1, WIDTH, HEIGHT, filled(XS, YS, TEXTS), mesh(XS, YS))
    lying = turned(page, turn)
    assert lay_out([lying]).text() == "规章\t1\n许可\t23\n"
    assert (upright(lying).width, upright(lying).height) == (WIDTH, HEIGHT)
