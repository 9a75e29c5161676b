"""A folder of waiver files -> Waivers, checked: findings that the office has looked at and accepts.

Each file is a YAML list. `document` is the SHA-256 of the file that was looked at, or its beginning
(`documents.document_id`): with it, a waiver says when the report under it is another one.

    - rule: H04
      body: 某县民政局
      year: 2023
      document: 3f9c0d17a2b4
      reason: 废止件数含失效2件，已核实
      who: 王某
      until: 2024-12-31

A waiver never hides a finding; both are shown side by side.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import StringConstraints, field_validator

from transforms.statute.loader import StatuteError, load_ledger_files
from transforms.statute.rules import rules
from transforms.statute.schema import Record

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Waiver(Record):
    """One accepted deviation: this rule, body and report year, until and including a day."""

    rule: Words
    body: Words
    year: int
    reason: Words
    who: Words
    until: datetime.date
    document: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,64}$")] | None = None
    division: Annotated[str, StringConstraints(pattern=r"^\d{6}(\d{3})?$")] | None = None

    @field_validator("rule")
    @classmethod
    def _rule_exists(cls, value: str) -> str:
        if value not in rules():
            raise ValueError(f"there is no rule {value}; gongkai rules lists them")
        return value


class Entry(NamedTuple):
    """A waiver and where it stands: `2024.yaml:12`."""

    place: str
    waiver: Waiver


def load_waivers(folder: Path) -> tuple[Entry, ...]:
    """Every waiver in the folder's files, by file name and line; none where it is not there.

    Raises StatuteError, naming file and line, for a file that is no list of waivers, for two of
    the same rule, body and year, and for a file that would not be read; OSError.
    """
    entries = [Entry(place, waiver) for place, waiver in load_ledger_files(folder, Waiver)]
    first: dict[tuple[object, ...], str] = {}
    for place, waiver in entries:
        key = (waiver.rule, waiver.body, waiver.year, waiver.division)
        if key in first:
            raise StatuteError(
                f"{folder / place}: {waiver.rule} of {waiver.body} {waiver.year} is waived in "
                f"{first[key]} too; keep one of them"
            )
        first[key] = place
    return tuple(entries)
