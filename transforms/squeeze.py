"""Text -> the text without what typesetting adds, each character with its place in the source.

Patterns over running text are matched on the squeezed text, so that none has to allow for blanks
between characters, full-width forms, traditional characters or markup; `Squeezed.place` leads back.
(`fold` drops digits and punctuation too and keeps no places: it is for comparing labels.)
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from transforms.statute.loader import FOLDER, load_record

# Blanks but tabs and those that part two numbers, zero-width characters, Markdown and inline HTML
# marks, pinyin in brackets; and line ends. Each begins with one character of one class, which the
# engine looks for far faster than for alternatives.
_BLANK = r" \r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_MARKS = r"\u200b-\u200f\u202a-\u202e\u2060\ufeff*#`"
_DROPPED = re.compile(
    rf"[\n{_BLANK}{_MARKS}<(]"
    rf"(?:(?<=\n)[\n{_BLANK}]*"
    rf"|(?<=[{_BLANK}])(?:(?<!\d[{_BLANK}])[{_BLANK}]*|[{_BLANK}]*(?!\d))"
    rf"|(?<=[{_MARKS}])[{_MARKS}]*"
    r"|(?<=<)/?(?:b|strong|span|u|i|em|p|font|o:p)\b[^<>\n]{0,200}>"
    r"|(?<=\()[a-z\u00e0-\u01dc]{1,6}\))"
)
# Blocks whose characters are other codes for an ordinary one.
_COMPATIBLE = (
    range(0x2E80, 0x2FE0),
    range(0xF900, 0xFB00),
    range(0xFF01, 0xFF5F),
    range(0x2000, 0x200B),
    (0xA0, 0x3000, 0x202F),
)


@dataclass(frozen=True)
class Squeezed:
    """`text[i]` stood at `offsets[i]` in the source; `lines` are the starts of non-blank lines."""

    text: str
    offsets: list[int]
    lines: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The source span of a squeezed span that is not empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def index(self, offset: int) -> int:
        """The first squeezed position at or after a source offset."""
        return bisect_left(self.offsets, offset)

    def line_start(self, position: int) -> int:
        """The start of the line a position is in."""
        return self.lines[max(bisect_right(self.lines, position) - 1, 0)] if self.lines else 0

    def line_end(self, position: int) -> int:
        """The end of the line a position is in."""
        after = bisect_right(self.lines, position)
        return self.lines[after] if after < len(self.lines) else len(self.text)

    def gaps(self, start: int, end: int) -> list[int]:
        """The positions in a span before which the source has blanks that were dropped."""
        offsets = self.offsets
        return [at for at in range(start + 1, end) if offsets[at] - offsets[at - 1] > 1]

    def spans(self, until: int | None = None, since: int = 0) -> Iterator[tuple[int, int]]:
        """Start and end of every line that ends after `since` and starts before `until`."""
        first = max(bisect_right(self.lines, since) - 1, 0)
        last = len(self.lines) if until is None else bisect_left(self.lines, until)
        ends = [*self.lines[first + 1 : last + 1], len(self.text)]
        return zip(self.lines[first:last], ends, strict=False)


@lru_cache(maxsize=4)
def squeeze(source: str) -> Squeezed:
    """Fold and squeeze a text. Linear in its length; the last few results are kept."""
    folded = _fold(source)
    kept: list[str] = []
    offsets: list[int] = []
    lines: list[int] = []
    at = first = 0
    for drop in _DROPPED.finditer(folded):
        start, end = drop.span()
        if start > at:
            kept.append(folded[at:start])
            offsets.extend(range(at, start))
        at = end
        if folded[start] == "\n" and len(offsets) > first:
            lines.append(first)
            first = len(offsets)
    kept.append(folded[at:])
    offsets.extend(range(at, len(folded)))
    if len(offsets) > first:
        lines.append(first)
    return Squeezed("".join(kept), offsets, lines)


def squeeze_text(source: str) -> str:
    """The squeezed characters of a short text."""
    return _DROPPED.sub("", _fold(source))


def _fold(source: str) -> str:
    # One character in thirty has another: looking for those is faster than str.translate.
    folding = _folding()
    return _folded_characters().sub(lambda found: folding[found[0]], source)


@cache
def _folded_characters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, _folding()))}]")


@cache
def _folding() -> dict[str, str]:
    """One character for one, so that offsets stay what they are."""
    folding = {}
    for block in _COMPATIBLE:
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                folding[chr(code)] = plain
    for path in (FOLDER / "characters.yaml", Path(__file__).with_suffix(".yaml")):
        variants = load_record(path, dict[str, dict[str, str]])["variants"]
        folding.update({old: new for new, others in variants.items() for old in others})
    return folding
