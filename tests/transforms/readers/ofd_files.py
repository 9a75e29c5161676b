"""Placed pages -> an OFD file, in the ways that programs differ, for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, pairwise
from xml.sax.saxutils import escape

from transforms.readers.positioned.page import Page, Rule, Run

MM = 25.4 / 72


@dataclass(frozen=True)
class Ways:
    """How the file is written."""

    rule: str = "line"  # line, box, outline (a polyline round the rule)
    scaled: bool = False  # text objects in units of their own, with a CTM
    repeated: bool = True  # DeltaX with `g n d`
    template: bool = False  # the rules in a template page
    absolute: bool = False  # locations from the root
    prefix: str = "ofd"


def ofd(pages: Sequence[Page], ways: Ways = Ways()) -> bytes:
    """A whole file."""
    root = "/Doc_0/" if ways.absolute else ""
    parts = {
        "OFD.xml": f"<o:OFD><o:DocBody><o:DocRoot>{'/' if ways.absolute else ''}Doc_0/Document.xml"
        "</o:DocRoot></o:DocBody></o:OFD>"
    }
    listed, templates = "", ""
    for index, page in enumerate(pages):
        rules = "".join(_rule(rule, ways) for rule in page.rules)
        texts = "".join(_text(list(line), ways) for line in _lines(page.runs))
        use = ""
        if ways.template:
            use = f'<o:Template TemplateID="T{index}"/>'
            parts[f"Doc_0/Tpls/T{index}.xml"] = _content("", rules, page)
            templates += f'<o:TemplatePage ID="T{index}" BaseLoc="{root}Tpls/T{index}.xml"/>'
            rules = ""
        parts[f"Doc_0/Pages/P{index}/Content.xml"] = _content(use, rules + texts, page)
        listed += f'<o:Page ID="{index}" BaseLoc="{root}Pages/P{index}/Content.xml"/>'
    parts["Doc_0/Document.xml"] = (
        f"<o:Document><o:CommonData><o:PageArea><o:PhysicalBox>0 0 210 297</o:PhysicalBox>"
        f"</o:PageArea>{templates}</o:CommonData><o:Pages>{listed}</o:Pages></o:Document>"
    )
    return zipped({name: _named(text, ways.prefix) for name, text in parts.items()})


def zipped(parts: dict[str, str]) -> bytes:
    """Parts by name in a zip."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def _named(text: str, prefix: str) -> str:
    """With the namespace, under a prefix or as the default one."""
    space = "http://www.ofdspec.org/2016"
    mark = f"{prefix}:" if prefix else ""
    text = text.replace("<o:", f"<{mark}").replace("</o:", f"</{mark}")
    head, rest = text.split(">", 1)
    declared = f"xmlns:{prefix}" if prefix else "xmlns"
    return f'<?xml version="1.0" encoding="UTF-8"?>{head} {declared}="{space}">{rest}'


def _content(use: str, objects: str, page: Page) -> str:
    box = f"0 0 {page.width * MM:.3f} {page.height * MM:.3f}"
    return (
        f"<o:Page><o:Area><o:PhysicalBox>{box}</o:PhysicalBox></o:Area>{use}<o:Content>"
        f'<o:Layer Type="Body"><o:PageBlock>{objects}</o:PageBlock></o:Layer></o:Content></o:Page>'
    )


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs in a row: of one height, size and direction, each right of the one before."""
    lines: list[list[Run]] = []
    for _, group in groupby(runs, key=lambda run: (run.y, run.size, run.turn)):
        for run in group:
            if lines and lines[-1][-1].y == run.y and 0 < run.x - lines[-1][-1].x < 3 * run.size:
                lines[-1].append(run)
            else:
                lines.append([run])
    return lines


def _text(line: list[Run], ways: Ways) -> str:
    unit = 2.0 if ways.scaled else 1.0
    left, top, size = line[0].x, line[0].y - line[0].size, line[0].size
    steps = [round((after.x - run.x) * MM * unit, 3) for run, after in pairwise(line)]
    if ways.repeated:
        parts = []
        for step, group in groupby(steps):
            count = len(list(group))
            parts.append(f"g {count} {step}" if count > 1 else str(step))
        delta = " ".join(parts)
    else:
        delta = " ".join(map(str, steps))
    delta = f' DeltaX="{delta}"' if delta else ""
    ctm = ' CTM="0.5 0 0 0.5 0 0"' if ways.scaled else ""
    boundary = f"{left * MM:.3f} {top * MM:.3f} 200 {1.3 * size * MM:.3f}"
    return (
        f'<o:TextObject Boundary="{boundary}" Font="1" Size="{size * MM * unit:.3f}"{ctm}>'
        f'<o:TextCode X="0" Y="{size * MM * unit:.3f}"{delta}>'
        f"{escape(''.join(run.text for run in line))}</o:TextCode></o:TextObject>"
    )


def _rule(rule: Rule, ways: Ways) -> str:
    left, top, right, bottom = (value * MM for value in rule)
    wide, high = right - left, bottom - top
    box = f'Boundary="{left:.3f} {top:.3f} {wide:.3f} {high:.3f}"'
    if ways.rule == "line":
        end = f"{wide:.3f} 0" if wide > high else f"0 {high:.3f}"
        return f"<o:PathObject {box}>{_data(f'M 0 0 L {end}')}</o:PathObject>"
    corners = f"M 0 0 L {wide:.3f} 0 L {wide:.3f} {high:.3f} L 0 {high:.3f} C"
    drawn = ' Stroke="false" Fill="true"' if ways.rule == "box" else ""
    return f"<o:PathObject {box}{drawn}>{_data(corners)}</o:PathObject>"


def _data(data: str) -> str:
    return f"<o:AbbreviatedData>{data}</o:AbbreviatedData>"
