"""A path -> the home folder: where everything is kept.

```
inbox/                      files dropped here are taken by the scheduled sweep
corrections/*.yaml          the office's own errata of single cells (transforms/corrections.py)
rosters/*.csv               bodies that should file (transforms/rosters.py)
profile.yaml                rules that the office switches, and its own deadlines
waivers/*.yaml              findings that the office accepts (transforms/waivers.py)
raw/sha256/ab/abcd...       every input, byte for byte, once
tables/<table>/report_year=YYYY/batch_id=<id>/part-<hash>.parquet
batches/<id>.json           commit records: what none of them names does not exist
quarantine/<id>/            inputs that could not be read, each with its reason
warehouse.duckdb            what analysts open; replaced in one rename
reports/<id>/               data-quality reports
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from warehouse.errors import HomeError, InputError

BATCH_ID_BYTES = 100
_BATCH_ID = re.compile(r"[^\W_][\w.-]*")


@dataclass(frozen=True, slots=True)
class Home:
    """The home folder. `path` is made absolute; nothing is touched before `prepare`."""

    path: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", Path(self.path).expanduser().resolve())

    @property
    def inbox(self) -> Path:
        """Where files wait for the scheduled sweep."""
        return self.path / "inbox"

    @property
    def corrections(self) -> Path:
        """The ledger of corrections: YAML files written by people, only ever read here."""
        return self.path / "corrections"

    @property
    def profile(self) -> Path:
        """The rules that the office switches (transforms/statute/profile.py); may not be there."""
        return self.path / "profile.yaml"

    @property
    def rosters(self) -> Path:
        """The bodies that should file: CSV files written by people, only ever read here."""
        return self.path / "rosters"

    @property
    def waivers(self) -> Path:
        """The ledger of waivers: YAML files written by people, only ever read here."""
        return self.path / "waivers"

    @property
    def raw_folder(self) -> Path:
        """Every input, byte for byte, by SHA-256."""
        return self.path / "raw" / "sha256"

    def raw(self, document_id: str) -> Path:
        """The bytes of one document."""
        return self.raw_folder / document_id[:2] / document_id

    @property
    def tables(self) -> Path:
        """The Parquet files."""
        return self.path / "tables"

    @property
    def batches(self) -> Path:
        """The commit records."""
        return self.path / "batches"

    def commit_record(self, batch_id: str) -> Path:
        """The commit record of one batch."""
        return self.batches / f"{batch_id}.json"

    def quarantine(self, batch_id: str) -> Path:
        """The inputs of a batch that could not be read."""
        return self.path / "quarantine" / batch_id

    def reports(self, batch_id: str) -> Path:
        """The data-quality report of a batch."""
        return self.path / "reports" / batch_id

    @property
    def database(self) -> Path:
        """What analysts open."""
        return self.path / "warehouse.duckdb"

    @property
    def lock_file(self) -> Path:
        """Locked by the one writer."""
        return self.path / ".lock"

    @property
    def generations(self) -> Path:
        """Which Parquet files the last published databases name."""
        return self.path / ".generations.json"

    def prepare(self) -> Home:
        """Make the folders. Raises HomeError where that is not possible."""
        if self.path.exists() and not self.path.is_dir():
            raise HomeError("home_not_folder", path=self.path)
        try:
            for folder in (
                self.inbox,
                self.corrections,
                self.waivers,
                self.rosters,
                self.raw_folder,
                self.tables,
                self.batches,
            ):
                folder.mkdir(parents=True, exist_ok=True)
                with TemporaryFile(dir=folder):
                    pass  # a folder may exist and still refuse files
        except OSError as error:
            raise HomeError(
                "home_not_writable", path=self.path, error=error.strerror or error
            ) from error
        return self

    def require(self) -> Home:
        """The home as it is. Raises HomeError where there is none."""
        if not self.path.exists():
            raise HomeError("home_missing", path=self.path)
        if not self.path.is_dir():
            raise HomeError("home_not_folder", path=self.path)
        return self


def check_batch_id(batch_id: str) -> str:
    """The batch id, fit to be a folder name everywhere. Raises InputError where it is not."""
    well_formed = _BATCH_ID.fullmatch(batch_id) and not batch_id.endswith(".")
    if not well_formed or len(batch_id.encode()) > BATCH_ID_BYTES:
        raise InputError("bad_batch_id", batch_id=repr(batch_id), limit=BATCH_ID_BYTES)
    return batch_id
