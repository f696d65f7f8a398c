"""What the papers tell of: the files of a dataset, what is in them, and who publishes it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from pipelines.database.copying import count_rows
from pipelines.database.excerpts import excerpts
from pipelines.database.file import Connection
from pipelines.database.schema import VERSION
from pipelines.export.papers.publisher import Publisher, publisher
from pipelines.export.papers.sums import sha256_of
from pipelines.export.tables import TABLES, Table
from pipelines.history.contents import Contents, contents

NAME = "policytrail-dataset"
TITLE = "Versions of policies, from captures of web archives"
KEYWORDS = (
    "privacy policies",
    "terms of service",
    "web archives",
    "mementos",
    "longitudinal data",
    "policy changes",
)
_DATASETS = UUID("31dce2dc-7e32-573f-a80e-bb11926439a3")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A table as a file."""

    table: Table
    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A dataset as it lies in a folder. `layout` is parquet, csv or jsonl.

    `chosen` are the choices, one after the other, that it was narrowed by; none in a whole one.
    """

    layout: str
    files: tuple[File, ...]
    contents: Contents
    chosen: tuple[Mapping[str, Any], ...]
    redactions: Mapping[str, int]
    publisher: Publisher
    schema_version: int
    software_version: str

    @property
    def text_free(self) -> bool:
        """Say whether there are no texts in it."""
        return any(chosen.get("text_free") for chosen in self.chosen)

    @property
    def redacted(self) -> bool:
        """Say whether people were taken out of its texts."""
        return any(chosen.get("redact") for chosen in self.chosen)

    @property
    def published(self) -> date | None:
        """Give the day of the newest fact; None where there is none."""
        return self.contents.newest.date() if self.contents.newest else None

    @property
    def version(self) -> str:
        """Number the dataset by that day, so that later facts have a higher one."""
        day = self.published
        return f"{day.year}.{day.month}.{day.day}" if day else "0.0.0"

    @property
    def urn(self) -> str:
        """Name these very files: another byte in one of them is another name."""
        hashes = "\n".join(f"{file.path} {file.sha256}" for file in self.files)
        return uuid5(_DATASETS, hashes).urn

    @property
    def rows(self) -> Mapping[str, int]:
        """Count the rows of each table."""
        return {file.table.name: file.rows for file in self.files}


def release(connection: Connection, part: Path, contact: str) -> Release:
    """Look at the files of `part` and at the connection that they were written from."""
    rows = count_rows(connection, tuple(table.name for table in TABLES))
    files = tuple(
        _file(part, path, table, rows[table.name])
        for table in TABLES
        for path in sorted((part / "data").glob(f"{table.name}.*"))
    )
    narrowed = excerpts(connection)
    return Release(
        layout=Path(files[0].path).suffix[1:],
        files=files,
        contents=contents(connection),
        chosen=tuple(one.chosen for one in narrowed),
        redactions=sum((Counter(one.redacted) for one in narrowed), Counter()),
        publisher=publisher(contact),
        schema_version=VERSION,
        software_version=version("policytrail"),
    )


def _file(part: Path, path: Path, table: Table, rows: int) -> File:
    return File(
        table=table,
        path=path.relative_to(part).as_posix(),
        rows=rows,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
    )
