"""HTML text -> a tree as a browser would repair it, and what the page says of itself.

The only module that imports the HTML library (selectolax with lexbor). Others use of a node only
tag, first_child, next, text_content, is_empty_text_node, attributes and mem_id.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

Node = LexborNode

TEXT = "-text"
_NOT_READ = (
    "script style noscript noframes noembed template head iframe object svg math canvas select"
    " textarea audio video rt rp -comment !doctype"
)
UNSHOWN = frozenset(_NOT_READ.split())

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_MAYBE_HIDDEN = '[hidden], [style*="none" i], [style*="mso-hide" i]'


class Page:
    """A parsed page."""

    def __init__(self, text: str) -> None:
        self._tree = LexborHTMLParser(text)

    @property
    def root(self) -> Node | None:
        """The outermost element."""
        return self._tree.root

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

    def hidden(self) -> frozenset[int]:
        """`mem_id` of the elements that are marked as not displayed, whatever stands in them."""
        return frozenset(
            node.mem_id
            for node in self._tree.css(_MAYBE_HIDDEN)
            if "hidden" in node.attributes
            or _HIDDEN_STYLE.search(node.attributes.get("style") or "")
        )
