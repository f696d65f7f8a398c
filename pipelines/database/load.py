"""Batches of facts into the tables, in one transaction. Owns duckdb."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from crawler.items import Listing
from crawler.memento import Capture
from pipelines.database.file import Connection
from pipelines.database.readings import policies_of, refresh
from pipelines.database.relisting import Relisted
from pipelines.database.rows import insert, update
from pipelines.database.writer import Batch
from pipelines.extraction.extract import Extraction
from pipelines.reading import Reading

KEY = ["policy_id", "urlkey", "timestamp", "original", "digest", "statuscode"]
_ONCE = ("captures", "mementos", "texts", "extractions", "diffs")
_EVENTS = ("listings", "listing_changes")

Row = dict[str, Any]


def load(connection: Connection, batch: Batch) -> None:
    """Write a batch. A fact that is there already stays as it was."""
    for table in _ONCE:
        insert(connection, table, batch.rows.get(table, []), "DO NOTHING")
    for table in _EVENTS:
        insert(connection, table, batch.rows.get(table, []))
    update(connection, "captures", KEY, batch.states.values())
    refresh(connection, _policies(connection, batch))


def _policies(connection: Connection, batch: Batch) -> set[str]:
    """Give the policies whose readings a batch may change."""
    told = [*batch.states.values(), *batch.rows.get("mementos", [])]
    bodies = {row["body_sha256"] for row in batch.rows.get("extractions", [])}
    return policies_of(connection, bodies) | {row["policy_id"] for row in told}


def key_row(key: Iterable[str]) -> Row:
    """Spell a capture's key as columns."""
    return dict(zip(KEY, key, strict=True))


def capture_row(capture: Capture, listing: Listing, duplicates: int) -> Row:
    """A line of the ledger as it is first written: pending."""
    return {
        **key_row(capture.key),
        "mimetype": capture.mimetype,
        "length": capture.length,
        "duplicates": duplicates,
        "state": "pending",
        "reason": "",
        "listed_at": listing.listed_at,
    }


def listing_rows(crawl_id: str, listing: Listing, found: Relisted) -> dict[str, list[Row]]:
    """A listing, its new lines, and what it says differently of known ones."""
    where = {"crawl_id": crawl_id, "policy_id": listing.policy_id, "uri_r": listing.uri_r}
    row = {
        **where,
        "outcome": listing.outcome.value,
        "rows": len(listing.captures),
        "added": len(found.added),
        "known": found.known,
        "duplicates": found.repeated.total(),
        "reason": listing.reason,
        "listed_at": listing.listed_at,
        "window_from": listing.since,
        "withdrawn": found.withdrawn,
    }
    changes = [
        {**key_row(key), **where, "change": change, "noticed_at": listing.listed_at}
        for change, key in found.changes
    ]
    captures = [
        capture_row(capture, listing, found.repeated[key]) for key, capture in found.added.items()
    ]
    return {"captures": captures, "listings": [row], "listing_changes": changes}


def memento_row(reading: Reading, capture: Capture, crawl_id: str) -> Row:
    """A kept memento, under the capture that its bytes are."""
    memento = reading.memento
    return {
        "policy_id": capture.policy_id,
        "uri_m": memento.uri_m,
        "uri_r": capture.original,
        "timestamp": capture.timestamp,
        "memento_datetime": memento.memento_datetime,
        "statuscode": memento.statuscode,
        "content_type": memento.content_type,
        **asdict(reading.place),
        "archive_source": memento.archive_source,
        "fetched_at": memento.fetched_at,
        "crawl_id": crawl_id,
        "urlkey": capture.urlkey,
        "digest": capture.digest,
        "digest_matches": memento.digest == capture.digest,
    }


def extraction_rows(
    body_sha256: str, extractor_id: str, extraction: Extraction
) -> dict[str, list[Row]]:
    """What an extractor made of a body, as rows of `extractions` and `texts`."""
    rows: dict[str, list[Row]] = {
        "extractions": [
            {
                "body_sha256": body_sha256,
                "extractor_id": extractor_id,
                "text_id": extraction.text_id,
                "verdict": extraction.verdict,
                "reason": extraction.reason,
                "title": extraction.title,
                "language": extraction.language,
                "stated_date": extraction.stated_date,
                "stated_kind": extraction.stated_kind,
                "stated_quote": extraction.stated_quote,
                "normalized_id": extraction.normalized_id,
                "undated_id": extraction.undated_id,
                "score": extraction.score,
            }
        ]
    }
    if extraction.text_id:
        text = {
            "text_id": extraction.text_id,
            "normalized_id": extraction.normalized_id,
            "text": extraction.text,
            "words": extraction.words,
            "undated_id": extraction.undated_id,
        }
        rows["texts"] = [text]
    return rows
