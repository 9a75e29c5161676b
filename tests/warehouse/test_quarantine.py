"""Quarantine: what could not be read, with its reason, under a safe name."""

from __future__ import annotations

from dataclasses import replace

from tests.factories import make_refusal, make_report
from tests.warehouse.conftest import commit_of, load
from transforms.records import DocumentStatus
from warehouse import lock, publish, write
from warehouse.home import Home
from warehouse.quarantine import safe_names


def test_each_unreadable_file_lies_beside_its_reason_in_both_languages(home: Home) -> None:
    load(
        home,
        "b",
        [
            make_report(),
            make_refusal("x/坏.pdf", data=b"1"),
            make_refusal("y/坏.pdf", data=b"2"),
            make_refusal(
                "z/通知.txt", "not_a_report", DocumentStatus.NOT_A_REPORT, details={"why": "无"}
            ),
        ],
    )
    names = sorted(path.name for path in home.quarantine("b").iterdir())
    assert names == ["坏.pdf", "坏.pdf.reason.txt", "坏~2.pdf", "坏~2.pdf.reason.txt"]
    reason = (home.quarantine("b") / "坏~2.pdf.reason.txt").read_text("utf-8").splitlines()
    assert reason[0] == "y/坏.pdf"
    assert "0字节" in reason[1]
    assert "0 bytes" in reason[2]


def test_the_folder_follows_the_batch_and_mending_a_copy_leaves_raw_alone(home: Home) -> None:
    refusal = make_refusal("x/坏.pdf", data=b"1")
    load(home, "b", [refusal])
    (home.quarantine("b") / "坏.pdf").write_bytes(b"mended")
    assert home.raw(refusal.document_id).read_bytes() == b""
    load(home, "b", [make_report()])
    assert not home.quarantine("b").exists()


def test_a_file_that_could_not_be_opened_has_only_a_reason(home: Home) -> None:
    refusal = make_refusal("x/坏.pdf", "unopenable", details={"error": "E"})
    with lock.writer(home):
        written = write.write_chunk(home, "b", [replace(refusal, document_id="")])
        publish.publish(home, commit_of("b", written))
    assert [path.name for path in home.quarantine("b").iterdir()] == ["坏.pdf.reason.txt"]


def test_names_are_safe_short_and_unique_whatever_the_case() -> None:
    names = safe_names(["a/x:y?.txt", "b/X:Y?.TXT", "c/..", "d/" + "长" * 85 + ".html"])
    assert names[:3] == ["x_y_.txt", "X_Y_~2.TXT", "_"]
    assert names[3].endswith(".html")
    assert all(len(f"{name}.reason.txt".encode()) < 255 for name in names)
