"""A straight page -> its ruling lines, as masks of the pixels they cover.

A rule is dark over a length that no stroke of writing has. Hairlines are looked for with the noise
of the page in mind, dots of a dotted rule are closed up first.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.scans.straighten import Grey, px_per_inch

Mask = NDArray[np.uint8]  # 0 or 1

_SHORTEST_LEVEL = 0.35  # inches
_SHORTEST_UPRIGHT = 0.16
_WIDEST = 0.05
_LONGEST_GAP = 0.016  # between the dots of a dotted rule
_BESIDE = 0.025  # inches above and below a rule that are paper for the most part
_INK_BESIDE = 0.2  # of its length that there may be ink, twice that for a long rule
_SECOND_RULE = 0.95  # of its length: the other line of a double rule
_LONG = 1.5  # inches
_FAINTEST = 24  # grey levels below the paper
_NOISES = 4.0  # times the noise that a rule must be below the paper


@dataclass(frozen=True, slots=True)
class Rules:
    """The pixels of level and of upright rules, and the ink they were found in."""

    level: Mask
    upright: Mask
    ink: Mask


def find_rules(grey: Grey) -> Rules:
    """The ruling lines of a straight page."""
    inch = px_per_inch(grey)
    contrast = max(_FAINTEST, _NOISES * noise_of(grey))
    ink = (grey < 250 - contrast).astype(np.uint8)
    return Rules(
        _lines(ink, round(_SHORTEST_LEVEL * inch), inch),
        np.ascontiguousarray(_lines(ink.T, round(_SHORTEST_UPRIGHT * inch), inch).T),
        ink,
    )


def noise_of(grey: Grey) -> float:
    """The standard deviation of the paper's grey, from the differences of neighbours."""
    step = max(1, min(grey.shape) // 800)
    paper = grey[::step, :]
    differences = np.abs(np.diff(paper.astype(np.int16), axis=1))
    return float(np.median(differences)) / 0.954


def _lines(ink: Mask, shortest: int, inch: float) -> Mask:
    """The level rules in a mask of ink."""
    gap = max(3, round(_LONGEST_GAP * inch))
    thick = cv2.dilate(np.ascontiguousarray(ink), np.ones((3, 1), np.uint8))
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    # what is as thick as writing is high is a block of ink or a black edge
    blocks = cv2.morphologyEx(
        opened, cv2.MORPH_OPEN, np.ones((max(5, round(_WIDEST * inch)), 1), np.uint8)
    )
    return _without_strokes(np.asarray(opened & ~blocks & 1, dtype=np.uint8), ink, inch)


def _without_strokes(lines: Mask, ink: Mask, inch: float) -> Mask:
    """The rules alone: aligned strokes of writing have more ink right above or below them."""
    reach = max(4, round(_BESIDE * inch))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    for number in range(1, count):
        left, top, width, height, _ = (int(each) for each in stats[number])
        allowed = _INK_BESIDE * (2 if width > _LONG * inch else 1)
        for first in (max(0, top - reach), top + height + 1):
            beside = ink[first : first + reach - 1, left : left + width].any(axis=0).mean()
            if allowed < beside < _SECOND_RULE:
                place = labels[top : top + height, left : left + width] == number
                lines[top : top + height, left : left + width][place] = 0
    return lines
