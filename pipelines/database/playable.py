"""Kept answers of the web, and the captures that show the same body. Owns duckdb."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pipelines.database.file import Connection
from pipelines.database.schema import read_sql

_CHUNK = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Playable:
    """A kept memento (`is_revisit` False), or a later or earlier capture of the same body.

    `kept_...` is of the memento. What the index said of the capture is None where it is unknown.
    """

    urlkey: str
    digest: str
    kept_at: str
    kept_uri_r: str
    is_revisit: bool
    timestamp: str
    original: str
    mimetype: str | None
    statuscode: str | None
    length: int | None
    uri_m: str
    kept_statuscode: int
    body_sha256: str
    warc_file: str
    warc_offset: int
    archive_source: str
    fetched_at: datetime
    crawl_id: str

    @property
    def index_line(self) -> str:
        """The line of the archive's index that the capture was listed with; empty if unknown."""
        if self.mimetype is None or self.statuscode is None:
            return ""
        length = "-" if self.length is None else str(self.length)
        fields = (self.urlkey, self.timestamp, self.original, self.mimetype, self.statuscode)
        return " ".join((*fields, self.digest, length))


def playable(connection: Connection) -> Iterator[Playable]:
    """Give each kept memento, and right behind it the captures whose body it is too.

    The connection must not be asked anything else meanwhile.
    """
    cursor = connection.execute(read_sql("playable.sql"))
    names = Playable.__dataclass_fields__
    while rows := cursor.fetchmany(_CHUNK):
        for row in rows:
            facts = dict(zip(names, row, strict=True))
            facts["fetched_at"] = facts["fetched_at"].replace(tzinfo=UTC)
            yield Playable(**facts)


def count_unplayable(connection: Connection) -> int:
    """Count the kept texts of collections, which no server ever answered with."""
    row = connection.execute(
        "SELECT count(*) FROM mementos WHERE source NOT IN ('archive', 'warc')"
    ).fetchone()
    return int(row[0]) if row else 0


def last_fetched(connection: Connection) -> datetime | None:
    """Say when the newest of the kept mementos was fetched."""
    row = connection.execute("SELECT max(fetched_at) FROM mementos").fetchone()
    return row[0].replace(tzinfo=UTC) if row and row[0] else None
