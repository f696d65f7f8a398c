"""Small archives of invented pages, kept in a WARC file as a crawl keeps them."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from archive_facts import NOW, POLICY, URI_R, digest_of, enlist, insert

from crawler.memento import Capture, Memento, to_datetime
from pipelines.database.file import writing
from pipelines.warc import Shelf

KEY = "example,acme)/privacy"
EARLIER = "an-earlier-one"


def uri_m_of(timestamp: str) -> str:
    """Give the address that a page was kept under."""
    return f"https://archive.example/web/{timestamp}id_/{URI_R}"


def keep_pages(data: Path, pages: Mapping[str, bytes], content_type: str = "text/html") -> None:
    """Keep a page for each timestamp; an earlier extractor, which read none, is adopted.

    A page that is there already is a capture whose body is known by its digest.
    """
    shelf = Shelf(data / "warc", "crawl-1")
    rows: list[tuple[str, dict[str, object]]] = []
    known: set[str] = set()
    for timestamp, body in pages.items():
        digest = digest_of(body.decode("latin-1"))[:32].upper()
        capture = _capture(timestamp, digest)
        kept = digest not in known
        rows.append(("captures", _ledger_row(capture, "fetched" if kept else "unchanged")))
        if kept:
            place = asdict(shelf.keep(_memento(capture, body, content_type)))
            rows.append(("mementos", _memento_row(capture, content_type) | place))
        known.add(digest)
    shelf.close()
    with writing(data) as connection:
        enlist(connection, POLICY)
        extractor = {"extractor_id": EARLIER, "name": "e", "version": "1", "options": "{}"}
        insert(connection, "extractors", extractor | {"adopted_at": NOW})
        for table, row in rows:
            insert(connection, table, row)


def _capture(timestamp: str, digest: str) -> Capture:
    return Capture(
        policy_id=POLICY,
        urlkey=KEY,
        timestamp=timestamp,
        original=URI_R,
        mimetype="text/html",
        statuscode="200",
        digest=digest,
    )


def _memento(capture: Capture, body: bytes, content_type: str) -> Memento:
    moment = to_datetime(capture.timestamp)
    return Memento(
        capture=capture,
        uri_m=uri_m_of(capture.timestamp),
        memento_datetime=moment,
        statuscode=200,
        content_type=content_type,
        headers=(("content-type", content_type),),
        body=body,
        digest=capture.digest,
        archive_source="",
        fetched_at=moment,
    )


def _ledger_row(capture: Capture, state: str) -> dict[str, object]:
    names = ("policy_id", "urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
    settled = {"state": state, "reason": "", "listed_at": NOW, "settled_at": NOW}
    return {name: getattr(capture, name) for name in names} | {"duplicates": 0} | settled


def _memento_row(capture: Capture, content_type: str) -> dict[str, object]:
    return {
        "policy_id": POLICY,
        "uri_m": uri_m_of(capture.timestamp),
        "uri_r": URI_R,
        "timestamp": capture.timestamp,
        "memento_datetime": to_datetime(capture.timestamp).replace(tzinfo=None),
        "statuscode": 200,
        "content_type": content_type,
        "archive_source": "",
        "fetched_at": NOW,
        "crawl_id": "crawl-1",
        "urlkey": KEY,
        "digest": capture.digest,
        "digest_matches": True,
    }
