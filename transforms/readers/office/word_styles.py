"""Styles and lists of a Word document -> what they say of a paragraph and of a run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from transforms.readers.office.names import (
    VAL,
    Stated,
    is_on,
    number,
    stated,
    stated_value,
    switched_on,
    value,
    w,
)
from transforms.readers.office.numbering import Counter, Level
from transforms.readers.office.parts import WordParts
from transforms.readers.xml import Element

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_DEEPEST_CHAIN = 20  # styles based on one another
_BODY_TEXT = 9  # the outline level that is none
_LEVELS = 9
_UNSEEN = (w("vanish"), w("strike"), w("dstrike"))
_VERTICAL = w("vertAlign")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says by itself or through those it is based on."""

    heading: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    unseen: bool = False


def is_unseen(said: Stated) -> bool:
    """Whether a run is hidden or struck out."""
    return any(switched_on(said, name) for name in _UNSEEN)


def is_raised(said: Stated) -> bool:
    """Whether a run stands above or below the line, as marks do that belong to no number."""
    return stated_value(said, _VERTICAL) in {"superscript", "subscript"}


def heading_of(outline: str | None) -> int | None:
    """1 to 6 for a stated outline level (0-based)."""
    level = number(outline)
    return None if level is None or not 0 <= level < _BODY_TEXT else min(level + 1, 6)


class Styles:
    """Styles by id."""

    def __init__(self, parts: WordParts) -> None:
        self._parts = parts
        self._known: dict[str, Style] = {}

    def style(self, style_id: str | None) -> Style:
        """What a style says; nothing for one that is not there."""
        if style_id is None:
            return _NO_STYLE
        if style_id not in self._known:
            self._known[style_id] = self._read(style_id)
        return self._known[style_id]

    @cached_property
    def default(self) -> str | None:
        """The style of a paragraph that names none."""
        for style_id, element in self._elements.items():
            if element.get(w("default")) in {"1", "true"} and element.get(w("type")) == "paragraph":
                return style_id
        return None

    @cached_property
    def _elements(self) -> dict[str, Element]:
        root = self._parts.role("styles")
        inside = self._parts.document.find(w("styles"))  # Word 2003
        found: dict[str, Element] = {}
        for element in (*(() if root is None else root), *(() if inside is None else inside)):
            if element.tag == w("style"):
                found.setdefault(element.get(w("styleId")) or "", element)
        return found

    def _read(self, style_id: str) -> Style:
        heading = list_id = list_level = unseen = None
        chain: str | None = style_id
        for _ in range(_DEEPEST_CHAIN):
            element = self._elements.get(chain or "")
            if element is None:
                break
            properties = element.find(w("pPr"))
            if heading is None:
                heading = _heading(element, properties)
            numbered = None if properties is None else properties.find(w("numPr"))
            if list_id is None:
                list_id, list_level = value(numbered, "numId"), number(value(numbered, "ilvl"))
            run = element.find(w("rPr"))
            if unseen is None and is_unseen(stated(run)):
                unseen = True
            chain = value(element, "basedOn")
        return Style(heading or None, list_id, list_level, bool(unseen))


_NO_STYLE = Style()


def _heading(style: Element, properties: Element | None) -> int | None:
    """The level a style itself states; 0 for one that says it is none."""
    outline = value(properties, "outlineLvl")
    if outline is not None:
        return heading_of(outline) or 0
    named = _HEADING_NAME.fullmatch((value(style, "name") or "").strip())
    return min(int(named[1]), 6) if named else None


class Lists:
    """Automatic numbers of the paragraphs, which must be asked for in document order."""

    def __init__(self, parts: WordParts, styles: Styles) -> None:
        self._parts = parts
        self._styles = styles
        self._counters: dict[str, Counter] = {}  # by abstract list: lists made from it go on
        self._styled: dict[tuple[str, str], int] = {}  # (abstract list, style) -> level
        self._begun: set[str] = set()

    def label(self, list_id: str, level: int | None, style_id: str | None) -> str:
        """The number of the next paragraph of this list; empty for none."""
        instance = self._instances.get(list_id)
        abstract = self._abstract_id(list_id)
        if instance is None or abstract is None:
            return ""
        if abstract not in self._counters:
            self._counters[abstract] = Counter(self._levels(abstract))
        counter = self._counters[abstract]
        if list_id not in self._begun:
            self._begun.add(list_id)
            self._override(counter, instance)
        if level is None:
            level = self._styled.get((abstract, style_id or ""), 0)
        return counter.next_label(level)

    @cached_property
    def _root(self) -> list[Element]:
        root = self._parts.role("numbering")
        return [] if root is None else list(root)

    @cached_property
    def _instances(self) -> dict[str, Element]:
        return {e.get(w("numId")) or "": e for e in self._root if e.tag == w("num")}

    @cached_property
    def _abstracts(self) -> dict[str, Element]:
        return {e.get(w("abstractNumId")) or "": e for e in self._root if e.tag == w("abstractNum")}

    def _abstract_id(self, list_id: str) -> str | None:
        """The abstract list behind a list, also where a numbering style stands between."""
        for _ in range(_DEEPEST_CHAIN):
            abstract = value(self._instances.get(list_id), "abstractNumId")
            linked = value(self._abstracts.get(abstract or ""), "numStyleLink")
            through = self._styles.style(linked).list_id if linked else None
            if through is None or through == list_id:
                return abstract if abstract in self._abstracts else None
            list_id = through
        return None

    def _levels(self, abstract: str) -> list[Level]:
        levels = [Level("none")] * _LEVELS
        for element in self._abstracts[abstract].findall(w("lvl")):
            at = number(element.get(w("ilvl")))
            if at is None or not 0 <= at < _LEVELS:
                continue
            levels[at] = read_level(element)
            if style_id := value(element, "pStyle"):
                self._styled[abstract, style_id] = at
        return levels

    def _override(self, counter: Counter, instance: Element) -> None:
        """What a list changes in the abstract one it is made from, when it is first used."""
        for element in instance.findall(w("lvlOverride")):
            at = number(element.get(w("ilvl")))
            if at is None or not 0 <= at < _LEVELS:
                continue
            changed = element.find(w("lvl"))
            if changed is not None:
                counter.levels[at] = read_level(changed)
            start = number(value(element, "startOverride"))
            if start is not None:
                counter.restart(at, start)


def read_level(element: Element) -> Level:
    """One `w:lvl`."""
    form = element.find(w("numFmt"))
    start = number(value(element, "start"))
    return Level(
        form="decimal" if form is None else form.get(VAL) or "decimal",
        pattern=value(element, "lvlText") or "",
        start=1 if start is None else start,
        decimal=is_on(element, "isLgl"),
        restarts=value(element, "lvlRestart") != "0",
    )
