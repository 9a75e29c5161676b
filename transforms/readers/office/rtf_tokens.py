"""Bytes of an RTF file -> its tokens: groups, control words, control symbols, bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

# Words of borders, widths, spacing and the like fill most of a file: a run of them is passed over
# at once. Families, of which no member is looked at by anybody, and single words.
_FAMILIES = "brdr|clpad|clbrdr|clvertal|clfts|clw|trpad|trbrdr|trspd|tsbrdr|lang|aspa|aspn"
_SINGLE = (
    "nowidctlpar|widctlpar|noline|ltrpar|ltrrow|ltrch|rtlch|afs|fs|kerning|cf|cb|ql|qc|qr|qj"
    "|hyphpar|sb|sa|sl|slmult|li|ri|lin|rin|fi|adjustright|faauto|insrsid|charrsid|pararsid|b|i|ab"
)
_FORMATTING = rf"(?:\\(?:(?:{_FAMILIES})[A-Za-z]*|(?:{_SINGLE})(?![A-Za-z]))(?:-?[0-9]+)? ?)+"
_TOKEN = re.compile(
    _FORMATTING.encode() + rb"|\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})"
    rb"|\\([^A-Za-z'])|([{}])|([^\\{}\r\n]+)|([\r\n]+|\\)",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"(?:\\'[0-9A-Fa-f]{2})+")
_GB_PAIR = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
_FEW_PAIRS = 4  # different ones
_PAIRED_SHARE = 0.6  # of the high bytes; the others are punctuation


class Kind(Enum):
    """What a token is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SYMBOL = auto()
    BYTE = auto()
    TEXT = auto()


# Kind; the word, the symbol or the bytes; the number that a word states.
Token = tuple[Kind, bytes, int | None]
_OPEN: Token = (Kind.OPEN, b"", None)
_CLOSE: Token = (Kind.CLOSE, b"", None)


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens in order; formatting, and what `\\bin` announces, are passed over."""
    at = 0
    while at < len(data):
        before = at
        for match in _TOKEN.finditer(data, at):
            at = match.end()
            word, number, byte, symbol, brace, text, _ = match.groups()
            if word is not None:
                stated = int(number) if number else None
                if word == b"bin":
                    at += max(stated or 0, 0)
                    break
                yield Kind.WORD, word, stated
            elif text is not None:
                yield Kind.TEXT, text, None
            elif byte is not None:
                yield Kind.BYTE, bytes.fromhex(byte.decode("ascii")), None
            elif brace is not None:
                yield _OPEN if brace == b"{" else _CLOSE
            elif symbol is not None:
                yield Kind.SYMBOL, symbol, None
        if at == before:
            return


def looks_chinese(data: bytes) -> bool:
    """Whether the escaped bytes of a file are Chinese in GB 18030, whatever it says of itself."""
    runs = (bytes.fromhex(run.replace(b"\\'", b"").decode()) for run in _ESCAPED.findall(data))
    escaped = b" ".join(run for run in runs if len(run) > 1)
    high = len(escaped) - len(escaped.decode("ascii", "ignore"))
    pairs = _GB_PAIR.findall(escaped)
    return len(set(pairs)) >= _FEW_PAIRS and 2 * len(pairs) >= _PAIRED_SHARE * high
