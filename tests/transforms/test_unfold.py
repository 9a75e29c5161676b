from hypothesis import given
from hypothesis import strategies as st

from transforms.document import Paragraph
from transforms.unfold import unfold

TABLE = (
    "第二十条第（五）项 信息内容 本年处理决定数量 行政许可 3 第二十条第（六）项 信息内容 "
    "本年处理决定数量 行政处罚 1 行政强制 0 第二十条第（八）项 信息内容 本年收费金额（单位：万元） "
    "行政事业性收费 0 "
)


def test_a_paragraph_that_holds_a_table_is_cut_before_each_label():
    text = "全年工作情况如下，各项工作有序开展。" * 8 + TABLE + "下一年继续努力。"
    parts = [part.text for part in unfold(Paragraph(text, 0, len(text)))]
    assert "行政许可 3" in parts
    assert parts[-1] == "下一年继续努力。"


def test_a_long_sentence_about_the_same_things_stays_whole():
    text = "我局依法办理行政许可、行政处罚和行政强制事项，并按照要求公开规章和行政规范性文件。" * 9
    assert len(list(unfold(Paragraph(text, 0, len(text))))) == 1


@given(st.lists(st.sampled_from([TABLE, "工作情况良好。", "规章 0 0 0 ", " "]), max_size=12))
def test_no_character_is_lost_and_every_part_keeps_its_place(parts):
    text = "".join(parts)
    found = list(unfold(Paragraph(text, 0, len(text))))
    assert "".join("".join(p.text for p in found).split()) == "".join(text.split())
    assert all(text[p.start : p.end] == p.text for p in found)
