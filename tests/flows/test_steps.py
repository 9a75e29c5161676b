"""The steps without Prefect, over inputs of several kinds."""

from __future__ import annotations

import zipfile

import pytest

from benchmarks.generator import generate
from flows import steps
from tests.flows.drafts import report_text
from warehouse import lock
from warehouse.home import Home


@pytest.fixture
def inputs(tmp_path):
    """A folder with an archive of reports, a saved page, a workbook and a file far too large."""
    folder = tmp_path / "报送"
    (folder / "n_files").mkdir(parents=True)
    with zipfile.ZipFile(folder / "年报.zip", "w") as archive:
        archive.writestr("某局/年报.txt", report_text("青溪县民政局"))
        archive.writestr("坏.pdf", b"%PDF-1.7\n broken")
        archive.writestr("../外.txt", report_text("青溪县水利局"))
    (folder / "n.html").write_bytes(generate(1, "2021", "html").data)
    (folder / "n_files" / "ad.htm").write_text("<p>广告</p>", encoding="utf-8")
    (folder / "表.xlsx").write_bytes(generate(2, "2021", "xlsx").data)
    with (folder / "大.pdf").open("wb") as file:
        file.truncate(70 << 20)
    return folder


def test_what_is_in_an_archive_is_counted_file_by_file(tmp_path, inputs):
    home = Home(tmp_path / "home").prepare()
    with lock.writer(home):
        manifest = steps.ingest(home, [inputs], "b")
        written = [steps.transform(home, "b", chunk) for chunk in steps.chunks(manifest)]
    assert [entry.source_path for entry in manifest.entries] == [
        "报送/n.html",
        "报送/大.pdf",
        "报送/年报.zip",
        "报送/年报.zip!/坏.pdf",
        "报送/年报.zip!/外.txt",
        "报送/年报.zip!/某局/年报.txt",
        "报送/表.xlsx",
    ]
    counts = steps.draft(home, manifest, [inputs], written).counts
    assert (counts["files"], counts["reports"]) == (7, 3)
    assert (counts["quarantined"], counts["not_reports"]) == (3, 1)


def test_what_chunks_wrote_is_joined_into_one_file_a_table_and_year(tmp_path, inputs):
    home = Home(tmp_path / "home").prepare()
    with lock.writer(home):
        manifest = steps.ingest(home, [inputs], "b")
        written = [steps.transform(home, "b", [entry]) for entry in manifest.entries]
        batch = steps.draft(home, manifest, [inputs], written)
    for name, joined in batch.files.items():
        assert sum(file.rows for file in joined) == sum(
            file.rows for one in written for file in one.files.get(name, ())
        )
        years = [file.path.split("/")[2] for file in joined]
        assert len(years) == len(set(years))
    assert len(batch.files["documents"]) < len(written)
