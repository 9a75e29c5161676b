"""Lines of one cell or label -> one line, without spaces that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Between two of these a line break is no space. Full-width digits and letters are not among them:
# two numbers must never grow together.
IDEOGRAPHS = (
    r"\u2e80-\u2fff\u3001-\u3006\u3008-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\U00020000-\U0003ffff“”‘’"
)
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")


def join(lines: Sequence[str]) -> str:
    """Tidied lines of one cell as one line: no space inside Chinese, one space elsewhere."""
    if len(lines) <= 1:
        return lines[0] if lines else ""
    pieces: list[str] = []
    for line in lines:
        if pieces and not _touch(pieces[-1][-1], line[0]):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)


def _touch(left: str, right: str) -> bool:
    return bool(_IDEOGRAPH.match(left) and _IDEOGRAPH.match(right))
