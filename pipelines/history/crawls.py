"""What one crawl came to. Asks over a given connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.items import Outcome
from pipelines.database.file import Connection

_KEPT = "SELECT count(*), coalesce(sum(body_bytes), 0) FROM mementos WHERE crawl_id = ?"
_LISTED = "SELECT outcome, count(*) FROM listings WHERE crawl_id = ? GROUP BY outcome"
_TIMES = "SELECT started_at, finished_at FROM crawls WHERE crawl_id = ?"
_CHANGES = "SELECT count(*) FROM changes WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))"


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlFacts:
    """What a crawl wrote down. Moments are naive UTC; `bytes` are of bodies kept in it.

    `changes` are those known now of the crawled policies, whichever crawl they came from.
    """

    started_at: datetime | None = None
    finished_at: datetime | None = None
    listings: dict[str, int]
    fetched: int = 0
    bytes: int = 0
    changes: int = 0


def crawl_facts(connection: Connection, crawl_id: str, policy_ids: Sequence[str]) -> CrawlFacts:
    """Read what a crawl of some policies came to; zero where it wrote nothing."""
    started_at, finished_at = connection.execute(_TIMES, [crawl_id]).fetchone() or (None, None)
    fetched, size = connection.execute(_KEPT, [crawl_id]).fetchone() or (0, 0)
    (changes,) = connection.execute(_CHANGES, [list(policy_ids)]).fetchone() or (0,)
    outcomes = dict(connection.execute(_LISTED, [crawl_id]).fetchall())
    return CrawlFacts(
        started_at=started_at,
        finished_at=finished_at,
        listings={outcome.value: outcomes.get(outcome.value, 0) for outcome in Outcome},
        fetched=fetched,
        bytes=int(size),
        changes=changes,
    )
