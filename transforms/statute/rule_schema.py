"""The rule records as one union, by kind; every other module takes the shapes from here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from transforms.statute.beside_rules import RefiledRule, SharedSlipRule
from transforms.statute.cell_rules import (
    AmountLimitRule,
    BalanceRule,
    BoundRule,
    CellsRule,
    EveryCellRule,
    FilledRule,
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
    ClaimChangeRule,
    ClaimRule,
    ClaimYearRule,
    MultipleRule,
    PartsRule,
    Reading,
    ReadingsRule,
)
from transforms.statute.filing_rules import FILING, FilingRule
from transforms.statute.likeness_rules import AlikeRule
from transforms.statute.repeat_rules import (
    RepeatedNumbersRule,
    RepeatedWholeRule,
    RepeatsRule,
)
from transforms.statute.report_rules import (
    DeadlineRule,
    FormYearRule,
    LengthRule,
    MarkedRule,
    PeriodRule,
    PublishedRule,
    ReportRule,
    SectionsRule,
    StatedRule,
    UnmarkedRule,
)
from transforms.statute.rollup_rules import RollUpRule
from transforms.statute.rule_base import (
    BaseRule,
    Basis,
    Bilingual,
    Example,
    ExampleBefore,
    ExampleCell,
    ExampleClaim,
    NotRule,
    Severity,
    Sides,
)
from transforms.statute.year_rules import (
    GoesOnRule,
    ProportionRule,
    RollForwardRule,
    SameUnitRule,
    YearsRule,
)

__all__ = [
    "FILING",
    "AlikeRule",
    "AmountLimitRule",
    "BalanceRule",
    "BaseRule",
    "Basis",
    "Bilingual",
    "BoundRule",
    "CellsRule",
    "ClaimAgreeRule",
    "ClaimCellsRule",
    "ClaimChangeRule",
    "ClaimRule",
    "ClaimYearRule",
    "DeadlineRule",
    "EveryCellRule",
    "Example",
    "ExampleBefore",
    "ExampleCell",
    "ExampleClaim",
    "FilingRule",
    "FilledRule",
    "FormYearRule",
    "GoesOnRule",
    "LengthRule",
    "LineRule",
    "MarkedRule",
    "MultipleRule",
    "NotRule",
    "PartsRule",
    "PeriodRule",
    "ProportionRule",
    "PublishedRule",
    "Reading",
    "ReadingsRule",
    "RefiledRule",
    "RepeatedNumbersRule",
    "RepeatedWholeRule",
    "RepeatsRule",
    "ReportRule",
    "RollForwardRule",
    "RollUpRule",
    "RowsPresentRule",
    "Rule",
    "SameUnitRule",
    "SectionsRule",
    "Severity",
    "ShareRule",
    "SharedSlipRule",
    "Sides",
    "StatedRule",
    "SumRule",
    "UnmarkedRule",
    "YearsRule",
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
    | FilledRule
    | RowsPresentRule
    | SectionsRule
    | LengthRule
    | StatedRule
    | PeriodRule
    | FormYearRule
    | PublishedRule
    | DeadlineRule
    | MarkedRule
    | UnmarkedRule
    | ClaimCellsRule
    | ClaimAgreeRule
    | ClaimChangeRule
    | ClaimYearRule
    | PartsRule
    | MultipleRule
    | RollForwardRule
    | GoesOnRule
    | SameUnitRule
    | ProportionRule
    | RepeatedNumbersRule
    | RepeatedWholeRule
    | AlikeRule
    | RollUpRule
    | FilingRule
    | SharedSlipRule
    | RefiledRule,
    Field(discriminator="kind"),
]
