"""Pages drawn for tests: white paper, rules, digits, Latin letters."""

from __future__ import annotations

import cv2
import numpy as np

INCH = 150  # px; the page is A4 then


def paper() -> np.ndarray:
    return np.full((1754, 1240), 255, np.uint8)


def rule(page, start, end, thick=2, grey=0):
    cv2.line(page, start, end, grey, thick)


def grid(page, xs, ys):
    """A table of all cells."""
    for x in xs:
        rule(page, (x, ys[0]), (x, ys[-1]))
    for y in ys:
        rule(page, (xs[0], y), (xs[-1], y))
    return page


def write(page, text, x, y, scale=0.8):
    """(x, y) is the lower left corner; digits are about 18 px high."""
    cv2.putText(page, text, (x, y), cv2.FONT_HERSHEY_DUPLEX, scale, 0, 1, cv2.LINE_AA)
    return page


def turned(page, degrees):
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(page, turn, (width, height), borderValue=255)
