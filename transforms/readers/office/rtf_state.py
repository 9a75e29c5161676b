"""What the groups of an RTF file inherit, and what its tables of fonts and styles say."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_TEXT = 9
# Of charsets and code pages to the encoding that holds all their characters.
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs"}
_CODE_PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 54936: "gb18030",
               65001: "utf-8"}  # fmt: skip


@dataclass(slots=True)
class State:
    """Properties in force in a group."""

    skipped: bool = False
    into: str = "text"  # what its text belongs to: text, label, fonttbl, stylesheet
    unicode_skip: int = 1  # characters that stand in for one that is given as \\u
    font: int = 0
    asian_font: int | None = None
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    raised: bool = False
    in_table: bool = False
    depth: int = 0  # of tables, as stated
    style: int = 0
    outline: int | None = None
    nested_row: bool = False  # it holds the properties of a row of a nested table
    ends_box: bool = False  # with it a text box ends
    ends_style: bool = False  # or a style of the sheet

    def inner(self) -> State:
        """The state that a group in this one begins with."""
        state = copy(self)
        state.ends_box = state.ends_style = False
        return state

    def reset_characters(self) -> None:
        """What `\\plain` does."""
        self.hidden = self.deleted = self.struck = self.raised = False
        self.asian_font = None

    def reset_paragraph(self) -> None:
        """What `\\pard` does."""
        self.in_table, self.depth, self.style, self.outline = False, 0, 0, None

    @property
    def tables(self) -> int:
        """How many tables the paragraph stands in."""
        return max(self.depth, 1) if self.in_table or self.depth > 0 else 0


@dataclass(slots=True)
class Tables:
    """What the tables at the head of the file say."""

    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)  # East Asian ones: number -> encoding
    headings: dict[int, int] = field(default_factory=dict)  # style -> level
    default_font: int = 0
    style_outline: int | None = None  # of the style now being read
    style_number: int = 0
    style_name: list[str] = field(default_factory=list)

    def set_code_page(self, number: int | None) -> None:
        """The code page the document states. Chinese is often written under a Western one."""
        if self.encoding == "cp1252" or number in _CODE_PAGES:
            self.encoding = _CODE_PAGES.get(number or 0, "cp1252")

    def set_charset(self, font: int, charset: int | None) -> None:
        """The charset of a font."""
        if charset in _CHARSETS:
            self.fonts[font] = _CHARSETS[charset]

    def end_style(self) -> None:
        """Keep the level of the heading that a style is for."""
        name = "".join(self.style_name).strip().rstrip(";").strip()
        named = _HEADING_NAME.fullmatch(name)
        if self.style_outline is not None and self.style_outline < _BODY_TEXT:
            self.headings[self.style_number] = min(self.style_outline + 1, 6)
        elif named:
            self.headings[self.style_number] = min(int(named[1]), 6)
        self.style_outline, self.style_number = None, 0
        self.style_name.clear()

    def encoding_of(self, state: State) -> str:
        """Of the bytes of a run: that of its font where it is East Asian, else the document's."""
        if state.asian_font in self.fonts:
            return self.fonts[state.asian_font]
        return self.fonts.get(state.font, self.encoding)

    def level_of(self, state: State) -> int | None:
        """The level of the heading that a paragraph is."""
        if state.outline is not None:
            return min(state.outline + 1, 6) if 0 <= state.outline < _BODY_TEXT else None
        return self.headings.get(state.style)
