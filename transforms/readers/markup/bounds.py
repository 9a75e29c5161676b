"""HTML text -> nothing, or UnreadableFileError where parsing it would take unbounded work.

An HTML parser scans its stack of open elements at every block and opens unclosed formatting anew
in every paragraph: 200,000 nested <div> take lexbor seven minutes, a thousand <b id=n> before a
thousand <p> make a million nodes. Browsers cut nesting at 512. This guards against damaged files;
a time limit on the whole extraction is the guard against crafted ones.
"""

from __future__ import annotations

import re
from collections import Counter

from transforms.document import UnreadableFileError

LARGEST_TAGS = 200_000  # a report exported by Word has 2,000 to 20,000
# Sum over all start tags of the elements open there: parser steps, or nodes in the worst case (370
# bytes each). A page of 50,000 tags that nests 30 deep needs 1,500,000.
LARGEST_WORK = 5_000_000
LARGEST_LINES = 1_000_000  # of source; each may become a paragraph in <pre>
LARGEST_OPTIONS = 5_000  # lexbor looks at all options of a list anew at each: 60,000 take 18 s
LARGEST_ATTRIBUTES = 5_000  # in one tag; lexbor compares each with all before it

_OPTION = re.compile(r"<option\b", re.IGNORECASE)
_CHUNKS = 64  # for the quick look at nesting
# Elements that stay open until their end tag: not void, not closed by a sibling.
_NESTING_TAG = re.compile(
    r"<(/?)((?!(?:area|base|br|col|dd|dt|hr|img|input|li|link|meta|option|p|param|source|tbody|td"
    r"|th|tr|wbr)[\s/>])[a-z][^\s/>]*)",
    re.IGNORECASE,
)


def check_work(page: str) -> None:
    """Raise UnreadableFileError(`too_complex`) for a page no annual report comes in."""
    tags = page.count("<")
    if tags > LARGEST_TAGS:
        raise UnreadableFileError("too_complex", limit=LARGEST_TAGS)
    if tags > LARGEST_OPTIONS and len(_OPTION.findall(page)) > LARGEST_OPTIONS:
        raise UnreadableFileError("too_complex", limit=LARGEST_OPTIONS)
    if page.count("\n") > LARGEST_LINES:
        raise UnreadableFileError("too_complex", limit=LARGEST_LINES)
    small = tags * tags <= 2 * LARGEST_WORK  # start tags alone, one in the other
    if not small and tags * _nesting_guess(page) > LARGEST_WORK < _nesting_work(page):
        raise UnreadableFileError("too_complex", limit=LARGEST_WORK)
    # A tag twice as long as a window holds a whole one without `>`.
    windows = range(0, len(page), LARGEST_ATTRIBUTES)
    if all(page.find(">", start, start + LARGEST_ATTRIBUTES) >= 0 for start in windows):
        return
    for tag in page.split(">"):
        if len(tag) > 2 * LARGEST_ATTRIBUTES and _words_of_last_tag(tag) > LARGEST_ATTRIBUTES:
            raise UnreadableFileError("too_complex", limit=LARGEST_ATTRIBUTES)


def _nesting_guess(page: str) -> int:
    """Deepest nesting if every end tag closed something; far too high where tags are unclosed."""
    depth = deepest = 0
    step = len(page) // _CHUNKS + 1
    for start in range(0, len(page), step):
        closing = page.count("</", start, start + step)
        opening = page.count("<", start, start + step) - closing
        deepest = max(deepest, depth + opening)
        depth = max(depth + opening - closing, 0)
    return deepest


def _nesting_work(page: str) -> int:
    open_now: Counter[str] = Counter()
    depth = work = 0
    for closing, name in _NESTING_TAG.findall(page.lower()):
        if not closing:
            open_now[name] += 1
            depth += 1
            work += depth
        elif open_now[name]:
            open_now[name] -= 1
            depth -= 1
    return work


def _words_of_last_tag(text: str) -> int:
    start = text.rfind("<")
    return len(text[start:].split()) if start >= 0 else 0
