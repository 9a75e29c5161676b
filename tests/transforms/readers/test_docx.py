from __future__ import annotations

import pytest

from tests.transforms.readers.checks import (
    all_places,
    check_places,
    grids,
    lines,
    places,
    refusal_of,
)
from tests.transforms.readers.wordml import (
    BOX,
    MAIN,
    NUMBERING,
    RELATION,
    SAMPLE_PLACES,
    SAMPLE_TEXT,
    STYLES,
    document_xml,
    docx,
    numbered,
    p,
    package,
    run,
    sample,
    tbl,
    tc,
    text,
    tr,
)
from transforms.document import Document, Grid, Paragraph, UnreadableFileError
from transforms.readers import read_document
from transforms.readers.docx import read_docx


def read(data: bytes) -> Document:
    document = read_document(data, "年报.docx")
    check_places(document)
    return document


def refusal(data: bytes) -> str:
    return refusal_of(read_document, data, "年报.docx").reason


def cell_texts(*rows: str) -> list[list[str]]:
    (found,) = grids(read(docx(tbl(*rows))))
    return found


def test_spans_and_vertical_merges_with_and_without_val():
    body = tbl(
        tr(tc("甲", '<w:vMerge w:val="restart"/>'), tc("乙", '<w:gridSpan w:val="2"/>')),
        tr(tc("", "<w:vMerge/>"), tc("丙"), tc("丁")),
        tr(tc("", '<w:vMerge w:val="continue"/>'), tc("戊"), tc("己")),
        tr(tc("庚", '<w:vMerge w:val="restart"/>'), tc("1"), tc("2")),
    )
    document = read(docx(body))
    assert places(document) == {
        "甲": (0, 0, 3, 1), "乙": (0, 1, 1, 2), "丙": (1, 1, 1, 1), "丁": (1, 2, 1, 1),
        "戊": (2, 1, 1, 1), "己": (2, 2, 1, 1), "庚": (3, 0, 1, 1), "1": (3, 1, 1, 1),
        "2": (3, 2, 1, 1),
    }  # fmt: skip
    assert document.text == "甲\t乙\n丙\t丁\n戊\t己\n庚\t1\t2\n"


def test_a_row_that_begins_later_leaves_its_first_columns_empty():
    body = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), properties='<w:gridBefore w:val="1"/>'))
    assert places(read(docx(body)))["丙"] == (1, 1, 1, 1)


def test_edges_a_hair_apart_make_no_column():
    grid = (
        "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{w}"/>' for w in (800, 15, 785)) + "</w:tblGrid>"
    )
    span = '<w:gridSpan w:val="2"/>'
    body = tbl(tr(tc("甲", span), tc("乙")), tr(tc("丙"), tc("丁", span)), grid=grid)
    assert places(read(docx(body))) == {
        "甲": (0, 0, 1, 1), "乙": (0, 1, 1, 1), "丙": (1, 0, 1, 1), "丁": (1, 1, 1, 1)
    }  # fmt: skip


def test_the_span_of_a_hostile_cell_costs_nothing():
    body = tbl(tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), tc("乙")), tr(tc("丙"), tc("丁")))
    assert places(read(docx(body)))["甲"] == (0, 0, 1, 3)


def test_a_table_in_a_table_is_the_one_that_counts():
    inner = tbl(tr(tc("甲"), tc("1")))
    document = read(docx(tbl(tr(tc(text("题目") + inner + text("说明")), tc("旁")))))
    assert grids(document) == [[["甲", "1"]]]
    assert lines(document) == ["题目", "说明", "旁"]


def test_one_column_or_a_whole_article_in_a_cell_is_no_table():
    document = read(docx(tbl(tr(tc("甲")), tr(tc("乙"))) + tbl(tr(tc("长" * 501), tc("乙")))))
    assert grids(document) == []


def test_a_number_split_over_runs_is_one_number():
    split = p(run("1") + '<w:proofErr w:type="spellStart"/>' + run("2") + run("3"))
    assert cell_texts(tr(tc("甲"), tc(split))) == [["甲", "123"]]


def test_two_paragraphs_or_lines_of_a_cell_never_make_one_number():
    lines_of_cell = p("<w:r><w:t>34</w:t><w:br/><w:t>56</w:t><w:tab/><w:t>7</w:t></w:r>")
    cells = cell_texts(tr(tc(text("12") + lines_of_cell), tc(text("规范性", "文件"))))
    assert cells == [["12 34 56 7", "规范性文件"]]


def test_tracked_changes_are_read_as_accepted():
    gone = '<w:del w:id="1"><w:r><w:delText>5</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("6")}</w:moveFrom>'
    new = f'<w:ins w:id="3">{run("7")}</w:ins><w:moveTo w:id="4">{run("8")}</w:moveTo>'
    rows = (
        tr(tc("甲"), tc(p(gone + moved + new))),
        tr(tc("乙"), tc("1"), properties='<w:del w:id="5"/>'),
        tr(tc("丙"), tc("9", '<w:cellDel w:id="6"/>'), tc("2")),
    )
    assert cell_texts(*rows) == [["甲", "78"], ["丙", "2"]]


