from __future__ import annotations

import pytest

from transforms.readers.joining import join


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([], ""),
        (["行政处"], "行政处"),
        (["行政处", "罚"], "行政处罚"),
        (["（单位：", "万元）"], "（单位：万元）"),
        (["规章", "3"], "规章 3"),
        (["12", "3"], "12 3"),
        (["１２", "３"], "１２ ３"),
    ],
)
def test_lines_grow_together_inside_chinese_and_numbers_never_do(lines, joined):
    assert join(lines) == joined
