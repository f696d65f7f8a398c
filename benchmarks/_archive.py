"""Invented policies as rows of an archive, written by the loader that crawls write with."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks._bulk import Bulk, BulkPolicy
from crawler.memento import to_timestamp
from pipelines.database.file import writing
from pipelines.database.load import load
from pipelines.database.opening import adopt
from pipelines.database.rows import insert
from pipelines.database.writer import Batch

EXTRACTOR = "bulk"
_NOW = datetime(2026, 1, 2, tzinfo=UTC)
_POLICIES = 500  # to a turn: 4,000 captures

Row = dict[str, Any]


def begin(data: Path) -> None:
    """Make an empty archive with an extractor in force."""
    with writing(data) as connection:
        row = {"extractor_id": EXTRACTOR, "name": "bulk", "version": "1", "options": "{}"}
        insert(connection, "extractors", [row])
        adopt(connection, EXTRACTOR)


def fill(data: Path, bulk: Bulk, start: int, stop: int, told: Any = lambda _: None) -> None:
    """Write the policies numbered from start up to stop, in turns; `told` hears how far."""
    for first in range(start, stop, _POLICIES):
        last = min(first + _POLICIES, stop)
        add(data, list(bulk.policies(first, last)))
        told(last)


def add(data: Path, policies: Iterable[BulkPolicy], *, compared: bool = True) -> None:
    """Write some policies in one turn; `compared` with the differences that they were made with."""
    batch = Batch()
    vendors: list[Row] = []
    for policy in policies:
        vendors.append(_policy(policy))
        for table, rows in _rows(policy).items():
            if table == "diffs" and not compared:
                continue
            batch.rows.setdefault(table, []).extend(rows)
    with writing(data) as connection:
        insert(connection, "policies", vendors, "DO NOTHING")
        # As the small batches of a crawl leave them: those of a policy side by side.
        texts = {row["text_id"]: row for row in batch.rows.pop("texts")}
        insert(connection, "texts", texts.values())
        load(connection, batch)


def _policy(policy: BulkPolicy) -> Row:
    return {
        "policy_id": f"{policy.vendor_id}/privacy",
        "vendor_id": policy.vendor_id,
        "kind": "privacy",
    }


def _rows(policy: BulkPolicy) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {
        "captures": [],
        "mementos": [],
        "texts": [],
        "extractions": [],
        "diffs": [],
    }
    before = ""
    for place, text in enumerate(policy.texts):
        text_id = hashlib.sha256(text.encode()).hexdigest()
        body = hashlib.sha256(f"<html>{text}".encode()).hexdigest()
        rows["texts"].append(_text(policy, place, text_id))
        rows["extractions"].append(_extraction(body, text_id))
        capture = _capture(policy, place, body)
        rows["captures"].append(capture)
        rows["mementos"].append(_memento(capture, policy.seen[place], body))
        if place:
            rows["diffs"].append(_diff(policy, place, before, text_id))
        before = text_id
    return rows


def _text(policy: BulkPolicy, place: int, text_id: str) -> Row:
    folded = hashlib.sha256(f"folded {text_id}".encode()).hexdigest()
    return {
        "text_id": text_id,
        "normalized_id": folded,
        "text": policy.texts[place],
        "words": policy.words[place],
        "undated_id": hashlib.sha256(f"undated {text_id}".encode()).hexdigest(),
    }


def _extraction(body: str, text_id: str) -> Row:
    return {
        "body_sha256": body,
        "extractor_id": EXTRACTOR,
        "text_id": text_id,
        "verdict": "policy",
        "reason": "",
        "title": "Privacy policy",
        "language": "en",
        "stated_date": None,
        "stated_kind": "",
        "stated_quote": "",
        "score": 0.9,
    }


def _capture(policy: BulkPolicy, place: int, body: str) -> Row:
    address = f"https://www.{policy.vendor_id}.example/privacy"
    return {
        "policy_id": f"{policy.vendor_id}/privacy",
        "urlkey": f"example,{policy.vendor_id})/privacy",
        "timestamp": to_timestamp(policy.seen[place].replace(tzinfo=UTC)),
        "original": address,
        "mimetype": "text/html",
        "statuscode": "200",
        "digest": body[:32].upper(),
        "length": len(policy.texts[place]) // 3,
        "duplicates": 0,
        "state": "fetched",
        "reason": "",
        "listed_at": _NOW,
        "settled_at": _NOW,
    }


def _memento(capture: Row, seen: datetime, body: str) -> Row:
    return {
        "policy_id": capture["policy_id"],
        "uri_m": f"https://archive.example/web/{capture['timestamp']}id_/{capture['original']}",
        "uri_r": capture["original"],
        "timestamp": capture["timestamp"],
        "memento_datetime": seen.replace(tzinfo=UTC),
        "statuscode": 200,
        "content_type": "text/html; charset=utf-8",
        "body_sha256": body,
        "body_bytes": capture["length"] * 9,
        "warc_file": "bulk.warc.gz",
        "warc_offset": 0,
        "archive_source": "",
        "fetched_at": _NOW,
        "crawl_id": "bulk",
        "urlkey": capture["urlkey"],
        "digest": capture["digest"],
        "digest_matches": True,
    }


def _diff(policy: BulkPolicy, place: int, old: str, new: str) -> Row:
    come, gone = policy.added[place], policy.removed[place]
    words = policy.words[place] + policy.words[place - 1]
    return {
        "old_text_id": old,
        "new_text_id": new,
        "words_added": come,
        "words_removed": gone,
        "similarity": max(0.0, 1 - (come + gone) / words),
        "significance": "substantive",
        "hunks": 1 + come // 20,
        "lines_added": 0,
        "lines_removed": 0,
        "lines_edited": 1 + come // 20,
        "lines_moved": 0,
    }
