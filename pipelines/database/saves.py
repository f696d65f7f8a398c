"""Which pages the archive could be asked to capture, and what came of asking. Owns duckdb."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from crawler.items import Save
from crawler.memento import address_key
from pipelines.database.file import Connection
from pipelines.database.rows import insert

ONCE_IN = timedelta(days=1)
_STANDING = """
SELECT policy_id, uri_r
FROM locations
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND coalesce(since, ?::DATE) <= ?::DATE
  AND coalesce("until", ?::DATE) >= ?::DATE
  AND (NOT guessed OR ?)
"""
_LISTED = """
SELECT DISTINCT policy_id, uri_r
FROM listings
WHERE outcome IN ('complete', 'empty')
  AND source = 'archive'
"""
_CAPTURED = """
SELECT policy_id,
       original AS uri_r,
       max(try_strptime(timestamp, '%Y%m%d%H%M%S')) AS newest,
       bool_or(state = 'excluded') AS excluded
FROM captures
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
GROUP BY policy_id, original
"""
_ASKED = """
SELECT policy_id,
       uri_r,
       max(try_strptime(timestamp, '%Y%m%d%H%M%S')) AS newest,
       max(asked_at) FILTER (WHERE outcome NOT IN ('limited', 'refused')) AS asked_at
FROM saves
WHERE policy_id IN (SELECT unnest(?::VARCHAR[]))
GROUP BY policy_id, uri_r
"""
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An address at which a policy stands now, and how the archive has it.

    `captured_at` is its newest capture, a kept one or not, `asked_at` when a capture was last
    asked for; both in UTC, None where there is none.
    """

    policy_id: str
    uri_r: str
    listed: bool
    excluded: bool
    captured_at: datetime | None
    asked_at: datetime | None

    def days(self, now: datetime) -> int | None:
        """Count the whole days since the newest capture."""
        return (now - self.captured_at).days if self.captured_at else None

    def is_due(self, now: datetime, older_than: int) -> bool:
        """Say whether the newest capture is too old, and none was asked for within a day."""
        if self.asked_at and now - self.asked_at < ONCE_IN:
            return False
        days = self.days(now)
        return self.listed and not self.excluded and (days is None or days >= older_than)


def standing_pages(
    connection: Connection, names: Sequence[str], now: datetime, *, guessed: bool
) -> list[Page]:
    """Give the addresses of some policies that stand now: never captured first, then oldest.

    Any line of the ledger counts as a capture, whatever its state: the archive looked then.
    """
    today = now.date()
    places = connection.execute(_STANDING, [names, *[today] * 4, guessed]).fetchall()
    listed = {_place(*row) for row in connection.execute(_LISTED).fetchall()}
    captured = connection.execute(_CAPTURED, [names]).fetchall()
    orders = connection.execute(_ASKED, [names]).fetchall()
    excluded = {_place(*row[:2]) for row in captured if row[3]}
    newest = _latest([row[:3] for row in (*captured, *orders)])
    asked = _latest([(*row[:2], row[3]) for row in orders])
    pages = [
        Page(
            policy_id=policy_id,
            uri_r=uri_r,
            listed=(place := _place(policy_id, uri_r)) in listed,
            excluded=place in excluded,
            captured_at=newest.get(place),
            asked_at=asked.get(place),
        )
        for policy_id, uri_r in places
    ]
    beginning = datetime.min.replace(tzinfo=UTC)
    return sorted(pages, key=lambda page: (page.captured_at or beginning, page.uri_r))


def keep_save(connection: Connection, save: Save) -> None:
    """Write one asking, or how one went on that was written before."""
    connection.execute(
        "DELETE FROM saves WHERE policy_id = ? AND uri_r = ? AND asked_at = ?::TIMESTAMP",
        [save.policy_id, save.uri_r, save.asked_at.replace(tzinfo=None).isoformat()],
    )
    insert(connection, "saves", [asdict(save)])


def _place(policy_id: str, uri_r: str) -> _Place:
    return policy_id, address_key(uri_r)


def _latest(moments: Iterable[tuple[str, str, datetime | None]]) -> dict[_Place, datetime]:
    latest: dict[_Place, datetime] = {}
    for policy_id, uri_r, moment in moments:
        if moment is not None:
            place, found = _place(policy_id, uri_r), moment.replace(tzinfo=UTC)
            latest[place] = max(latest.get(place, found), found)
    return latest
