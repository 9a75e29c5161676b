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


def read_pages(pictures: Iterable[tuple[int, NDArray[np.uint8]]]) -> Iterator[Page]:
    """The pages of numbered pictures that hold writing.

    A page that does not show how it stands is turned as most of those before it were.
    """
    cv2.setNumThreads(1)  # a batch runs one process a core
    turns: Counter[int] = Counter()
    for number, picture in pictures:
        if min(picture.shape[:2]) < _SMALLEST:
            continue
        seen = quarter_turns(picture)
        if seen is not None:
            turns[seen] += 1
        turn = seen if seen is not None else next((t for t, _ in turns.most_common(1)), 0)
        page = read_page(np.ascontiguousarray(np.rot90(picture, turn)), number)
        if page.runs:
            yield page
