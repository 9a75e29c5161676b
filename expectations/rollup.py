"""Rosters and the reports of a year -> what the members of each government sum up to, as SQL.

One row a government on which the batch bears and whose report says that it sums up: `rolled_up`,
one struct a cell in the order of all_cell_keys(), and `all_members`, whether every member, with the
government's own office among them, has filed. Vertically led bodies are left out.
"""

from __future__ import annotations

from expectations.predicates import has_mark, listed
from transforms.bodies import bodies
from transforms.statute.loader import all_cell_keys
from transforms.statute.rollup_rules import SUMS_UP

VERTICAL, OFFICE, OPEN = "vertical_department", "government_office", "local_government"

# A roster on which another government stands beside this one does not tell whose its departments
# are. A report that may be of a body of the same name elsewhere (no body_id), and a body to which
# several reports fit, leave the members incomplete.
_QUERY = """
with governments as (
    select report_facts.report_id, report_facts.report_year, body_level as level,
        any_value(filed.roster) as roster
    from report_facts join stored.filed as filed using (report_id)
    where is_current and body_level in ({governments}) and {sums_up}
        and (report_id, batch_id) in (select report_id, batch_id from ({affected}))
    group by all having count(distinct filed.roster) = 1
),
due as (
    select governments.report_id as government_id, level, due.kind, filed.report_id,
        count(filed.report_id) over (
            partition by governments.report_id, due.ledger, due.body_name
        ) as fitting
    from governments join stored.roster_ledger as due using (roster)
    left join stored.filed as filed on filed.ledger = due.ledger
        and filed.body_name = due.body_name and filed.report_year = governments.report_year
    where governments.report_year >= coalesce(since, governments.report_year)
        and governments.report_year <= coalesce(until, governments.report_year)
),
placed as (
    select due.*, coalesce(reports.body_level, kind) as is_a,
        (level, is_a) in ({belonging}) as belongs,
        belongs and fitting = 1 and body_id is not null as has_filed
    from due left join reports using (report_id)
    where due.report_id is distinct from government_id
        and kind <> {vertical} and coalesce(reports.body_level, '') <> {vertical}
),
coverage as (
    select government_id, bool_and(has_filed) and bool_or(is_a = {office}) as all_members
    from placed group by government_id
    having not bool_or((kind in ({of_a_place}) or is_a in ({of_a_place})) and not belongs)
),
members as (select distinct government_id, report_id, is_a = {office} as office
    from placed where has_filed
),
numbers as (
    select government_id, office, unnest(list_value({cells})) as value,
        unnest(range(1, {count} + 1)) as cell_no
    from members join report_facts using (report_id)
),
sums as (
    select government_id, cell_no, coalesce(sum(value), 0) as whole,
        coalesce(sum(value) filter (not office), 0) as but_office,
        coalesce(max(value) filter (not office), 0) as most,
        count(value) = count(*) as known, count(*) as bodies
    from numbers group by government_id, cell_no
)
select government_id, all_members, list({{'cell_no': cell_no, 'whole': whole,
    'but_office': but_office, 'most': most, 'known': known, 'bodies': bodies}}
    order by cell_no) as rolled_up
from sums join coverage using (government_id) group by government_id, all_members"""


def rolled_up_of(affected: str) -> str:
    """The query; `affected` gives the reports on which the batch bears."""
    summing = {body.id: body.members for body in bodies().values() if body.members}
    pairs = [f"({listed((one, kind))})" for one, kinds in summing.items() for kind in kinds]
    return _QUERY.format(
        governments=listed([*summing]),
        sums_up=has_mark(SUMS_UP),
        affected=affected,
        belonging=", ".join(pairs),
        vertical=listed([VERTICAL]),
        office=listed([OFFICE]),
        of_a_place=listed([OPEN, *bodies()[OPEN].at_level.values()]),
        cells=", ".join(key.column_name for key in all_cell_keys()),
        count=len(all_cell_keys()),
    )
