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
from typing import Annotated

from pydantic import StringConstraints, field_validator

from transforms.ledgers import Entry, LedgerRecord, Words, load_entries
from transforms.statute.rules import rules


class Waiver(LedgerRecord):
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

    @property
    def subject(self) -> tuple[object, ...]:
        """Rule, body, year and division."""
        return (self.rule, self.body, self.year, self.division)


def load_waivers(folder: Path) -> tuple[Entry[Waiver], ...]:
    """Every waiver in the folder's files. Raises what `load_entries` does."""
    return load_entries(folder, Waiver)
