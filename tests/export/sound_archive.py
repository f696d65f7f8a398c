"""An archive that breaks no invariant, made in two crawls on two days.

The second crawl finds an older capture between two known ones, fetches what was pending, sees a
text come back (unchanged), and misses a line that the first one had.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from archive_facts import (
    NOW,
    Sight,
    adopt,
    compare_neighbours,
    digest_of,
    enlist,
    insert,
    remember,
    rows,
    settle,
    stamp,
)
from trap_archive import (
    ACME,
    ACME_1,
    ACME_2,
    ACME_3,
    ACME_4,
    BOLT,
    BOLT_A,
    BOLT_B,
    BOLT_DE_1,
    CHALLENGE,
)

from pipelines.database.file import Connection, writing
from pipelines.database.readings import refresh

FIRST = datetime(2026, 1, 10, 8, 30, 0, 123457)  # noqa: DTZ001 - the tables hold naive UTC
SECOND = datetime(2026, 3, 20, 9, 0, 0, 654321)  # noqa: DTZ001
PLACES = {ACME: "http://acme.example/privacy", BOLT: "http://bolt.example/privacy"}


def at(when: str, text: str, policy_id: str = ACME, **more: Any) -> Sight:
    """A capture of one of the two policies."""
    return Sight(when=when, text=text, policy_id=policy_id, uri_r=PLACES[policy_id], **more)


PENDING = at("2017-01-01", ACME_3, state="pending")
EARLY = (
    at("2014-01-01", ACME_1),
    at("2015-01-01", ACME_1, state="unchanged"),
    at("2018-01-01", ACME_4),
    at("2016-01-01", BOLT_A, BOLT),
    at("2016-02-01", BOLT_DE_1, BOLT, language="de"),
    at("2016-03-01", CHALLENGE, BOLT, verdict="not-policy", reason="challenge"),
    PENDING,
)
LATE = (
    at("2016-01-01", ACME_2),
    at("2017-02-01", BOLT_B, BOLT),
    at("2018-03-01", BOLT_A, BOLT, state="unchanged"),
)


def write_sound(data: Path, crawls: int = 2) -> None:
    """Make a data folder with the archive, after so many crawls."""
    with writing(data) as connection:
        adopt(connection, "x1", "2020-01-01")
        for policy_id, uri_r in PLACES.items():
            enlist(connection, policy_id, uri_r=uri_r)
        _early(connection)
        if crawls > 1:
            _late(connection)
        refresh(connection)


def _early(connection: Connection) -> None:
    _crawl(connection, "crawl-1", FIRST)
    remember(connection, *EARLY)
    settle(connection, "2013-01-01", "redirect", "https://acme.example/new", uri_r=PLACES[ACME])
    _date(connection, "crawl-1", FIRST)


def _late(connection: Connection) -> None:
    _crawl(connection, "crawl-2", SECOND)
    fetched = replace(PENDING, state="fetched")
    connection.execute("DELETE FROM captures WHERE state = 'pending'")
    remember(connection, fetched, *LATE)
    connection.execute(
        "UPDATE captures SET listed_at = ? WHERE timestamp = ?", [FIRST, stamp(PENDING.when)]
    )
    line = EARLY[1]
    gone = {
        "crawl_id": "crawl-2",
        "policy_id": ACME,
        "uri_r": PLACES[ACME],
        "change": "withdrawn",
        "urlkey": line.uri_r,
        "timestamp": stamp(line.when),
        "original": line.uri_r,
        "digest": digest_of(line.text)[:32].upper(),
        "statuscode": "200",
        "noticed_at": SECOND,
    }
    insert(connection, "listing_changes", gone)
    _date(connection, "crawl-2", SECOND)
    connection.execute(
        "UPDATE listings SET withdrawn = 1 WHERE crawl_id = 'crawl-2' AND policy_id = ?", [ACME]
    )


def _crawl(connection: Connection, crawl_id: str, when: datetime) -> None:
    row = {"crawl_id": crawl_id, "started_at": when, "finished_at": when, "outcome": "finished"}
    told = {"policytrail_version": "0.1.0", "archive": "https://archive.example", "options": "{}"}
    insert(connection, "crawls", row | told)


def _date(connection: Connection, crawl_id: str, when: datetime) -> None:
    """Say of what was just written when it was, and write the listings that it came from."""
    compare_neighbours(connection)
    connection.execute(
        "UPDATE mementos SET fetched_at = ?, crawl_id = ?, "
        "memento_datetime = strptime(timestamp, '%Y%m%d%H%M%S') WHERE fetched_at = ?",
        [when, crawl_id, NOW],
    )
    connection.execute("UPDATE captures SET settled_at = ? WHERE settled_at = ?", [when, NOW])
    connection.execute("UPDATE captures SET listed_at = ? WHERE listed_at = ?", [when, NOW])
    connection.execute("UPDATE captures SET reason = 'same digest' WHERE state = 'unchanged'")
    for policy_id, uri_r in PLACES.items():
        added = rows(
            connection,
            "SELECT count(*) FROM captures WHERE policy_id = ? AND listed_at = ?",
            *(policy_id, when),
        )[0][0]
        known = rows(
            connection,
            "SELECT count(*) FROM captures WHERE policy_id = ? AND listed_at < ?",
            *(policy_id, when),
        )[0][0]
        counts = {"rows": added + known, "added": added, "known": known, "duplicates": 0}
        row = {"crawl_id": crawl_id, "policy_id": policy_id, "uri_r": uri_r, "reason": ""}
        insert(connection, "listings", row | counts | {"outcome": "complete", "listed_at": when})
