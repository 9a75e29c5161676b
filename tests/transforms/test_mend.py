from tests.transforms.lines import lines
from transforms.mend import mend_labels


def folded(text: str) -> list[str]:
    return [line.folded for line in mend_labels(lines(text))]


def test_the_rest_of_a_label_below_its_numbers_comes_back_to_it():
    assert folded("1.属于\t0\t0\n\n国家秘密\t\t") == ["属于国家秘密", ""]


def test_a_line_that_is_a_label_by_itself_stays():
    assert folded("2.重复申请\t0\t0\n3.要求提供公开出版物") == ["重复申请", "要求提供公开出版物"]


def test_words_that_make_no_label_together_stay_apart():
    assert folded("1.属于\t0\t0\n商业秘密") == ["属于", "商业秘密"]
