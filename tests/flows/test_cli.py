from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

from flows.cli import COMMANDS, main
from flows.commands import doctor
from tests.flows.drafts import BALANCED, report_text
from tests.transforms.readers import hostile
from transforms.readers.reader import Reader
from transforms.statute.rules import rules


@pytest.fixture
def files(tmp_path):
    broken = {**BALANCED, "3|carried_in|total": 3}
    (tmp_path / "good.txt").write_text(report_text("青溪县民政局"), encoding="utf-8")
    (tmp_path / "broken.txt").write_text(
        report_text("青溪县水利局", cells=broken), encoding="utf-8"
    )
    (tmp_path / "empty.txt").touch()
    (tmp_path / "note.txt").write_text("今天下午三点开会。\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(command, capsys):
    texts = []
    for language in ("zh", "en"):
        assert main(["--lang", language, command, "--help"]) == 0
        texts.append(capsys.readouterr().out)
    chinese, english = texts
    assert chinese.startswith("用法：gongkai")
    assert english.isascii()


def test_help_of_the_whole_lists_every_command(capsys):
    assert main(["--lang", "en", "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {command} " in shown for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["run"],
        ["run", "no/such/path"],
        ["run", ".", "--no-such-option"],
        ["run", ".", "--engine", "abacus"],
        ["run", ".", "--batch", "../evil"],
        ["check", "no/such/file"],
        ["check", "."],
        ["rules", "Z99"],
        ["--lang", "fr", "rules"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("错误：")
    assert shown.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_is_a_file_is_one_line_and_exit_1(files, capsys):
    home = files / "empty.txt"
    assert main(["run", str(files / "good.txt"), "--home", str(home)]) == 1
    shown = capsys.readouterr()
    assert str(home) in shown.err
    assert shown.err.count("\n") == 1
    assert home.read_bytes() == b""


@pytest.mark.parametrize("command", [["query", "select 1"], ["report"], ["export", "first"]])
def test_commands_on_a_home_that_is_not_there_are_one_line_and_exit_1(command, capsys, tmp_path):
    home = tmp_path / "home"
    assert main([*command, "--home", str(home)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not home.exists()


def test_check_of_a_good_draft_finds_nothing(files, capsys):
    assert main(["--lang", "en", "check", str(files / "good.txt")]) == 0
    shown = capsys.readouterr()
    assert "no findings" in shown.out
    assert shown.err == ""


def test_check_shows_rule_suggestion_and_the_line_of_the_cell_that_is_wrong(files, capsys):
    assert main(["check", str(files / "broken.txt")]) == 3
    shown = capsys.readouterr().out
    lines = (files / "broken.txt").read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("二、上年结转"))
    assert "A01" in shown
    assert f"第{number}行 │ {lines[number - 1]}" in shown
    assert f"建议：{rules()['A01'].likely_fix.zh}" in shown


def test_check_as_json_has_the_same_finding_in_both_languages(files, capsys):
    assert main(["check", str(files / "broken.txt"), "--format", "json"]) == 3
    (checked,) = json.loads(capsys.readouterr().out)["files"]
    assert checked["status"] == "extracted"
    assert checked["body_name"] == "青溪县水利局"
    finding = next(one for one in checked["findings"] if one["rule_id"] == "A01")
    assert finding["severity"] == "critical"
    assert finding["message_zh"] != finding["message_en"]
    assert finding["source_line"].startswith("二、上年结转")


def waive(home, until):
    waiver = f"{{body: 青溪县水利局, year: 2023, reason: 已核实, who: 王某, until: {until}, rule: "
    (home / "waivers").mkdir(exist_ok=True)
    (home / "waivers" / "2024.yaml").write_text(
        "".join(f"- {waiver}{rule}}}\n" for rule in ("A01", "A08")), encoding="utf-8"
    )


def test_check_shows_waivers_of_a_home_and_counts_only_what_is_not_waived(files, capsys):
    call = ["check", str(files / "broken.txt"), "--home", str(files), "--lang", "zh"]
    waive(files, "2999-12-31")
    assert main(call) == 0
    shown = capsys.readouterr().out
    assert "其中已豁免2处" in shown
    assert "已豁免：已核实（王某，至2999-12-31）" in shown
    waive(files, "2020-12-31")
    assert main(call) == 3
    assert "豁免已过期：已核实（王某，至2020-12-31）" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["empty.txt", "note.txt"])
def test_check_of_a_file_that_is_no_report_says_why_and_exits_1(name, files, capsys):
    assert main(["check", str(files / name), str(files / "good.txt")]) == 1
    shown = capsys.readouterr()
    assert name in shown.err
    assert shown.err.count("\n") == 1
    assert "good.txt" in shown.out


def test_check_imports_neither_prefect_nor_great_expectations(files):
    code = (
        "import sys\nfrom flows.cli import main\n"
        f"main(['check', {str(files / 'good.txt')!r}])\n"
        "heavy = {'prefect', 'great_expectations', 'pandas'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_rules_prints_the_book_and_one_rule(capsys):
    assert main(["--lang", "en", "rules"]) == 0
    assert "A01" in capsys.readouterr().out
    assert main(["--lang", "en", "rules", "a01"]) == 0
    shown = capsys.readouterr().out
    assert "results_total + carried_out" in " ".join(shown.split())


@pytest.fixture
def archive(files):
    path = files / "年报.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(files / "good.txt", "某局/good.txt")
        packed.write(files / "broken.txt", "broken.txt")
    return path


def test_check_looks_into_an_archive(archive, capsys):
    assert main(["--lang", "en", "check", "--format", "json", str(archive)]) == 3
    checked = json.loads(capsys.readouterr().out)["files"]
    assert [one["path"] for one in checked] == [
        f"{archive}!/某局/good.txt",
        f"{archive}!/broken.txt",
    ]
    assert main(["check", f"{archive}!/某局/good.txt"]) == 0


def test_inspect_asks_which_file_of_an_archive_is_meant(archive, capsys):
    assert main(["--lang", "en", "inspect", str(archive)]) == 2
    assert "某局/good.txt" in capsys.readouterr().err
    assert main(["--lang", "en", "inspect", f"{archive}!/某局/good.txt"]) == 0
    assert main(["--lang", "en", "inspect", f"{archive}!/none.txt"]) == 2


def test_doctor_is_well_and_names_what_can_be_read(capsys, tmp_path):
    assert main(["--lang", "en", "doctor", "--home", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "all well" in shown
    assert "prefect" in shown
    assert "python-calamine" in shown
    assert "py7zr" in shown


def test_doctor_in_english_has_no_chinese(capsys, tmp_path):
    main(["--lang", "en", "doctor", "--home", str(tmp_path / "none")])
    assert not any("\u3000" <= char <= "\uffef" for char in capsys.readouterr().out)


def test_the_module_of_the_commands_runs_them():
    command = [sys.executable, "-m", "flows.cli", "--lang", "en", "no-such-command"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")


def test_doctor_names_what_a_format_misses_and_the_command_that_brings_it(monkeypatch):
    scans = Reader(
        "SCAN", "x/x", lambda data: True, hostile.abort, libraries=("no-such",), extra="ocr"
    )
    broken = replace(scans, extra=None)
    monkeypatch.setattr(doctor, "readers", lambda: (scans, broken))
    extra, needed = doctor._formats()
    assert "pip install 'gongkai[ocr]'" in extra.found
    assert needed.found.endswith("pip install gongkai")
    assert (extra.well, needed.well) == (None, False)
