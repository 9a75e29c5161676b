from __future__ import annotations

from benchmarks.speed import STAGES, main


def test_pages_and_text_are_measured_against_the_bare_parse(capsys, tmp_path):
    options = ["--seeds", "1", "--rounds", "1", "--layout", "html", "--layout", "tab"]
    assert main([*options, "--memory", "4", "--shared", str(tmp_path)]) == 0
    speeds, stages, memory = tables(capsys.readouterr().out)
    assert list(speeds) == ["html", "all pages", "all text"]
    for row in speeds.values():
        bare, extraction, ratio = float(row[2]), float(row[4]), float(row[5])
        assert 0 < bare < extraction
        assert ratio > 1
    assert all(len(row) == len(STAGES) for row in stages.values())
    assert list(memory) == ["1", "2", "4"]


def tables(page: str) -> list[dict[str, list[str]]]:
    """The tables of a Markdown page: first cell of each row -> its other cells."""
    found: list[dict[str, list[str]]] = []
    rule = False
    for line in page.splitlines():
        name, *cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|---"):
            found.append({})
            rule = True
        elif not line.startswith("|"):
            rule = False
        elif rule:
            found[-1][name] = cells
    return found
