from tests.transforms.lines import lines
from transforms.mend import mend_labels, without_index


def folded(text: str) -> list[str]:
    return [line.folded for line in mend_labels(lines(text))]


def test_the_rest_of_a_label_below_its_numbers_comes_back_to_it():
    assert folded("1.属于\t0\t0\n\n国家秘密\t\t") == ["属于国家秘密", ""]


def test_a_line_that_is_a_label_by_itself_stays():
    assert folded("2.重复申请\t0\t0\n3.要求提供公开出版物") == ["重复申请", "要求提供公开出版物"]


def test_words_that_make_no_label_together_stay_apart():
    assert folded("1.属于\t0\t0\n商业秘密") == ["属于", "商业秘密"]


def test_a_first_column_that_only_counts_lines_is_left_out():
    labels = ["规章", "许可", "处罚", "强制", "收费"]
    rows = [f"{number}\t{label}\t0" for number, label in enumerate(labels)]
    found = without_index(lines("\n".join(rows)))
    assert [line.pieces[0].text for line in found] == labels


def test_a_first_column_of_other_numbers_stays():
    rows = [f"{number}\t规章\t0" for number in (3, 0, 0, 1, 7)]
    assert next(line.pieces[0].text for line in without_index(lines("\n".join(rows)))) == "3"


def test_a_label_wrapped_around_its_numbers_is_whole_again():
    text = "2.没有现成信\n需要另行    0    0\n制作"
    assert folded(text.replace("现成信", "现成信息")) == ["", "没有现成信息需要另行制作", ""]


def test_numbers_between_the_lines_of_a_label_get_the_whole_of_it():
    assert folded("3.补正后申请内\n0 0\n容仍不明确") == ["", "补正后申请内容仍不明确", ""]


def test_the_rest_of_a_group_beside_the_rest_of_a_label_stays():
    text = "（三）不予  1.属于国家   0  0\n公开        秘密"
    assert folded(text) == ["三不予属于国家秘密", "公开"]


def test_two_labels_around_numbers_that_make_none_together_stay():
    assert folded("2.重复申请\n0 0\n3.要求提供公开出版物") == [
        "重复申请",
        "",
        "要求提供公开出版物",
    ]


def test_paragraphs_that_count_themselves_lose_their_number():
    rows = [f"{number}  NaN  规章  {number * 3}" for number in range(4)]
    found = without_index(lines("\n".join(rows)))
    assert [line.pieces[0].text for line in found] == ["NaN"] * 4
