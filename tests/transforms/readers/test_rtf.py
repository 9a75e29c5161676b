from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import all_places, check_places, grids, lines, places
from tests.transforms.readers.wordml import SAMPLE_PLACES, SAMPLE_TEXT
from transforms.document import Document, Paragraph, UnreadableFileError
from transforms.messages import problems
from transforms.readers import read_document
from transforms.readers.rtf import read_rtf

SAMPLE = (Path(__file__).parent / "data" / "sample.rtf").read_bytes()
FONTS = r"{\fonttbl{\f0\fcharset0 Times;}{\f13\fcharset134 SimSun;}{\f14\fcharset136 Ming;}}"


def rtf(body: str, head: str = r"\ansi\ansicpg936\deff0") -> bytes:
    return rf"{{\rtf1{head}{FONTS}{body}}}".encode("ascii")


def gb(text: str, encoding: str = "gb18030") -> str:
    """As Word writes Chinese: bytes escaped in hexadecimal."""
    return "".join(
        char if char.isascii() else "".join(rf"\'{byte:02x}" for byte in char.encode(encoding))
        for char in text
    )


def read(data: bytes) -> Document:
    document = read_document(data, "年报.doc")
    check_places(document)
    return document


def row(*cells: tuple[str, str]) -> str:
    """`cells` are (what goes before \\cellx, content); all columns are as wide."""
    edges = "".join(rf"{stated}\cellx{1000 * at}" for at, (stated, _) in enumerate(cells, 1))
    texts = "".join(rf"\pard\intbl {text}\cell" for _, text in cells)
    return rf"\trowd\trgaph108{edges}{texts}\row "


def test_the_sample_of_all_office_formats_is_read_whole():
    """LibreOffice writes a deleted end of a paragraph as if the paragraph were deleted."""
    document = read(SAMPLE)
    assert document.media_type == "application/rtf"
    assert document.text == SAMPLE_TEXT.replace("第一段。", "段。")
    assert all_places(document) == SAMPLE_PLACES
    assert not document.truncated


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (r"\ansi\ansicpg936\deff0", gb("政府信息公开")),
        (r"\ansi\ansicpg1252\deff0", rf"\f13 {gb('政府信息公开')}"),
        (r"\ansi\ansicpg1252", rf"\hich\af0\dbch\af13\loch\f0 {gb('政府信息公开')}"),
        (r"\ansi\ansicpg1252", rf"\loch\af0\hich\af0\dbch\f13 {gb('政府信息公开')}"),
        (r"\ansi", gb("政府信息公开")),
        (r"\ansi\ansicpg936", rf"\f14 {gb('政府信息公開', 'big5')}"),
        (r"\ansi", "".join(rf"\u{ord(char)}?" for char in "政府信息公开")),
        (r"\ansi", "".join(rf"\uc2\u{ord(char)}{gb(char)}" for char in "政府信息公开")),
        (r"\ansi", "".join(rf"{{\uc1\u{ord(char) - 65536} ?}}" for char in "政府信息公开")),
    ],
)
def test_chinese_is_read_in_every_way_it_is_written(head, text):
    (line,) = lines(read(rtf(rf"\pard {text}\par", head)))
    assert line in {"政府信息公开", "政府信息公開"}


def test_a_character_beyond_the_first_plane_is_one():
    assert lines(read(rtf(r"\u-10174?\u-8265?\u21513?\par"))) == ["𠮷吉"]


def test_spans_and_vertical_merges():
    body = (
        row((r"\clvmgf", gb("甲")), (r"\clmgf", gb("乙")), (r"\clmrg", ""))
        + row((r"\clvmrg", ""), ("", gb("丙")), ("", gb("丁")))
    )  # fmt: skip
    assert places(read(rtf(body))) == {
        "甲": (0, 0, 2, 1), "乙": (0, 1, 1, 2), "丙": (1, 1, 1, 1), "丁": (1, 2, 1, 1)
    }  # fmt: skip


def test_rows_without_properties_of_their_own_have_those_of_the_row_before():
    body = row(("", "a"), (r"\clvmgf", "b")) + r"\pard\intbl c\cell d\cell\row\pard e\par"
    document = read(rtf(body))
    assert grids(document) == [[["a", "b"], ["c", "d"]]]
    assert lines(document) == ["e"]


