"""The rule records as one union, by kind; every other module takes the shapes from here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from transforms.statute.cell_rules import (
    AmountLimitRule,
    BalanceRule,
    BoundRule,
    CellsRule,
    EveryCellRule,
    FilledRule,
    IntegerRule,
    LineRule,
    NonNegativeRule,
    RowsPresentRule,
    ShareRule,
    SumRule,
    ZeroIfMarkedRule,
    ZeroIfRule,
    ZeroRule,
    ZeroTogetherRule,
    ZeroWhereRule,
)
from transforms.statute.claim_rules import (
    ClaimAgreeRule,
    ClaimCellsRule,
    ClaimRule,
    ClaimYearRule,
    MultipleRule,
    PartsRule,
    Reading,
    ReadingsRule,
)
from transforms.statute.report_rules import (
    DeadlineRule,
    FormYearRule,
    MarkedRule,
    PeriodRule,
    PublishedRule,
    ReportRule,
    SectionsRule,
    StatedRule,
    UnmarkedRule,
)
from transforms.statute.rule_base import (
    BaseRule,
    Basis,
    Bilingual,
    Example,
    ExampleCell,
    ExampleClaim,
    Severity,
    Sides,
)

__all__ = [
    "AmountLimitRule",
    "BalanceRule",
    "BaseRule",
    "Basis",
    "Bilingual",
    "BoundRule",
    "CellsRule",
    "ClaimAgreeRule",
    "ClaimCellsRule",
    "ClaimRule",
    "ClaimYearRule",
    "DeadlineRule",
    "EveryCellRule",
    "Example",
    "ExampleCell",
    "ExampleClaim",
    "FilledRule",
    "FormYearRule",
    "LineRule",
    "MarkedRule",
    "MultipleRule",
    "PartsRule",
    "PeriodRule",
    "PublishedRule",
    "Reading",
    "ReadingsRule",
    "ReportRule",
    "RowsPresentRule",
    "Rule",
    "SectionsRule",
    "Severity",
    "ShareRule",
    "Sides",
    "StatedRule",
    "SumRule",
    "UnmarkedRule",
    "ZeroIfMarkedRule",
    "ZeroIfRule",
    "ZeroRule",
    "ZeroTogetherRule",
    "ZeroWhereRule",
]

Rule = Annotated[
    BalanceRule
    | SumRule
    | BoundRule
    | ShareRule
    | ZeroIfRule
    | ZeroTogetherRule
    | ZeroRule
    | ZeroWhereRule
    | ZeroIfMarkedRule
    | AmountLimitRule
    | NonNegativeRule
    | IntegerRule
    | FilledRule
    | RowsPresentRule
    | SectionsRule
    | StatedRule
    | PeriodRule
    | FormYearRule
    | PublishedRule
    | DeadlineRule
    | MarkedRule
    | UnmarkedRule
    | ClaimCellsRule
    | ClaimAgreeRule
    | ClaimYearRule
    | PartsRule
    | MultipleRule,
    Field(discriminator="kind"),
]
