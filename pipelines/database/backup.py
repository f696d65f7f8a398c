"""The ledger's export, and the way back: what the WARC files do not say themselves. Owns duckdb.

One gzipped JSON line a row, the table's name first. Bodies stay where they are, in the WARC
files; texts, versions and changes are made again from them.
"""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from crawler.errors import AskedWrongly
from pipelines.database.file import Connection
from pipelines.database.rows import insert

TABLES = (
    "vendors",
    "policies",
    "locations",
    "crawls",
    "listings",
    "listing_changes",
    "captures",
    "saves",
    "announcements",
)
_BATCH = 2000


def export_ledger(connection: Connection, path: Path) -> int:
    """Write the ledger's export; a whole file or none. Gives the number of rows."""
    part = path.with_name(f".{path.name}.part")
    rows = 0
    try:
        with gzip.GzipFile(part, "wb", mtime=0) as file:
            for table in TABLES:
                for row in _rows(connection, table):
                    file.write((json.dumps({"table": table} | row) + "\n").encode())
                    rows += 1
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise AskedWrongly(f"cannot write {path}: {error.strerror or error}") from error
    return rows


def import_ledger(connection: Connection, path: Path) -> int:
    """Write an export's rows into an empty database. Raises AskedWrongly for any other file."""
    count = 0
    for table, rows in _batches(_read(path)):
        try:
            insert(connection, table, rows)
        except (duckdb.Error, KeyError) as error:
            reason = str(error).splitlines()[0]
            raise AskedWrongly(f"{path} does not fit the table {table}: {reason}") from error
        count += len(rows)
    if not count:
        raise AskedWrongly(f"{path} is no export of the ledger: it is empty")
    return count


def _rows(connection: Connection, table: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY ALL")  # noqa: S608 - ours
    names = [column[0] for column in cursor.description or []]
    while chunk := cursor.fetchmany(_BATCH):
        for row in chunk:
            yield {name: _plain(value) for name, value in zip(names, row, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                row = json.loads(line)
                table = row.pop("table", None)
                if table not in TABLES:
                    raise AskedWrongly(f"{path}:{number}: no row of the ledger's export")
                yield table, row
    except (OSError, EOFError, zlib.error, ValueError, AttributeError, TypeError) as error:
        raise AskedWrongly(f"{path} is no export of the ledger: {error}") from error


def _batches(
    rows: Iterable[tuple[str, dict[str, Any]]],
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    table, batch = "", list[dict[str, Any]]()
    for name, row in rows:
        if batch and (name != table or len(batch) >= _BATCH):
            yield table, batch
            batch = []
        table = name
        batch.append(row)
    if batch:
        yield table, batch
