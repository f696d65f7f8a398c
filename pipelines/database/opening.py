"""What a crawl writes before its first request, and reads of earlier ones. Owns duckdb."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.bisecting import NOT_POLICY
from crawler.items import State
from crawler.memento import Capture
from crawler.planning import Line
from crawler.vendors import Policy, Vendor
from pipelines.database.announcing import take_baseline
from pipelines.database.file import Connection
from pipelines.database.rows import insert
from pipelines.extraction.fingerprint import Extractor

_REMEMBERED = """
SELECT captures.policy_id,
       captures.urlkey,
       captures.timestamp,
       captures.original,
       captures.mimetype,
       captures.statuscode,
       captures.digest,
       captures.length,
       captures.state,
       captures.reason,
       captures.settled_at,
       CASE
           WHEN extractions.verdict = 'policy' AND texts.normalized_id IS NOT NULL
           THEN extractions.language || ' '
                || coalesce(extractions.normalized_id, texts.normalized_id)
           WHEN extractions.verdict IS NOT NULL THEN ?
       END AS reads
FROM captures
LEFT JOIN mementos
  ON captures.state = 'fetched'
 AND mementos.policy_id = captures.policy_id
 AND mementos.urlkey = captures.urlkey
 AND mementos.timestamp = captures.timestamp
 AND mementos.uri_r = captures.original
 AND mementos.digest = captures.digest
LEFT JOIN extractions
  ON extractions.body_sha256 = mementos.body_sha256
 AND extractions.extractor_id = ?
LEFT JOIN texts
  ON texts.text_id = extractions.text_id
WHERE captures.policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND coalesce(mementos.source, 'archive') IN ('archive', 'warc')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRow:
    """A line of `crawls` before its end is known."""

    crawl_id: str
    started_at: datetime
    policytrail_version: str
    archive: str
    options: str


def open_crawl(connection: Connection, crawl: CrawlRow, vendors: Sequence[Vendor]) -> None:
    """Write the crawl and the vendor list; mark as killed what never wrote its end."""
    connection.execute("UPDATE crawls SET outcome = 'killed' WHERE outcome IS NULL")
    if json.loads(crawl.options).get("on_change"):
        take_baseline(connection)  # in one turn with the row that says it was taken
    row = {name: getattr(crawl, name) for name in CrawlRow.__dataclass_fields__}
    insert(connection, "crawls", [row])
    write_vendors(connection, vendors)


def close_crawl(connection: Connection, crawl_id: str, outcome: str) -> None:
    """Write how a crawl ended."""
    connection.execute(
        "UPDATE crawls SET finished_at = ?::TIMESTAMP, outcome = ? WHERE crawl_id = ?",
        [datetime.now(UTC).replace(tzinfo=None).isoformat(), outcome, crawl_id],
    )


def write_vendors(connection: Connection, vendors: Sequence[Vendor]) -> None:
    """Bring vendors, policies and locations in line with the list; what it dropped stays known."""
    policies = [policy for vendor in vendors for policy in vendor.policies]
    insert(
        connection,
        "vendors",
        [{"vendor_id": v.vendor_id, "name": v.name, "homepage": v.homepage} for v in vendors],
        "DO UPDATE SET name = excluded.name, homepage = excluded.homepage",
    )
    insert(
        connection,
        "policies",
        [
            {
                name: getattr(policy, name)
                for name in ("policy_id", "vendor_id", "kind", "every_days")
            }
            for policy in policies
        ],
        "DO UPDATE SET every_days = excluded.every_days",
    )
    places = [
        {
            "policy_id": policy.policy_id,
            "uri_r": place.uri_r,
            "since": place.since,
            "until": place.until,
            "guessed": place.guessed,
        }
        for policy in policies
        for place in policy.locations
    ]
    insert(
        connection,
        "locations",
        places,
        "DO UPDATE SET since = excluded.since, until = excluded.until, guessed = excluded.guessed",
    )
    connection.execute(
        "DELETE FROM locations WHERE policy_id IN (SELECT unnest(?::VARCHAR[])) "
        "AND policy_id || ' ' || uri_r NOT IN (SELECT unnest(?::VARCHAR[]))",
        [
            [policy.policy_id for policy in policies],
            [f"{place['policy_id']} {place['uri_r']}" for place in places],
        ],
    )


def enlist(connection: Connection, extractor: Extractor) -> str:
    """Write the extractor down; the first one is adopted. Give the adopted one's id."""
    insert(
        connection,
        "extractors",
        [
            {
                name: getattr(extractor, name)
                for name in ("extractor_id", "name", "version", "options")
            }
        ],
        "DO NOTHING",
    )
    adopted = adopted_extractor(connection)
    if adopted is None:
        adopt(connection, extractor.extractor_id)
    return adopted or extractor.extractor_id


def adopt(connection: Connection, extractor_id: str) -> None:
    """From now on every observation is read by this extractor."""
    connection.execute(
        "UPDATE extractors SET adopted_at = ?::TIMESTAMP WHERE extractor_id = ?",
        [datetime.now(UTC).replace(tzinfo=None).isoformat(), extractor_id],
    )


def adopted_extractor(connection: Connection) -> str | None:
    """Give the id of the extractor that observations are read by; None before the first crawl."""
    row = connection.execute(
        "SELECT extractor_id FROM extractors WHERE adopted_at IS NOT NULL "
        "ORDER BY adopted_at DESC, extractor_id LIMIT 1"
    ).fetchone()
    return row[0] if row else None


def remembered(connection: Connection, policies: Sequence[Policy]) -> list[Line]:
    """Read the ledger's lines of some policies, with what became of them and how they read.

    Without those of collections, which no archive lists and no plan asks for.
    """
    names = [policy.policy_id for policy in policies]
    rows = connection.execute(_REMEMBERED, [NOT_POLICY, adopted_extractor(connection), names])
    return [_line(row) for row in rows.fetchall()]


def _line(row: tuple[object, ...]) -> Line:
    *fields, length, state, reason, settled_at, reads = row
    names = ("policy_id", "urlkey", "timestamp", "original", "mimetype", "statuscode", "digest")
    capture = Capture(length=length, **dict(zip(names, fields, strict=True)))  # type: ignore[arg-type]
    return Line(
        capture=capture,
        state=State(str(state)),
        reason=str(reason),
        settled_at=settled_at.replace(tzinfo=UTC) if isinstance(settled_at, datetime) else None,
        reads=None if reads is None else str(reads),
    )
