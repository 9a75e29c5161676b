"""`gongkai inspect`: how a file was read, with the source beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from flows.cli import main
from flows.inspection import table_readings
from flows.inspection_view import MARKS, print_reading
from flows.language import set_language
from tests.factories import make_report
from tests.flows.drafts import report_text
from transforms.extract import extract
from transforms.records import Cell, CellKey, CellStatus

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
RUN_TOGETHER = EXAMPLES / "柏陵县人民政府办公室2021年政府信息公开工作年度报告.txt"
ONE_CELL_A_LINE = EXAMPLES / "望河街道2022年政府信息公开工作年度报告.txt"
BROKEN_OFF = EXAMPLES / "远湖县农业农村局2022（下载中断）.html"


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(report_text("青溪县民政局"), encoding="utf-8")
    return path


def shown(extraction, width=120, language="zh"):
    set_language(language)
    console = Console(file=StringIO(), width=width, highlight=False)
    print_reading(console, extraction, table_readings(extraction, (2, 3, 4)))
    set_language("zh")
    return console.file.getvalue()


def test_rows_stand_beside_their_source_line(draft, capsys):
    assert main(["inspect", str(draft)]) == 0
    lines = capsys.readouterr().out.splitlines()
    row = next(line for line in lines if "一、本年新收" in line)
    assert "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1" in row


def test_identity_sections_claims_and_problems_are_shown(draft, capsys):
    assert main(["--lang", "en", "inspect", str(draft)]) == 0
    out = capsys.readouterr().out
    for told in ("青溪县民政局", "2023-01-01 — 2023-12-31", "六、其他需要报告的事项", "line "):
        assert told in out
    assert [line for line in out.splitlines() if line and not line.startswith(" ")] == [
        "Report",
        "Sections",
        "Tables",
        "Numbers in the narrative",
        "What could not be read",
    ]


def test_an_ambiguous_cell_shows_its_candidates_and_what_stands_there():
    data = RUN_TOGETHER.read_bytes()
    extraction = extract(data, RUN_TOGETHER.name)
    cell = next(cell for cell in extraction.report.cells if cell.status is CellStatus.AMBIGUOUS)
    out = " ".join(shown(extraction).split())
    assert cell.candidates
    assert " / ".join(str(int(value)) for value in cell.candidates) in out
    assert f"“{cell.raw_text}”" in out


def test_every_status_has_its_own_mark_without_colours():
    key = CellKey(3, "new_received", "total")
    marks = set()
    for status in CellStatus:
        read = Decimal(7) if status in {CellStatus.REPORTED, CellStatus.RECOVERED} else None
        cell = Cell(key, read, status, "7")
        out = shown(make_report(cells={str(key): cell}))
        row = next(line for line in out.splitlines() if "一、本年新收" in line)
        marks.add(row.split()[-1])
    assert marks == {"7", "7*", "/", "?", "x", "!"}
    assert set(MARKS) == set(CellStatus)


def test_the_label_above_is_shown_where_cells_stand_on_lines_of_their_own():
    out = shown(extract(ONE_CELL_A_LINE.read_bytes(), "x.txt"))
    assert "行政处罚 | ⏎ 3 |" in out


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("path", [RUN_TOGETHER, BROKEN_OFF], ids=["text", "html"])
def test_lines_fit_the_screen(path, width, language):
    out = shown(extract(path.read_bytes(), path.name), width, language)
    lines = out.splitlines()
    assert max(map(cell_len, lines)) <= width


def test_columns_are_in_line_under_wide_and_narrow_labels():
    values = {f"3|{row}|total": 77777 for row in ("new_received", "granted", "carried_out")}
    lines = shown(make_report(values=values)).splitlines()
    ends = [cell_len(line[: line.index("77777")]) for line in lines if "77777" in line]
    assert len(ends) == 3
    assert len(set(ends)) == 1


def test_only_the_table_asked_for_is_shown(draft, capsys):
    assert main(["inspect", str(draft), "--table", "4"]) == 0
    out = capsys.readouterr().out
    assert "表4 四、" in out
    assert "表3 三、" not in out


def test_as_json_every_cell_has_status_raw_text_candidates_and_a_span_into_the_text(capsys):
    assert main(["inspect", str(RUN_TOGETHER), "--format", "json"]) == 0
    read = json.loads(capsys.readouterr().out)
    cells = read["report"]["cells"]
    assert len(cells) == 200
    for cell in cells:
        assert cell["raw_text"] == read["text"][cell["char_start"] : cell["char_end"]]
        assert (cell["value"] is None) == (cell["status"] not in {"reported", "recovered"})
    ambiguous = [cell for cell in cells if cell["status"] == "ambiguous"]
    assert [len(cell["candidates"]) > 1 for cell in ambiguous] == [True] * 3
    assert ambiguous[0]["cell"] == "2|normative_documents|made"
    assert ambiguous[0]["row_label_en"] == "normative documents"
    assert [one["code"] for one in read["report"]["problems"]] == ["cells_ambiguous"]
    assert [one["section_no"] for one in read["report"]["sections"]] == [1, 2, 3, 4, 5, 6]
    assert read["report"]["identity"]["report_year"] == 2021


def test_a_file_that_is_no_report_says_why_and_exits_1(tmp_path, capsys):
    path = tmp_path / "note.txt"
    path.write_text("今天下午三点开会。\n", encoding="utf-8")
    assert main(["inspect", str(path), "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["report"] is None
    assert "note.txt" in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["no/such/file"], ["."], ["x", "--table", "5"]])
def test_wrong_usage_is_one_line_and_exit_2(arguments, capsys):
    assert main(["inspect", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_could_steer_a_terminal_does_not_get_there(tmp_path, capsys):
    path = tmp_path / "evil.txt"
    text = report_text("青溪县民政局").replace(
        "平稳有序", "平稳\x1b[2J\x07有序收到政府信息公开申请3件"
    )
    path.write_text(text.replace("规章 |", "规章\x1b]0;x\x07 |"), encoding="utf-8")
    assert main(["inspect", str(path)]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out


def test_inspect_imports_no_store_and_no_orchestration(draft):
    code = (
        "import sys\nfrom flows.cli import main\n"
        f"main(['inspect', {str(draft)!r}])\n"
        "heavy = {'prefect', 'great_expectations', 'pandas', 'duckdb', 'pyarrow'}\n"
        "found = heavy & set(sys.modules)\n"
        "sys.exit(f'imported {found}' if found else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
