import pytest

from tests.transforms.lines import lines
from transforms.pieces import Kind, digits_only, is_narrative


def kinds(text):
    return [(p.text, p.kind) for line in lines(text) for p in line.pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("规范性文件321557", ["规范性文件", "321557"]),
        ("（一）予以公开 2 0  12", ["（一）予以公开", "2", "0", "12"]),
        ("2.重复申请0000000", ["2.重复申请", "0000000"]),
        ("政府集中采购1849.5669", ["政府集中采购", "1849.5669"]),
        ("规章０００", ["规章", "０００"]),
        ("规章0\u200b00", ["规章", "0\u200b00"]),
    ],
)
def test_numbers_behind_a_label_come_off_it(text, pieces):
    assert [piece for piece, _ in kinds(text)] == pieces
    assert [kind for _, kind in kinds(text)][1:] == [Kind.VALUE] * (len(pieces) - 1)


def test_every_cell_of_a_separated_line_is_a_piece_blank_ones_too():
    assert [kind for _, kind in kinds("规章\t0\t\t/\n行政许可\t1\t2\t3")][:4] == [
        Kind.LABEL,
        Kind.VALUE,
        Kind.BLANK,
        Kind.BLANK,
    ]


@pytest.mark.parametrize("number", ["- 4 -", "— 12 —", "第 3 页 共 9 页", "3/9"])
def test_page_numbers_are_no_lines(number):
    assert kinds(number) == []


def test_a_chinese_numeral_is_a_value_in_a_row_and_a_label_alone():
    assert kinds("行政许可\t三\t0\n规章\t0\t0")[1] == ("三", Kind.VALUE)
    assert kinds("三") == [("三", Kind.LABEL)]


def test_sentences_are_narrative_and_table_lines_are_not():
    text, table = lines("本年收到申请2件。\n规章\t0\t0\t0")
    assert is_narrative(text)
    assert not is_narrative(table)


def test_digits_keep_their_places():
    assert digits_only("１\u200b2") == ("12", (0, 2))
    assert digits_only("1.2") is None


@pytest.mark.parametrize("text", ["行政许可 1e3 0 0", "行政许可 0. 0 0", "行政许可 共2件 0 0"])
def test_a_word_that_is_nearly_a_number_is_a_cell_and_no_part_of_the_label(text):
    first, *others = lines(text)[0].pieces
    assert first.text == "行政许可"
    assert [piece.kind for piece in others] == [Kind.VALUE] * 3


def test_signs_and_digits_glued_behind_a_label_are_one_number():
    texts = [piece.text for line in lines("规章6（件）414\n行政处罚—09") for piece in line.pieces]
    assert texts == ["规章", "6（件）414", "行政处罚", "—09"]
