"""Spans of a text -> the source lines shown for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from expectations.report.excerpt import Line, Piece, source_lines

TEXT = "标题\n一、新收|12\n二、结转|0\n"


def marked(lines: tuple[Line, ...]) -> list[str]:
    return [piece.text for line in lines for piece in line.pieces if piece.marked]


def test_the_line_of_a_span_is_shown_with_the_span_marked():
    start = TEXT.index("12")
    assert source_lines(TEXT, [(start, start + 2)]) == (
        Line(2, (Piece("一、新收|", False), Piece("12", True))),
    )


def test_a_span_over_two_lines_gives_both():
    lines = source_lines(TEXT, [(TEXT.index("12"), TEXT.index("二") + 1)])
    assert [line.number for line in lines] == [2, 3]
    assert marked(lines) == ["12", "二"]


def test_two_spans_of_one_line_are_marked_in_one_line():
    lines = source_lines("甲1乙2", [(3, 4), (1, 2)])
    assert len(lines) == 1
    assert marked(lines) == ["1", "2"]


def test_a_span_outside_the_text_shows_no_place():
    assert source_lines("短", [(0, 9), (-3, 1), (1, 1), (5, 9)]) == ()


def test_a_line_of_a_million_characters_is_cut_around_the_mark():
    text = "甲" * 500_000 + "12" + "乙" * 500_000
    (line,) = source_lines(text, [(500_000, 500_002)])
    assert len(line.text) < 200
    assert marked((line,)) == ["12"]
    assert line.text.startswith("…")
    assert line.text.endswith("…")


def test_a_long_mark_loses_its_middle():
    (line,) = source_lines("甲" * 1000, [(0, 1000)])
    assert len(line.text) < 100


def test_no_more_lines_than_asked_for():
    text = "\n".join("12" for _ in range(50))
    assert len(source_lines(text, [(0, len(text))], most=3)) == 3


@given(
    st.text(alphabet="甲乙1 \n\r", max_size=60),
    st.lists(st.tuples(st.integers(-2, 62), st.integers(-2, 62)), max_size=5),
)
def test_what_is_marked_stands_in_the_text(text, spans):
    lines = source_lines(text, spans, most=99)
    rows = text.split("\n")
    assert all(line.text == rows[line.number - 1] for line in lines)
    assert all(piece.text for line in lines for piece in line.pieces)
