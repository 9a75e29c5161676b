from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generator import LAYOUTS, generate
from tests.transforms.readers.checks import check_places, grids, lines
from transforms.document import UnreadableFileError
from transforms.readers import read_document
from transforms.readers.csv import read_csv

CSV = '年度报告,,\n"一、总体情况\n本年收到申请3件。",,\n规章,1,2\n"许可\n（件）","1,234",\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_any_encoding(encoding):
    document = read_document(CSV.encode(encoding), "x.txt")
    check_places(document)
    assert document.media_type == "text/csv"
    assert lines(document) == ["年度报告", "一、总体情况", "本年收到申请3件。"]
    assert grids(document) == [[["规章", "1", "2"], ["许可（件）", "1,234", ""]]]


def test_tsv_with_quoted_cells_is_read_as_records():
    document = read_document('规章\t1\t2\n"许可\n（件）"\t3\t4\n处罚\t5\t6\n'.encode(), "x.tsv")
    assert grids(document) == [[["规章", "1", "2"], ["许可（件）", "3", "4"], ["处罚", "5", "6"]]]


@pytest.mark.parametrize(
    "text",
    [
        "收到申请1,234件\n办结1,200件，其中公开1,100件\n没有\n",
        "a, b\nc\nd\ne, f, g\n",
        "规章\t1\t2\n许可\t3\t4\n处罚\t5\t6\n",
        "一、总体情况\n\n本年,无。\n",
        "2022年,我局认真贯彻\n全年公开123条,其中网站100条\n收到3件,办结3件\n复议0件,诉讼0件\n",
        "",
    ],
)
def test_plain_text_with_commas_stays_plain_text(text):
    assert read_document(f"{text}x\n".encode(), "x.csv").media_type == "text/plain"


@pytest.mark.parametrize("layout", [n for n, layout in LAYOUTS.items() if not layout.suffix])
def test_no_generated_text_or_page_passes_for_csv(layout):
    for seed in range(3):
        data = generate(seed, "2021", layout).data
        assert read_document(data, "x").media_type in ("text/plain", "text/html")


@given(st.text(alphabet='a1,;"\t\n。 ', max_size=200))
def test_any_text_gives_a_sound_document(text):
    with suppress(UnreadableFileError):
        check_places(read_csv(text.encode(), "0"))
    with suppress(UnreadableFileError):
        check_places(read_document(text.encode(), "x"))
