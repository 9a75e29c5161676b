"""A stretch of page -> its lines of writing, each as a small picture; or that it is empty.

Dust is taken out; a stretch is only empty when nothing of the size of a character is left, however
faint.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.scans.lattice import Box
from transforms.readers.scans.rules import Mask
from transforms.readers.scans.straighten import Grey

PAPER = 250
_DUST = 0.03  # inches; nothing written is as small but dots
_EDGE = 0.04  # inches from its rule within which nothing flat is written
_NEAR = 0.05  # inches from a character within which a speck may be its dot
_CHARACTER = 0.045  # inches: the lowest digit or the shortest dash
_GAP = 1.7  # of the height of a line; no blank within a sentence is as wide
_LARGEST = 0.6  # inches that a character of running text may be high
_INK = 48  # grey levels below the paper
_FAINT = 18
_NOISES = 5.0


@dataclass(frozen=True, slots=True)
class Blot:
    """One connected piece of ink, its box in the picture it was found in."""

    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class InkLine:
    """One line of writing: where it stands, how it looks, and its pieces of ink."""

    box: Box
    picture: Grey
    blots: tuple[Blot, ...]  # relative to the picture, left to right
    clipped: bool  # ink runs into the edge of the stretch


@dataclass(frozen=True, slots=True)
class Writing:
    """What stands in a stretch of page; `faint` if something does that is too pale to read."""

    lines: tuple[InkLine, ...]
    faint: bool


def writing_in(
    grey: Grey, ruled: Mask, box: Box, inch: float, noise: float, *, page: bool = False
) -> Writing:
    """The writing inside a box. `ruled` are the pixels of rules, which count as paper.

    Of a whole page, what is larger than any character is no writing: pictures, black edges.
    """
    patch = grey[box.top : box.bottom, box.left : box.right].copy()
    patch[ruled[box.top : box.bottom, box.left : box.right] > 0] = PAPER
    ink = (patch < PAPER - max(_INK, _NOISES * noise)).astype(np.uint8)
    labels, blots = _blots(ink)
    if page:
        writing = {n: b for n, b in blots.items() if b.height < _LARGEST * inch}
    else:
        high = box.bottom - box.top
        writing = {n: b for n, b in blots.items() if not _is_rule(b, high, inch)}
    kept = _without_dust(writing, inch)
    for number, blot in blots.items():
        if number not in kept:
            _wipe(patch, labels == number, blot)
    if not kept:
        return Writing((), _is_faint(patch, inch, noise))
    groups = [[kept[n] for n in members] for members in _grouped(kept, ink.shape[0])]
    if page:
        groups = [part for group in groups for part in _at_gaps(group)]
    lines = [_line(patch, group, box) for group in groups if not _is_speck(group, inch)]
    return Writing(tuple(lines), faint=not lines)


def _blots(ink: Mask) -> tuple[NDArray[np.int32], dict[int, Blot]]:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    blots = {}
    for number in range(1, count):
        left, top, width, height, area = (int(each) for each in stats[number])
        blots[number] = Blot(left, top, left + width, top + height, area)
    return np.asarray(labels, dtype=np.int32), blots


def _without_dust(blots: dict[int, Blot], inch: float) -> dict[int, Blot]:
    """The pieces of ink that are writing: large ones, and small ones beside them."""
    limit, near = _DUST * inch, _NEAR * inch
    large = {n: b for n, b in blots.items() if max(b.width, b.height) > limit and b.area > limit}
    if not large:
        return {}
    boxes = np.array([[b.left, b.top, b.right, b.bottom] for b in large.values()])
    kept = dict(large)
    for number, blot in blots.items():
        if number in large or blot.area < 3:
            continue
        across = np.maximum(boxes[:, 0] - blot.right, blot.left - boxes[:, 2])
        down = np.maximum(boxes[:, 1] - blot.bottom, blot.top - boxes[:, 3])
        if (np.maximum(across, down) <= near).any():
            kept[number] = blot
    return kept


def _is_rule(blot: Blot, high: int, inch: float) -> bool:
    """Whether a piece of ink is left of the rule above or under the cell."""
    edge = _EDGE * inch
    flat = blot.height <= _DUST * inch and blot.width >= 2 * blot.height
    return flat and (blot.top <= edge or blot.bottom >= high - edge)


def _wipe(patch: Grey, where: NDArray[np.bool_], blot: Blot) -> None:
    """Paint a speck over, with the grey rim around it."""
    top, left = max(0, blot.top - 2), max(0, blot.left - 2)
    around = where[top : blot.bottom + 2, left : blot.right + 2].astype(np.uint8)
    rim = cv2.dilate(around, np.ones((5, 5), np.uint8)) > 0
    patch[top : blot.bottom + 2, left : blot.right + 2][rim] = PAPER


def _is_faint(patch: Grey, inch: float, noise: float) -> bool:
    """Whether pale ink of the size of a character is left."""
    size = _CHARACTER * inch
    smooth = cv2.GaussianBlur(patch, (0, 0), max(1.0, size / 12))
    pale = (smooth < PAPER - max(_FAINT, 2 * noise)).astype(np.uint8)
    _, blots = _blots(pale)
    return any(max(b.width, b.height) >= size for b in blots.values())


def _grouped(blots: dict[int, Blot], height: int) -> list[list[int]]:
    """Pieces of ink by line, from the top: rows of pixels without ink part the lines."""
    inked = np.zeros(height + 1, dtype=bool)
    for blot in blots.values():
        inked[blot.top : blot.bottom] = True
    turns = np.flatnonzero(np.diff(np.concatenate(([False], inked)).astype(np.int8)))
    runs = [(int(start), int(end)) for start, end in zip(turns[::2], turns[1::2], strict=True)]
    runs = _joined(runs)
    groups: list[list[int]] = [[] for _ in runs]
    for number, blot in blots.items():
        middle = (blot.top + blot.bottom) / 2
        at = next(i for i, (start, end) in enumerate(runs) if start <= middle <= end)
        groups[at].append(number)
    return [group for group in groups if group]


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs of inked rows; a low one close to another is a part of that line, as a dot is."""
    usual = float(np.median([end - start for start, end in runs if end - start > 4] or [0]))
    joined = [runs[0]]
    for (_, end), run in pairwise(runs):
        low = min(run[1] - run[0], joined[-1][1] - joined[-1][0]) < 0.45 * usual
        if run[0] - end < 2 or (low and run[0] - end < 0.25 * usual):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return joined


