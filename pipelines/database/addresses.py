"""Kept bodies by their address in the archive. Asks the database and the WARC files; no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import AskedWrongly
from crawler.memento import address_key, is_timestamp, parse_uri_m
from pipelines.database.file import NAME, Connection, reading
from pipelines.extraction.reader import Body
from pipelines.warc import read_body

# A capture whose body was known by its digest has the one that was kept for it.
_KEPT = """
SELECT uri_r,
       content_type,
       warc_file,
       warc_offset
FROM mementos
WHERE timestamp = $1
UNION ALL
SELECT captures.original,
       mementos.content_type,
       mementos.warc_file,
       mementos.warc_offset
FROM captures
JOIN mementos
  ON mementos.policy_id = captures.policy_id
 AND mementos.urlkey = captures.urlkey
 AND mementos.digest = captures.digest
WHERE captures.timestamp = $1
  AND captures.state = 'unchanged'
ORDER BY ALL
"""
_NEAREST = """
SELECT uri_m
FROM mementos
WHERE uri_r = ?
ORDER BY abs(epoch(memento_datetime) - epoch(?::TIMESTAMP)), uri_m
LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Where a body lies, and what is known of it: its address on the web and its type."""

    uri_r: str
    content_type: str
    warc_file: str
    warc_offset: int


class NotKept(AskedWrongly):
    """No body of that address is in the data folder."""

    def __init__(self, data: Path, uri_m: str, nearest: str | None) -> None:
        known = f"the nearest one kept is {nearest}" if nearest else "nor is another of its page"
        super().__init__(
            f"{uri_m} is not kept in {data}: {known}; `policytrail crawl` fetches the pages of the "
            "vendor list, and `read` asks no archive"
        )


def is_uri_m(name: str) -> bool:
    """Say whether a name is an absolute address in an archive."""
    played = parse_uri_m(name) if name.startswith(("http://", "https://")) else None
    return played is not None and is_timestamp(played.timestamp)


def find_kept(data: Path, uri_ms: Sequence[str]) -> dict[str, Kept]:
    """Find what is kept of addresses: by any archive, with any flags before the original.

    Raises NotKept.
    """
    if not uri_ms:
        return {}
    if not (data / NAME).exists():
        raise NotKept(data, uri_ms[0], None)
    with reading(data) as connection:
        return {uri_m: _find(connection, data, uri_m) for uri_m in uri_ms}


def load(data: Path, uri_m: str, kept: Kept) -> Body:
    """Read a kept body, under the address that it was asked for by. Raises DamagedShelf."""
    body = read_body(data / "warc", kept.warc_file, kept.warc_offset)
    return Body(key=uri_m, body=body, content_type=kept.content_type, url=kept.uri_r)


def _find(connection: Connection, data: Path, uri_m: str) -> Kept:
    played = parse_uri_m(uri_m)
    if played is None:
        raise NotKept(data, uri_m, None)
    names = Kept.__dataclass_fields__
    rows = connection.execute(_KEPT, [played.timestamp]).fetchall()
    found = [Kept(**dict(zip(names, row, strict=True))) for row in rows]
    # The address as it was listed; failing that, one that only its scheme or port tells apart.
    address = address_key(played.uri_r)
    same = [kept for kept in found if kept.uri_r == played.uri_r]
    same += [kept for kept in found if address_key(kept.uri_r) == address]
    if same:
        return same[0]
    moment = played.memento_datetime.replace(tzinfo=None)
    nearest = connection.execute(_NEAREST, [played.uri_r, moment]).fetchone()
    raise NotKept(data, uri_m, nearest[0] if nearest else None)
