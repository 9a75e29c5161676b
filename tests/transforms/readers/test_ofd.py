from __future__ import annotations

import pytest

from tests.transforms.readers.checks import check_places, grids, lines, refusal_of
from tests.transforms.readers.ofd_files import Ways, ofd, zipped
from tests.transforms.readers.positioned.pages import filled, glyphs, mesh, page
from transforms.document import Document, UnreadableFileError
from transforms.readers import ofd as ofd_module
from transforms.readers.gbt33190 import drawing
from transforms.readers.gbt33190.values import numbers, steps
from transforms.readers.ofd import READER, read_ofd

XS, YS = [50.0, 200.0, 350.0], [100.0, 120.0, 140.0]
TEXTS = [["规章", "10185025"], ["行政许可", "23"]]
PROSE = glyphs("一年来公开信息若干条，均在网站上，收到申请三件。", 60, 60)
PAGES = [page(PROSE), page(filled(XS, YS, TEXTS), mesh(XS, YS), 2)]


def read(data: bytes) -> Document:
    assert READER.recognises(data)
    document = read_ofd(data, "id")
    check_places(document)
    return document


def refusal(data: bytes) -> UnreadableFileError:
    return refusal_of(read_ofd, data, "id")


@pytest.mark.parametrize(
    "ways",
    [
        Ways(),
        Ways(rule="box"),
        Ways(rule="outline"),
        Ways(scaled=True),
        Ways(repeated=False, prefix="n0"),
        Ways(template=True, prefix=""),
        Ways(absolute=True, template=True),
    ],
    ids=repr,
)
def test_a_report_reads_the_same_however_it_is_written(ways):
    document = read(ofd(PAGES, ways))
    assert grids(document) == [TEXTS]
    assert lines(document) == ["一年来公开信息若干条，均在网站上，收到申请三件。"]
    assert document.blocks[0].page == 1


def content(objects: str, **parts: str) -> bytes:
    space = 'xmlns="http://www.ofdspec.org/2016"'
    return zipped(
        {
            "OFD.xml": f"<OFD {space}><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>",
            "D/Document.xml": f"<Document {space}><CommonData><PublicRes>Res.xml</PublicRes>"
            '</CommonData><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>',
            "D/P.xml": f"<Page {space}><Content><Layer>{objects}</Layer></Content></Page>",
            **{f"D/{name}.xml": text.replace(">", f" {space}>", 1) for name, text in parts.items()},
        }
    )


def words(text: str, more: str = "", code: str = "") -> str:
    return (
        f'<TextObject Boundary="20 20 100 10" Size="4" {more}>'
        f'<TextCode X="0" Y="4" {code}>{text}</TextCode></TextObject>'
    )


def test_characters_without_steps_follow_one_another():
    assert read(content(words("政府信息公开2024"))).text == "政府信息公开2024\n"


def test_what_is_not_shown_is_not_read():
    shown = words("政府信息公开")
    assert read(content(shown + words("旧", 'Visible="false"'))).text == "政府信息公开\n"


def test_a_shared_drawing_is_read_where_it_is_used():
    unit = f'<Res><CompositeGraphicUnit ID="7">{words("信息")}</CompositeGraphicUnit></Res>'
    use = '<CompositeObject ResourceID="7" Boundary="0 30 50 50"/>'
    assert read(content(words("公开") + use, Res=unit)).text == "公开\n信息\n"


def test_a_shared_drawing_that_holds_itself_ends():
    use = '<CompositeObject ResourceID="7"/>'
    unit = f'<Res><CompositeGraphicUnit ID="7">{use}</CompositeGraphicUnit></Res>'
    assert refusal(content(use, Res=unit)).reason == "too_complex"


def test_a_page_that_is_a_picture_is_said_to_be_one():
    picture = '<ImageObject Boundary="0 0 210 297" ResourceID="3"/>'
    assert refusal(content(picture)).reason == "scanned_ofd"
    hidden = words("政府信息公开" * 5, 'Alpha="0"')
    assert refusal(content(picture + hidden)).reason == "scanned_ofd"


def test_private_characters_are_an_unmapped_font():
    assert refusal(content(words("\ue123\ue124\ue125" * 9))).reason == "unmapped_font"


def test_a_missing_page_is_remembered_and_a_missing_document_damaged():
    whole = ofd(PAGES)
    assert read(whole).unread_pages == ()
    assert refusal(zipped({"OFD.xml": "<OFD/>"})).reason == "damaged"
    assert refusal(zipped({"OFD.xml": "<OFD><DocRoot>x.xml</DocRoot></OFD>"})).reason == "damaged"
    assert refusal(whole[: len(whole) // 2]).reason == "damaged"


def test_an_encrypted_file_says_so():
    assert refusal(zipped({"OFD.xml": "<OFD/>", "Encryptions.xml": "<E/>"})).reason == "encrypted"


def test_entities_are_not_expanded():
    parts = {"OFD.xml": '<!DOCTYPE a [<!ENTITY b "cccc">]><OFD><DocRoot>&b;</DocRoot></OFD>'}
    assert refusal(zipped(parts)).reason == "damaged"


def test_limits_hold(monkeypatch):
    monkeypatch.setattr(ofd_module, "LARGEST_PAGES", 1)
    assert refusal(ofd(PAGES)).reason == "too_complex"
    monkeypatch.setattr(drawing, "LARGEST_OBJECTS", 3)
    assert refusal(ofd(PAGES[1:])).reason == "too_complex"


def test_repeated_steps_are_spelt_out_and_bounded():
    assert steps("g 3 4.2 1.5", 9) == [4.2, 4.2, 4.2, 1.5]
    assert steps("g 999999 1", 4) == [1.0] * 4
    assert numbers("1e999 2 nan") == [0.0, 2.0]
