"""What extraction gives: a Report with sections, cells and claims, and the problems met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class CellStatus(StrEnum):
    """How a cell was read. `value` is null in all but the first two."""

    REPORTED = "reported"  # read as it stands in the source
    RECOVERED = "recovered"  # what stands there admits one reading only under the form's arithmetic
    BLANK = "blank"  # left empty or struck out; never 0
    AMBIGUOUS = "ambiguous"  # several readings fit; none is chosen
    MISSING = "missing"  # the row or table is not in the source
    INVALID = "invalid"  # something stands there that is no number


class DocumentStatus(StrEnum):
    """What became of an input file."""

    EXTRACTED = "extracted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    NOT_A_REPORT = "not_a_report"


class CellKey(NamedTuple):
    """The permanent address of a statutory cell; printed as `3|new_received|total`."""

    table_no: int
    row_key: str
    column_key: str

    def __str__(self) -> str:
        return f"{self.table_no}|{self.row_key}|{self.column_key}"

    @property
    def column_name(self) -> str:
        """Its column in the wide `facts` table: `t3_new_received__total`."""
        return f"t{self.table_no}_{self.row_key}__{self.column_key}"


class Cell(NamedTuple):
    """One cell of tables 2 to 4; offsets into `Document.text`, `raw_text` is what stands there."""

    key: CellKey
    value: Decimal | None
    status: CellStatus
    raw_text: str = ""
    page: int | None = None
    char_start: int | None = None
    char_end: int | None = None
    candidates: tuple[Decimal, ...] = ()  # of an ambiguous cell, ascending, when the list is short


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six statutory sections; `text` is without its heading."""

    section_no: int
    heading: str
    text: str
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A number the narrative states. `claim` is a key of transforms/statute/claims.yaml."""

    section_no: int
    claim: str
    value: Decimal
    unit: str
    sentence: str
    char_start: int
    char_end: int
    year: int | None = None
    qualifier: str = "exact"  # exact, at_least, approximate, cumulative
    part_of: str | None = None  # the claim it is said to be a part of
    part_complete: bool | None = None  # of a part: whether its list says that it leaves none out
    part_open: bool | None = None  # of a part: whether its list says that there are others: 等
    label: str | None = None  # what it is called in a list; of a share, the claim it is said of


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where words stand that a rule looks for. `mark` is a key of statute/marks.yaml."""

    mark: str
    text: str  # the beginning of what stands there, without blanks
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class PartSum:
    """A number the narrative states, and the sum of the parts it is said to have."""

    claim: str  # what the whole counts
    split: str  # how it is divided; `apart` where the parts are stated elsewhere
    whole: Decimal
    parts: Decimal
    terms: str  # the parts as a sum: 6 + 30 + 20
    complete: bool  # whether the parts are said to be all there are
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something we could not read; never a finding. `code` is a key of transforms/problems.yaml."""

    code: str
    place: str  # file name, cell key or section the problem is about
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports for when. Null where the source does not say, never a guess."""

    title: str | None = None
    body_name: str | None = None
    body_level: str | None = None  # key of transforms/statute/bodies.yaml
    division_code: str | None = None
    division_path: str | None = None
    division_candidates: tuple[str, ...] = ()  # codes, where several divisions bear the name
    report_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_text: str | None = None  # as printed
    period_char_start: int | None = None
    period_char_end: int | None = None
    published_on: date | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything read from one document that is an annual report."""

    report_id: str
    document_id: str
    identity: Identity
    form: str | None  # key of transforms/statute/forms; null when no table tells
    sections: tuple[Section, ...]
    cells: tuple[Cell, ...]  # every cell of the form, once, in form order
    claims: tuple[Claim, ...] = ()
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()
    truncated: bool = False  # the file breaks off, so sections may be missing through no fault

    @property
    def section_numbers(self) -> list[int] | None:
        """The sections found, ascending; null where a missing one may be in the original."""
        return None if self.truncated else sorted({s.section_no for s in self.sections})

    @property
    def section_lengths(self) -> list[int | None] | None:
        """Characters of sections 1 to 6 without blanks; null like `section_numbers`."""
        lengths = {s.section_no: len("".join(s.text.split())) for s in self.sections}
        return None if self.truncated else [lengths.get(number) for number in range(1, 7)]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What became of one file: a report, or the reason there is none. Never both, never neither."""

    document_id: str
    source_path: str  # as given, relative to the folder that was named
    media_type: str | None
    bytes: int
    encoding: str | None
    status: DocumentStatus
    reason: Problem | None
    report: Report | None
    text: str = ""  # Document.text, so that offsets can be shown

    @classmethod
    def without_report(
        cls, source_path: str, status: DocumentStatus, reason: Problem, document_id: str, size: int
    ) -> Extraction:
        """Of a file that was not read."""
        return cls(document_id, source_path, None, size, None, status, reason, None)
