from __future__ import annotations

import pytest

from tests.transforms.readers.checks import check_places, grids, lines, refusal_of
from tests.transforms.readers.pdf_files import UNMAPPED, mesh, pdf, text
from transforms.document import Document, Grid, UnreadableFileError
from transforms.readers import pdf as pdf_module
from transforms.readers.pdf import READER, read_pdf

XS, YS = [100, 200, 300], [600, 620, 640]
TABLE = mesh(XS, YS) + "".join(
    text(word, x + 5, y + 5)
    for word, x, y in [("a", 100, 620), ("1", 200, 620), ("b", 100, 600), ("23", 200, 600)]
)
PROSE = text("nothing else stands on this page, but it has text", 100, 700)
PICTURE = "q 600 0 0 800 0 0 cm /P Do Q\n"


def read(data: bytes) -> Document:
    assert READER.recognises(data)
    document = read_pdf(data, "id")
    check_places(document)
    return document


def refusal(data: bytes) -> UnreadableFileError:
    return refusal_of(read_pdf, data, "id")


def test_glyphs_and_ruling_lines_become_a_ruled_grid_with_pages():
    document = read(pdf(PROSE, TABLE))
    assert grids(document) == [[["a", "1"], ["b", "23"]]]
    grid = document.blocks[1]
    assert isinstance(grid, Grid)
    assert grid.ruled
    assert [block.page for block in document.blocks[:1]] == [1]
    assert {cell.page for cell in grid.cells} == {2}


@pytest.mark.parametrize(
    "rules",
    [
        "".join(f"100 {y} 200 .5 re f {x} 600 .5 40 re f\n" for x, y in zip(XS, YS, strict=True)),
        "".join(f"{x} {y} 100 20 re S\n" for x in XS[:2] for y in YS[:2]),
        "".join(f"{x} {y} 100 20 re {x + 1} {y + 1} 98 18 re f*\n" for x in XS[:2] for y in YS[:2]),
        "q .5 0 0 .5 0 0 cm " + mesh([2 * x for x in XS], [2 * y for y in YS]) + "Q\n",
        "".join(f"{x} {y} 1 1 re f\n" for y in YS for x in range(100, 301, 2))
        + "".join(f"{x} {y} 1 1 re f\n" for x in XS for y in range(600, 641, 2)),
    ],
    ids=["thin boxes", "rectangles", "rings", "scaled", "dots"],
)
def test_a_table_is_the_same_however_its_rules_are_drawn(rules):
    words = TABLE[len(mesh(XS, YS)) :]
    assert grids(read(pdf(rules + words))) == [[["a", "1"], ["b", "23"]]]


def test_a_background_is_no_table():
    assert grids(read(pdf("100 600 200 40 re f\n" + text("a", 105, 625)))) == []


def test_a_turned_page_reads_as_it_is_shown():
    turned = "q 0 1 -1 0 700 0 cm " + TABLE + "Q\n"
    assert grids(read(pdf(turned, page="/Rotate 90"))) == [[["a", "1"], ["b", "23"]]]
    assert grids(read(pdf(TABLE, page="/Rotate 90"))) == [[["a", "1"], ["b", "23"]]]


def test_a_page_that_is_a_picture_is_said_to_be_one():
    error = refusal(pdf(PICTURE, PICTURE))
    assert (error.reason, error.details) == ("scanned_pdf", {"pages": "1, 2"})


def test_text_hidden_over_a_picture_is_not_trusted():
    assert refusal(pdf(PICTURE + "3 Tr " + TABLE + PROSE)).reason == "scanned_pdf"


def test_a_picture_among_pages_of_text_is_remembered():
    document = read(pdf(PROSE, PICTURE, PROSE))
    assert document.unread_pages == (2,)
    assert len(lines(document)) == 2


def test_glyphs_without_characters_are_never_guessed():
    assert refusal(pdf(text("0123456789012345678901234567", 50, 700), font=UNMAPPED)).reason == (
        "unmapped_font"
    )


def test_a_blank_page_is_left_out():
    assert read(pdf(PROSE, "")).unread_pages == ()


def test_what_only_looks_like_a_pdf_is_damaged():
    assert refusal(b"%PDF-1.7\n" + bytes(200)).reason == "damaged"
    assert refusal(pdf(PROSE)[:60]).reason == "damaged"


def test_a_page_that_cannot_be_opened_is_remembered():
    whole = pdf(PROSE, PROSE)
    broken = whole.replace(b"/Type /Page ", b"/Type /Pxge ")
    assert refusal(broken).reason == "damaged"
    at = whole.rindex(b"/Type /Page ")
    assert read(whole[:at] + b"/Type /Pxge " + whole[at + 12 :]).unread_pages == (2,)


def test_too_many_pages_or_glyphs_are_refused(monkeypatch):
    monkeypatch.setattr(pdf_module, "LARGEST_PAGES", 1)
    assert refusal(pdf(PROSE, PROSE)).reason == "too_complex"
    monkeypatch.setattr(pdf_module, "LARGEST_GLYPHS", 10)
    assert refusal(pdf(PROSE)).reason == "too_complex"
