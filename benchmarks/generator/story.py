"""A printed form, its numbers and a seed -> a manuscript: title, preface, six sections, tables."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from benchmarks.generator.model import Expected, IdentityTruth, Kind, Line, Manuscript, Sheet
from benchmarks.generator.numbers import print_number
from benchmarks.generator.sheets import build_sheets
from benchmarks.generator.wording import pick, wording
from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys, cell_keys
from transforms.statute.schema import Form


def write_manuscript(
    rng: Random,
    printed: Form,
    base: str,
    year: int,
    values: dict[CellKey, Decimal],
    *,
    whose: tuple[str, str] | None = None,
) -> Manuscript:
    """A sound report of one invented body. `base` is the form its cells are keyed by.

    `whose` names county and body, which are drawn where it is left out.
    """
    published = date(year + 1, 1, 4) + timedelta(days=rng.randrange(26))
    county = whose[0] if whose else rng.choice(wording()["counties"])
    facts = {
        "county": county,
        "body": whose[1] if whose else pick(rng, "bodies", county=county),
        "year": str(year),
        "next_year": str(year + 1),
        "published": published.isoformat(),
        "crawled": date(year + 3, 6, 1).isoformat(),
        "number": f"{rng.randrange(10**8, 10**9)}/{year + 1}-{rng.randrange(1, 99):05d}",
        "count": str(rng.randrange(20, 900)),
        "more": str(rng.randrange(20, 900)),
    }
    texts = {key: print_number(value) for key, value in values.items()}
    facts["period"] = pick(rng, "periods", **facts)
    blocks: list[Line | Sheet] = [
        Line(pick(rng, "titles", **facts), "title"),
        Line(pick(rng, "prefaces", **facts), "paragraph"),
    ]
    blocks += _sections(rng, printed, facts, build_sheets(printed, texts))
    return Manuscript(printed, blocks, _truth(base, values), _identity(facts, base), facts)


def _sections(
    rng: Random, printed: Form, facts: dict[str, str], sheets: dict[int, Sheet]
) -> list[Line | Sheet]:
    tables = {table.section: table.number for table in printed.tables}
    blocks: list[Line | Sheet] = []
    for heading in printed.sections:
        blocks.append(Line(heading.label, "heading", heading.number))
        if heading.number in tables:
            blocks.append(sheets[tables[heading.number]])
            continue
        sentences = wording()["sections"][heading.number]
        chosen = [rng.choice(sentences)] if heading.number == 6 else sentences
        blocks += [Line(text.format(**facts), "paragraph", heading.number) for text in chosen]
    return blocks


def _truth(base: str, values: dict[CellKey, Decimal]) -> dict[CellKey, Expected]:
    """Printed cells of the base form are read, its other cells are missing.

    A printed cell that the base form does not have may be kept or dropped by a reader.
    """
    own = set(cell_keys(base))
    known = {key: Expected(Kind.VALUE, value) for key, value in values.items() if key in own}
    foreign = set(all_cell_keys()) - own
    for key, value in values.items():
        if key in foreign:
            known[key] = Expected(Kind.UNDETERMINED, value)
    missing = (key for key in cell_keys(base) if key not in known)
    return known | {key: Expected(Kind.MISSING) for key in missing}


def _identity(facts: dict[str, str], base: str) -> IdentityTruth:
    year = int(facts["year"])
    return IdentityTruth(
        body_name=(facts["body"],),
        report_year=(year,),
        period=((date(year, 1, 1), date(year, 12, 31)),),
        published_on=(None,),
        form=(base,),
    )
