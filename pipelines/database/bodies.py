"""Kept bodies read again by another extractor. Owns duckdb."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.database.file import Connection, reading, writing
from pipelines.database.load import extraction_rows
from pipelines.database.opening import adopt, enlist
from pipelines.database.rows import insert
from pipelines.extraction.fingerprint import current_extractor
from pipelines.extraction.parallel import Body, read_all
from pipelines.warc import read_body

_BATCH = 200


def unread(connection: Connection, extractor_id: str) -> list[tuple[str, str, str, int, str]]:
    """Give the bodies an extractor has not read: sha256, type, file, offset, address."""
    return connection.execute(
        """
        SELECT body_sha256,
               first(content_type ORDER BY timestamp, uri_r),
               first(warc_file ORDER BY timestamp, uri_r),
               first(warc_offset ORDER BY timestamp, uri_r),
               first(uri_r ORDER BY timestamp, uri_r)
        FROM mementos
        WHERE body_sha256 NOT IN (
            SELECT body_sha256 FROM extractions WHERE extractor_id = ?
        )
        GROUP BY body_sha256
        ORDER BY body_sha256
        """,
        [extractor_id],
    ).fetchall()


def read_again(data: Path, told: Callable[[int], None] = lambda _: None) -> int:
    """Read every kept body that the current extractor has not read, on all cores.

    Written in short turns, so that stopping loses at most the turn at hand and starting again
    goes on. `told` hears how many were just written. Gives how many were read in all.
    """
    extractor_id = current_extractor().extractor_id
    with writing(data) as connection:
        enlist(connection, current_extractor())
    with reading(data) as connection:
        places = unread(connection, extractor_id)
    bodies = (
        Body(key=sha256, body=read_body(data / "warc", file, offset), content_type=kind, url=uri_r)
        for sha256, kind, file, offset, uri_r in places
    )
    done = 0
    for batch in _batched(read_all(bodies)):
        rows: dict[str, list[dict[str, Any]]] = {"texts": [], "extractions": []}
        for body, extraction in batch:
            for table, made in extraction_rows(body.key, extractor_id, extraction).items():
                rows[table].extend(made)
        with writing(data) as connection:
            for table, made in rows.items():
                insert(connection, table, made, "DO NOTHING")
        done += len(batch)
        told(len(batch))
    return done


def count_unread(data: Path) -> int:
    """Count the kept bodies that the current extractor has not read."""
    with reading(data) as connection:
        return len(unread(connection, current_extractor().extractor_id))


def adopt_current(data: Path) -> tuple[int, int]:
    """Adopt the current extractor; give the number of versions before and after.

    Call it when every body is read, or what is unread is not observed any more.
    """
    with writing(data) as connection:
        before = _count_versions(connection)
        adopt(connection, current_extractor().extractor_id)
        return before, _count_versions(connection)


def _count_versions(connection: Connection) -> int:
    row = connection.execute("SELECT count(*) FROM versions").fetchone()
    return int(row[0]) if row else 0


def _batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    source = iter(items)
    while batch := list(islice(source, _BATCH)):
        yield batch
