from __future__ import annotations

import base64
import quopri

import pytest

from tests.transforms.readers.checks import check_places, grids, lines
from transforms.document import UnreadableFileError
from transforms.readers import read_document

PAGE = (
    "<html><head><title>年度报告</title></head><body><p>一、总体情况</p>"
    "<table><tr><td>规章<td>3</table></body></html>"
)
HEAD = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.example/n.html\r\n"
    b"Subject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b"\r\n\r\n'
)


def part(content: bytes, location: str, kind="text/html", coding="quoted-printable") -> bytes:
    packed = quopri.encodestring(content) if coding[0] == "q" else base64.encodebytes(content)
    head = (
        f"----b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n"
        f"Content-Location: {location}\r\n\r\n"
    )
    return head.encode() + packed + b"\r\n"


def mhtml(*parts: bytes) -> bytes:
    return HEAD + b"".join(parts) + b"----b--\r\n"


def read(data: bytes):
    document = read_document(data, "年报.mht")
    check_places(document)
    return document


@pytest.mark.parametrize("coding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("stated", ["", '; charset="gb2312"', '; charset="utf-8"'])
def test_a_saved_page_reads_as_the_page_does(coding, encoding, stated):
    page = part(PAGE.encode(encoding), "http://a.example/n.html", f"text/html{stated}", coding)
    style = part(b"p {}", "http://a.example/a.css", "text/css")
    document = read(mhtml(page, style))
    assert document.media_type == "multipart/related"
    assert document.encoding == encoding
    assert document.metadata["title"] == "年度报告"
    assert (lines(document), grids(document)) == (["一、总体情况"], [[["规章", "3"]]])


def test_the_page_is_the_one_that_the_file_begins_with():
    head = HEAD.replace(b'type="text/html"', b'type="text/html"; start="<main@x>"')
    main = part(PAGE.encode(), "m").replace(b"Content-Location: m", b"Content-ID: <main@x>")
    document = read(head + part(b"<p>advertisement", "ad") + main + b"----b--\r\n")
    assert lines(document) == ["一、总体情况"]


def test_a_frame_beside_the_text_is_left_out_and_one_that_holds_it_is_read():
    long = PAGE.replace("总体情况", "总体情况" * 100 + "<iframe src=ad.htm></iframe>")
    ad = part(b"<p>advertisement", "http://a.example/ad.htm")
    assert len(lines(read(mhtml(part(long.encode(), "x"), ad)))) == 1
    frames = b"<html><frameset><frame src=top.htm><frame src='cid:main@x'></frameset></html>"
    body = part(PAGE.encode(), "m").replace(b"Content-Location: m", b"Content-ID: <main@x>")
    top = part("<p>首页".encode(), "http://a.example/top.htm")
    document = read(mhtml(part(frames, "x"), body, top))
    assert lines(document) == ["首页", "一、总体情况"]


def test_a_saved_page_that_breaks_off_says_so():
    page = part(PAGE.encode(), "x")
    assert read((HEAD + page)[:-40]).truncated
    assert not read(mhtml(page)).truncated


def test_a_mail_without_a_page_has_no_text():
    with pytest.raises(UnreadableFileError, match="no_text"):
        read(mhtml(part(b"\x89PNG", "a.png", "image/png", "base64")))


def test_text_that_looks_like_headers_is_plain_text():
    assert read_document("标题: 年报\nDate: 2024\n\n正文".encode(), "x").media_type == "text/plain"


def test_a_page_whose_text_is_in_frames_says_where():
    with pytest.raises(UnreadableFileError) as refused:
        read_document(b"<html><frameset><frame src='n_files/b.htm'></frameset></html>", "n.html")
    assert refused.value.reason == "text_in_frames"
    assert refused.value.details["frames"] == "n_files/b.htm"
