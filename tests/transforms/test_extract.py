from transforms.extract import extract
from transforms.records import DocumentStatus
from transforms.statute.loader import forms

HEADINGS = [heading.label for heading in forms()["2021"].sections]


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_report_whose_tables_are_pictures_is_a_report_without_cells():
    title = "云岭县财政局2023年政府信息公开工作年度报告"
    body = [line for heading in HEADINGS for line in (heading, "具体情况见图。")]
    report = extract(text(title, *body), "report.txt").report
    assert (report.form, report.cells) == (None, ())
    assert [problem.code for problem in report.problems] == ["table_missing"] * 3


def test_every_refusal_has_a_status_and_a_reason():
    empty = extract(b"", "empty.txt")
    assert (empty.status, empty.reason.code) == (DocumentStatus.QUARANTINED, "empty_file")
    notice = extract(text("关于召开会议的通知", "各乡镇：现将会议事项通知如下。"), "notice.txt")
    assert (notice.status, notice.report) == (DocumentStatus.NOT_A_REPORT, None)


def test_reading_the_same_bytes_twice_gives_the_same_record(shared):
    seed = next((shared / "seeds").iterdir())
    assert extract(seed.read_bytes(), "a") == extract(seed.read_bytes(), "a")


def test_a_page_that_breaks_off_is_not_blamed_for_what_is_missing():
    page = "<html><body><h1>云岭县财政局2023年政府信息公开工作年度报告</h1>" + "".join(
        f"<h2>{heading}</h2><p>工作有序开展。</p>" for heading in HEADINGS[:2]
    )
    report = extract(page.encode(), "page.html").report
    assert report.truncated
    assert report.section_numbers is None
