"""Printed digits without separators -> which cells they determine under the form's arithmetic.

An independent reference for what a reader can know of run-together text. It is complete: a cell is
called determined only when every reading agrees on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from benchmarks.generator.numbers import CLOSING, RECEIVED

Vector = tuple[int, ...]
MOST_READINGS = 50_000
MOST_STATES = 20_000
COUNT = r"0|[1-9]\d*"
SIGNED = r"[+-]?[1-9]\d*|0"
DECIMAL = r"(?:0|[1-9]\d*)(?:\.\d+)?"


class TooManyReadingsError(Exception):
    """The digits admit more readings than are worth listing."""


def splits(text: str, patterns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way to cut the text into one token a pattern."""
    if not patterns:
        if not text:
            yield ()
        return
    pattern = re.compile(patterns[0])
    for end in range(1, len(text) - len(patterns) + 2):
        if pattern.fullmatch(text, 0, end):
            for rest in splits(text[end:], patterns[1:]):
                yield (text[:end], *rest)


def summed_splits(text: str, size: int) -> list[Vector]:
    """Every way to cut digits into `size` counts of which the last is the sum of the others."""
    found: list[Vector] = []
    for length in range(1, len(text) - size + 2):
        total = text[-length:]
        if total[0] == "0" and length > 1:
            continue
        for parts in _parts(text[:-length], size - 1, int(total)):
            found.append((*parts, int(total)))
            if len(found) > MOST_READINGS:
                raise TooManyReadingsError(text)
    return found


def _parts(text: str, size: int, total: int) -> Iterator[Vector]:
    if size == 1:
        if text and (text == "0" or text[0] != "0") and int(text) == total:
            yield (total,)
        return
    for end in range(1, len(text) - size + 2):
        head = int(text[:end])
        if head > total or (text[0] == "0" and end > 1):
            return
        for rest in _parts(text[end:], size - 1, total - head):
            yield (head, *rest)


def plain_split(text: str, size: int) -> Vector | None:
    """The only way to cut digits into counts whatever their sums; None when there are several."""

    @cache
    def ways(start: int, left: int) -> int:
        if left == 0:
            return int(start == len(text))
        ends = [start + 1] if text[start : start + 1] == "0" else range(start + 1, len(text) + 1)
        return sum(ways(end, left - 1) for end in ends if end <= len(text))

    if ways(0, size) != 1:
        return None
    return tuple(int(token) for token in next(splits(text, [COUNT] * size)))


def solve_applications(rows: dict[str, str], size: int) -> dict[str, list[Vector]]:
    """Readings of each row of table 3 that belong to a reading of the whole table.

    Row sums, results totals and the printed identity hold in all of them. Empty lists when the
    table admits none. Raises TooManyReadingsError when they are too many to tell.
    """
    domains = {key: summed_splits(text, size) for key, text in rows.items()}
    if not all(domains.values()):
        return {key: [] for key in rows}
    order = sorted(domains, key=lambda key: len(domains[key]))
    forward = [{(0,) * (2 * size)}]
    for key in order:
        forward.append(_sums(forward[-1], domains[key], _weights(key)))
    backward = [{(0,) * (2 * size)}]
    for key in reversed(order):
        backward.append(_sums(backward[-1], domains[key], _weights(key)))
    backward.reverse()
    return {
        key: [
            reading
            for reading in domains[key]
            if _fits(forward[i], backward[i + 1], _scaled(reading, _weights(key)))
        ]
        for i, key in enumerate(order)
    }


def _weights(key: str) -> tuple[int, int]:
    """Signs of a row in: received minus closing; results total minus outcomes. Both must be 0."""
    if key in RECEIVED:
        return 1, 0
    if key in CLOSING:
        return -1, int(key == CLOSING[0])
    return 0, -1


def _scaled(reading: Vector, weights: tuple[int, int]) -> Vector:
    return tuple(weight * value for weight in weights for value in reading)


def _sums(states: set[Vector], readings: list[Vector], weights: tuple[int, int]) -> set[Vector]:
    steps = [_scaled(reading, weights) for reading in readings]
    if len(states) * len(steps) > 10 * MOST_STATES:
        raise TooManyReadingsError
    sums = {tuple(map(int.__add__, state, step)) for state in states for step in steps}
    if len(sums) > MOST_STATES:
        raise TooManyReadingsError
    return sums


def _fits(before: set[Vector], after: set[Vector], step: Vector) -> bool:
    return any(tuple(-a - b for a, b in zip(state, step, strict=True)) in after for state in before)


def solve_proceedings(text: str, groups: int, size: int) -> list[tuple[Vector, ...]]:
    """Every cut of one line of digits into groups whose last count is the sum of the others."""
    if groups == 1:
        return [(reading,) for reading in summed_splits(text, size)]
    found: list[tuple[Vector, ...]] = []
    for end in range(size, len(text) - size * (groups - 1) + 1):
        for first in summed_splits(text[:end], size):
            found += [(first, *rest) for rest in solve_proceedings(text[end:], groups - 1, size)]
            if len(found) > MOST_READINGS:
                raise TooManyReadingsError(text)
    return found
