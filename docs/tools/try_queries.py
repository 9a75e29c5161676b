"""A home folder -> where the latest report is, and three queries with their answers."""

from __future__ import annotations

import sys

from flows.cli import main

QUERIES = {
    "Which reports were read, and how many findings each has": """
        select body_name, reports.report_year, form, count(finding_id) as findings
        from reports left join findings using (report_id)
        group by all order by findings desc, body_name""",
    "Applications: received, answered and carried over, by body": """
        select body_name, report_year, new.total as received, done.total as answered,
            carried.total as carried_over
        from reports
        left join applications new on new.report_id = reports.report_id
            and new.row_key = 'new_received'
        left join applications done on done.report_id = reports.report_id
            and done.row_key = 'results_total'
        left join applications carried on carried.report_id = reports.report_id
            and carried.row_key = 'carried_out'
        where is_current order by body_name, report_year""",
    "What could not be read with certainty, and what stands there": """
        select body_name, table_no, row_key, column_key, status, raw_text
        from cells join reports using (report_id)
        where status in ('ambiguous', 'invalid') order by all""",
}


def show(home: str) -> None:
    for title, query in QUERIES.items():
        sql = " ".join(query.split())
        print(f'\n{title}:\n  gongkai query --home {home} "{sql}"', flush=True)
        main(["query", "--home", home, sql])
    print("\nData-quality report:", flush=True)
    main(["report", "--home", home])


if __name__ == "__main__":
    show(sys.argv[1])