def _at_gaps(line: list[Blot]) -> list[list[Blot]]:
    """A line of a page cut at wide gaps: columns of a table without rules."""
    height = max(b.bottom for b in line) - min(b.top for b in line)
    parts: list[list[Blot]] = []
    end = 0
    for blot in sorted(line, key=lambda b: b.left):
        if parts and blot.left - end <= _GAP * height:
            parts[-1].append(blot)
        else:
            parts.append([blot])
        end = max(end, blot.right)
    return parts


def _is_speck(blots: list[Blot], inch: float) -> bool:
    """Whether a line is too small for any character."""
    wide = max(b.right for b in blots) - min(b.left for b in blots)
    high = max(b.bottom for b in blots) - min(b.top for b in blots)
    return max(wide, high) < _CHARACTER * inch


def _line(patch: Grey, blots: list[Blot], box: Box) -> InkLine:
    left, top = min(b.left for b in blots), min(b.top for b in blots)
    right, bottom = max(b.right for b in blots), max(b.bottom for b in blots)
    pad = max(3, round(0.15 * (bottom - top)))
    x, y = max(0, left - pad), max(0, top - pad)
    height, width = patch.shape
    ends = min(width, right + pad), min(height, bottom + pad)
    inside = tuple(
        Blot(b.left - x, b.top - y, b.right - x, b.bottom - y, b.area)
        for b in sorted(blots, key=lambda b: b.left)
    )
    clipped = left <= 1 or top <= 1 or right >= width - 1 or bottom >= height - 1
    place = Box(box.left + left, box.top + top, box.left + right, box.top + bottom)
    return InkLine(place, patch[y : ends[1], x : ends[0]], inside, clipped)
