"""Bytes of a workbook -> Document, by calamine; `page` is the number of the sheet.

Sheets come in their order, without those that are hidden. A merged cell is one cell with a span.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from transforms.document import Document, UnreadableFileError
from transforms.readers.layout import Layout
from transforms.readers.sheets.ooxml import Untold
from transforms.readers.sheets.rows import LARGEST_COUNT, Place, Sheet, add_sheet
from transforms.readers.sheets.values import text_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LIBRARY = "python-calamine"
_MOST_SHEETS = 200
# Places a sheet spans from its first filled cell to its last: calamine makes a value of each.
_LARGEST_AREA = 20_000_000


def read_workbook(
    data: bytes, document_id: str, media_type: str, untold: Mapping[int, Untold] | None = None
) -> Document:
    """Read a workbook of any kind calamine knows.

    `untold` is what calamine gives as empty or as a number though neither is sure.
    Raises UnreadableFileError: `encrypted`, `damaged`, `too_complex`.
    """
    from python_calamine import (  # noqa: PLC0415 - only in the process that reads
        CalamineError,
        PasswordError,
        SheetVisibleEnum,
        load_workbook,
    )

    layout = Layout()
    try:
        workbook = load_workbook(BytesIO(data))
        for number, sheet in enumerate(workbook.sheets_metadata[:_MOST_SHEETS]):
            if sheet.visible is SheetVisibleEnum.Visible:
                layout.page = number + 1
                known = (untold or {}).get(number, Untold())
                add_sheet(layout, _sheet(workbook.get_sheet_by_index(number), known))
    except PasswordError as error:
        raise UnreadableFileError("encrypted") from error
    except CalamineError as error:
        raise UnreadableFileError("damaged", error=error) from error
    return layout.document(document_id, media_type)


def _sheet(sheet: CalamineSheet, untold: Untold) -> Sheet:
    if sheet.height * sheet.width > _LARGEST_AREA:
        raise UnreadableFileError("too_complex", limit=_LARGEST_AREA)
    texts: dict[Place, str] = {}
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(sheet.iter_rows(), top):
        for column, value in enumerate(values, left):
            if value != "" and (text := text_of(value)):
                texts[row, column] = text
        if len(texts) > LARGEST_COUNT:
            raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
    texts.update(untold.texts)
    return Sheet(texts, sheet.merged_cell_ranges or (), untold.drawn)
