from __future__ import annotations

import pytest

from transforms.readers.markup.tree import Page, attributes


def tokens(page: str) -> list[tuple[str, str]]:
    """Tags and texts of a page's body, without plain tags that no text follows."""
    found = [(tag, text) for tag, _, text in Page(page).tokens()]
    body = next(at for at, (tag, _) in enumerate(found) if tag == "body")
    return [(tag, text) for tag, text in found[body:] if text or " " in tag]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>一<!-- <b> -- > --><b>二</b>", [("p", "一"), ("b", "二")]),
        ("<p>一<!-->二", [("p", "一"), ("", "二")]),
        ("<p>一<![if !supportEmptyParas]>二<![endif]>", [("p", "一"), ("", "二")]),
        ("<p>一<script>'<p>'</script>二", [("p", "一二")]),
        ("<p>一<script><!-- '<script></script>' --></script>二", [("p", "一二")]),
        ("<p>一<iframe><p>x</iframe>二<template><script></script>x</template>", [("p", "一二")]),
        ("<xmp>1 < 2</xmp>", [("body", "1 &lt; 2")]),
        ("<p>一<plaintext><b>二", [("p", "一"), ("/p", "&lt;b&gt;二")]),
    ],
)
def test_comments_and_raw_text_are_no_tags(page, expected):
    assert tokens(page) == expected


def test_scripts_inside_scripts_of_a_drawing_are_left_out_without_harm():
    page = "<p>一<svg><script><g><script>x</script></g></script><style><p></style></svg></p>二"
    assert ("/p", "二") in tokens(page)


@pytest.mark.parametrize(
    ("page", "tag", "stated"),
    [
        ('<p title="a<b>c&quot;&amp;">', 'p title="a&lt;b&gt;c&quot;&amp;"', {"title": 'a<b>c"&'}),
        ("<p hidden class=x>", 'p hidden="" class="x"', {"hidden": "", "class": "x"}),
        ('<p a<b="1" c=2>', 'p a<b="1" c="2"', {"a<b": "1", "c": "2"}),
        ("<p <!-- x=1>", 'p <!--="" x="1"', {"<!--": "", "x": "1"}),
        ("<p<b x=1>", 'p<b x="1"', {"x": "1"}),
    ],
)
def test_a_tag_is_whole_whatever_stands_in_it(page, tag, stated):
    found = tokens(page + "一")
    assert found == [(tag, "一")]
    assert attributes(found[0][0]) == stated


def test_text_that_names_an_entity_is_not_read_as_one():
    assert tokens("<p>&amp;nbsp;&nbsp;&amp;lt;") == [("p", "&amp;nbsp;\xa0&amp;lt;")]
