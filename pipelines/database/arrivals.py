"""What an import finds in the database, and the rows that it writes. Owns duckdb."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pipelines.database.file import Connection
from pipelines.database.load import KEY, load
from pipelines.database.rows import Row, as_json, insert, shape
from pipelines.database.writer import Batch

Key = tuple[str, ...]
_DOCUMENT = ["source", "path", "body_sha256"]
# A location of the same page counts as known, whatever its scheme and `www.`.
_NEW_LOCATIONS = """
INSERT INTO locations
SELECT r.policy_id,
       r.uri_r,
       r.since,
       r.until,
       r.guessed
FROM (SELECT unnest(from_json(?, ?)) AS r)
WHERE NOT EXISTS (
    SELECT 1
    FROM locations
    WHERE locations.policy_id = r.policy_id
      AND page_of(locations.uri_r) = page_of(r.uri_r)
)
ON CONFLICT DO NOTHING
"""


def known_lines(connection: Connection, keys: Iterable[Key]) -> dict[Key, str]:
    """Give the state of each of these lines that the ledger has."""
    given: list[Row] = [dict(zip(KEY, key, strict=True)) for key in keys]
    found = _known(connection, "captures", KEY, given, "state")
    return {tuple(key): state for *key, state in found}


def known_documents(connection: Connection, keys: Iterable[Key]) -> set[Key]:
    """Give those of these texts without a date that are kept: source, path, SHA-256."""
    given: list[Row] = [dict(zip(_DOCUMENT, key, strict=True)) for key in keys]
    return {tuple(row) for row in _known(connection, "documents", _DOCUMENT, given)}


def bodies_read(connection: Connection, extractor_id: str, bodies: Collection[str]) -> set[str]:
    """Give those of these bodies that the extractor has read."""
    rows = connection.execute(
        """
        SELECT body_sha256
        FROM extractions
        WHERE extractor_id = ?
          AND body_sha256 IN (SELECT unnest(from_json(?, '["VARCHAR"]')))
        """,
        [extractor_id, json.dumps(sorted(bodies))],
    ).fetchall()
    return {sha256 for (sha256,) in rows}


def kept_digests(connection: Connection, policy_id: str) -> list[tuple[str, str, str]]:
    """Give urlkey, timestamp and digest of each answer of a policy that is kept, oldest first."""
    return connection.execute(
        """
        SELECT urlkey,
               timestamp,
               digest
        FROM mementos
        WHERE policy_id = ?
          AND source IN ('archive', 'warc')
          AND digest NOT IN ('', '-')
        ORDER BY ALL
        """,
        [policy_id],
    ).fetchall()


def take_in(
    connection: Connection,
    owners: Mapping[str, Sequence[Row]],
    documents: Sequence[Row],
    batch: Batch,
) -> None:
    """Write a batch: whose policies they are (where that is not known), texts and facts."""
    insert(connection, "vendors", owners["vendors"], "DO NOTHING")
    insert(connection, "policies", owners["policies"], "DO NOTHING")
    if owners["locations"]:
        columns = ["policy_id", "uri_r", "since", "until", "guessed"]
        given = [as_json(list(owners["locations"])), shape(connection, "locations", columns)]
        connection.execute(_NEW_LOCATIONS, given)
    insert(connection, "documents", documents, "DO NOTHING")
    load(connection, batch)


def _known(
    connection: Connection, table: str, key: list[str], rows: list[Row], *more: str
) -> list[tuple[Any, ...]]:
    if not rows:
        return []
    columns = ", ".join([*key, *more])
    return connection.execute(
        f"SELECT {columns} FROM {table} "  # noqa: S608 - names are ours
        "SEMI JOIN (SELECT unnest(r) FROM (SELECT unnest(from_json(?, ?)) AS r)) "
        f"USING ({', '.join(key)})",
        [as_json(rows), shape(connection, table, key)],
    ).fetchall()
