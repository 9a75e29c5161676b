"""profile.yaml -> the rules that an office applies: which, how grave, its own deadlines.

    rules:
      C11: {applies: true, most: 1000}
      F13: {applies: false}
      A16: {severity: warning}
    deadlines:                     # days of the year after the report year, by kind of body
      township_government: 01-20

Without a profile all rules apply but those that only some offices ask for (`optional`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator

from transforms.bodies import MonthDay, bodies
from transforms.statute.loader import load_record
from transforms.statute.report_rules import DeadlineRule, LengthRule
from transforms.statute.rule_base import BaseRule, Severity
from transforms.statute.rules import rules
from transforms.statute.schema import Record


class RuleChange(Record):
    """What a profile changes in a rule; `most` is the limit of a rule on length."""

    applies: bool = True
    severity: Severity | None = None
    most: int | None = Field(default=None, gt=0)


class Profile(Record):
    """The choices of one office."""

    rules: dict[str, RuleChange] = Field(default_factory=dict)
    deadlines: dict[str, MonthDay] = Field(default_factory=dict)

    @field_validator("deadlines")
    @classmethod
    def _bodies_exist(cls, value: dict[str, MonthDay]) -> dict[str, MonthDay]:
        if unknown := sorted(set(value) - set(bodies())):
            raise ValueError(f"{unknown} are no kinds of body; there are {sorted(bodies())}")
        return value

    @model_validator(mode="after")
    def _rules_can_change_so(self) -> Self:
        for rule_id, change in self.rules.items():
            if rule_id not in rules():
                raise ValueError(f"there is no rule {rule_id}; gongkai rules lists them")
            if change.most is not None and not isinstance(rules()[rule_id], LengthRule):
                raise ValueError(f"{rule_id} has no limit `most`")
        return self

    @property
    def digest(self) -> str:
        """A short hash of what it says; empty where it changes nothing."""
        if self == Profile():
            return ""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:8]

    def severity(self, rule_id: str) -> Severity | None:
        """The severity that replaces a rule's own."""
        return self.rules[rule_id].severity if rule_id in self.rules else None

    def in_force(self) -> dict[str, BaseRule]:
        """The rules that apply, by id, as this office wants them."""
        found = {}
        for rule_id, rule in rules().items():
            change = self.rules.get(rule_id, RuleChange(applies=not rule.optional))
            if change.applies:
                found[rule_id] = self._changed(rule, change)
        return found

    def _changed(self, rule: BaseRule, change: RuleChange) -> BaseRule:
        update: dict[str, object] = {}
        if change.severity is not None:
            update["severity"] = change.severity
        if change.most is not None:
            update["most"] = change.most
        if isinstance(rule, DeadlineRule) and self.deadlines:
            update["local"] = self.deadlines
        return rule.model_copy(update=update) if update else rule


EVERYWHERE = Profile()


def load_profile(path: Path) -> Profile:
    """Read a profile. Raises StatuteError: file, line, what is wrong; OSError."""
    return load_record(path, Profile)
