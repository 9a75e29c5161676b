"""Rosters, filings and rules on filing -> SQL: which reports are due, and which are not there.

A roster is asked for the report years in which any of its bodies has filed: that the office
collects those years is then certain. Whether a day has passed is judged by the latest day a run
was for; without one nobody is late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from transforms.statute.filing_rules import FilingRule
from transforms.statute.profile import EVERYWHERE
from transforms.statute.rules import rules
from warehouse import sql

_FILINGS = """create view stored.filings as
select roster, due.ledger, due.body_name, kind, division_code, report_year,
    make_date(report_year + 1, due_month, due_day) as due_on, {as_of} as as_of,
    {has_filed} as has_filed, {filed_before} as filed_before, {filed_after} as filed_after
from stored.roster_ledger as due
join (select distinct roster, report_year from stored.filed) as asked using (roster)
where report_year >= coalesce(since, report_year) and report_year <= coalesce(until, report_year)"""
_FILED = (
    "exists (select 1 from stored.filed as filed where filed.ledger = due.ledger "
    "and filed.body_name = due.body_name and filed.report_year = asked.report_year + {years})"
)

# The rules as the latest batch had them; where it kept none, as they are.
_APPLYING = """create view stored.filing_rules as
with latest as (
    select rule_id, severity from stored.rules
    where batch_id = (select arg_max(batch_id, (started_at, batch_id)) from batches)
)
select rule_id, coalesce(latest.severity, own.severity) as severity, gap, zh, en
from (values {rules}) as own(rule_id, severity, gap, applies, zh, en)
left join latest using (rule_id)
where case when exists (select 1 from latest) then latest.rule_id is not null else applies end"""

# A report that is not there is named by one rule, by a gap rather than by its day.
_MISSING = """create view stored.missing as
select filings.* exclude (as_of, has_filed), rule_id, severity, {zh} as message_zh,
    {en} as message_en, (
        select arg_max({{'ledger': waiver.ledger, 'reason': reason, 'who': who, 'until': until,
            'state': case when until < as_of then 'expired' else 'in_force' end}}, until)
        from stored.waiver_ledger as waiver where waiver.rule_id = applying.rule_id
            and waiver.body_name = filings.body_name and waiver.report_year = filings.report_year
            and coalesce(waiver.division_code, filings.division_code, '')
                = coalesce(filings.division_code, waiver.division_code, '')
    ) as waived
from stored.filings as filings
join stored.filing_rules as applying on not gap or (filed_before and filed_after)
where not has_filed and due_on < as_of
qualify row_number() over (
    partition by roster, ledger, body_name, report_year order by gap desc, rule_id
) = 1"""
_PLACES = {
    "body": "body_name",
    "year": "report_year::VARCHAR",
    "before": "(report_year - 1)::VARCHAR",
    "after": "(report_year + 1)::VARCHAR",
    "due": "due_on::VARCHAR",
    "day": "as_of::VARCHAR",
}


def statements(as_of: date | None) -> Iterator[str]:
    """The views `stored.filings`, `stored.filing_rules` and `stored.missing`; they need
    `stored.roster_ledger`, `stored.filed`, `stored.rules` and `stored.waiver_ledger`."""
    yield _FILINGS.format(
        as_of=f"{sql.literal(as_of)}::DATE",
        has_filed=_FILED.format(years=0),
        filed_before=_FILED.format(years=-1),
        filed_after=_FILED.format(years=1),
    )
    yield _APPLYING.format(rules=", ".join(_rows()))
    yield _MISSING.format(zh=_filled("zh"), en=_filled("en"))


def not_filed(columns: Sequence[str]) -> str:
    """The body of the view `not_filed`."""
    of_waiver = {"waiver": "waived.state"}
    of_waiver |= {f"waiver_{name}": f"waived.{name}" for name in ("reason", "who", "until")}
    listed = (f"{of_waiver[name]} as {name}" if name in of_waiver else name for name in columns)
    return f"select {', '.join(listed)} from stored.missing"


def _rows() -> Iterator[str]:
    in_force = EVERYWHERE.in_force()
    for rule in rules().values():
        if isinstance(rule, FilingRule):
            values: tuple[sql.Value, ...] = (rule.id, rule.severity, rule.gap, rule.id in in_force)
            values += (rule.message.zh, rule.message.en)
            yield f"({', '.join(map(sql.literal, values))})"


def _filled(template: str) -> str:
    """The message of a rule with its places filled in."""
    for place, value in _PLACES.items():
        template = f"replace({template}, '{{{place}}}', {value})"
    return template
