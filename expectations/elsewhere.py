"""A staging database and a batch -> rows of `similarities`: texts repeated in other counties.

Stored keys (transforms/signatures.py) of the reports on which the batch bears are joined with those
of everything published for these years; only the few reports that share several keys are read. So
the work grows with the batch; what grows with the warehouse is the scan of the keys alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
from rapidfuzz import fuzz

from expectations.across import affected
from expectations.fetch import Row, rows_of
from expectations.predicates import listed, quoted
from transforms.likeness import own_names, sentences, thresholds
from transforms.signatures import sentence_hash

Pair = tuple[str, str, int]  # two reports and a section
Shared = frozenset[tuple[str, int]]  # county and hash of sentences that are its templates
AT_ONCE = 500  # pairs whose texts are in memory at a time

# Keys that more texts have than `most_alike` are those of a template.
_CANDIDATES = """
with mine as (
    select report_id, report_year, county_id, section_no, unnest(bands) as key,
        generate_subscripts(bands, 1) as band
    from stored.signatures where report_id in ({reports})
),
alike as (
    select mine.report_id, other.report_id as other_report_id, section_no, band, other.key,
        mine.county_id <> other.county_id as apart
    from mine join (
        select report_id, report_year, county_id, section_no, unnest(bands) as key,
            generate_subscripts(bands, 1) as band
        from stored.signatures where report_year in (select report_year from mine)
    ) as other using (section_no, report_year, band, key)
),
telling as (
    select * from alike
    qualify count(*) over (partition by report_id, section_no, band) <= {most_alike}
),
pairs as (
    select report_id, other_report_id, section_no from telling where apart
    group by all having count(*) >= {bands}
)
select pairs.* from pairs
join reports as one on one.report_id = pairs.report_id
join reports as other on other.report_id = pairs.other_report_id
where one.is_current and other.is_current
    and coalesce(one.body_level, '') not in ({not_of})
    and coalesce(other.body_level, '') not in ({not_of})
order by all"""

# Sentences of these reports that are templates: of the country, or of one of their counties.
_SHARED = """
with named as (select unnest([{reports}]) as report_id),
asked as (
    select distinct report_year, county_id from stored.signatures semi join named using (report_id)
),
wanted as (
    select distinct report_year, unnest(sentences) as sentence
    from stored.signatures semi join named using (report_id)
),
by_county as (
    select report_year, sentence, county_id, count(distinct report_id) as reports
    from (
        select report_year, county_id, report_id, unnest(sentences) as sentence
        from stored.signatures where report_year in (select report_year from asked)
    ) semi join wanted using (report_year, sentence) group by all
),
sizes as (
    select report_year, county_id, count(distinct report_id) as in_all
    from stored.signatures semi join asked using (report_year, county_id) group by all
),
everywhere as (
    select report_year, sentence from by_county
    group by all having count(*) >= {template_counties}
)
select county_id, sentence from by_county join sizes using (report_year, county_id)
where reports >= greatest({template_reports}, ceil(in_all * {template_share} / 100))
union select asked.county_id, sentence from everywhere join asked using (report_year)"""
_TEXTS = """
select report_id, batch_id, body_name, division_path, county_id, report_year, section_no, text
from reports join sections using (report_id, batch_id) where report_id in ({reports})"""


def compare_elsewhere(database: Path, batch_id: str) -> Iterator[Row]:
    """Each report on which the batch bears, with all reports of other counties that it is almost
    word for word like; also those that reports of the batch repeat, or make templates of."""
    with duckdb.connect(str(database), read_only=True) as connection:
        pairs = _pairs(connection, f"select report_id from ({affected(batch_id)})")
        rows = [*_measured(connection, pairs, batch_id)]
        yield from rows
        own = _of_batch(connection, pairs, batch_id)
        met = {other: one for one, other, _ in pairs if one in own}
        others = {row["other_report_id"] for row in rows if row["batch_id"] == batch_id}
        others |= _found_before(connection, met)
        others -= {row["report_id"] for row in rows}
        if others:
            anew = [
                *_measured(
                    connection,
                    _pairs(connection, f"select unnest([{listed(sorted(others))}])"),
                    batch_id,
                )
            ]
            yield from anew
            for report_id in sorted(others - {row["report_id"] for row in anew}):
                yield from _unlike(connection, report_id, met[report_id], batch_id)


def _pairs(connection: duckdb.DuckDBPyConnection, reports: str) -> list[Pair]:
    """What shares several keys with reports, which a query for their ids gives."""
    bounds = thresholds().elsewhere
    query = _CANDIDATES.format(
        reports=reports,
        most_alike=bounds.most_alike,
        bands=bounds.bands,
        not_of=listed(bounds.not_of),
    )
    return connection.execute(query).fetchall()


def _of_batch(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair], batch_id: str
) -> set[str]:
    """Which of the first reports of pairs are the batch's own."""
    query = (
        f"select report_id from reports where batch_id = {quoted(batch_id)} "
        f"and report_id in ({listed(sorted({one for one, _, _ in pairs})) or 'null'})"
    )
    return {report_id for (report_id,) in connection.execute(query).fetchall()}


