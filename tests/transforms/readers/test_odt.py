from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import (
    all_places,
    check_places,
    grids,
    lines,
    places,
    refusal_of,
)
from tests.transforms.readers.wordml import SAMPLE_PLACES, SAMPLE_TEXT, package
from transforms.document import Document, Paragraph, UnreadableFileError
from transforms.readers import read_document
from transforms.readers.odt import read_odt

SAMPLE = (Path(__file__).parent / "data" / "sample.odt").read_bytes()
KIND = "application/vnd.oasis.opendocument.text"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        *((name, name) for name in ("office", "text", "table", "style")),
        ("draw", "drawing"),
    ]
)


def content(body: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def odt(body: str, automatic: str = "", **parts: str) -> bytes:
    others = {f"{name}.xml": part for name, part in parts.items()}
    return package({"mimetype": KIND, "content.xml": content(body, automatic), **others})


def read(data: bytes) -> Document:
    document = read_document(data, "年报.doc")
    check_places(document)
    return document


def refusal(data: bytes) -> str:
    return refusal_of(read_document, data, "年报.odt").reason


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def cell(text: str, **stated: int) -> str:
    attributes = "".join(f' table:number-{name}="{value}"' for name, value in stated.items())
    return f"<table:table-cell{attributes.replace('_', '-')}>{p(text)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def row(*cells: str, repeated: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}'
        "</table:table-row>"
    )


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def test_the_sample_of_all_office_formats_is_read_whole():
    document = read(SAMPLE)
    assert document.media_type == KIND
    assert document.text == SAMPLE_TEXT
    assert all_places(document) == SAMPLE_PLACES


def test_spans_down_and_across():
    top = row(cell("甲", rows_spanned=2, columns_spanned=2), COVERED, cell("乙"))
    body = table(
        f"<table:table-header-rows>{top}</table:table-header-rows>",
        row(COVERED, COVERED, cell("丙")),
        row(cell("丁"), cell("戊"), cell("己")),
    )
    assert places(read(odt(body))) == {
        "甲": (0, 0, 2, 2), "乙": (0, 2, 1, 1), "丙": (1, 2, 1, 1),
        "丁": (2, 0, 1, 1), "戊": (2, 1, 1, 1), "己": (2, 2, 1, 1),
    }  # fmt: skip


def test_repeated_cells_and_rows_are_written_out():
    body = table(row(cell("甲"), cell("0", columns_repeated=3)), row(cell("1"), repeated=2))
    assert grids(read(odt(body))) == [[["甲", "0", "0", "0"], ["1"], ["1"]]]


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("0"), cell("1"), repeated=999_999_999),
        row(*[cell("0", columns_repeated=999_999_999)] * 999),
    ],
)
def test_endless_repeats_are_refused(rows):
    assert refusal(odt(table(rows))) == "too_complex"


def test_a_table_in_a_table_is_the_one_that_counts():
    inner = table(row(cell("甲"), cell("1")))
    outer = f"<table:table-cell>{p('题目')}{inner}</table:table-cell>"
    document = read(odt(table(row(outer, cell("旁")))))
    assert grids(document) == [[["甲", "1"]]]
    assert lines(document) == ["题目", "旁"]


def test_blanks_tabs_and_breaks():
    body = p("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d\n e")
    assert lines(read(odt(body))) == ["a b c", "d e"]


