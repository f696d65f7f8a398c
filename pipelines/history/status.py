"""How far the archive is: coverage, the ledger, and what is left to do. Asks over a connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.items import SITE_EXCLUDED, State
from crawler.memento import address_key
from crawler.planning import ASKED_AGAIN
from pipelines.database.asking import Answer, ask
from pipelines.database.file import Connection

_LISTINGS = """
WITH latest AS (
    SELECT *
    FROM listings
    WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
      AND source = 'archive'
    QUALIFY row_number() OVER (PARTITION BY policy_id, uri_r ORDER BY listed_at DESC) = 1
)
SELECT policy_id,
       uri_r,
       reason,
       listed_at
FROM latest
WHERE outcome = 'failed'
ORDER BY policy_id, uri_r
"""
_REDIRECTS = """
SELECT policy_id,
       reason AS target,
       count(*) AS captures,
       min(timestamp) AS first,
       max(timestamp) AS last
FROM captures
WHERE state = 'redirect'
  AND policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND regexp_matches(reason, '^(https?:)?//')
GROUP BY policy_id, reason
ORDER BY policy_id, captures DESC, target
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Captures that the next crawl takes up, by reason; `running` has not said its last word.

    `again`: unplayable or drifted ones, asked for often enough to notice that they are mended.
    """

    pending: int
    failed: int
    again: int
    unlisted: int
    failed_listings: int
    running: str | None
    observed: int

    @property
    def is_open(self) -> bool:
        """Whether a crawl is under way or left something to do, whatever is late."""
        waiting = self.pending + self.failed + self.again + self.unlisted
        return bool(waiting + self.failed_listings or self.running)


def coverage(connection: Connection, policy_ids: Sequence[str]) -> Answer:
    """Give the view `coverage` for some policies, in the order of their names."""
    return ask(
        connection,
        "SELECT * FROM coverage WHERE policy_id IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY policy_id",
        [list(policy_ids)],
    )


def states(connection: Connection, policy_ids: Sequence[str]) -> dict[State, int]:
    """Count the ledger's lines by state, in the order of the states; zero is left out."""
    found = dict(
        connection.execute(
            "SELECT state, count(*) FROM captures "
            "WHERE policy_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY state",
            [list(policy_ids)],
        ).fetchall()
    )
    return {state: found[state.value] for state in State if state.value in found}


def flips(connection: Connection, policy_ids: Sequence[str]) -> int:
    """Count the versions of some policies that came and went at once."""
    (count,) = _one(
        connection,
        "SELECT coalesce(sum(flips), 0) FROM coverage "
        "WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))",
        [list(policy_ids)],
    )
    return int(count)


def failed_listings(connection: Connection, policy_ids: Sequence[str]) -> Answer:
    """Give the addresses whose newest listing failed, and why."""
    return ask(connection, _LISTINGS, [list(policy_ids)])


def candidates(connection: Connection, policy_ids: Sequence[str]) -> Answer:
    """Give where archived redirects led that is no location of the policy yet."""
    known = {
        (policy_id, _key(uri_r))
        for policy_id, uri_r in connection.execute(
            "SELECT policy_id, uri_r FROM locations"
        ).fetchall()
    }
    answer = ask(connection, _REDIRECTS, [list(policy_ids)])
    rows = [row for row in answer.rows if (row[0], _key(row[1])) not in known]
    return Answer(columns=answer.columns, rows=iter(rows))


def ledger(connection: Connection, policy_ids: Sequence[str], state: State | None) -> Answer:
    """Give each captured line and what became of it, oldest first."""
    return ask(
        connection,
        """
        SELECT policy_id, timestamp, original, mimetype, statuscode, digest, length, duplicates,
               state, reason, listed_at, settled_at
        FROM captures
        WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
          AND (?::VARCHAR IS NULL OR state = ?)
        ORDER BY policy_id, timestamp, original, digest, statuscode
        """,
        [list(policy_ids), state, state],
    )


def due(connection: Connection, policy_ids: Sequence[str]) -> Due:
    """Say what the next crawl would take up."""
    names = list(policy_ids)
    now = datetime.now(UTC).replace(tzinfo=None)
    again = [now - timedelta(days=ASKED_AGAIN[each]) for each in (State.UNPLAYABLE, State.DRIFTED)]
    waiting = _one(
        connection,
        """
        SELECT count(*) FILTER (state = 'pending'),
               count(*) FILTER (state = 'failed'),
               count(*) FILTER (state = 'unplayable' AND settled_at <= ?
                             OR state = 'drifted' AND settled_at <= ?),
               count(*) FILTER (state IN ('fetched', 'unchanged'))
        FROM captures
        WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
        """,
        [*again, names],
    )
    unlisted = _one(
        connection,
        """
        SELECT count(*)
        FROM locations
        ANTI JOIN (FROM listings WHERE source = 'archive') USING (policy_id, uri_r)
        WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
        """,
        [names],
    )
    running = _one(connection, "SELECT max(crawl_id) FROM crawls WHERE outcome IS NULL", [])
    return Due(
        pending=waiting[0],
        failed=waiting[1],
        again=waiting[2],
        observed=waiting[3],
        unlisted=unlisted[0],
        failed_listings=sum(
            reason != SITE_EXCLUDED for _, _, reason, _ in failed_listings(connection, names).rows
        ),
        running=running[0],
    )


def latest_archive(connection: Connection) -> str | None:
    """Give the address of the archive that the newest crawl asked; None before the first."""
    archive: str | None
    (archive,) = _one(
        connection,
        "SELECT max_by(archive, started_at) FROM crawls WHERE contains(archive, '://')",
        [],
    )
    return archive


def _key(uri_r: str) -> str:
    try:
        return address_key(uri_r)
    except ValueError:  # a target that an archived server made up, such as http://[
        return uri_r


def _one(connection: Connection, query: str, values: Sequence[Any]) -> tuple[Any, ...]:
    row: tuple[Any, ...] = connection.execute(query, list(values)).fetchall()[0]
    return row
