"""What arrives, as rows of the tables. Standard library only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from crawler.items import State
from crawler.memento import Memento, to_datetime
from pipelines.corpora.arrivals import Arrival, Owner, Undated
from pipelines.database.load import Row, key_row
from pipelines.warc import Place

Key = tuple[str, ...]


def owner_rows(items: Iterable[Arrival]) -> dict[str, list[Row]]:
    """Give vendors, policies and locations, each once; an address is taken from what arrived."""
    owners = {item.owner.policy_id: item.owner for item in items}
    places: dict[tuple[str, str], Row] = {
        (owner.policy_id, place.uri_r): {
            "since": place.since,
            "until": place.until,
            "guessed": place.guessed,
        }
        for owner in owners.values()
        for place in owner.locations
    }
    found = {(item.owner.policy_id, item.uri_r) for item in items if "://" in item.uri_r}
    unknown: Row = {"since": None, "until": None, "guessed": True}
    places |= {place: unknown for place in sorted(found) if place not in places}
    return {
        "vendors": list({owner.vendor_id: _vendor(owner) for owner in owners.values()}.values()),
        "policies": [
            {"policy_id": owner.policy_id, "vendor_id": owner.vendor_id, "kind": owner.kind}
            for owner in owners.values()
        ],
        "locations": [
            {"policy_id": policy_id, "uri_r": uri_r, **window}
            for (policy_id, uri_r), window in places.items()
        ],
    }


def line_row(item: Arrival, key: Key, now: datetime, duplicates: int) -> Row:
    """Give a line of the ledger, settled from the start."""
    return {
        **state_row(item, key, now),
        "mimetype": item.capture.mimetype,
        "length": item.capture.length,
        "duplicates": duplicates,
        "listed_at": now,
    }


def state_row(item: Arrival, key: Key, now: datetime) -> Row:
    """Give what became of a line."""
    return {
        **key_row(key),
        "state": item.state.value,
        "reason": item.reason,
        "settled_at": None if item.state is State.PENDING else now,
    }


def listing_rows(
    facts: Row, keyed: Sequence[tuple[Key, Arrival]], known: Mapping[Key, str]
) -> list[Row]:
    """Give a listing for each address of each policy: all that arrived of it in this batch."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    seen: set[Key] = set()
    for key, item in keyed:
        counts = rows.setdefault((item.owner.policy_id, item.uri_r), Counter())
        counts["rows"] += 1
        counts["known" if key in known else "duplicates" if key in seen else "added"] += 1
        seen.add(key)
    names = ("rows", "added", "known", "duplicates")
    told = {"outcome": "complete", "reason": "", "window_from": "", "withdrawn": 0}
    return [
        {"policy_id": policy_id, "uri_r": uri_r, **{name: counts[name] for name in names}}
        | told
        | facts
        for (policy_id, uri_r), counts in rows.items()
    ]


def memento_of(item: Arrival | Undated, now: datetime) -> Memento:
    """Give what the shelf keeps of an item."""
    if isinstance(item, Undated):
        item = Arrival(
            owner=Owner(vendor_id="", kind="", name=""),
            uri_r=item.path,
            timestamp="",
            uri_m="",
            path=item.path,
            body=item.body,
            content_type=item.content_type,
        )
    capture = item.capture
    return item.memento or Memento(
        capture=capture,
        uri_m=item.uri_m,
        memento_datetime=to_datetime(item.timestamp) if item.timestamp else now,
        statuscode=int(item.statuscode) if item.statuscode.isdecimal() else 0,
        content_type=item.content_type,
        headers=item.headers,
        body=item.body,
        digest=capture.digest,
        archive_source=item.path,
        fetched_at=now,
    )


def memento_row(memento: Memento, place: Place, facts: Row) -> Row:
    """Give the row of a kept memento."""
    capture = memento.capture
    return {
        "policy_id": capture.policy_id,
        "urlkey": capture.urlkey,
        "uri_m": memento.uri_m,
        "uri_r": capture.original,
        "timestamp": capture.timestamp,
        "memento_datetime": memento.memento_datetime,
        "statuscode": memento.statuscode,
        "content_type": memento.content_type,
        **asdict(place),
        "archive_source": memento.archive_source,
        "fetched_at": memento.fetched_at,
        "digest": capture.digest,
        "digest_matches": memento.digest == capture.digest,
        **facts,
    }


def document_row(memento: Memento, place: Place, facts: Row) -> Row:
    """Give the row of a kept text without a date."""
    return {
        "path": memento.archive_source,
        "content_type": memento.content_type,
        **asdict(place),
        "fetched_at": memento.fetched_at,
        **facts,
    }


def _vendor(owner: Owner) -> Row:
    return {"vendor_id": owner.vendor_id, "name": owner.name, "homepage": owner.homepage}
