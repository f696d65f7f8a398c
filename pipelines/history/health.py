"""How each policy stands, whether the ledger balances, how the last crawl ended. Asks only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from crawler.items import SITE_EXCLUDED
from crawler.memento import address_key
from crawler.vendors import Location, Policy
from pipelines.database.file import Connection
from pipelines.database.schedule import Schedule, due_at, read_past

# The newest try to list each address, and the policies with captures left.
_NEWEST = """
SELECT policy_id,
       uri_r,
       arg_max(outcome, listed_at) AS outcome,
       arg_max(reason, listed_at) AS reason
FROM listings
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND source = 'archive'
GROUP BY policy_id, uri_r
ORDER BY policy_id, max(listed_at)
"""
_OPEN = """
SELECT policy_id,
       count(*) FILTER (state = 'failed') AS failed,
       count(*) FILTER (state = 'pending') AS pending
FROM captures
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
GROUP BY policy_id
"""
_LISTED = """
SELECT vendor_id,
       kind,
       every_days,
       uri_r,
       since,
       until
FROM locations
JOIN policies ON policies.policy_id = locations.policy_id
WHERE policies.policy_id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY policies.policy_id, uri_r
"""
_BALANCE = """
SELECT (SELECT count(*) FROM captures) AS lines,
       (SELECT coalesce(sum(added), 0) FROM listings) AS added,
       (SELECT count(*) FROM listings WHERE rows <> added + known + duplicates) AS unequal
"""
_LATEST = """
SELECT crawl_id,
       archive,
       started_at,
       finished_at,
       outcome,
       (
           SELECT max(finished_at)
           FROM crawls
           WHERE outcome = 'finished'
             AND contains(archive, '://')
       ) AS last_success
FROM crawls
WHERE contains(archive, '://')  -- the others are imports
ORDER BY started_at DESC, crawl_id DESC
LIMIT 1
"""


class Health(StrEnum):
    """How a policy stands, the worst first."""

    FAILING = "failing"
    LATE = "late"
    EXCLUDED = "excluded"
    UNFINISHED = "unfinished"
    HEALTHY = "healthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one policy stands, and what it suffers from.

    `due_at` (UTC) is when the first of its addresses is or was to be listed, `NEVER` where one
    has not been yet. `reason` is that of a listing whose newest try failed, or empty.
    """

    policy_id: str
    due_at: datetime
    excluded: bool
    reason: str
    failed: int
    pending: int

    def health(self, now: datetime) -> Health:
        """Judge it at a moment: the worst that holds."""
        if self.reason or self.failed:
            return Health.FAILING
        if self.due_at <= now:
            return Health.LATE
        if self.excluded:
            return Health.EXCLUDED
        return Health.UNFINISHED if self.pending else Health.HEALTHY


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Lines of the ledger, those that the listings added to it, and listings that do not add up."""

    lines: int
    added: int
    unequal: int

    @property
    def holds(self) -> bool:
        """Whether every line listed is in the ledger, none lost and none invented."""
        return self.lines == self.added and not self.unequal


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCrawl:
    """The newest crawl; moments are naive UTC. `outcome` None: it did not say its last word."""

    crawl_id: str
    archive: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    last_success: datetime | None


def standings(
    connection: Connection, policy_ids: Sequence[str], schedule: Schedule
) -> list[Standing]:
    """Say how policies stand, in the order of their names, as `crawl --due` would see them."""
    names = list(policy_ids)
    policies = _policies(connection, names)
    past = read_past(connection, policies, datetime.now(UTC))
    newest = {
        (policy_id, address_key(uri_r)): (uri_r, outcome, reason)
        for policy_id, uri_r, outcome, reason in connection.execute(_NEWEST, [names]).fetchall()
    }
    left = {name: counts for name, *counts in connection.execute(_OPEN, [names]).fetchall()}
    found = []
    for policy in policies:
        keys = [(policy.policy_id, address_key(place.uri_r)) for place in policy.locations]
        failed = [newest[key] for key in keys if key in newest and newest[key][1] == "failed"]
        wrong = [f"{uri_r}: {why}" for uri_r, _, why in failed if why != SITE_EXCLUDED]
        captures = left.get(policy.policy_id, [0, 0])
        found.append(
            Standing(
                policy_id=policy.policy_id,
                due_at=due_at(policy, past, schedule),
                excluded=len(failed) > len(wrong),
                reason=wrong[0] if wrong else "",
                failed=captures[0],
                pending=captures[1],
            )
        )
    return found


def balance(connection: Connection) -> Balance:
    """Count the ledger against the listings."""
    lines, added, unequal = _one(connection, _BALANCE) or (0, 0, 0)
    return Balance(lines=lines, added=int(added), unequal=unequal)


def last_crawl(connection: Connection) -> LastCrawl | None:
    """Give the newest crawl; None before the first."""
    row = _one(connection, _LATEST)
    return row and LastCrawl(**dict(zip(LastCrawl.__dataclass_fields__, row, strict=True)))


def _policies(connection: Connection, names: list[str]) -> list[Policy]:
    rows = connection.execute(_LISTED, [names]).fetchall()
    return [
        Policy(
            vendor_id=vendor_id,
            kind=kind,
            every_days=every_days,
            locations=tuple(
                Location(uri_r=uri_r, since=since, until=until)
                for *_, uri_r, since, until in places
            ),
        )
        for (vendor_id, kind, every_days), places in groupby(rows, key=lambda row: row[:3])
    ]


def _one(connection: Connection, query: str) -> Any:
    return connection.execute(query).fetchone()
