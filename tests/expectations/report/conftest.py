"""Seeded numbers -> a DuckDB file with the contract's tables, full of invented reports.

Tables 2 to 4 of each report stand in its text as `label|label|value` lines, so that every offset
points at what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from expectations.report.bilingual import cell_labels
from transforms.statute.loader import cell_keys
from transforms.statute.rules import rules
from warehouse.tables import arrow_schema, published_tables

BATCH = "test-batch"
Rows = list[dict[str, Any]]


@dataclass
class Invented:
    """Rows by table; `write` makes the database."""

    tables: dict[str, Rows] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> dict[str, Any]:
        columns = arrow_schema(table).names
        assert set(row) <= set(columns), set(row) - set(columns)
        self.tables.setdefault(table, []).append({name: row.get(name) for name in columns})
        return row

    def document(self, path: str, status: str, **more: Any) -> dict[str, Any]:
        return self.add(
            "documents",
            document_id=hashlib.sha256(path.encode()).hexdigest(),
            batch_id=BATCH,
            source_path=path,
            media_type="text/plain",
            bytes=4321,
            encoding="utf-8",
            status=status,
            **more,
        )

    def report(
        self,
        path: str,
        body: str | None,
        values: dict[str, int | None],
        *,
        statuses: dict[str, str] | None = None,
        raw: dict[str, str] | None = None,
        form: str = "2021",
        year: int | None = 2023,
        title: str = "",
    ) -> str:
        """A report with the cells given, 0 elsewhere; gives its report_id."""
        document_id = self.document(path, "extracted")["document_id"]
        report_id = f"r-{document_id[:12]}"
        lines = [title or f"{body}{year}年政府信息公开工作年度报告", "统计期限为1月1日至12月3日。"]
        place = sum(map(len, lines)) + len(lines)
        for number, key in enumerate(cell_keys(form), start=1):
            status = (statuses or {}).get(str(key), "reported")
            value = values.get(str(key), 0) if status in ("reported", "recovered") else None
            shown = (raw or {}).get(str(key), "" if value is None else str(value))
            labels = cell_labels(key, form)
            line = f"{labels.row.zh}|{labels.column.zh}|{shown}"
            start = place + len(line) - len(shown)
            absent = status == "missing"
            self.add(
                "cells",
                report_id=report_id,
                batch_id=BATCH,
                cell_no=number,
                table_no=key.table_no,
                row_key=key.row_key,
                column_key=key.column_key,
                value=None if value is None else Decimal(value),
                status=status,
                raw_text=shown,
                char_start=None if absent else start,
                char_end=None if absent else start + len(shown),
                candidates=[Decimal(3), Decimal(32)] if status == "ambiguous" else None,
            )
            lines.append(line)
            place += len(line) + 1
        self.add("texts", document_id=document_id, batch_id=BATCH, text="\n".join(lines))
        self.add(
            "reports",
            report_id=report_id,
            document_id=document_id,
            batch_id=BATCH,
            title=lines[0],
            body_name=body,
            report_year=year,
            form=form,
            published_on=date(2024, 1, 20),
            section_numbers=[1, 2, 3, 4, 5, 6],
            version=1,
            is_current=True,
        )
        return report_id

    def finding(self, report_id: str, rule_id: str, cells: Iterable[str] = (), **more: Any) -> None:
        number = len(self.tables.get("findings", ()))
        row = {
            "severity": rules()[rule_id].severity,
            "message_zh": f"{rule_id}不符",
            "message_en": f"{rule_id} is violated",
            "observed": "1",
            "expected": "2",
            "scope": "report",
            "checked_by": BATCH,
        }
        self.add(
            "findings",
            finding_id=f"f-{number:06}",
            batch_id=BATCH,
            report_id=report_id,
            rule_id=rule_id,
            cells=list(cells),
            **{**row, **more},
        )

    def result(self, rule_id: str, assessed: int, violated: int, not_assessable: int) -> None:
        rule = rules()[rule_id]
        self.add(
            "rules",
            rule_id=rule_id,
            batch_id=BATCH,
            title_zh=rule.title.zh,
            title_en=rule.title.en,
            severity=rule.severity,
            scope="report",
            forms=list(rule.forms or ()),
            legal_basis="《条例》（国务院令第711号）第五十条",
            formula="left = right",
        )
        self.add(
            "rule_results",
            batch_id=BATCH,
            rule_id=rule_id,
            assessed=assessed,
            violated=violated,
            not_assessable=not_assessable,
        )

    def problem(self, path: str, report_id: str, code: str, place: str, **messages: str) -> None:
        self.add(
            "problems",
            batch_id=BATCH,
            source_path=path,
            problem_no=1,
            report_id=report_id,
            code=code,
            place=place,
            **messages,
        )

    def write(self, path: Path) -> Path:
        """A database with every published table, empty where nothing was added."""
        documents = self.tables.get("documents", [])
        self.add(
            "batches",
            batch_id=BATCH,
            started_at=datetime(2024, 2, 1, 8, 0),
            finished_at=datetime(2024, 2, 1, 8, 1),
            source="examples",
            files=len(documents),
            reports=len(self.tables.get("reports", ())),
            quarantined=sum(row["status"] == "quarantined" for row in documents),
            duplicates=sum(row["status"] == "duplicate" for row in documents),
            not_reports=sum(row["status"] == "not_a_report" for row in documents),
            extractor_version="1",
            rules_version="1",
        )
        with duckdb.connect(str(path)) as connection:
            for table in published_tables():
                rows = pa.Table.from_pylist(  # noqa: F841
                    self.tables.get(table.name, []), schema=arrow_schema(table.name)
                )
                connection.execute(f"create table {table.name} as select * from rows")
        return path


def small() -> Invented:
    """Four reports: one broken, one with a hostile name and text, one unread, one clean."""
    invented = Invented()
    total = "3|{}|total".format
    broken = invented.report(
        "甲/001.txt",
        "云溪县青石镇人民政府",
        {total("new_received"): 12, total("results_total"): 11, "4|reconsideration|total": 2},
    )
    invented.finding(
        broken,
        "A01",
        [total(row) for row in ("new_received", "carried_in", "results_total", "carried_out")],
        message_zh="表3“总计”列不平：12 与 11，相差 1",
        message_en="table 3, column total, does not balance: 12 and 11, difference 1",
        observed="12",
        expected="11",
    )
    invented.finding(
        broken,
        "A10",
        [
            f"4|reconsideration|{column}"
            for column in ("total", "upheld", "corrected", "other_result", "pending")
        ],
        root_finding_id="f-000000",
        waiver="in_force",
        waiver_reason="已核实",
        waiver_who="王某",
        waiver_until=date(2024, 12, 31),
    )
    hostile = invented.report(
        "乙/<b>002.txt",
        "=HYPERLINK(0)<script>alert(1)</script>局",
        {},
        raw={"2|fees|amount": "</script><script>alert(2)</script>"},
        statuses={"2|fees|amount": "invalid"},
    )
    invented.finding(
        hostile, "D02", message_zh="<img src=x onerror=alert(3)>", char_start=2, char_end=9
    )
    unread = invented.report(
        "丙/003.html",
        None,
        {},
        statuses={str(key): "missing" for key in cell_keys("2021") if key.table_no == 3}
        | {"2|normative_documents|made": "ambiguous"},
        raw={"2|normative_documents|made": "321557"},
        year=None,
    )
    invented.report("丁/004.txt", "云溪县司法局", {})
    invented.result("A01", assessed=3, violated=1, not_assessable=1)
    invented.result("A10", assessed=4, violated=1, not_assessable=0)
    invented.result("D02", assessed=3, violated=1, not_assessable=1)
    invented.result("A15", assessed=0, violated=0, not_assessable=4)
    invented.document(
        "坏.html",
        "quarantined",
        reason="文件为空（0字节）",
        reason_en="the file is empty (0 bytes)",
        reason_code="empty_file",
    )
    invented.document(
        "通知.txt",
        "not_a_report",
        reason="不是年度报告：无六个部分",
        reason_en="no report: no sections",
    )
    invented.document(
        "甲/副本.txt",
        "duplicate",
        reason="与已收文件相同：甲/001.txt",
        reason_en="same as 甲/001.txt",
    )
    invented.problem(
        "丙/003.html",
        unread,
        "table_missing",
        "3",
        message_zh="表三没有读到",
        message_en="table 3 was not read",
    )
    return invented


@pytest.fixture
def invented() -> Invented:
    """Nothing yet; add to it and write it."""
    return Invented()


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small warehouse on disk."""
    return small().write(tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb")
