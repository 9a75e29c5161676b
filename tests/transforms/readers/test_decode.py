from __future__ import annotations

import pytest

from transforms.document import UnreadableFileError
from transforms.readers.decode import decode, looks_like_text

REPORT = "某镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n㵲阳镇收到申请12件。\n"
TRADITIONAL = "某鎮人民政府政府資訊公開工作年度報告\n一、總體情況\n收到申請12件，辦理結果如下。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (REPORT.encode(), REPORT, "utf-8"),
        (REPORT.encode("utf-8-sig"), REPORT, "utf-8"),
        (REPORT.encode("gb18030"), REPORT, "gb18030"),
        (b"\xef\xbb\xbf" + REPORT.encode("gb18030"), None, "gb18030"),
        (REPORT.encode("utf-16"), REPORT, "utf-16-le"),
        (REPORT.encode("utf-16-le"), REPORT, "utf-16-le"),
        (REPORT.encode("utf-16-be"), REPORT, "utf-16-be"),
        (("\ufeff" + REPORT).encode("gb18030"), REPORT, "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5hkscs"),
        ("规章\t0\t0".encode("gb18030"), "规章\t0\t0", "gb18030"),
        (b"plain ascii 12", "plain ascii 12", "utf-8"),
        ("零宽\u200b\u202e字符".encode(), "零宽\u200b\u202e字符", "utf-8"),
        ("半个\0零".encode(), "半个\0零", "utf-8"),
    ],
)
def test_every_encoding_is_told_from_the_bytes(data, text, encoding):
    decoded, name = decode(data)
    assert name == encoding
    if text is not None:
        assert decoded == text


@pytest.mark.parametrize("label", [None, "utf-8", "gb2312", "big5", "no-such-charset"])
def test_a_wrong_label_changes_nothing(label):
    assert decode(REPORT.encode("gb18030"), label) == (REPORT, "gb18030")
    assert decode(REPORT.encode(), label) == (REPORT, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_lost_byte_costs_a_few_characters_not_the_encoding(encoding):
    whole = (REPORT * 20).encode(encoding)
    for lost in range(600, 640):
        text, name = decode(whole[:lost] + whole[lost + 1 :])
        assert name == encoding
        assert text.count("12件") >= 19


def test_a_file_cut_inside_a_character_is_read_to_the_cut():
    assert decode(REPORT.encode()[:-3])[0].startswith(REPORT[:-3])
    assert decode(REPORT.encode("utf-16")[:-1])[0].startswith(REPORT[:-1])


def test_text_of_no_known_encoding_is_refused_with_its_place():
    with pytest.raises(UnreadableFileError) as refused:
        decode(b"abc \xff\xff\xff\xff\xff\xff\xff\xff\xff \xff\xff\xff")
    assert refused.value.reason == "undecodable"
    assert refused.value.details["position"] == "4"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"\n%PDF-1.4\n",
        b"PK\x03\x04abc",
        b"{\\rtf1\\ansi}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"MIME-Version: 1.0\r\n\r\n<html>",
        bytes(range(256)),
    ],
)
def test_other_formats_are_not_text(data):
    assert not looks_like_text(data)
