"""Changes of any policies, with what a subscriber needs. Asks over a given connection.

A change is found when the captures that show it are in hand: of the captures that gave the old
text and those that gave the new one, the first of each, whichever came last. Captures that come
later narrow the interval and leave that moment as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from pipelines.database.asking import Answer, ask
from pipelines.database.file import Connection

NAMESPACE = UUID("5f0c8a1e-94d7-4c7b-8d0a-3b7f2e61c9d4")  # ours, made up once
_FOUND = """
WITH steps AS (
    SELECT observations.*,
           captures.settled_at,
           row_number() OVER timeline AS place,
           lag(normalized_id) OVER timeline AS normalized_before
    FROM observations
    JOIN captures
      ON captures.policy_id = observations.policy_id
     AND captures.urlkey = observations.urlkey
     AND captures.timestamp = observations.timestamp
     AND captures.original = observations.uri_r
     AND captures.digest = observations.digest
     AND captures.state = observations.state
    WHERE observations.version IS NOT NULL
    WINDOW timeline AS (
        PARTITION BY observations.policy_id, language
        ORDER BY observations.timestamp, uri_r, observations.digest
    )
),
runs AS (
    SELECT *,
           count(*) FILTER (normalized_id IS DISTINCT FROM normalized_before) OVER (
               PARTITION BY policy_id, language
               ORDER BY place
           ) AS version
    FROM steps
),
seen AS (
    SELECT policy_id,
           language,
           version,
           arg_min(normalized_id, place) AS normalized_id,
           arg_min(uri_m, place) AS first_uri_m,
           arg_max(uri_m, place) AS last_uri_m,
           min(settled_at) AS known_at
    FROM runs
    GROUP BY ALL
),
found AS (
    SELECT changes.*,
           old.normalized_id AS old_normalized_id,
           new.normalized_id AS new_normalized_id,
           old.last_uri_m AS old_uri_m,
           new.first_uri_m AS new_uri_m,
           greatest(old.known_at, new.known_at) AS found_at,
           vendors.vendor_id,
           vendors.name AS vendor_name,
           row_number() OVER (
               PARTITION BY changes.policy_id, changes.language,
                            old.normalized_id, new.normalized_id
               ORDER BY changes.version
           ) AS occurrence
    FROM changes
    JOIN seen AS new
      ON new.policy_id = changes.policy_id
     AND new.language = changes.language
     AND new.version = changes.version
    JOIN seen AS old
      ON old.policy_id = changes.policy_id
     AND old.language = changes.language
     AND old.version = changes.version - 1
    JOIN policies
      ON policies.policy_id = changes.policy_id
    JOIN vendors
      ON vendors.vendor_id = policies.vendor_id
)
SELECT *
FROM found
WHERE policy_id IN (SELECT unnest($1::VARCHAR[]))
  AND ($2::TIMESTAMP IS NULL OR not_after >= $2)
  AND ($3::TIMESTAMP IS NULL OR not_after <= $3)
  AND ($4::TIMESTAMP IS NULL OR found_at >= $4)
ORDER BY not_after, policy_id, language, version
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row of the view `changes`, whose it is, where both texts lie, and when it was found.

    Times are naive UTC. What differs, and `flip`, may be None until the texts were compared.
    `change_id` is a URN that stays the same when the interval narrows.
    """

    change_id: str
    policy_id: str
    language: str
    version: int
    not_before: datetime
    not_after: datetime
    width_days: float
    words_added: int | None
    words_removed: int | None
    similarity: float | None
    significance: str | None
    hunks: int | None
    old_text_id: str
    new_text_id: str
    stated_date: date | None
    flip: bool | None
    lines_added: int | None
    lines_removed: int | None
    lines_edited: int | None
    lines_moved: int | None
    across_sources: bool
    old_source: str
    vendor_id: str
    vendor_name: str
    old_uri_m: str
    new_uri_m: str
    found_at: datetime
    old_normalized_id: str
    new_normalized_id: str

    def row(self) -> dict[str, Any]:
        """Give every field by its name, in order."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def changes(
    connection: Connection,
    policy_ids: Sequence[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    found_since: datetime | None = None,
) -> list[Change]:
    """Give the changes of the policies, oldest first, by when the new text was first seen.

    `since` and `until` bound that moment, `found_since` the one at which the change was found.
    """
    bounds = [_naive(moment) for moment in (since, until, found_since)]
    answer = ask(connection, _FOUND, [list(policy_ids), *bounds])
    return [_change(dict(zip(answer.columns, row, strict=True))) for row in answer.rows]


def as_answer(found: Iterable[Change]) -> Answer:
    """Give changes as rows."""
    rows: Iterator[tuple[Any, ...]] = (tuple(change.row().values()) for change in found)
    return Answer(columns=tuple(field.name for field in fields(Change)), rows=rows)


def _change(row: dict[str, Any]) -> Change:
    step = (row["policy_id"], row["language"], row["old_normalized_id"], row["new_normalized_id"])
    name = " ".join((*step, str(row.pop("occurrence"))))
    return Change(change_id=uuid5(NAMESPACE, name).urn, **row)


def _naive(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