def test_deleted_hidden_struck_out_text_and_notes_are_not_read():
    styles = (
        '<style:style style:name="h" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="s" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="c" style:family="text" style:parent-style-name="s"/>'
        '<style:style style:name="r" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    gone = f"<text:changed-region><text:deletion>{p('旧')}</text:deletion></text:changed-region>"
    gone = f"<text:tracked-changes>{gone}</text:tracked-changes>"
    note = f"<text:note-body>{p('注')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{note}</text:note>"
    spans = "".join(f'<text:span text:style-name="{name}">5</text:span>' for name in "hscr")
    assert lines(read(odt(gone + p(f"1{spans}2{note}3"), styles))) == ["123"]


def test_a_deletion_that_stands_in_the_text_is_not_read():
    changes = "".join(
        f'<text:changed-region text:id="{change}"><text:{kind}/></text:changed-region>'
        for change, kind in [("a", "deletion"), ("b", "insertion"), ("c", "deletion")]
    )

    def marked(change: str, text: str) -> str:
        start, end = (
            f'<text:change-{kind} text:change-id="{change}"/>' for kind in ("start", "end")
        )
        return f"{start}{text}{end}"

    unended = '<text:change-start text:change-id="c"/>4'
    joined = marked("a", "旧</text:p><text:p>")
    body = p(marked("a", "5") + marked("b", "7")) + p(f"第一{joined}段") + p(unended)
    data = odt(f"<text:tracked-changes>{changes}</text:tracked-changes>{body}")
    assert lines(read(data)) == ["7", "第一段", "4"]


def test_a_cell_with_nothing_but_a_picture_is_not_blank():
    picture = cell("<draw:frame><draw:image/></draw:frame>")
    assert grids(read(odt(table(row(cell("甲"), picture))))) == [[["甲", "\ufffc"]]]


def test_a_text_box_follows_its_paragraph():
    box = f"<draw:frame><draw:text-box>{p('框内')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{p('形内')}</draw:custom-shape>"
    assert lines(read(odt(p(f"前{box}后{shape}")))) == ["前后", "框内", "形内"]


def numbers(level: int, sign: str, before: str, after: str, shown: int = 1) -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{sign}"'
        f' style:num-prefix="{before}" style:num-suffix="{after}"'
        f' text:display-levels="{shown}"/>'
    )


def test_automatic_numbers_are_written_out():
    levels = numbers(1, "一, 二, 三, ...", "", "、") + numbers(2, "1", "", ".", 2)
    styles = f'<text:list-style style:name="L">{levels}</text:list-style>'

    def items(*contents: str, stated: str = "") -> str:
        inside = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
        return f'<text:list text:style-name="L"{stated}>{inside}</text:list>'

    deeper = f"<text:list><text:list-item>{p('2024年')}</text:list-item></text:list>"
    body = (
        items(p("总体情况"), p("公开情况") + p("续") + deeper)
        + p("间") + items(p("第三"), stated=' text:continue-numbering="true"') + items(p("重新"))
    )  # fmt: skip
    assert lines(read(odt(body, styles))) == [
        "一、总体情况", "二、公开情况", "续", "二.1. 2024年", "间", "三、第三", "一、重新"
    ]  # fmt: skip


def test_headings_have_a_level_and_the_numbers_of_the_outline():
    level = '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
    styles = (
        f"<office:document-styles {NAMES}><office:styles><text:outline-style>{level}"
        "</text:outline-style></office:styles></office:document-styles>"
    )
    body = '<text:h text:outline-level="1">总体</text:h><text:h text:outline-level="2">次</text:h>'
    document = read(odt(body, styles=styles))
    assert lines(document) == ["1. 总体", "次"]
    levels = [block.heading_level for block in document.blocks if isinstance(block, Paragraph)]
    assert levels == [1, 2]


def test_one_xml_file_reads_the_same():
    flat = content(p("甲")).replace("document-content", "document")
    flat = flat.replace("<office:document", f'<office:document office:mimetype="{KIND}"', 1)
    assert lines(read(f'<?xml version="1.0" encoding="UTF-8"?>{flat}'.encode())) == ["甲"]


def test_a_password_is_named():
    manifest = "<manifest><encryption-data/></manifest>"
    data = package({"mimetype": KIND, "content.xml": "x", "META-INF/manifest.xml": manifest})
    assert refusal(data) == "encrypted"


@pytest.mark.parametrize(
    "data", [SAMPLE[:3000], package({"mimetype": KIND, "content.xml": "<a/>"})]
)
def test_what_is_no_whole_document_is_damaged(data):
    assert refusal(data) == "damaged"


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8))
def test_changed_bytes_give_a_document_or_a_reason(place, other):
    xml = content(table(row(cell("甲", columns_spanned=2), COVERED), row(cell("1"), cell("2"))))
    data = xml.encode()
    place %= len(data)
    with suppress(UnreadableFileError):
        check_places(
            read_odt(
                package({"content.xml": data[:place] + other + data[place + len(other) :]}), ""
            )
        )
