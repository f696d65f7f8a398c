"""Small archives of invented facts, written straight into the tables."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from empty import open_copy, template

from crawler.memento import moment_of, to_timestamp
from pipelines.database.file import Connection
from pipelines.database.readings import refresh
from pipelines.database.rows import insert as write_rows
from pipelines.history.comparison import compare
from pipelines.history.differences import diff_row, missing_pairs

POLICY = "acme/privacy"
URI_R = "http://acme.example/privacy"
NOW = datetime(2026, 1, 2, 3, 4, 5)  # noqa: DTZ001 - the tables hold naive UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One capture and what was made of it. `state` unchanged: it has no memento of its own."""

    when: str
    text: str
    policy_id: str = POLICY
    language: str = "en"
    verdict: str = "policy"
    uri_r: str = URI_R
    state: str = "fetched"
    normalized: str | None = None
    digest: str | None = None
    stated_date: str | None = None
    stated_kind: str = ""
    stated_quote: str = ""
    reason: str = ""
    source: str = "archive"


def insert(connection: Connection, table: str, row: dict[str, Any]) -> None:
    """Write one row, unless its key is there already; faster than a batch for a row alone."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    events = ("listings", "listing_changes")
    known = "" if table in events else "ON CONFLICT DO NOTHING"
    connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) {known}",
        list(row.values()),
    )


def empty_database() -> Connection:
    """Open a database in memory with the tables, views and macros, and an adopted extractor."""
    connection = open_copy(template() or Path())
    adopt(connection, "x1", "2020-01-01")
    return connection


def adopt(connection: Connection, extractor_id: str, when: str | None) -> None:
    """Write an extractor down; without `when` it is not adopted."""
    row = {"extractor_id": extractor_id, "name": "reader", "version": "1", "options": "{}"}
    insert(connection, "extractors", row | {"adopted_at": when})


def enlist(connection: Connection, *policy_ids: str, uri_r: str = URI_R) -> None:
    """Put policies into the archive's list, each with a location."""
    for policy_id in policy_ids:
        vendor_id, _, kind = policy_id.partition("/")
        vendor = {
            "vendor_id": vendor_id,
            "name": vendor_id.title(),
            "homepage": "http://x.example/",
        }
        policy = {"policy_id": policy_id, "vendor_id": vendor_id, "kind": kind}
        location = {"policy_id": policy_id, "uri_r": uri_r, "guessed": False}
        insert(connection, "vendors", vendor)
        insert(connection, "policies", policy)
        insert(connection, "locations", location)


def remember(connection: Connection, *sights: Sight | tuple[str, str]) -> None:
    """Write captures with their mementos, extractions and texts; a pair is a date and a text."""
    given = [
        each if isinstance(each, Sight) else Sight(when=each[0], text=each[1]) for each in sights
    ]
    kept = [sight for sight in given if sight.state == "fetched"]
    write_rows(connection, "captures", [_capture(sight) for sight in given], "DO NOTHING")
    write_rows(connection, "mementos", [_memento(sight) for sight in kept], "DO NOTHING")
    _read(connection, [(sight, sight.text) for sight in kept], "x1")


def extract(connection: Connection, sight: Sight, extractor_id: str, text: str = "") -> None:
    """Write what an extractor made of a sight's body: its own text, or another."""
    _read(connection, [(sight, text or sight.text)], extractor_id)


def _read(connection: Connection, sights: list[tuple[Sight, str]], extractor_id: str) -> None:
    texts = [_text(sight, words) for sight, words in sights]
    extractions = [_extraction(sight, words, extractor_id) for sight, words in sights]
    write_rows(connection, "texts", texts, "DO NOTHING")
    write_rows(connection, "extractions", extractions, "DO NOTHING")
    refresh(connection)


def _text(sight: Sight, words: str) -> dict[str, Any]:
    return {
        "text_id": digest_of(words),
        "normalized_id": digest_of(sight.normalized or words),
        "text": words,
        "words": len(words.split()),
    }


def _extraction(sight: Sight, words: str, extractor_id: str) -> dict[str, Any]:
    return {
        "body_sha256": _body(sight),
        "extractor_id": extractor_id,
        "text_id": digest_of(words),
        "verdict": sight.verdict,
        "reason": sight.reason,
        "title": "Privacy",
        "language": sight.language,
        "stated_date": sight.stated_date,
        "stated_kind": sight.stated_kind,
        "stated_quote": sight.stated_quote,
    }


def compare_neighbours(connection: Connection) -> None:
    """Compare all neighbours not compared yet, as `comparing` does over a file."""
    texts = dict(rows(connection, "SELECT text_id, text FROM texts"))
    found = [
        diff_row(old, new, compare(texts[old], texts[new]))
        for old, new in missing_pairs(connection)
    ]
    write_rows(connection, "diffs", found, "DO NOTHING")
    refresh(connection)


def settle(
    connection: Connection,
    when: str,
    state: str,
    reason: str = "",
    policy_id: str = POLICY,
    uri_r: str = URI_R,
) -> None:
    """Write a capture that has no body, in any state."""
    row = _capture(
        Sight(when=when, text=f"{when} {state}", state=state, policy_id=policy_id, uri_r=uri_r)
    )
    insert(connection, "captures", row | {"reason": reason, "settled_at": NOW})


def stamp(when: str) -> str:
    """Write a date as 14 digits; 14 characters stay as they are, real moment or not."""
    return when if len(when) == 14 else to_timestamp(moment_of(when))


def digest_of(words: str) -> str:
    """Give the id of some words."""
    return hashlib.sha256(words.encode()).hexdigest()


def rows(connection: Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask, and read to the end."""
    return connection.execute(query, list(values)).fetchall()


def texts_of_versions(connection: Connection) -> list[str]:
    """Give the texts of all versions, in their order."""
    found = rows(
        connection,
        "SELECT text FROM versions JOIN texts USING (text_id) "
        "ORDER BY policy_id, language, version",
    )
    return [text for (text,) in found]


def _digest(sight: Sight) -> str:
    return sight.digest or digest_of(sight.text)[:32].upper()


def _body(sight: Sight) -> str:
    return digest_of(f"{sight.text} {sight.language} {sight.verdict} body")


def _capture(sight: Sight) -> dict[str, Any]:
    return {
        "policy_id": sight.policy_id,
        "urlkey": sight.uri_r,
        "timestamp": stamp(sight.when),
        "original": sight.uri_r,
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": _digest(sight),
        "length": 1000,
        "duplicates": 0,
        "state": sight.state,
        "reason": "",
        "listed_at": NOW,
        "settled_at": None if sight.state == "pending" else NOW,
    }


def _memento(sight: Sight) -> dict[str, Any]:
    timestamp = stamp(sight.when)
    return {
        "policy_id": sight.policy_id,
        "uri_m": f"https://archive.example/web/{timestamp}id_/{sight.uri_r}",
        "uri_r": sight.uri_r,
        "timestamp": timestamp,
        "memento_datetime": NOW,
        "statuscode": 200,
        "content_type": "text/html",
        "body_sha256": _body(sight),
        "body_bytes": 1000,
        "warc_file": "one.warc.gz",
        "warc_offset": 0,
        "archive_source": "",
        "fetched_at": NOW,
        "crawl_id": "crawl-1",
        "urlkey": sight.uri_r,
        "digest": _digest(sight),
        "digest_matches": True,
        "source": sight.source,
    }
