"""A seed, a form, a layout and damages -> a report file with known truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from random import Random

from benchmarks.generator.container_layouts import CONTAINER_LAYOUTS
from benchmarks.generator.frame_damages import FRAME_DAMAGES
from benchmarks.generator.html_layouts import HTML_LAYOUTS
from benchmarks.generator.label_damages import LABEL_DAMAGES
from benchmarks.generator.model import Damage, Generated, Layout, Manuscript
from benchmarks.generator.numbers import draw_values
from benchmarks.generator.settle import settle
from benchmarks.generator.story import write_manuscript
from benchmarks.generator.text_layouts import TEXT_LAYOUTS
from benchmarks.generator.value_damages import VALUE_DAMAGES
from benchmarks.generator.word_layouts import WORD_LAYOUTS
from benchmarks.generator.wording import wording
from benchmarks.generator.workbook_layouts import WORKBOOK_LAYOUTS
from transforms.statute.loader import forms
from transforms.statute.schema import Block, Form, Row, Table

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        *TEXT_LAYOUTS,
        *HTML_LAYOUTS,
        *CONTAINER_LAYOUTS,
        *WORKBOOK_LAYOUTS,
        *WORD_LAYOUTS,
    )
}
# In the order they are applied, whatever order they are asked for in.
DAMAGES: dict[str, Damage] = {
    damage.name: damage for damage in (*VALUE_DAMAGES, *LABEL_DAMAGES, *FRAME_DAMAGES)
}
# What is printed: the form it is read as, and the report years it is met in.
FORMS: dict[str, tuple[str, tuple[int, ...]]] = {
    "2019": ("2019", (2019, 2020)),
    "2021": ("2021", (2021, 2022, 2023, 2024, 2025)),
    "2019_late": ("2019", (2021, 2022, 2023)),  # the superseded form used for a later year
    "2021_single_other": ("2021", (2023, 2024)),  # one row for other handling, as in 2019
    "2021_old_header": ("2021", (2021,)),  # the 2019 columns over the first two rows
    "hubei": ("2019", (2019, 2020)),  # a row more, and definitions in the labels
}


def generate(seed: int, form: str, layout: str, damages: Sequence[str] = ()) -> Generated:
    """A report. The same arguments give the same bytes, on any machine.

    `form` is a key of FORMS, `layout` of LAYOUTS, `damages` of DAMAGES. Numbers and wording depend
    on seed and form only, so that layouts can be compared. Raises ValueError when the damages do
    not fit the layout or one another (see `fits`).
    """
    if not fits(layout, damages):
        raise ValueError(f"damages {[*damages]} do not fit layout {layout} or one another")
    manuscript = write_report(seed, form)
    chosen = LAYOUTS[layout]
    if chosen.prepare:
        chosen.prepare(manuscript, Random(f"{seed} {layout}"))
    ordered = tuple(name for name in DAMAGES if name in damages)
    for name in ordered:
        DAMAGES[name].apply(manuscript, Random(f"{seed} {name}"))
    settle(manuscript, chosen)
    data = lay_out(manuscript, seed, layout)
    suffix = chosen.suffix or ("html" if "html" in chosen.traits else "txt")
    return Generated(
        name=f"{seed:05d}-{form}-{layout}.{suffix}",
        data=data,
        seed=seed,
        form=form,
        layout=layout,
        damages=ordered,
        truth=manuscript.truth,
        identity=manuscript.identity,
    )


def lay_out(manuscript: Manuscript, seed: int, layout: str) -> bytes:
    """The file of a manuscript."""
    return LAYOUTS[layout].render(manuscript, Random(f"{seed} {layout} render"))


def fits(layout: str, damages: Sequence[str]) -> bool:
    """Whether these damages make sense together in this layout."""
    traits = LAYOUTS[layout].traits
    chosen = [DAMAGES[name] for name in damages]
    return not any(
        damage.refuses & traits or damage.conflicts.intersection(damages) for damage in chosen
    )


def sample(seeds: Sequence[int], layouts: Sequence[str]) -> Iterator[Generated]:
    """A mixed corpus: for every layout and seed a form in turn, and none, one or three damages."""
    common = ("2019", "2021")
    for layout in layouts:
        for seed in seeds:
            rng = Random(f"{seed} {layout} sample")
            form = rng.choice([*common * 3, *FORMS])
            yield generate(seed, form, layout, choose_damages(rng, layout, (0, 1, 3)[seed % 3]))


def choose_damages(rng: Random, layout: str, count: int) -> tuple[str, ...]:
    """So many damages that fit the layout and one another."""
    chosen: tuple[str, ...] = ()
    names = [*DAMAGES]
    while len(chosen) < count:
        name = rng.choice(names)
        if name not in chosen and fits(layout, (*chosen, name)):
            chosen = (*chosen, name)
    return chosen


def write_report(seed: int, form: str) -> Manuscript:
    """A sound report before it is laid out."""
    base, years = FORMS[form]
    rng = Random(f"{seed} {form}")
    printed = printed_form(form)
    values = draw_values(rng, printed)
    return write_manuscript(rng, printed, base, rng.choice(years), values)


@cache
def printed_form(name: str) -> Form:
    """The form as it is printed: one of the statutory ones, or a hybrid of them."""
    base = forms()[FORMS[name][0]]
    if name == "2021_single_other":
        return _replace_blocks(base, 3, (_single_other(base),))
    if name == "2021_old_header":
        old, new = _table(forms()["2019"], 2).blocks[0], _table(base, 2).blocks
        return _replace_blocks(
            base, 2, (new[0].model_copy(update={"columns": old.columns}), *new[1:])
        )
    if name == "hubei":
        blocks = _table(base, 2).blocks
        return _replace_blocks(base, 2, (_with_hubei_row(blocks[0]), *blocks[1:]))
    return base


def _table(form: Form, number: int) -> Table:
    return next(table for table in form.tables if table.number == number)


def _replace_blocks(form: Form, number: int, blocks: tuple[Block, ...]) -> Form:
    tables = tuple(
        table.model_copy(update={"blocks": blocks}) if table.number == number else table
        for table in form.tables
    )
    return Form(**{name: getattr(form, name) for name in Form.model_fields} | {"tables": tables})


def _single_other(base: Form) -> Block:
    """Table 3 of 2021 with the 2019 row in place of the rows of its group."""
    old_rows = _table(forms()["2019"], 3).blocks[0].rows
    block = _table(base, 3).blocks[0]
    known = {row.key for row in old_rows}
    rows: list[Row] = []
    for row in block.rows:
        if row.key in known:
            rows.append(row)
        elif rows[-1].key != "other":
            rows.append(next(old for old in old_rows if old.key == "other"))
    return block.model_copy(update={"rows": tuple(rows)})


def _with_hubei_row(block: Block) -> Block:
    words = wording()
    rows = [
        row.model_copy(update={"label": row.label + words["hubei_suffix"][row.key]})
        for row in block.rows
    ]
    extra = Row(key="other_documents", label=words["hubei_row"], label_en="other documents")
    return block.model_copy(update={"rows": (*rows, extra)})
