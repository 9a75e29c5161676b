"""Rows -> Parquet files of a batch, invisible until a commit record names them.

Same rows, same bytes, same name: a file is named by the hash of what is in it, so nothing is ever
overwritten with something else and a batch that is run again finds its files already there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from transforms.records import DocumentStatus, Extraction
from warehouse import files
from warehouse.arrow import checked, table_of
from warehouse.catalog import ChunkFiles, StoredFile
from warehouse.home import Home, check_batch_id
from warehouse.rows import tables_of
from warehouse.tables import tables

PART_ROWS = 20_000  # of texts some 200 MB in memory
_NO_YEAR = "unknown"
_COUNTED = {
    DocumentStatus.EXTRACTED: "reports",
    DocumentStatus.DUPLICATE: "duplicates",
    DocumentStatus.QUARANTINED: "quarantined",
    DocumentStatus.NOT_A_REPORT: "not_reports",
}


def write_chunk(home: Home, batch_id: str, extractions: Sequence[Extraction]) -> ChunkFiles:
    """Write the stored tables of some files of a batch, in any process of the run.

    The order of the extractions does not matter. Raises OSError when the disk refuses.
    """
    ordered = sorted(extractions, key=lambda extraction: extraction.source_path)
    by_year: dict[int | None, list[Extraction]] = {}
    for extraction in ordered:
        year = extraction.report.identity.report_year if extraction.report else None
        by_year.setdefault(year, []).append(extraction)
    counts = Counter(dict.fromkeys(("files", "problems", *_COUNTED.values()), 0))
    parts = []
    for year, group in by_year.items():
        for name, table in tables_of(batch_id, group).items():
            parts.append(_write_part(home, batch_id, name, year, table))
            counts["problems"] += table.num_rows if name == "problems" else 0
    counts["files"] = len(ordered)
    counts.update(_COUNTED[extraction.status] for extraction in ordered)
    return ChunkFiles.merge([ChunkFiles(counts=dict(counts)), *parts])


def write_table(
    home: Home, batch_id: str, name: str, rows: pa.Table | Sequence[Mapping[str, Any]]
) -> ChunkFiles:
    """Write one table of a batch that does not come from extraction (findings, rules, results).

    `counts` has their number under the table's name.
    """
    table = checked(name, rows) if isinstance(rows, pa.Table) else table_of(name, rows)
    counts = ChunkFiles(counts={name: table.num_rows})
    if "report_year" not in table.column_names:
        return ChunkFiles.merge([counts, _write_part(home, batch_id, name, None, table)])
    years = pc.unique(table["report_year"]).to_pylist()
    parts = []
    for year in sorted(years, key=lambda year: (year is None, year)):
        column = table["report_year"]
        mask = pc.is_null(column) if year is None else pc.equal(column, year)
        parts.append(_write_part(home, batch_id, name, year, table.filter(mask)))
    return ChunkFiles.merge([counts, *parts])


def compact(home: Home, batch_id: str, written: ChunkFiles) -> ChunkFiles:
    """The same rows in fewer files: every query opens every file, and that costs 3 ms a file.

    Files of the same table and year are joined up to PART_ROWS rows. The old ones are left to the
    next sweep.
    """
    parts = [ChunkFiles(counts=written.counts)]
    for name, stored in written.files.items():
        for (year, _), group in groupby(_numbered(stored), key=lambda item: item[0]):
            joined = [file for _, file in group]
            if len(joined) == 1:
                parts.append(ChunkFiles(files={name: tuple(joined)}))
            else:
                read = [pq.read_table(home.path / file.path, partitioning=None) for file in joined]
                table = checked(name, pa.concat_tables(read))
                parts.append(_write_part(home, batch_id, name, year, table))
    return ChunkFiles.merge(parts)


def _numbered(
    stored: Sequence[StoredFile],
) -> Iterator[tuple[tuple[int | None, int], StoredFile]]:
    """Each file with the year of its folder and the number of the part it goes into."""
    rows: dict[int | None, int] = {}
    part: dict[int | None, int] = {}
    for file in stored:
        shown = file.path.split("/")[2].removeprefix("report_year=")
        year = None if shown == _NO_YEAR else int(shown)
        rows[year] = rows.get(year, 0) + file.rows
        if rows[year] > PART_ROWS:
            rows[year], part[year] = file.rows, part.get(year, 0) + 1
        yield (year, part.get(year, 0)), file


def _write_part(
    home: Home, batch_id: str, name: str, year: int | None, table: pa.Table
) -> ChunkFiles:
    if table.num_rows == 0:
        return ChunkFiles()
    table = table.sort_by([(column, "ascending") for column in tables()[name].key])
    data = _parquet_bytes(table)
    digest = hashlib.sha256(data).hexdigest()
    folder = f"tables/{name}/report_year={_NO_YEAR if year is None else year}"
    path = f"{folder}/batch_id={check_batch_id(batch_id)}/part-{digest[:16]}.parquet"
    target = home.path / path
    if not target.exists() or target.stat().st_size != len(data):
        files.write(target, data)
    stored = StoredFile(path=path, bytes=len(data), sha256=digest, rows=table.num_rows)
    return ChunkFiles(files={name: (stored,)})


def _parquet_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.combine_chunks(),
        sink,
        compression="zstd",
        compression_level=3,
        store_decimal_as_integer=True,  # 8 bytes a value, with statistics DuckDB can use
    )
    return bytes(sink.getvalue())
