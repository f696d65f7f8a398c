"""What is due: which addresses to list again, from when on, and which policies have work left.

Pure but for `read_past`, which asks over a given connection. Owns duckdb.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.items import SITE_EXCLUDED, State, Window
from crawler.memento import address_key, to_timestamp
from crawler.planning import ASKED_AGAIN
from crawler.vendors import Location, Policy
from pipelines.database.file import Connection

NEVER = datetime.min.replace(tzinfo=UTC)
_LISTED = """
SELECT policy_id,
       uri_r,
       max(listed_at) AS answered,
       max(listed_at) FILTER (outcome <> 'failed') AS listed,
       max(listed_at) FILTER (outcome <> 'failed' AND window_from = '') AS whole
FROM listings
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND (outcome <> 'failed' OR reason = ?)
  AND source = 'archive'
GROUP BY policy_id, uri_r
"""
# What is excluded waits for a listing to say that it is not any more: one request, not hundreds.
_AGAIN = " ".join(
    f"OR (state = '{state}' AND settled_at <= today - INTERVAL {days} DAY)"
    for state, days in ASKED_AGAIN.items()
    if state is not State.EXCLUDED
)
_OPEN = f"""
SELECT DISTINCT policy_id
FROM captures, (SELECT ?::TIMESTAMP AS today)
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND (state IN ('pending', 'failed') {_AGAIN})
"""  # noqa: S608 - the text is ours
_WITHDRAWN = """
SELECT policy_id, urlkey, timestamp, original, digest, statuscode
FROM listing_changes
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
GROUP BY ALL
HAVING arg_max(change, noticed_at) = 'withdrawn'
"""
_IMPORTED = """
SELECT policy_id, urlkey, timestamp, uri_r, digest
FROM mementos
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND source <> 'archive'
"""
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often to list. `only_due`: leave out what is not due, and list in windows."""

    only_due: bool
    every: timedelta
    overlap: timedelta
    relist: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """When an address was last answered for, last listed, and last listed as a whole."""

    answered: datetime
    listed: datetime | None
    whole: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What earlier crawls leave: listings by policy and address, open policies, lines gone.

    `imported` are the lines, without their status, that no archive was asked for.
    """

    listings: Mapping[tuple[str, str], Listed] = field(default_factory=dict)
    open_policies: frozenset[str] = frozenset()
    withdrawn: frozenset[Key] = frozenset()
    imported: frozenset[Key] = frozenset()

    def listed(self, policy_id: str, uri_r: str) -> Listed | None:
        """Give what is known of an address; None where it was never answered for."""
        return self.listings.get((policy_id, address_key(uri_r)))


def read_past(connection: Connection, policies: Iterable[Policy], now: datetime) -> Past:
    """Read what earlier crawls leave for some policies."""
    names = [policy.policy_id for policy in policies]
    listings: dict[tuple[str, str], Listed] = {}
    for policy_id, uri_r, *times in connection.execute(_LISTED, [names, SITE_EXCLUDED]).fetchall():
        answered, listed, whole = (time and time.replace(tzinfo=UTC) for time in times)
        key = policy_id, address_key(uri_r)
        if key not in listings or answered > listings[key].answered:
            listings[key] = Listed(answered=answered, listed=listed, whole=whole)
    today = now.replace(tzinfo=None).isoformat()
    return Past(
        listings=listings,
        open_policies=frozenset(
            policy_id for (policy_id,) in connection.execute(_OPEN, [today, names]).fetchall()
        ),
        withdrawn=frozenset(connection.execute(_WITHDRAWN, [names]).fetchall()),
        imported=frozenset(connection.execute(_IMPORTED, [names]).fetchall()),
    )


def windows(policy: Policy, past: Past, schedule: Schedule, now: datetime) -> list[Window]:
    """Give the addresses to list now, those that the index folds together once."""
    places = {address_key(place.uri_r): place for place in policy.locations}
    every = _every(policy, schedule)
    found = []
    for place in places.values():
        before = past.listed(policy.policy_id, place.uri_r) if schedule.only_due else None
        if before is None:
            found.append(Window(uri_r=place.uri_r))
        elif now - before.answered >= _pause(place, before, every, schedule):
            found.append(Window(uri_r=place.uri_r, since=_since(before, schedule, now)))
    return found


def due(policies: Sequence[Policy], past: Past, schedule: Schedule, now: datetime) -> list[Policy]:
    """Leave out the policies that have nothing to list and no capture to ask for."""
    return [
        policy
        for policy in policies
        if not schedule.only_due
        or policy.policy_id in past.open_policies
        or windows(policy, past, schedule, now)
    ]


def due_at(policy: Policy, past: Past, schedule: Schedule) -> datetime:
    """Give when the first of its addresses is to be listed; long ago where one never was."""
    every = _every(policy, schedule)
    return min(
        before.answered + _pause(place, before, every, schedule) if before else NEVER
        for place in policy.locations
        for before in [past.listed(policy.policy_id, place.uri_r)]
    )


def _every(policy: Policy, schedule: Schedule) -> timedelta:
    return schedule.every if policy.every_days is None else timedelta(days=policy.every_days)


def _pause(place: Location, before: Listed, every: timedelta, schedule: Schedule) -> timedelta:
    """An address that the policy has left gets no new captures of it, only late ones."""
    left = place.until is not None and (before.answered - schedule.overlap).date() > place.until
    return max(every, schedule.relist) if left else every


def _since(before: Listed, schedule: Schedule, now: datetime) -> str:
    if before.whole is None or before.listed is None or now - before.whole >= schedule.relist:
        return ""
    return to_timestamp(before.listed - schedule.overlap)