def _found_before(connection: duckdb.DuckDBPyConnection, met: Mapping[str, str]) -> set[str]:
    """Which of these reports an earlier batch found to repeat one of another county."""
    query = (
        "select distinct report_id from stored.similarities "
        f"where compared_with = 'elsewhere' and report_id in ({listed(sorted(met)) or 'null'})"
    )
    return {report_id for (report_id,) in connection.execute(query).fetchall()}


def _unlike(
    connection: duckdb.DuckDBPyConnection, report_id: str, other_id: str, batch_id: str
) -> Iterator[Row]:
    """A row that says that a report was compared anew and repeats nobody: it is judged again."""
    found = connection.execute(
        "select batch_id, body_name, report_year from reports "
        f"where report_id in ({listed([report_id, other_id])}) "
        f"order by report_id <> {quoted(report_id)}"
    ).fetchall()
    (own_batch, *_), (_, other, year) = found
    yield {
        "report_id": report_id, "batch_id": own_batch, "checked_by": batch_id,
        "what": "nothing", "compared_with": "elsewhere", "other_report_id": other_id,
        "other": other, "year": year, "section_no": None, "similarity": Decimal(0),
    }  # fmt: skip


def _measured(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair], batch_id: str
) -> Iterator[Row]:
    """Those of the pairs that are alike, some at a time for their texts' sake."""
    for start in range(0, len(pairs), AT_ONCE):
        yield from _alike(connection, pairs[start : start + AT_ONCE], batch_id)


def _alike(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[Pair], batch_id: str
) -> Iterator[Row]:
    named = sorted({report for one, other, _ in pairs for report in (one, other)})
    shared = _shared(connection, named)
    texts = _texts(connection, named)
    for one_id, other_id, section in pairs:
        one, other = texts.get((one_id, section)), texts.get((other_id, section))
        if one is None or other is None:
            continue
        similarity = _similarity(one, other, shared)
        if similarity:
            yield {
                "report_id": one_id,
                "batch_id": one["batch_id"],
                "checked_by": batch_id,
                "what": "text",
                "compared_with": "elsewhere",
                "other_report_id": other_id,
                "other": other["body_name"],
                "year": other["report_year"],
                "section_no": section,
                "similarity": Decimal(str(similarity)),
            }


def _similarity(one: Row, other: Row, shared: Shared) -> float:
    """In percent of what is left without the templates of either county; 0 where it is not much."""
    left = []
    counties = (one["county_id"], other["county_id"])
    for report in (one, other):
        kept = (
            sentence
            for sentence in sentences(
                report["text"], own_names(report["body_name"], report["division_path"])
            )
            if not any((county, sentence_hash(sentence)) in shared for county in counties)
        )
        left.append("".join(kept))
    bounds = thresholds().elsewhere
    if min(map(len, left)) < bounds.shortest:
        return 0
    return math.floor(fuzz.ratio(*left, score_cutoff=bounds.similar) * 10) / 10


def _shared(connection: duckdb.DuckDBPyConnection, reports: Sequence[str]) -> Shared:
    bounds = thresholds()
    query = _SHARED.format(
        reports=listed(reports),
        template_counties=bounds.elsewhere.template_counties,
        template_reports=bounds.template_reports,
        template_share=bounds.template_share,
    )
    return frozenset(connection.execute(query).fetchall())


def _texts(
    connection: duckdb.DuckDBPyConnection, reports: Sequence[str]
) -> Mapping[tuple[str, int], Row]:
    rows = rows_of(connection.execute(_TEXTS.format(reports=listed(reports))))
    return {(row["report_id"], row["section_no"]): row for row in rows}
