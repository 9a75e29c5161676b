"""Pictures of the pages of a document -> pages of placed text, all turned upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from transforms.readers.positioned.page import Page
from transforms.readers.scans.orientation import quarter_turns
from transforms.readers.scans.page import ReadPage, read_page

_SMALLEST = 200  # px of a side; less holds no page
_MOST_AGAIN = 12  # times a file that a page is read again
_SENSE = 0.35  # of words that are read the right way up, however poor; upside down it is 0.1 to 0.2


def read_pages(pictures: Iterable[tuple[int, NDArray[np.uint8]]]) -> Iterator[Page]:
    """The pages of numbered pictures that hold writing, each as it makes most sense.

    A page that does not show how it stands is turned as most of those before it were.
    """
    cv2.setNumThreads(1)  # a batch runs one process a core
    turns: Counter[int] = Counter()
    spare = _MOST_AGAIN
    for number, picture in pictures:
        if min(picture.shape[:2]) < _SMALLEST:
            continue
        seen = quarter_turns(picture)
        likely = seen if seen is not None else next((t for t, _ in turns.most_common(1)), 0)
        ways = [likely, (likely + 2) % 4, (likely + 1) % 4, (likely + 3) % 4][: 1 + spare]
        tried = list(_tries(picture, number, ways))
        spare -= len(tried) - 1
        best = max(range(len(tried)), key=[_sense(read) for read in tried].__getitem__)
        turns[ways[best]] += 1
        if tried[best].page.runs:
            yield tried[best].page


def _tries(picture: NDArray[np.uint8], number: int, ways: Sequence[int]) -> Iterator[ReadPage]:
    """The page read turned each way, until its words make sense."""
    for turn in ways:
        read = read_page(np.ascontiguousarray(np.rot90(picture, turn)), number)
        yield read
        if _sense(read) >= _SENSE:
            return


def _sense(read: ReadPage) -> float:
    return _SENSE if read.sense is None else read.sense