def test_a_deleted_paragraph_mark_joins_what_it_parted():
    body = p(run("第一"), '<w:rPr><w:del w:id="1"/></w:rPr>') + text("段。")
    assert lines(read(docx(body))) == ["第一段。"]


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish/>", '<w:strike w:val="1"/>', "<w:dstrike/>", '<w:vertAlign w:val="superscript"/>',
     '<w:rStyle w:val="hidden"/>'],
)  # fmt: skip
def test_hidden_struck_out_and_raised_text_is_not_read(properties):
    style = '<w:style w:styleId="hidden"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = f'<w:styles xmlns:w="{MAIN}">{style}</w:styles>'
    body = p(run("总体") + run("1", properties) + run("情况", '<w:vanish w:val="0"/>'))
    assert lines(read(docx(body, styles=styles))) == ["总体情况"]


def test_a_text_box_said_twice_is_read_once():
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx>'
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert lines(read(docx(p(run("前") + f"<w:r>{alternate}</w:r>" + run("后"))))) == [
        "前后",
        "框内",
    ]


def test_content_controls_are_looked_into_and_their_prompts_are_not():
    def control(content: str, properties: str = "") -> str:
        return (
            f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    prompt = control(run("单击此处输入"), "<w:showingPlcHdr/>")
    row = tr(control(tc("甲")), tc(p(control(run("1")) + prompt)))
    assert grids(read(docx(control(tbl(control(row)))))) == [[["甲", "1"]]]


def test_a_cell_with_nothing_but_a_picture_is_not_blank():
    picture, formula = p("<w:r><w:drawing/></w:r>"), p("<m:oMath><m:r><m:t>7</m:t></m:r></m:oMath>")
    raised = p(run("5", '<w:vertAlign w:val="superscript"/>'))
    row = tr(tc("甲"), tc(picture), tc(formula), tc(raised), tc(p()), tc(text("1") + picture))
    assert cell_texts(row) == [["甲", "\ufffc", "\ufffc", "5", "", "1"]]


def test_the_result_of_a_field_is_read_and_its_instruction_is_not():
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + mark("separate") + run("9") + mark("end")
    code = "<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>"
    field = mark("begin") + code + inner + mark("separate") + run("12") + mark("end")
    unended = mark("begin") + run("x")
    simple = f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>'
    body = p(field + run("件")) + p(unended) + p(simple)
    assert lines(read(docx(body))) == ["12件", "3"]


def test_symbols_hyphens_notes_and_formulas():
    content = (
        run("a") + '<w:r><w:noBreakHyphen/><w:softHyphen/><w:t>b</w:t>'
        '<w:sym w:font="Symbol" w:char="F032"/><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:footnoteReference w:id="1"/></w:r>'
        "<m:oMath><m:r><m:t>7</m:t></m:r></m:oMath>"
        "<w:r><w:ruby><w:rt><w:r><w:t>zi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>"
    )  # fmt: skip
    assert lines(read(docx(p(content)))) == ["a-b2\uf0fe字"]


def test_automatic_numbers_are_written_out():
    body = (
        p(run("总体情况"), '<w:pStyle w:val="H1"/>')
        + numbered("主动公开", 1, 1) + numbered("依申请公开", 1, 1)
        + p(run("公开情况"), '<w:pStyle w:val="H1a"/>')
        + numbered("予以公开", 1, 1) + numbered("2024年", 1, 2) + numbered("要点", 2)
        + numbered("不编号", 0) + numbered("其他", 3)
    )  # fmt: skip
    assert lines(read(docx(body, numbering=NUMBERING, styles=STYLES))) == [
        "一、总体情况", "（一）主动公开", "（二）依申请公开", "二、公开情况", "（一）予以公开",
        "2.1. 2024年", "要点", "不编号", "九、其他",
    ]  # fmt: skip


def test_a_cell_with_nothing_but_an_automatic_number_shows_it():
    table = tbl(*(tr(tc(numbered("", 1, 1)), tc(name)) for name in "甲乙"))
    assert grids(read(docx(table, numbering=NUMBERING))) == [[["（一）", "甲"], ["（二）", "乙"]]]


def test_headings_are_known_by_style_name_and_outline_level():
    body = "".join(
        p(run("题"), properties)
        for properties in ('<w:pStyle w:val="H1a"/>', '<w:pStyle w:val="2"/>',
                           '<w:pStyle w:val="own"/>', '<w:outlineLvl w:val="8"/>',
                           '<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>', "")
    )  # fmt: skip
    blocks = read(docx(body, styles=STYLES)).blocks
    levels = [block.heading_level for block in blocks if isinstance(block, Paragraph)]
    assert levels == [1, 2, 3, 6, None, None]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        lambda xml: xml.replace("w:", "ns0:").replace("xmlns:w", "xmlns:ns0"),
        lambda xml: xml.encode("utf-16"),
    ],
)
def test_other_dialects_prefixes_and_encodings_read_the_same(change):
    xml = document_xml(tbl(tr(tc("甲", '<w:gridSpan w:val="2"/>')), tr(tc("乙"), tc("1"))))
    xml = xml.replace(' encoding="UTF-8"', "")
    assert grids(read(package({"word/document.xml": change(xml)}))) == [[["甲"], ["乙", "1"]]]


