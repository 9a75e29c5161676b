"""Lines of ink -> their text, and how far it can be trusted.

Words are read by the smallest model, by a larger one where it is unsure. Every line that may hold
a number is read by three models: only where all read the same, each digit with confidence, and the
pieces of ink are as many as the characters, is the number beyond doubt. Whatever else was read is
given with a confidence of 0, for a sum to bear out or a person to look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

import numpy as np

from transforms.readers.scans.ink import Blot, InkLine
from transforms.readers.scans.recogniser import Recognised, recogniser

UNREADABLE = "\ufffd"

_MODELS = ("tiny", "small", "mobile")
_UNSURE_WORDS = 0.7
_LEAST = 0.5  # of the least sure model, where all read the same
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_DASHES = re.compile(r"[-—–－―一ー_ー]+")
_ONE_OR_SLASH = frozenset("/1I|丿l")
_DARK = 150  # grey level of what is ink without doubt
_SLASH = 0.3  # of its height that a slash is wide, at least
_STRAIGHT = 0.85  # correlation of the places of ink in a slanted stroke
_FLAT = 1.8  # times as wide as high: the ink of a dash
_SIGN = 1.5  # the same for a minus
_WIDEST_DIGIT = 0.95  # of its height
_APART = 1.1  # of their height between two digits, a point between them allowed for
_NARROWEST_PITCH = 0.45  # from a digit to the next, of their height
_MARK = 0.45  # of the height of the digits: lower pieces of ink are points and commas


class Reading(NamedTuple):
    """The text of a line. `confidence` is 0 where it is not beyond doubt."""

    text: str
    confidence: float


def read_cells(lines: Sequence[InkLine]) -> list[Reading]:
    """The text of the lines of cells."""
    first = recogniser("tiny").read([line.picture for line in lines])
    readings = [Reading(one.text, one.confidence) for one in first]
    numbers = [at for at, one in enumerate(first) if may_be_number(one.text)]
    pictures = [lines[at].picture for at in numbers]
    thrice = [recogniser(name).read(pictures, numbers=True) for name in _MODELS]
    for at, *read in zip(numbers, *thrice, strict=True):
        readings[at] = agreed(read, lines[at])
    words = {at for at, one in enumerate(first) if one.confidence < _UNSURE_WORDS} - {*numbers}
    again = recogniser("small").read([lines[at].picture for at in sorted(words)])
    for at, one in zip(sorted(words), again, strict=True):
        if one.confidence > first[at].confidence:
            readings[at] = Reading(one.text, one.confidence)
    return readings


def may_be_number(text: str) -> bool:
    """Whether a line of a cell may be a number or a stroke rather than words."""
    return len(_IDEOGRAPH.findall(text)) <= min(1, len(text) // 2) or len(text) <= 2


def agreed(read: Sequence[Recognised], line: InkLine) -> Reading:
    """What several models read of one number, trusted if all tell the same."""
    texts = [unicodedata.normalize("NFKC", one.text).replace(" ", "") for one in read]
    if _is_dash(line.blots) and sum(not t or bool(_DASHES.fullmatch(t)) for t in texts) > 1:
        return Reading("—", 1.0)  # the smallest model reads a dash as 1
    votes = Counter(text for text in texts if text).most_common(1)
    if not votes:
        return Reading(UNREADABLE, 0.0)
    text = votes[0][0]
    least, middle, _ = sorted(one.confidence for one in read)
    if len(line.blots) == 1 and _is_slanted(line):
        struck = "/" in texts and _ONE_OR_SLASH.issuperset(texts)
        return Reading("/", 1.0) if struck else Reading(text, 0.0)
    doubtful = len(set(texts)) > 1 or least < _LEAST or line.clipped
    return Reading(text, 0.0 if doubtful or not _fits_ink(text, line.blots) else middle)


def _is_dash(blots: Sequence[Blot]) -> bool:
    return len(blots) == 1 and blots[0].width >= _FLAT * blots[0].height


def _is_slanted(line: InkLine) -> bool:
    """Whether the ink is one stroke rising to the right, as a slash is."""
    blot = line.blots[0]
    ys, xs = np.nonzero(line.picture < _DARK)
    if blot.width < _SLASH * blot.height or not (len(ys) and np.ptp(ys) and np.ptp(xs)):
        return False
    return float(np.corrcoef(xs, ys)[0, 1]) < -_STRAIGHT


def _fits_ink(text: str, blots: Sequence[Blot]) -> bool:
    """Whether the pieces of ink are the characters of a number: as many digits, as many points."""
    if not _PLAIN_NUMBER.fullmatch(text):
        return False
    blots = sorted(blots, key=lambda blot: blot.left)
    high = max(blot.height for blot in blots)
    if text[0] in "+-":
        sign, *blots = blots
        if (text[0] == "-") != (sign.width >= _SIGN * sign.height) or not blots:
            return False
        text = text[1:]
    tall = [blot for blot in blots if blot.height > _MARK * high]
    marks = [blot for blot in blots if blot.height <= _MARK * high and not _is_over(blot, tall)]
    wanted = sum(char.isdigit() for char in text)
    return _may_be_digits(tall, wanted) and len(marks) == len(text) - wanted


def _is_over(blot: Blot, others: Sequence[Blot]) -> bool:
    """Whether a piece stands over or under another: the bar of a broken 5."""
    middle = (blot.left + blot.right) / 2
    return any(other.left <= middle <= other.right for other in others)


def _may_be_digits(blots: Sequence[Blot], wanted: int) -> bool:
    """Whether pieces of ink may be so many digits: those over one another are one, and what is
    wider than a digit can be is several that touch."""
    stretches: list[list[int]] = []
    for blot in sorted(blots, key=lambda b: b.left):
        if stretches and blot.left + 0.3 * blot.width < stretches[-1][1]:
            stretches[-1][1] = max(stretches[-1][1], blot.right)
        else:
            stretches.append([blot.left, blot.right])
    high = max(blot.height for blot in blots)
    widths = [(right - left) / high for left, right in stretches]
    if any(after[0] - before[1] > _APART * high for before, after in pairwise(stretches)):
        return False  # two numbers, the rule between them not seen
    fewest = sum(max(1, ceil(width / _WIDEST_DIGIT)) for width in widths)
    most = sum(max(1, floor(width / _NARROWEST_PITCH)) for width in widths)
    return fewest <= wanted <= most