def test_a_table_in_a_table_is_the_one_that_counts():
    inner = (
        r"\pard\intbl\itap2 a\nestcell{\nonesttables\par}1\nestcell{\nonesttables\par}"
        r"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    )
    body = (
        rf"\trowd\cellx3000\cellx4000\pard\intbl {gb('题目')}\par {inner}\pard\intbl"
        rf" {gb('说明')}\cell {gb('旁')}\cell\row"
    )
    document = read(rtf(body))
    assert grids(document) == [[["a", "1"]]]
    assert lines(document) == ["题目", "说明", "旁"]


def test_deleted_hidden_struck_out_and_raised_text_is_not_read():
    body = (
        r"1{\deleted 5}{\v 5}{\strike 5}{\super 5}{\v\v0 2}{\v 5\plain 3}\par a{\deleted\par}b\par"
    )
    assert lines(read(rtf(body))) == ["123", "ab"]


def test_a_deleted_row_is_left_out():
    gone = r"\trowd\cellx1000\cellx2000\pard\intbl{\deleted x\cell y\cell\row}"
    assert grids(read(rtf(row(("", "a"), ("", "1")) + gone))) == [[["a", "1"]]]


def test_what_is_no_text_of_the_document_is_left_out():
    body = (
        r"{\info{\title x}}{\header x\par}{\*\generator x;}{\pict\wmetafile8 ffff}"
        r"{\field{\*\fldinst SUM(ABOVE)}{\fldrslt 12}}{\footnote\pard x}"
        r"{\upr{x}{\*\ud y}}{\bkmkstart}{\*\bkmkstart x}\bin5 {{{{{z\par"
    )
    assert lines(read(rtf(body))) == ["12yz"]


def test_signs_breaks_and_blanks():
    body = r"a\tab b\line c\~d\-e\_f\{\}\\ \emdash\ldblquote g\rdblquote\par"
    assert lines(read(rtf(body))) == ["a b", "c de-f{}\\ —“g”"]


def test_a_text_box_follows_its_paragraph():
    old = r"{\shprslt{\*\do{\dptxbxtext in\par}}}"
    box = rf"{{\shp{{\*\shpinst{{\sp{{\sn posh}}{{\sv 1}}}}{{\shptxt\pard in\par}}}}{old}}}"
    assert lines(read(rtf(rf"\pard a{box}b\par"))) == ["ab", "in"]


def test_automatic_numbers_are_read_and_bullets_are_not():
    body = (
        rf"{{\listtext\pard {gb('一、')}\tab}}\ls1 {gb('总体')}\par"
        rf"{{\pntext\f2\'b7\tab}}{gb('要点')}\par"
    )
    assert lines(read(rtf(body))) == ["一、总体", "要点"]


def test_headings_are_known_by_style_and_outline_level():
    sheet = r"{\stylesheet{\s1\outlinelevel0 x;}{\s2 heading 2;}{\s3 Normal;}}"
    body = r"\pard\s1 a\par\pard\s2 b\par\pard\s3 c\par\pard\outlinelevel2 d\par"
    blocks = read(rtf(sheet + body)).blocks
    levels = [block.heading_level for block in blocks if isinstance(block, Paragraph)]
    assert levels == [1, 2, None, 3]


def test_a_cell_with_nothing_but_a_picture_is_not_blank():
    assert grids(read(rtf(row(("", "a"), ("", r"{\pict ff}"))))) == [[["a", "\ufffc"]]]


def test_a_file_that_breaks_off_says_so():
    document = read(SAMPLE[: len(SAMPLE) // 2])
    assert document.truncated
    assert "主动公开" in document.text


def test_groups_without_end_are_refused():
    with pytest.raises(UnreadableFileError) as refused:
        read_document(rb"{\rtf1" + b"{" * 100_000, "a.rtf")
    assert refused.value.reason == "too_complex"
    assert problems().both(refused.value.reason, **refused.value.details)


@given(st.integers(0, len(SAMPLE)), st.binary(min_size=1, max_size=8))
def test_changed_bytes_give_a_document_or_a_reason(place, other):
    with suppress(UnreadableFileError):
        check_places(read_rtf(SAMPLE[:place] + other + SAMPLE[place + len(other) :], ""))
