"""WordprocessingML written by hand, as Word and WPS write it: documents for the reader's tests.

`python -m tests.transforms.readers.wordml > sample.docx` writes the sample that is converted to the
other formats of word processing.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = " ".join(
    (
        f'xmlns:w="{MAIN}"',
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
    )
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOX = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def document_xml(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMES}><w:body>{body}<w:sectPr/>'
        "</w:body></w:document>"
    )


def docx(body: str, **parts: str | bytes) -> bytes:
    """`parts` by name below word/ without `.xml`."""
    others = {f"word/{name}.xml": content for name, content in parts.items()}
    return package({"word/document.xml": document_xml(body), **others})


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def text(*texts: str) -> str:
    return "".join(p(run(text)) for text in texts)


def tc(content: str = "", properties: str = "") -> str:
    return (
        f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if '<' in content else text(content)}</w:tc>"
    )


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


NUMBERING = f"""<w:numbering xmlns:w="{MAIN}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
<w:pStyle w:val="H1"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/>
<w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
<w:lvlText w:val="%1.%3."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="9"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{MAIN}">
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H1a"><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
</w:styles>"""


def numbered(content: str, number: int, level: int = 0) -> str:
    number_of = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(run(content) if content else "", number_of)


TRACKED = 'w:author="a" w:date="2024-01-01T00:00:00Z"'


def _wide(content: str, width: int, properties: str = "") -> str:
    return tc(content, f'<w:tcW w:w="{width}" w:type="dxa"/>{properties}')


def _grid(*widths: int) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _merged_table() -> str:
    new = f'<w:ins w:id="3" {TRACKED}>{run("7")}</w:ins>'
    old = f'<w:del w:id="1" {TRACKED}><w:r><w:delText>5</w:delText></w:r></w:del>'
    marks = (
        run("1") + run("2", "<w:vanish/>") + run("3", '<w:vertAlign w:val="superscript"/>')
        + run("4", "<w:strike/>")
    )  # fmt: skip
    broken = "<w:r><w:t>34</w:t><w:br/><w:t>56</w:t><w:tab/><w:t>7</w:t></w:r>"
    raised = run("5", '<w:vertAlign w:val="superscript"/>')
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DOCPROPERTY x</w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    return tbl(
        tr(_wide("甲", 1000, down), _wide("乙", 2000, '<w:gridSpan w:val="2"/>')),
        tr(_wide("", 1000, goes_on), _wide("丙", 1000), _wide("丁", 1000)),
        tr(_wide(p(old + new + note), 1000), _wide(p(marks), 1000), _wide(p(field), 1000)),
        tr(_wide("二\u00a0三", 1000), _wide(p(broken), 1000), _wide(p(raised), 1000)),
        tr(_wide("末", 1000), _wide("", 1000), _wide("𠮷野家", 1000)),
        grid=_grid(1000, 1000, 1000),
    )


def _drawn_box(content: str) -> str:
    """A run with a text box, as Word has written them since 2010."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    place = "".join(
        f'<wp:position{axis} relativeFrom="{whence}"><wp:posOffset>0</wp:posOffset>'
        f"</wp:position{axis}>"
        for axis, whence in (("H", "column"), ("V", "paragraph"))
    )
    size = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="900000"/></a:xfrm>'
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{size}<a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{text(content)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    kind = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return (
        f'<w:r xmlns:wp="{drawing}/wordprocessingDrawing" xmlns:a="{drawing}/main">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor simplePos="0"'
        ' relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{place}<wp:extent cx="2000000" cy="900000"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="box"/><a:graphic><a:graphicData uri="{kind}">{shape}'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def sample() -> bytes:
    """A document with what the formats of word processing can say and a report may hold."""
    heading = '<w:pStyle w:val="H1"/>'
    inner = tbl(
        tr(_wide("内甲", 900), _wide("11", 900)),
        tr(_wide("内乙", 900), _wide("22", 900)),
        grid=_grid(900, 900),
    )
    outer = tbl(
        tr(_wide(text("题目") + inner + text("说明"), 3000), _wide("旁", 2000)),
        grid=_grid(3000, 2000),
    )
    stepped = tbl(
        tr(_wide("窄一", 800), _wide("宽", 2200, '<w:gridSpan w:val="2"/>')),
        tr(_wide("窄二", 1600, '<w:gridSpan w:val="2"/>'), _wide("右", 1400)),
        grid=_grid(800, 800, 1400),
    )
    joined = f'<w:rPr><w:del w:id="1" {TRACKED}/></w:rPr>'
    body = (
        p(run("总体情况"), heading) + numbered("主动公开", 1, 1) + numbered("依申请公开", 1, 1)
        + p(run("公开情况"), heading) + numbered("予以公开", 1, 1) + numbered("要点", 2)
        + _merged_table() + p(run("间") + _drawn_box("框内")) + outer + text("又") + stepped
        + p(run("第一"), joined) + text("段。", "１２ａ“引”——号 a &lt;b&gt; {c} \\d é")
    )  # fmt: skip
    notes = f'<w:footnote w:id="2">{text("脚注9")}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{MAIN}">{notes}</w:footnotes>'
    return complete(body, {"numbering": NUMBERING, "styles": STYLES, "footnotes": notes})


SAMPLE_TEXT = """\
一、总体情况
（一）主动公开
（二）依申请公开
二、公开情况
（一）予以公开
要点
甲\t乙
丙\t丁
7\t1\t12
二 三\t34 56 7\t5
末\t\t𠮷野家
间
框内
题目
内甲\t11
内乙\t22
说明
旁
又
窄一\t宽
窄二\t右
第一段。
１２ａ“引”——号 a <b> {c} \\d é
"""
SAMPLE_PLACES = [
    {"甲": (0, 0, 2, 1), "乙": (0, 1, 1, 2), "丙": (1, 1, 1, 1), "丁": (1, 2, 1, 1),
     "7": (2, 0, 1, 1), "1": (2, 1, 1, 1), "12": (2, 2, 1, 1), "二 三": (3, 0, 1, 1),
     "34 56 7": (3, 1, 1, 1), "5": (3, 2, 1, 1), "末": (4, 0, 1, 1), "": (4, 1, 1, 1),
     "𠮷野家": (4, 2, 1, 1)},
    {"内甲": (0, 0, 1, 1), "11": (0, 1, 1, 1), "内乙": (1, 0, 1, 1), "22": (1, 1, 1, 1)},
    {"窄一": (0, 0, 1, 1), "宽": (0, 1, 1, 2), "窄二": (1, 0, 1, 2), "右": (1, 2, 1, 1)},
]  # fmt: skip


def complete(body: str, parts: dict[str, str]) -> bytes:
    """A package that other programs open too; `parts` by name below word/ without `.xml`."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{role}+xml"/>'
        for name, role in [("document", "document.main"), *((name, name) for name in parts)]
    )
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{RELATION}/{name}" Target="{name}.xml"/>'
        for name in parts
    )
    office = "http://schemas.openxmlformats.org/package/2006"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{office}/content-types"><Default'
            f' Extension="rels" ContentType="{rels}"/>{overrides}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{office}/relationships"><Relationship Id="a"'
            f' Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{office}/relationships">'
            f"{relations}</Relationships>",
            "word/document.xml": document_xml(body),
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(sample())
