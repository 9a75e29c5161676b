"""A rule -> its formula over cell keys, one line, the same in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from transforms.statute.rule_schema import (
    AlikeRule,
    AmountLimitRule,
    BaseRule,
    CellsRule,
    ClaimAgreeRule,
    ClaimCellsRule,
    ClaimChangeRule,
    ClaimRule,
    ClaimYearRule,
    DeadlineRule,
    EveryCellRule,
    FilingRule,
    FilledRule,
    FormYearRule,
    GoesOnRule,
    LengthRule,
    LineRule,
    MarkedRule,
    MultipleRule,
    PartsRule,
    PeriodRule,
    ProportionRule,
    PublishedRule,
    RefiledRule,
    RepeatedNumbersRule,
    RepeatedWholeRule,
    RepeatsRule,
    RollForwardRule,
    RollUpRule,
    RowsPresentRule,
    SameUnitRule,
    SectionsRule,
    SharedSlipRule,
    ShareRule,
    StatedRule,
    UnmarkedRule,
    YearsRule,
    ZeroIfMarkedRule,
    ZeroWhereRule,
)
from transforms.statute.schema import Years


def formula(rule: BaseRule) -> str:
    """What must hold. For a rule over rows or columns, which of them stands behind `for`."""
    match rule:
        case AlikeRule() | RollUpRule() | FilingRule() | SharedSlipRule() | RefiledRule():
            return _of_others(rule)
        case ProportionRule():
            whole = " + ".join(rule.whole)
            most = f"{rule.times} * max({whole} + {whole}(Y-1), {rule.least})"
            return f"{' + '.join(rule.of)} <= {most}"
        case YearsRule():
            return f"{_of_years(rule)} for {_lines(rule)}"
        case LineRule():
            return f"{_relation(rule)} for {_lines(rule)}"
        case EveryCellRule():
            return f"cell >= 0 for {len(rule.lines((rule.forms or ())[-1]))} cells of the form"
        case CellsRule() | FilledRule() | RowsPresentRule():
            return _of_cells(rule)
        case ClaimRule() | PartsRule() | RepeatsRule():
            return _of_claims(rule)
        case PublishedRule() | DeadlineRule() | PeriodRule():
            return _of_dates(rule)
        case _:
            return _of_report(rule)


def _of_dates(rule: BaseRule) -> str:
    match rule:
        case DeadlineRule():
            return "published_on <= due day of the kind of body (bodies.yaml)"
        case PeriodRule():
            return f"period = Y-{rule.start} to Y-{rule.end}, Y = report_year"
        case PublishedRule(earliest=None):
            return f"published_on <= (Y+1)-{rule.latest}, Y = report_year"
        case PublishedRule():
            return f"published_on >= (Y+1)-{rule.earliest}, Y = report_year"
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _of_report(rule: BaseRule) -> str:
    match rule:
        case SectionsRule():
            return f"section_numbers contains {_numbers(rule.sections)}"
        case LengthRule():
            return f"length of section {rule.section} <= {rule.most} characters"
        case StatedRule():
            return f"{rule.field} is stated"
        case FormYearRule():
            return "; ".join(f"not form {c.form} {_years(c.years)}" for c in rule.wrong)
        case MarkedRule():
            joined = (" and " if rule.needed == "all" else " or ").join(rule.marks)
            return f"marks contains {joined}, read in sections {_numbers(rule.reads)}"
        case UnmarkedRule():
            given = f" where it contains {' or '.join(rule.given)}" if rule.given else ""
            return f"marks contains no {' or '.join(rule.marks)}{given}"
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _of_years(rule: YearsRule) -> str:
    now = " + ".join(rule.now)
    then = " + ".join(f"{key}(Y-1)" for key in rule.before)
    match rule:
        case RollForwardRule():
            terms = [*(f" + {key}" for key in rule.added), *(f" - {key}" for key in rule.taken)]
            sign = {"equal": "=", "at_least": ">=", "at_most": "<="}[rule.relation]
            expected = then + "".join(terms)
            if rule.percent_more:
                expected = f"({expected}) * {1 + rule.percent_more / 100:g}"
            return f"{now} {sign} {expected}"
        case GoesOnRule():
            return f"{now} > 0 where {then} > 0"
        case SameUnitRule():
            return f"{now} and {then} are not 10000 times apart (+-{rule.percent} %)"
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _of_others(rule: BaseRule) -> str:
    match rule:
        case AlikeRule():
            what = (
                f"section {_numbers(rule.sections)}" if rule.sections else "numbers of the tables"
            )
            whose = {
                "body": "another body of the county",
                "year": "the year before",
                "elsewhere": "a body of another county",
            }[rule.other]
            return f"{what} not like that of {whose}"
        case RollUpRule():
            relation = "=" if rule.relation == "equal" else ">="
            return f"cell {relation} sum(members) for {', '.join(one.id for one in rule.parts)}"
        case FilingRule():
            where = ", where there are reports for Y-1 and Y+1" if rule.gap else ""
            return f"each body of the roster has a report for Y once its due day has passed{where}"
        case SharedSlipRule():
            return f"no {' or '.join(rule.marks)} alike in reports of two bodies of the county"
        case RefiledRule():
            return f"numbers as in the filing it replaces, or marks contains {rule.marks[0]}"
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _of_cells(rule: BaseRule) -> str:
    match rule:
        case ZeroWhereRule():
            results, parts = " + ".join(rule.results), " + ".join(rule.parts)
            return f"{results} = 0 where {parts} > {rule.percent} % of {rule.whole}"
        case ZeroIfMarkedRule():
            pairs = (f"{' + '.join(cells)} = 0 where marked {m}" for m, cells in rule.cells.items())
            return "; ".join(pairs)
        case FilledRule():
            return f"no cell of tables {_numbers(rule.tables)} is {' or '.join(rule.ways)}"
        case RowsPresentRule():
            return f"every row of tables {_numbers(rule.tables)} is printed"
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _of_claims(rule: BaseRule) -> str:
    match rule:
        case ClaimCellsRule():
            return f"stated {_relation_of(rule)} a reading of {', '.join(rule.claims)}"
        case ClaimAgreeRule():
            return f"stated numbers agree for each of {', '.join(rule.claims)}"
        case ClaimChangeRule():
            return f"stated {', '.join(rule.claims)} = a reading of Y - one of Y-1"
        case ClaimYearRule():
            return f"year of stated numbers not in Y-{rule.back} to Y-1, Y = report_year"
        case MultipleRule():
            return f"stated {', '.join(rule.claims)} is a multiple of {rule.of_yuan} yuan"
        case PartsRule():
            relation = {
                "equal": "whole = sum(parts) where the parts are said to be all",
                "at_most": "whole >= sum(parts)",
                "differs": "whole = sum(parts)",
                "not_myriad": "whole <> 10000 * sum(parts)",
                "not_near": f"sum(parts) = whole, or not within {rule.percent} % of it",
            }[rule.relation]
            return f"{relation} for {', '.join(rule.wholes)} split by {', '.join(rule.splits)}"
        case RepeatedNumbersRule():
            return (
                f"at most {rule.most} stated numbers >= {rule.least} equal those of Y-1, "
                f"of {', '.join(rule.claims)}"
            )
        case RepeatedWholeRule():
            return (
                "stated whole <> that of Y-1 where it is not sum(parts), "
                f"of {', '.join(rule.claims)} >= {rule.least}"
            )
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _relation_of(rule: ClaimCellsRule) -> str:
    number = "0" if rule.stated == "zero" else "number"
    return f"{number} <= " if rule.at_most else f"{number} ="


def _numbers(values: Iterable[int]) -> str:
    return ", ".join(map(str, values))


def _relation(rule: LineRule) -> str:
    left, right = rule.terms((rule.forms or ())[-1])
    one, other = " + ".join(left), " + ".join(right) or "0"
    match getattr(rule, "kind"):  # noqa: B009
        case "balance" | "sum":
            return f"{one} = {other}"
        case "bound":
            return f"{one} >= {other}"
        case "share" if isinstance(rule, ShareRule):
            return f"{one} <= {rule.percent} % of {other} where {other} >= {rule.whole_from}"
        case "zero_if":
            return f"{one} = 0 where {' = '.join(right)} = 0"
        case "zero_together":
            return f"({one} = 0) = ({other} = 0)"
        case "zero":
            return f"{one} = 0"
        case "amount_limit" if isinstance(rule, AmountLimitRule):
            limits = ", ".join(f"{n} for {body}" for body, n in rule.limits.items())
            return f"{one} <= {f'{other} * ' if rule.count else ''}limit ({limits})"
        case kind:
            raise TypeError(f"{rule.id}: no formula for kind {kind}")


def _lines(rule: LineRule) -> str:
    which = "every" if rule.of == "all" else "/".join(rule.of)
    return f"table {rule.table}, {rule.each} {which}"


def _years(years: Years) -> str:
    if years.until is None:
        return f"from {years.since} on" if years.since else "in any year"
    return f"until {years.until}" if years.since is None else f"in {years.since}-{years.until}"