def test_the_document_part_is_the_one_that_the_relationships_name():
    relation = f'<Relationship Id="a" Type="{RELATION}/officeDocument" Target="/main/d.xml"/>'
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types><Override ContentType="{types}"/></Types>',
        "_rels/.rels": f"<Relationships>{relation}</Relationships>",
        "main/d.xml": document_xml(text("甲")),
    }
    assert lines(read(package(parts))) == ["甲"]


def test_core_properties_are_kept_and_their_title_is_not_the_report():
    title = "<dc:title>旧年报 </dc:title>"
    core = f'<cp:coreProperties xmlns:cp="c" xmlns:dc="d">{title}</cp:coreProperties>'
    document = read(
        package({"word/document.xml": document_xml(text("甲")), "docProps/core.xml": core})
    )
    assert document.metadata == {"dc:title": "旧年报"}


def with_chunk(content: bytes) -> bytes:
    relation = f'<Relationship Id="r1" Type="{RELATION}/aFChunk" Target="c.dat"/>'
    parts = {
        "word/document.xml": document_xml(text("前") + '<w:altChunk r:id="r1"/>' + text("后")),
        "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>",
        "word/c.dat": content,
    }
    return package(parts)


def test_an_embedded_page_is_read_in_its_place():
    page = "<html><body><p>中</p><table><tr><td rowspan=2>甲<td>1<tr><td>2</table></body></html>"
    document = read(with_chunk(page.encode()))
    assert lines(document) == ["前", "中", "后"]
    assert places(document) == {"甲": (0, 0, 2, 1), "1": (0, 1, 1, 1), "2": (1, 1, 1, 1)}


def test_an_embedded_document_is_not_opened():
    assert refusal(with_chunk(docx(text("内")))) == "embedded_file"


def test_the_parts_may_stand_in_one_xml_file():
    pkg = "http://schemas.microsoft.com/office/2006/xmlPackage"
    inside = document_xml(text("甲")).partition("?>")[2]
    part = f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part>'
    xml = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{pkg}">{part}</pkg:package>'
    assert lines(read(xml.encode())) == ["甲"]


def test_word_2003_xml_is_read():
    table = tbl(
        tr(tc("甲", '<w:vmerge w:val="restart"/>'), tc("1")), tr(tc("", "<w:vmerge/>"), tc("2"))
    )
    number = '<w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr>'
    old = f"<aml:content>{run('旧')}</aml:content>"
    gone = f'<aml:annotation w:type="Word.Deletion">{old}</aml:annotation>'
    xml = (
        '<?xml version="1.0"?><w:wordDocument'
        ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
        ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
        ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"><w:body><wx:sect>'
        f"{p(gone + run('总体情况'), number)}{table}</wx:sect></w:body></w:wordDocument>"
    )
    document = read(xml.encode())
    assert lines(document) == ["一、总体情况"]
    assert places(document)["甲"] == (0, 0, 2, 1)


def test_headers_and_notes_are_left_out():
    body = text("甲") + "<w:p><w:r><w:headerReference/></w:r></w:p>"
    data = docx(body, header1=document_xml(text("页眉")), footnotes=document_xml(text("注")))
    assert lines(read(data)) == ["甲"]


def test_a_document_of_pictures_has_no_text():
    assert refusal(docx("<w:p><w:r><w:drawing/></w:r></w:p>")) == "no_text"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(text("甲"))[:200], "damaged"),
        (package({"word/document.xml": "<w:document"}), "damaged"),
        (package({"word/document.xml": document_xml("<w:p>" * 300 + "</w:p>" * 300)}), "damaged"),

        (package({"word/document.xml": document_xml(" " * (40 << 20))}), "too_large_inside"),
    ],
)  # fmt: skip
def test_what_is_broken_or_too_large_is_refused(data, reason):
    assert refusal(data) == reason


def test_more_cells_than_any_report_has_are_refused(monkeypatch):
    monkeypatch.setattr("transforms.readers.office.flow.LARGEST_CELLS", 3)
    data = docx(tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4"))))
    with pytest.raises(UnreadableFileError) as refused:
        read_docx(data, "")
    assert refused.value.reason == "too_complex"


def test_a_deeply_nested_document_within_the_limit_is_read():
    nested = text("甲")
    for _ in range(60):
        nested = tbl(tr(tc(nested)))
    assert lines(read(docx(nested))) == ["甲"]


def test_the_sample_of_all_office_formats_is_read_whole():
    document = read(sample())
    assert document.text == SAMPLE_TEXT
    assert all_places(document) == SAMPLE_PLACES


def test_every_grid_is_ruled():
    blocks = read(docx(tbl(tr(tc("甲"), tc("1"))))).blocks
    assert [block.ruled for block in blocks if isinstance(block, Grid)] == [True]
