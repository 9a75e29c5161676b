"""Pictures of lines outside tables -> their text, U+FFFD where a character is not sure.

Claims, names and dates are read from this text, so a character is only given where no model has a
doubt, and of a number either all digits or none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from transforms.readers.scans.reading import UNREADABLE
from transforms.readers.scans.recogniser import Recognised, recogniser
from transforms.readers.scans.straighten import Grey

_SURE = 0.6  # of a character of running text
_SURE_DIGIT = 0.85
_NOTHING = 0.3  # mean confidence below which a line is no writing
_SHORT = 30  # characters; titles, signatures and dates are no longer
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(rf"[\d.,{UNREADABLE}]+")


def read_prose(pictures: Sequence[Grey]) -> list[str]:
    """The text of each line, empty where it is none.

    Lines with numbers and short ones are read by two models, which must agree on a character.
    """
    first = recogniser("tiny").read(pictures)
    twice = [
        at for at, one in enumerate(first) if len(one.text) <= _SHORT or _DIGIT.search(one.text)
    ]
    second = recogniser("small").read([pictures[at] for at in twice])
    others = dict(zip(twice, second, strict=True))
    return [combined(one, others.get(at)) for at, one in enumerate(first)]


def combined(one: Recognised, other: Recognised | None) -> str:
    """The text of one line as the larger model reads it, without the characters in doubt."""
    best = other or one
    if not best.text or sum(best.confidences) < _NOTHING * len(best.confidences):
        return ""
    doubted = _doubted(best)
    if other is not None:
        doubted |= _disputed(one.text, other.text)
    text = "".join(UNREADABLE if at in doubted else char for at, char in enumerate(best.text))
    return _NUMBER.sub(_whole, text)


def _doubted(read: Recognised) -> set[int]:
    """Characters the model itself is not sure of."""
    return {
        at
        for at, (char, sure) in enumerate(zip(read.text, read.confidences, strict=True))
        if char.isalnum() and sure < (_SURE_DIGIT if char.isdigit() else _SURE)
    }


def _disputed(first: str, second: str) -> set[int]:
    """Characters of the second text that the first has not in their place."""
    matcher = SequenceMatcher(None, _folded(first), _folded(second), autojunk=False)
    agreed = {
        at for block in matcher.get_matching_blocks() for at in range(block.b, block.b + block.size)
    }
    return {at for at, char in enumerate(second) if at not in agreed and char.isalnum()}


def _folded(text: str) -> str:
    """The text with each character in one width, so that brackets of two widths are one."""
    return "".join(unicodedata.normalize("NFKC", char)[0] for char in text)


def _whole(match: re.Match[str]) -> str:
    """A number, or as many unreadable characters where one of it is."""
    number = match[0]
    return UNREADABLE * len(number) if UNREADABLE in number and _DIGIT.search(number) else number
