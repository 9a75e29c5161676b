"""Styles and list styles of an OpenDocument text -> what they say of runs, columns and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from transforms.readers.office.numbering import Counter, Level
from transforms.readers.office.odf_names import count, q, twips
from transforms.readers.xml import Element

_DEEPEST_CHAIN = 20
_LEVELS = 10
_FORMS = {  # by the first sign of the format: `一, 二, 三, ...`
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "甲": "ideographTraditional",
    "子": "ideographZodiac", "①": "decimalEnclosedCircle", "⑴": "decimalEnclosedParen",
    "⒈": "decimalEnclosedFullstop", "１": "decimalFullWidth", "㊀": "ideographEnclosedCircle",
}  # fmt: skip
_PLACE = re.compile("%([0-9]+)%")
_LEVEL_STYLES = frozenset(
    {q("text:list-level-style-number"), q("text:outline-level-style")}
)  # others are bullets and pictures
_RAISED = re.compile(r"\s*(?:super|sub|-?[1-9][0-9.]*%)")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """What a style says of text."""

    unseen: bool = False  # hidden or struck out
    raised: bool = False


class OdfStyles:
    """Styles by family and name."""

    def __init__(self, read_common: Callable[[], Element | None], content: Element) -> None:
        """`read_common` reads styles.xml, which few texts need."""
        self._read_common = read_common
        self._elements: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, Element] = {}
        self._outline: Element | None = None
        self._text: dict[tuple[str, str], TextStyle] = {}
        self._common_read = False
        self._add(content)

    def text(self, family: str, name: str | None) -> TextStyle:
        """A style of the family `text` or `paragraph`."""
        if not name:
            return _PLAIN
        key = (family, name)
        if key not in self._text:
            self._text[key] = self._read_text(family, name)
        return self._text[key]

    def column_width(self, name: str | None) -> int | None:
        """The width of a table column in twips."""
        element = self._element("table-column", name or "")
        properties = None if element is None else element.find(q("style:table-column-properties"))
        return None if properties is None else twips(properties.get(q("style:column-width")))

    def counter(self, name: str | None) -> Counter:
        """A new counter for a list in this style; None for the numbers of headings."""
        if name is not None and name not in self._lists:
            self._read_all()
        element = self._outline_style() if name is None else self._lists.get(name)
        levels = [Level("none")] * _LEVELS
        for child in () if element is None else element:
            at = count(child, q("text:level")) - 1
            if at < _LEVELS and child.tag in _LEVEL_STYLES:
                levels[at] = _level(child, at)
        return Counter(levels)

    def _outline_style(self) -> Element | None:
        self._read_all()
        return self._outline

    def _element(self, family: str, name: str) -> Element | None:
        if (family, name) not in self._elements:
            self._read_all()
        return self._elements.get((family, name))

    def _read_all(self) -> None:
        if not self._common_read:
            self._common_read = True
            self._add(self._read_common())

    def _add(self, root: Element | None) -> None:
        for group in () if root is None else root:
            if group.tag not in _GROUPS:
                continue
            for element in group:
                name = element.get(q("style:name"), "")
                if element.tag == q("style:style"):
                    family = element.get(q("style:family"), "")
                    self._elements.setdefault((family, name), element)
                elif element.tag == q("text:list-style"):
                    self._lists.setdefault(name, element)
                elif element.tag == q("text:outline-style"):
                    self._outline = element

    def _read_text(self, family: str, name: str) -> TextStyle:
        unseen: bool | None = None
        raised: bool | None = None
        for _ in range(_DEEPEST_CHAIN):
            element = self._element(family, name)
            if element is None:
                break
            properties = element.find(q("style:text-properties"))
            if properties is not None:
                unseen = _is_unseen(properties) if unseen is None else unseen
                position = properties.get(q("style:text-position"))
                if raised is None and position is not None:
                    raised = _RAISED.match(position) is not None
            name = element.get(q("style:parent-style-name"), "")
            if not name:
                break
        return TextStyle(bool(unseen), bool(raised))


_PLAIN = TextStyle()
_GROUPS = frozenset({q("office:styles"), q("office:automatic-styles")})


def _is_unseen(properties: Element) -> bool | None:
    struck = [
        properties.get(q(f"style:text-line-through-{part}"), "") for part in ("style", "type")
    ]
    if properties.get(q("text:display")) == "none" or any(s not in {"", "none"} for s in struck):
        return True
    return False if properties.get(q("text:display")) or any(struck) else None


def _level(element: Element, at: int) -> Level:
    sign = (element.get(q("style:num-format")) or "")[:1]
    pattern = element.get(q("loext:num-list-format")) or element.get(q("style:num-list-format"))
    if pattern is None:
        shown = min(count(element, q("text:display-levels")), at + 1)
        places = ".".join(f"%{level}" for level in range(at + 2 - shown, at + 2))
        prefix, suffix = (element.get(q(f"style:num-{part}"), "") for part in ("prefix", "suffix"))
        pattern = prefix + places + suffix
    else:
        pattern = _PLACE.sub(r"%\1", pattern)
    form = _FORMS.get(sign, "decimal") if sign else "none"
    return Level(form, pattern, count(element, q("text:start-value")))
