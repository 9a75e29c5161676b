"""Document and what was read of it -> what the marks of a report are looked for in.

Every span is of the squeezed text. Part 0 is what stands before the first section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transforms.document import Document
from transforms.records import Identity, Section
from transforms.squeeze import Squeezed, squeeze

Span = tuple[int, int]
Found = tuple[str, Span]  # a kind of mark, and where it stands
_HEAD = 6000  # squeezed characters before the first section that are looked at, at most


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report, its squeezed text and where its parts are in it."""

    document: Document
    squeezed: Squeezed
    sections: Sequence[Section]
    parts: Mapping[int, Span]
    identity: Identity

    @property
    def head(self) -> int:
        """Where the text of the first section begins; 0 where there is none."""
        return self.parts[0][1] if 0 in self.parts else 0

    def text(self, part: int) -> str:
        """A part, empty where it is not there."""
        return self.squeezed.text[slice(*self.parts.get(part, (0, 0)))]

    def sentences(self, part: int) -> Iterator[Span]:
        """The sentences of a part; a line is at least one."""
        text = self.squeezed.text
        if part not in self.parts:
            return
        first, last = self.parts[part]
        for start, end in self.squeezed.spans(last, first):
            at, stop = max(start, first), min(end, last)
            while at < stop:
                ends = [i for mark in _ENDS if (i := text.find(mark, at, stop)) >= 0]
                after = min(ends) + 1 if ends else stop
                yield at, after
                at = after


_ENDS = "。;!"  # squeezed text has the half-width forms


def report_text(document: Document, sections: Sequence[Section], identity: Identity) -> ReportText:
    """The report as marks are looked for in it."""
    squeezed = squeeze(document.text)
    parts = {
        s.section_no: (squeezed.index(s.char_start), squeezed.index(s.char_end)) for s in sections
    }
    if parts:
        first = min(sections, key=lambda section: section.char_start)
        start = squeezed.index(first.char_start)
        parts[0] = (max(start - _HEAD, 0), start)
    return ReportText(document, squeezed, sections, parts, identity)
