"""What befalls rows, pages, headings and the text around: cuts, losses, moves, additions."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import pairwise
from random import Random

from benchmarks.generator.model import (
    Damage,
    Expected,
    IdentityTruth,
    Kind,
    Line,
    Manuscript,
    Sheet,
    SheetCell,
)
from benchmarks.generator.sheets import (
    cut_sheet,
    delete_row,
    insert_row,
    swap_rows,
)
from benchmarks.generator.text_layouts import cut_applications
from benchmarks.generator.wording import pick, wording

APPLICANTS = 7  # number columns of table 3
ZERO_WIDTH = "\u200b\ufeff\u200d\u2060"


def row_missing(manuscript: Manuscript, rng: Random) -> None:
    """A row of table 2 or 3 is not there at all."""
    sheets = [sheet for sheet in manuscript.sheets() if sheet.table_no < 4 and sheet.data_rows()]
    if not sheets:
        return
    sheet = rng.choice(sheets)
    row = rng.choice(sheet.data_rows())
    for cell in sheet.values(row):
        manuscript.remove(cell.key)
    delete_row(sheet, row)


def rows_shuffled(manuscript: Manuscript, rng: Random) -> None:
    """Two neighbours of the same group of table 3 in the wrong order."""
    for sheet in manuscript.sheets(3)[:1]:
        rows = sheet.data_rows()
        depth = {
            row: min(c.column for c in sheet.anchors(row) if c.role == "label") for row in rows
        }
        pairs = [
            (one, other)
            for one, other in pairwise(rows)
            if depth[one] == depth[other] == 2
            and not any(cell.role == "group" for cell in sheet.anchors(other))
        ]
        if pairs:
            swap_rows(sheet, *rng.choice(pairs))


def table_missing(manuscript: Manuscript, rng: Random) -> None:
    """One table was an image and is gone."""
    sheets = manuscript.sheets()
    if not sheets:
        return
    number = rng.choice(sheets).table_no
    for sheet in manuscript.sheets(number):
        manuscript.blocks.remove(sheet)
    for key in manuscript.truth:
        if key.table_no == number:
            manuscript.truth[key] = Expected(Kind.MISSING)


def number_lost(manuscript: Manuscript, rng: Random) -> None:
    """One row of table 3 has a number too few; nothing says which."""
    for sheet in manuscript.sheets(3)[:1]:
        cells = sheet.values(rng.choice(sheet.data_rows()))
        if len(cells) == APPLICANTS:
            lost = rng.choice(cells)
            whole = all(cell.text.strip() for cell in cells)
            for cell in cells:
                manuscript.forget(cell.key)
                if not whole and cell.key in manuscript.truth:  # it moves under a wrong heading
                    manuscript.truth[cell.key] = Expected(Kind.UNSCORED)
                if cell.column > lost.column:
                    cell.column -= 1
            sheet.cells.remove(lost)


def extra_zeros(manuscript: Manuscript, rng: Random) -> None:
    """A page-break column: from some row of table 3 on, a zero too many before the numbers."""
    for sheet in manuscript.sheets(3)[:1]:
        rows = sheet.data_rows()
        sheet.width += 1
        for row in rows[rng.randrange(len(rows)) :]:
            cells = sheet.values(row)
            _settle_extra(manuscript, cells)
            for cell in cells:
                cell.column += 1
            first = min(cell.column for cell in cells) - 1 if cells else sheet.width - 1
            sheet.cells.append(SheetCell(row, first, "0", "value"))


def _settle_extra(manuscript: Manuscript, cells: list[SheetCell]) -> None:
    """Eight numbers for seven cells: what every sound choice of seven agrees on is determined.

    Where cells are blank, the zero stands in the place of one of them, and no reader can tell.
    """
    if not all(cell.text.strip() for cell in cells):
        for cell in cells:
            if cell.key in manuscript.truth:
                manuscript.truth[cell.key] = Expected(Kind.UNSCORED)
        return
    texts = ["0", *(cell.text for cell in cells)]
    readings = {tuple(texts[:i] + texts[i + 1 :]) for i in range(len(texts))}
    if all(text.isdigit() for text in texts):
        sound = {r for r in readings if sum(map(int, r[:-1])) == int(r[-1])}
        if not manuscript.consistent:
            sound = readings
        readings = sound or readings
    for index, cell in enumerate(cells):
        if {reading[index] for reading in readings} != {cell.text}:
            manuscript.forget(cell.key)


def label_columns_lost(manuscript: Manuscript, rng: Random) -> None:
    """After a page break the group columns are gone and rows are narrower."""
    for sheet in manuscript.sheets(3)[:1]:
        rows = sheet.data_rows()
        start = rows[rng.randrange(len(rows))]
        for cell in sheet.cells:
            if cell.row >= start and cell.role in ("group", "label"):
                cell.column = 1 if cell.role == "group" else 2
                cell.column_span = 1
        sheet.cells = [c for c in sheet.cells if not (c.role == "group" and c.row >= start)]


def empty_rows(manuscript: Manuscript, rng: Random) -> None:
    """Rows of nothing inside the tables."""
    for sheet in manuscript.sheets():
        for row in reversed(sheet.data_rows()):
            if rng.random() < 0.15:
                insert_row(sheet, row)


def page_numbers(manuscript: Manuscript, rng: Random) -> None:
    """A page number as a row of its own inside table 3."""
    for sheet in manuscript.sheets(3)[:1]:
        row = insert_row(sheet, rng.choice(sheet.data_rows()))
        mark = pick(rng, "page_marks", page=rng.randint(2, 9))
        sheet.cells.append(SheetCell(row, 0, mark, "note"))


def last_row_apart(manuscript: Manuscript, rng: Random) -> None:
    """The last row of table 2 stands alone after a page break."""
    for index, block in enumerate(manuscript.blocks):
        if isinstance(block, Sheet) and block.table_no == 2 and block.row_count > 3:
            parts = cut_sheet(block, block.row_count - 1, repeat_header=False)
            mark = pick(rng, "page_marks", page=rng.randint(2, 9))
            manuscript.blocks[index : index + 1] = [parts[0], Line(mark, "page", 2), parts[1]]
            return


def label_cut_by_page(manuscript: Manuscript, rng: Random) -> None:
    """A page number stands inside a label: its head and its tail are rows of their own."""
    for sheet in manuscript.sheets(3)[:1]:
        row = rng.choice(sheet.data_rows())
        label = next((c for c in sheet.anchors(row) if c.role == "label"), None)
        if label is None or len(label.text) < 6:
            return
        at, column = len(label.text) // 2, label.column
        head = label.text[:at]
        label.text = label.text[at:]
        new = insert_row(sheet, row - 1)
        sheet.cells.append(SheetCell(new, column, head, "label"))
        mark = insert_row(sheet, new)
        text = pick(rng, "page_marks", page=rng.randint(2, 9))
        sheet.cells.append(SheetCell(mark, 2, text, "note"))


def _around_sheet(manuscript: Manuscript, rng: Random, wording_name: str, after: bool) -> None:
    for index in range(len(manuscript.blocks) - 1, -1, -1):
        block = manuscript.blocks[index]
        if isinstance(block, Sheet):
            line = Line(pick(rng, wording_name), "paragraph", block.table_no)
            manuscript.blocks.insert(index + after, line)


def heading_variants(manuscript: Manuscript, rng: Random) -> None:
    variants = {heading.label: heading.variants for heading in manuscript.printed.sections}
    for line in manuscript.lines("heading"):
        if variants.get(line.text):
            line.text = rng.choice(variants[line.text])


def heading_spaces(manuscript: Manuscript, rng: Random) -> None:
    for line in manuscript.lines("heading"):
        if rng.random() < 0.5:
            line.text = line.text[:2] + " " + line.text[2:]


def heading_lost(manuscript: Manuscript, rng: Random) -> None:
    manuscript.blocks.remove(rng.choice(manuscript.lines("heading")))


def preface_listing(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """The preface names all six sections."""
    listed = "、".join(heading.label[2:] for heading in manuscript.printed.sections)
    text = wording()["preface_listing"].format(headings=listed, **manuscript.facts)
    manuscript.lines("paragraph")[0].text = text


def title_split(manuscript: Manuscript, rng: Random) -> None:
    title = manuscript.lines("title")[0]
    parts = [part.format(**manuscript.facts) for part in rng.choice(wording()["split_titles"])]
    at = manuscript.blocks.index(title)
    manuscript.blocks[at : at + 1] = [Line(part, "title") for part in parts]


def period_damaged(manuscript: Manuscript, rng: Random) -> None:
    """The page lost numerals of the period: read through the damage or not at all."""
    text = pick(rng, "damaged_periods", **manuscript.facts)
    for line in manuscript.lines("paragraph"):
        line.text = line.text.replace(manuscript.facts["period"], text)
    _identify(manuscript, period=(*manuscript.identity.period, None))


def published_line(manuscript: Manuscript, rng: Random) -> None:
    manuscript.blocks.insert(1, Line(pick(rng, "published_lines", **manuscript.facts), "frame"))
    _publish(manuscript)


def index_block(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """An index block whose title names another document."""
    rows = [*wording()["index_block"], wording()["index_trap"]]
    filled = [tuple(text.format(**manuscript.facts) for text in row) for row in rows]
    manuscript.blocks[:0] = [Line("", "index", cells=cells) for cells in filled]
    _publish(manuscript)


def site_frame(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """Navigation above, footer below, and the crawl date, which is no publication date."""
    words, facts = wording(), manuscript.facts
    top = [*words["frame_top"], words["crawl_line"]]
    manuscript.blocks[:0] = [Line(text.format(**facts), "frame") for text in top]
    manuscript.blocks += [Line(t.format(**facts), "footer") for t in words["frame_bottom"]]


def _publish(manuscript: Manuscript) -> None:
    _identify(manuscript, published_on=(date.fromisoformat(manuscript.facts["published"]),))


def _identify(manuscript: Manuscript, **changes: tuple[object, ...]) -> None:
    old = manuscript.identity
    fields = {name: getattr(old, name) for name in old.__dataclass_fields__}
    manuscript.identity = IdentityTruth(**(fields | changes))


def _texts(manuscript: Manuscript) -> list[Line | SheetCell]:
    """What a stray character may stick to."""
    return [*manuscript.cells("label", "header", "value"), *manuscript.lines("heading")]


def zero_width(manuscript: Manuscript, rng: Random) -> None:
    for item in _texts(manuscript):
        if item.text and rng.random() < 0.3:
            at = rng.randint(0, len(item.text))
            item.text = item.text[:at] + rng.choice(ZERO_WIDTH) + item.text[at:]


def hard_spaces(manuscript: Manuscript, rng: Random) -> None:
    for item in _texts(manuscript):
        if item.text and rng.random() < 0.4:
            item.text = rng.choice(["\u00a0", "\u3000"]) + item.text + "\u00a0"


RUNS = frozenset({"runs_together"})
FRAME_DAMAGES = (
    Damage("row_missing", row_missing, conflicts=frozenset({"label_lost"})),
    Damage(
        "rows_shuffled", rows_shuffled, frozenset({"detached", "ruled"}), frozenset({"label_lost"})
    ),
    Damage("table_missing", table_missing),
    Damage("number_lost", number_lost, frozenset({"ruled", "runs_together"})),
    Damage("extra_zeros", extra_zeros, frozenset({"ruled", "runs_together", "drops_blanks"})),
    Damage("label_columns_lost", label_columns_lost, frozenset({"ruled"})),
    Damage("page_cut", partial(cut_applications, repeat_header=False)),
    Damage("page_cut_header", cut_applications),
    Damage("last_row_apart", last_row_apart),
    Damage("label_cut_by_page", label_cut_by_page, frozenset({"detached"})),
    Damage("page_numbers", page_numbers),
    Damage("empty_rows", empty_rows),
    Damage("sentence_before", partial(_around_sheet, wording_name="sentences_before", after=False)),
    Damage("footnote", partial(_around_sheet, wording_name="footnotes", after=True)),
    Damage("heading_variants", heading_variants),
    Damage("heading_spaces", heading_spaces),
    Damage("heading_lost", heading_lost),
    Damage("preface_listing", preface_listing),
    Damage("title_split", title_split),
    Damage("period_damaged", period_damaged),
    Damage("published_line", published_line),
    Damage("index_block", index_block),
    Damage("site_frame", site_frame),
    Damage("zero_width", zero_width),
    Damage("hard_spaces", hard_spaces),
)
