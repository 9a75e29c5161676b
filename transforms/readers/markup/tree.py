"""HTML text -> its tags in order as a browser would repair them, and what the page says of itself.

The only module that imports the HTML library (selectolax with lexbor). Walking its tree from
Python costs several calls a node; the tree written out again and cut at its tags gives the same in
one step. What lexbor writes has every tag closed and `<` and `>` in tags, comments and raw text
only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

# Elements whose text lexbor writes without escaping it, and those it does not look into.
_RAW = "script, style, iframe, noembed, noframes, template, xmp, plaintext"
_RAW_BUT_SHOWN = ("xmp", "plaintext")
_ATTRIBUTE = re.compile(r'\s(=?[^\s=]+)(?:="([^"]*)")?')
_ESCAPES = (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))

_ASIDE = ("del", "s", "strike", "sup", "sub", "rt", "rp")
_ASIDE_OR_CELL = re.compile(rf"<(/?)({'|'.join(_ASIDE)}|t[dhr]|table)(?=[\s/>])", re.IGNORECASE)

Token = tuple[str, str, str]


class Page:
    """A parsed page."""

    def __init__(self, text: str) -> None:
        self._source = text
        self._tree = LexborHTMLParser(text)

    @cached_property
    def unclosed(self) -> frozenset[str]:
        """The elements set aside in a line that somewhere have no end tag in the same cell.

        Damage makes `<s pan>` of `<span>`: what follows is not struck out, whatever a parser says.
        """
        found: set[str] = set()
        open_now: Counter[str] = Counter()
        for end, tag in _ASIDE_OR_CELL.findall(self._source):
            name = tag.lower()
            if name not in _ASIDE:
                if open_now:
                    found.update(+open_now)
                    open_now.clear()
            elif not end:
                open_now[name] += 1
            elif open_now[name]:
                open_now[name] -= 1
        return frozenset(found.union(+open_now))

    def metadata(self) -> dict[str, str]:
        """The title as `title`, `<meta>` by lower-case name or property; the first one counts."""
        found = {}
        if (title := self._tree.css_first("head title")) is not None:
            found["title"] = " ".join(title.text().split())
        for node in self._tree.css("meta[content]"):
            attributes = node.attributes
            name = attributes.get("name") or attributes.get("property")
            if name:
                content = " ".join((attributes["content"] or "").split())
                found.setdefault(name.strip().lower(), content)
        return found

    def tokens(self) -> Iterator[Token]:
        """Tags as written (`td colspan="2"`, `/td`), `>` and the text up to the next tag, escaped.

        The first has no tag; elements without content (`br`) have no end tag. Comments, scripts
        and the like are left out. Call it once and last: what is left out is taken from the tree.
        """
        for node in self._tree.css(_RAW):
            # Unlike decompose, this is safe where one of them stands in another.
            node.replace_with(node.text() if node.tag in _RAW_BUT_SHOWN else "")
        root = self._tree.root
        html = (root.html if root is not None else None) or ""
        html = html.replace("&nbsp;", "\xa0")
        tokens = [token.partition(">") for token in html.split("<")]
        if "<!--" in html or html.count("<") != html.count(">"):
            return _mended(tokens)
        return iter(tokens)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag as `Page.tokens` gives it."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag)}


def unescape(text: str) -> str:
    """Text of a token as it is shown."""
    if "&" in text:
        for escape, character in _ESCAPES:
            text = text.replace(escape, character)
    return text


def _mended(tokens: list[Token]) -> Iterator[Token]:
    """Without comments, and with the tags whole that have a `<` in one of their names."""
    cut: list[str] = []  # the parts of a tag up to here
    in_comment = False
    for head, closed, text in tokens:
        if in_comment or (not cut and head.startswith("!--")):
            _, ended, behind = (head + closed + text)[0 if in_comment else 3 :].partition("-->")
            in_comment = not ended
            yield "", ended, behind
        elif closed:
            yield "<".join((*cut, head)), closed, text
            cut.clear()
        elif head:
            cut.append(head)
