"""Pictures of the pages of a document -> pages of placed text, all turned upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.positioned.page import Page
from transforms.readers.scans.orientation import quarter_turns
from transforms.readers.scans.page import read_page

_SMALLEST = 200  # px of a side; less holds no page
_SENSE = 0.35  # of words that are read the right way up, however poor; upside down it is 0.1 to 0.2


def read_pages(pictures: Iterable[tuple[int, NDArray[np.uint8]]]) -> Iterator[Page]:
    """The pages of numbered pictures that hold writing, each as it makes most sense.

    A page that does not show how it stands is turned as most of those before it were.
    """
    cv2.setNumThreads(1)  # a batch runs one process a core
    turns: Counter[int] = Counter()
    for number, picture in pictures:
        if min(picture.shape[:2]) < _SMALLEST:
            continue
        seen = quarter_turns(picture)
        likely = seen if seen is not None else next((t for t, _ in turns.most_common(1)), 0)
        turn, page = _upright(picture, number, likely)
        turns[turn] += 1
        if page.runs:
            yield page


def _upright(picture: NDArray[np.uint8], number: int, likely: int) -> tuple[int, Page]:
    """The page read the likely way, and the other ways where its words make no sense so."""
    best: tuple[float, int, Page] | None = None
    for turn in (likely, (likely + 2) % 4, (likely + 1) % 4, (likely + 3) % 4):
        read = read_page(np.ascontiguousarray(np.rot90(picture, turn)), number)
        sense = _SENSE if read.sense is None else read.sense
        if best is None or sense > best[0]:
            best = (sense, turn, read.page)
        if best[0] >= _SENSE:
            break
    assert best is not None
    return best[1], best[2]
