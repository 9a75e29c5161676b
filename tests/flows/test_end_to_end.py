"""Batches through real Prefect, as a user runs them; the tests build on one another's home."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.conftest import COMMAND, clean_environment
from tests.flows.drafts import BALANCED, report_text

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("work") / "home"


@pytest.fixture(scope="module")
def drafts(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    unbalanced = {**BALANCED, "3|carried_in|total": 3}
    good = report_text("青溪县民政局")
    texts = {
        "民政局.txt": good,
        "重复/民政局 副本.txt": good,
        "水利局.txt": report_text("青溪县水利局", cells=unbalanced),
        "通知.txt": "今天下午三点开会，请准时参加。\n",
        "空白.txt": "",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "扫描.bin").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture(scope="module")
def later(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("later")
    (folder / "教育局.txt").write_text(report_text("松河县教育局"), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(gongkai, home, drafts) -> subprocess.CompletedProcess[str]:
    return gongkai("run", drafts, "--home", home, "--batch", "first")


@pytest.fixture(scope="module")
def server(home, first) -> Iterator[str]:
    command = [COMMAND, "serve", "--home", home, "--port", "0", "--interval", "600"]
    process = subprocess.Popen(
        command, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip().removeprefix("Prefect界面：")
    yield address
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert errors == ""


def ask(gongkai, home: Path, sql: str) -> list[dict[str, object]]:
    answer = gongkai("query", sql, "--home", home, "--format", "json")
    assert answer.stderr == ""
    rows: list[dict[str, object]] = json.loads(answer.stdout)
    return rows


def contents(*folders: Path) -> dict[Path, str]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_single_run_needs_no_server_and_makes_no_noise(first, home):
    assert first.stderr == ""
    assert first.returncode == 0
    assert f"质量报告：{home}/reports/first/index.html" in first.stdout
    assert (home / "reports" / "first" / "index.html").stat().st_size > 0


def test_every_file_gets_its_status_and_reason(gongkai, home, first):
    rows = ask(gongkai, home, "select source_path, status, reason from documents")
    found = {Path(str(row["source_path"])).name: row["status"] for row in rows}
    assert found == {
        "民政局.txt": "extracted",
        "民政局 副本.txt": "duplicate",
        "水利局.txt": "extracted",
        "通知.txt": "not_a_report",
        "空白.txt": "quarantined",
        "扫描.bin": "quarantined",
    }
    assert all(bool(row["reason"]) == (row["status"] != "extracted") for row in rows)
    kept = {path.name for path in (home / "quarantine" / "first").iterdir()}
    assert {"扫描.bin", "扫描.bin.reason.txt"} <= kept


def test_a_broken_balance_is_a_finding_not_a_failure(gongkai, home, first):
    rows = ask(gongkai, home, "select rule_id, message_zh from findings order by rule_id")
    assert "A01" in {row["rule_id"] for row in rows}


def test_prefect_keeps_the_run_its_tasks_and_the_figures_as_artifacts(home, first):
    with sqlite3.connect(f"file:{home}/.prefect/prefect.db?mode=ro", uri=True) as database:
        assert database.execute("select name, state_type from flow_run").fetchall() == [
            ("first", "COMPLETED")
        ]
        tasks = database.execute("select name from task_run order by start_time").fetchall()
        artifacts = database.execute("select key, type, data from artifact").fetchall()
    steps = "ingest transform draft compare load validate publish report"
    assert [name for (name,) in tasks] == steps.split()
    assert {(key, kind) for key, kind, _ in artifacts} == {
        ("batch-summary", "markdown"),
        ("batch-figures", "table"),
        ("batch-worst", "table"),
    }
    assert "不符项" in json.loads(next(data for key, _, data in artifacts if "summary" in key))


def test_query_writes_every_format(gongkai, home, first, tmp_path):
    sql = "select body_name, report_year from reports order by 1"
    assert "青溪县民政局" in gongkai("query", sql, "--home", home).stdout
    shown = gongkai("query", sql, "--home", home, "--format", "csv").stdout
    assert shown.splitlines()[0] == "body_name,report_year"
    out = tmp_path / "x.parquet"
    answer = gongkai("query", sql, "--home", home, "--format", "parquet", "-o", out)
    assert answer.returncode == 0
    assert out.read_bytes()[:4] == b"PAR1"


def test_wrong_sql_is_one_line_and_exit_1(gongkai, home, first):
    answer = gongkai("query", "select nothing", "--home", home, "--lang", "en")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Error: SQL error")
    assert answer.stderr.count("\n") == 1


def test_report_prints_where_it_is_and_knows_the_batches(gongkai, home, first):
    assert gongkai("report", "--home", home).stdout.strip().endswith("first/index.html")
    unknown = gongkai("report", "nope", "--home", home)
    assert unknown.returncode == 1
    assert "first" in unknown.stderr


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_export_writes_findings_for_people(form, gongkai, home, first, tmp_path):
    out = tmp_path / f"findings.{form}"
    answer = gongkai("export", "first", "--format", form, "-o", out, "--home", home)
    assert answer.stdout.strip() == str(out)
    assert out.stat().st_size > 0


def test_a_killed_run_leaves_what_was_published_and_no_process(gongkai, home, first, later):
    before = contents(home / "batches")
    command = [COMMAND, "run", later, "--home", home, "--batch", "second"]
    run = subprocess.Popen(command, env=clean_environment(), stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    while "读取报告" not in run.stdout.readline():
        pass
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    run.kill()
    run.communicate()
    assert contents(home / "batches") == before
    assert ask(gongkai, home, "select distinct batch_id from reports") == [{"batch_id": "first"}]
    assert children
    assert eventually(lambda: not any(is_running(int(child)) for child in children))


def test_the_next_run_completes_and_finds_a_running_server(gongkai, home, server, later):
    earlier = contents(home / "tables")
    answer = gongkai("run", later, "--home", home, "--batch", "second", "--fail-on", "info")
    assert (answer.returncode, answer.stderr) == (0, "")
    batches = ask(gongkai, home, "select batch_id, reports from batches order by 1")
    assert batches == [{"batch_id": "first", "reports": 2}, {"batch_id": "second", "reports": 1}]
    assert {path for path in earlier if "batch_id=first" in str(path)} <= set(
        contents(home / "tables")
    )
    assert f"{server}/api" in (home / ".prefect" / "server.json").read_text()


def test_the_next_run_marks_a_killed_one_and_its_tasks_as_crashed(home, first, later):
    """Of the two runs of the batch, the first was killed."""
    with sqlite3.connect(f"file:{home}/.prefect/prefect.db?mode=ro", uri=True) as database:
        runs = database.execute(
            "select id, state_type from flow_run where name = 'second' order by start_time"
        ).fetchall()
        tasks = database.execute(
            "select distinct state_type from task_run where flow_run_id = ?", runs[0][:1]
        ).fetchall()
    assert [state for _, state in runs] == ["CRASHED", "COMPLETED"]
    assert ("RUNNING",) not in tasks
    assert not list((home / ".prefect" / "running").iterdir())


def test_running_a_batch_twice_leaves_every_byte_and_reports_findings_by_exit_3(
    gongkai, home, server, drafts
):
    before = contents(home / "tables", home / "batches")
    answer = gongkai(
        "run", drafts, "--home", home, "--batch", "first", "--fail-on", "critical", "--lang", "en"
    )
    assert (answer.returncode, answer.stderr) == (3, "")
    assert "files taken in" in answer.stdout
    assert contents(home / "tables", home / "batches") == before


def test_the_served_inbox_is_swept(gongkai, home, server):
    name = home / "inbox" / "卫健局.txt"
    name.write_text(report_text("青溪县卫生健康局"), encoding="utf-8")
    os.utime(name, (0, 0))
    deployment = request_json(f"{server}/api/deployments/name/sweep-inbox/scheduled")
    request_json(f"{server}/api/deployments/{deployment['id']}/create_flow_run", b"{}")
    sql = "select count(*) as swept from documents where source_path = 'inbox/卫健局.txt'"
    assert eventually(lambda: ask(gongkai, home, sql) == [{"swept": 1}], seconds=180)
    assert eventually(lambda: not name.exists() and not (home / "inbox" / ".taken").exists())


def test_the_ui_answers_and_a_second_server_is_refused(gongkai, home, server):
    with urllib.request.urlopen(f"{server}/") as page:
        assert b"<html" in page.read()
    second = gongkai("serve", "--home", home)
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1


def request_json(url: str, body: bytes | None = None) -> dict[str, str]:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        found: dict[str, str] = json.load(answer)
    return found


def is_running(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def eventually(condition, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.5)
    return False
