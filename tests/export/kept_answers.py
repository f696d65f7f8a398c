"""An archive whose bodies are really kept: invented pages on a shelf, and the rows about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.checks import digest_of
from crawler.items import Listing, Outcome, State
from crawler.memento import Capture, Memento, to_datetime
from crawler.urlkeys import urlkey_of
from pipelines.database.file import NAME, Connection, writing
from pipelines.database.load import capture_row, memento_row
from pipelines.database.rows import insert
from pipelines.reading import Reading
from pipelines.warc import Shelf

POLICY = "acme/privacy"
URI_R = "http://acme.example/privacy"
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HEADERS = (("content-type", "text/html; charset=utf-8"), ("server", "Apache"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One capture of a page. `of`: its digest was known, so that nothing was fetched."""

    timestamp: str
    body: bytes
    original: str = URI_R
    state: State = State.FETCHED
    policy_id: str = POLICY
    statuscode: str = "200"
    mimetype: str = "text/html"
    digest: str = ""

    @property
    def capture(self) -> Capture:
        """The line of the index."""
        return Capture(
            policy_id=self.policy_id,
            urlkey=urlkey_of(self.original),
            timestamp=self.timestamp,
            original=self.original,
            mimetype=self.mimetype,
            statuscode=self.statuscode,
            digest=self.digest or digest_of(self.body),
            length=len(self.body),
        )


def page(words: str) -> bytes:
    """Invent a page."""
    return f"<!DOCTYPE html><title>Privacy</title><p>{words}</p>\n".encode()


def keep_shown(data: Path, shown: Sequence[Shown], crawl_id: str = "crawl-1") -> None:
    """Keep bodies and write captures and mementos, as a crawl does."""
    shelf = Shelf(data / "warc", crawl_id)
    data.mkdir(exist_ok=True)
    if not (data / NAME).exists():
        (data / NAME).write_bytes(_empty_database())
    with writing(data) as connection:
        for one in shown:
            _write(connection, shelf, one)
    shelf.close()


@cache
def _empty_database() -> bytes:
    """Make a database without rows; making tables and views takes longer than all the rest."""
    with TemporaryDirectory() as folder:
        with writing(Path(folder)):
            pass
        return (Path(folder) / NAME).read_bytes()


def _write(connection: Connection, shelf: Shelf, one: Shown) -> None:
    capture = one.capture
    listing = Listing(
        policy_id=one.policy_id,
        uri_r=one.original,
        outcome=Outcome.COMPLETE,
        captures=(capture,),
        listed_at=WHEN,
    )
    told = {"state": one.state.value, "settled_at": WHEN, "reason": "as told"}
    insert(connection, "captures", [capture_row(capture, listing, 0) | told])
    if one.state is State.FETCHED:
        memento = _memento(one)
        reading = Reading(memento=memento, place=shelf.keep(memento))
        insert(connection, "mementos", [memento_row(reading, capture, shelf.crawl_id)])


def _memento(one: Shown) -> Memento:
    return Memento(
        capture=one.capture,
        uri_m=f"https://archive.example/web/{one.timestamp}id_/{one.original}",
        memento_datetime=to_datetime(one.timestamp),
        statuscode=200,
        content_type=HEADERS[0][1],
        headers=HEADERS,
        body=one.body,
        digest=digest_of(one.body),
        archive_source="spn2-2015/part.warc.gz",
        fetched_at=WHEN,
    )
