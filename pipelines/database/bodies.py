"""Kept bodies: read again by another extractor, and found by their address. Owns duckdb."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from crawler.errors import PolicytrailError
from pipelines.database.file import Connection, reading, writing
from pipelines.database.load import extraction_rows
from pipelines.database.opening import adopt, enlist
from pipelines.database.readings import policies_of, refresh
from pipelines.database.rows import insert
from pipelines.extraction.fingerprint import current_extractor
from pipelines.extraction.parallel import read_all
from pipelines.extraction.reader import Body
from pipelines.warc import DamagedShelf, read_body

_BATCH = 200
_SECONDS = 10.0  # a kill loses no more than this, however slow the pages are

Place = tuple[str, str, str, int, str]


class MissingBodies(PolicytrailError):  # noqa: N818
    """Some kept bodies are not where the ledger says, so that not everything could be read."""

    def __init__(self, lost: list[str], count: int) -> None:
        super().__init__(
            f"{len(lost):,} of {count:,} bodies cannot be read, and nothing is adopted; the first: "
            f"{lost[0]}: put the file back from a copy, or `policytrail rebuild` a database that "
            "has these captures fetched again"
        )
        self.lost = lost


class BodiesElsewhere(PolicytrailError):  # noqa: N818
    """Some mementos were imported without their bodies, which nobody can read again here."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count:,} bodies are kept elsewhere and cannot be read here, and nothing is adopted: "
            "import a dataset that this policytrail exported where the bodies are"
        )


class NotComplete(PolicytrailError):  # noqa: N818
    """An extractor that has not read everything must not be adopted."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count:,} bodies are not read yet: run `policytrail extract` first")


def unread(connection: Connection, extractor_id: str) -> list[Place]:
    """Give the bodies an extractor has not read: sha256, type, file, offset, address."""
    return connection.execute(
        """
        SELECT body_sha256,
               first(content_type ORDER BY warc_file = '', timestamp, uri_r),
               first(warc_file ORDER BY warc_file = '', timestamp, uri_r),
               first(warc_offset ORDER BY warc_file = '', timestamp, uri_r),
               first(uri_r ORDER BY warc_file = '', timestamp, uri_r)
        FROM (FROM mementos UNION ALL BY NAME SELECT *, '' AS uri_r FROM documents)
        WHERE body_sha256 NOT IN (
            SELECT body_sha256 FROM extractions WHERE extractor_id = ?
        )
        GROUP BY body_sha256
        ORDER BY body_sha256
        """,
        [extractor_id],
    ).fetchall()


def read_again(
    data: Path, told: Callable[[int], None] = lambda _: None, batch: int = _BATCH
) -> int:
    """Read every kept body that the current extractor has not read, on all cores.

    Written in turns of a `batch`, so that a kill loses no more than that, an interrupt nothing,
    and starting again goes on. `told` hears how many more are done. Gives how many were read.
    Raises MissingBodies, BodiesElsewhere once all others are read.
    """
    extractor_id = current_extractor().extractor_id
    with writing(data) as connection:
        enlist(connection, current_extractor())
        refresh(connection)  # whatever an UPDATE by hand has left behind
    with reading(data) as connection:
        places = unread(connection, extractor_id)
    here = [place for place in places if place[2]]
    lost: list[str] = []
    rows: dict[str, list[dict[str, Any]]] = {"texts": [], "extractions": []}
    began = time.monotonic()
    try:
        for body, extraction in read_all(_bodies(data, here, lost)):
            for table, made in extraction_rows(body.key, extractor_id, extraction).items():
                rows[table].extend(made)
            if len(rows["extractions"]) >= batch or time.monotonic() - began > _SECONDS:
                _write(data, rows)
                began = time.monotonic()
            told(1)
    finally:
        _write(data, rows)
    if lost:
        raise MissingBodies(lost, len(here))
    if len(here) < len(places):
        raise BodiesElsewhere(len(places) - len(here))
    return len(places)


def count_unread(data: Path) -> int:
    """Count the kept bodies that the current extractor has not read."""
    with reading(data) as connection:
        return len(unread(connection, current_extractor().extractor_id))


def adopt_current(data: Path) -> None:
    """Adopt the current extractor. Raises NotComplete unless it has read every kept body."""
    extractor_id = current_extractor().extractor_id
    with writing(data) as connection:
        if left := len(unread(connection, extractor_id)):
            raise NotComplete(left)
        adopt(connection, extractor_id)


def _bodies(data: Path, places: list[Place], lost: list[str]) -> Iterator[Body]:
    for sha256, content_type, file, offset, uri_r in places:
        try:
            body = read_body(data / "warc", file, offset)
        except DamagedShelf as error:
            lost.append(str(error))
        else:
            yield Body(key=sha256, body=body, content_type=content_type, url=uri_r)


def _write(data: Path, rows: dict[str, list[dict[str, Any]]]) -> None:
    if not rows["extractions"]:
        return
    with writing(data) as connection:
        for table, made in rows.items():
            insert(connection, table, made, "DO NOTHING")
        bodies = {row["body_sha256"] for row in rows["extractions"]}
        refresh(connection, policies_of(connection, bodies))
    for made in rows.values():
        made.clear()
