"""Kinds of rule that compare a report with others by what was found alike beforehand."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from transforms.statute.rule_base import BaseRule


class AlikeRule(BaseRule):
    """No report like this one was found: the text of a section, or all numbers of the tables.

    `with` is another body of the county (`body`), the same body the year before (`year`) or a body
    of another county (`elsewhere`).
    """

    scope: ClassVar[str] = "bodies"
    places = frozenset({"section", "other", "other_year", "similarity", "year"})
    over_cells = False
    kind: Literal["alike"]
    what: Literal["text", "numbers"]
    other: Literal["body", "year", "elsewhere"] = Field(alias="with")
    sections: tuple[int, ...] = ()

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return tuple(f"section_{number}" for number in self.sections) or ("tables",)
