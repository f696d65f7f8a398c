"""A database made anew from the ledger's export and the WARC files. Owns duckdb."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.memento import to_timestamp
from pipelines.database.backup import import_ledger
from pipelines.database.file import NAME, Connection, writing
from pipelines.database.readings import refresh
from pipelines.database.rows import insert
from pipelines.warc import Record, read_shelf

# Without its body nothing is known of a capture, nor of those that had the same digest.
_LOST = """
UPDATE captures
SET state = 'pending',
    reason = '',
    settled_at = NULL
WHERE (state = 'fetched'
       AND (policy_id, urlkey, timestamp, original, digest)
           NOT IN (SELECT (policy_id, urlkey, timestamp, uri_r, digest) FROM mementos))
   OR (state = 'unchanged'
       AND (policy_id, urlkey, digest) NOT IN (SELECT (policy_id, urlkey, digest) FROM mementos))
"""


def restore(data: Path, export: Path) -> tuple[int, int, int]:
    """Write ledger and mementos into a new database; whole, or not at all.

    Gives the rows of the ledger, the mementos found, and the captures whose body is not there any
    more, which become pending again. Raises AskedWrongly for a bad export.
    """
    try:
        with writing(data) as connection:
            return import_ledger(connection, export), *restore_mementos(connection, data)
    except BaseException:
        (data / NAME).unlink(missing_ok=True)
        raise


def restore_mementos(connection: Connection, data: Path) -> tuple[int, int]:
    """Write `mementos` anew from the WARC files, for the captures that were fetched.

    Gives how many there are, and how many captures are pending again. A record that two crawls
    kept counts once, the earlier one.
    """
    rows: list[dict[str, Any]] = []
    undated: list[dict[str, Any]] = []
    fetched = _fetched(connection)
    for record in read_shelf(data / "warc"):
        if not record.uri_m:
            undated.append(_document_row(record))
        for digest in (record.received_digest, record.asked_digest):
            found = fetched.pop((_timestamp(record), record.uri_r, digest), [])
            rows.extend(_memento_row(record, digest, *names) for names in found)
            if found:
                break
    insert(connection, "mementos", rows, "DO NOTHING")
    insert(connection, "documents", undated, "DO NOTHING")
    lost = connection.execute(_LOST).fetchall()[0][0]
    refresh(connection)
    return len(rows) + len(undated), lost


def _document_row(record: Record) -> dict[str, Any]:
    return {
        "source": record.source,
        "path": record.archive_source,
        "content_type": record.content_type,
        **asdict(record.place),
        "fetched_at": datetime.fromisoformat(record.fetched_at),
        "crawl_id": record.crawl_id,
    }


def _timestamp(record: Record) -> str:
    return to_timestamp(datetime.fromisoformat(record.warc_date))


def _memento_row(record: Record, digest: str, policy_id: str, urlkey: str) -> dict[str, Any]:
    return {
        "policy_id": policy_id,
        "uri_m": record.uri_m,
        "uri_r": record.uri_r,
        "timestamp": _timestamp(record),
        "memento_datetime": datetime.fromisoformat(record.warc_date),
        "statuscode": record.statuscode,
        "content_type": record.content_type,
        **asdict(record.place),
        "archive_source": record.archive_source,
        "fetched_at": datetime.fromisoformat(record.fetched_at),
        "crawl_id": record.crawl_id,
        "urlkey": urlkey,
        "digest": digest,
        "digest_matches": digest == record.received_digest,
        "source": record.source,
    }


def _fetched(connection: Connection) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    wanted: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for policy_id, urlkey, timestamp, original, digest in connection.execute(
        "SELECT policy_id, urlkey, timestamp, original, digest FROM captures "
        "WHERE state = 'fetched' ORDER BY ALL"
    ).fetchall():
        wanted.setdefault((timestamp, original, digest), []).append((policy_id, urlkey))
    return wanted
