"""Text as printed -> text as compared. Folding is for matching only; what is shown is never folded.

`fold` keeps ideographs alone, so that spaces, brackets, ordinals like `1.`, markup and half- or
full-width punctuation never decide whether two labels are the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from transforms.statute.loader import FOLDER, load_record

_MARKUP = re.compile(r"\*{1,3}|</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # parts two numbers, or one: it stays a space
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# Superscript and circled digits, which NFKC would turn into digits of the number before them.
_FOOTNOTE_MARK = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u2079\u2460-\u24ff\u2776-\u2793]+$")
_NOT_IDEOGRAPH = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The ideographs of a text, in one width and one spelling.

    >>> fold("（二）部分公开 ")
    '二部分公开'
    """
    plain = unicodedata.normalize("NFKC", _MARKUP.sub("", text))
    return _NOT_IDEOGRAPH.sub("", plain).translate(_variants())


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """Text without markup and invisible characters, half-width, trimmed: what a value is read from.

    >>> clean("**１，２３４** ")
    '1,234'
    """
    if text.isascii() and (text.isalnum() or not text):
        return text  # as most cells: nothing in it to take away
    plain = _FOOTNOTE_MARK.sub("", _INVISIBLE.sub("", _MARKUP.sub("", _BREAK.sub(" ", text))))
    return unicodedata.normalize("NFKC", plain).strip()


@cache
def _variants() -> dict[int, str]:
    table = load_record(FOLDER / "characters.yaml", dict[str, dict[str, str]])["variants"]
    return {ord(seen): printed for printed, others in table.items() for seen in others}
