"""A picture of a page -> the same page upright and straight, dark ink on even white paper.

Coloured ink (a seal over the table, a red heading) is taken out: only what is dark in all three
colours stays, so that no number is read through a stamp's strokes.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

_SHORT_SIDE, _LONG_SIDE = 8.27, 11.69  # inches of A4; lengths on the page are measured by them
_LONGER = 1.6  # times its width: a strip of several pages, or the top of one
_FINEST, _COARSEST = 300, 150  # px an inch: more gives no better reading, and the models want less
_STEEPEST = 4.0  # degrees that a sheet may lie askew
_AS_SHARP = 0.98  # angles that are as good as the best: the middle of them is taken
_SMALL = 900  # px of the short side on which the angle is searched


def grey_of(picture: NDArray[np.uint8]) -> Grey:
    """A picture, grey or RGB, as grey at a known scale, colour and uneven light taken out."""
    grey = picture if picture.ndim == 2 else np.asarray(picture.max(axis=2), dtype=np.uint8)
    return _evenly_lit(_scaled(np.ascontiguousarray(grey)))


def px_per_inch(grey: Grey) -> float:
    """Pixels an inch, taking the page for A4 upright or across, or for a strip as wide."""
    height, width = grey.shape
    if max(height, width) <= _LONGER * min(height, width):
        return float(min(height, width)) / _SHORT_SIDE
    return float(width) / (_SHORT_SIDE if height > width else _LONG_SIDE)


def straighten(grey: Grey) -> tuple[Grey, float]:
    """The page turned so that its lines lie level, and the angle it lay at, in degrees."""
    angle = _skew(grey)
    return (_turned(grey, angle), angle) if abs(angle) >= 0.03 else (grey, angle)


def _scaled(grey: Grey) -> Grey:
    inch = px_per_inch(grey)
    factor = min(max(inch, _COARSEST), _FINEST) / inch
    if abs(factor - 1) < 0.01:
        return grey
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    size = (round(grey.shape[1] * factor), round(grey.shape[0] * factor))
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)


def _evenly_lit(grey: Grey) -> Grey:
    """Divided by the paper around: shadows and grey paper become white."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 8)
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 60), scale=250), dtype=np.uint8)


def _skew(grey: Grey) -> float:
    """The angle at which the ink falls into the sharpest lines."""
    factor = _SMALL / min(grey.shape)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = (255 - small).astype(np.float32)
    ink[ink < 40] = 0
    ys, xs = np.nonzero(ink)
    if len(ys) < 100:
        return 0.0
    weights, tilts = ink[ys, xs], xs - small.shape[1] / 2
    best = 0.0
    for reach, step in ((_STEEPEST, 0.25), (0.25, 0.05), (0.05, 0.01)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        sharp = np.array([_sharpness(ys, tilts, weights, angle) for angle in angles])
        best = float(angles[sharp >= _AS_SHARP * sharp.max()].mean())
    return best


def _sharpness(
    ys: NDArray[np.intp], tilts: NDArray[np.float64], weights: NDArray[np.float32], angle: float
) -> float:
    rows = np.rint(ys - tilts * np.tan(np.radians(angle))).astype(np.intp)
    profile = np.bincount(rows - rows.min(), weights=weights)
    return float((np.diff(profile) ** 2).sum())


def _turned(grey: Grey, degrees: float) -> Grey:
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(turned, dtype=np.uint8)
