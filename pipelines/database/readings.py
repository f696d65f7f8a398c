"""The table `readings`: what each extractor makes of each capture, kept ready. Owns duckdb.

It is derived from the facts and never says anything else than the view `readings_afresh`; it is
a table because every question is asked of it, and because joining the facts for each question
takes seconds on a large archive. Whoever writes captures, mementos, extractions, texts or diffs
refreshes the policies that these speak of, in the same transaction. Rows that came or went
behind our back, by hand, are noticed by their number when the file is opened next.
"""

import json
from collections.abc import Collection

from duckdb import DuckDBPyConnection as Connection

# Whole rows are compared, so that what has not changed is neither deleted nor written.
_FRESH = """
CREATE OR REPLACE TEMP TABLE readings_fresh AS
SELECT afresh AS reading
FROM readings_afresh AS afresh
WHERE {which}
"""
_KEPT = """
CREATE OR REPLACE TEMP TABLE readings_kept AS
SELECT kept.rowid AS place,
       kept AS reading
FROM readings AS kept
WHERE {which}
"""
_DELETE = """
DELETE FROM readings
WHERE rowid IN (
    SELECT place
    FROM readings_kept
    ANTI JOIN readings_fresh USING (reading)
)
"""
_INSERT = """
INSERT INTO readings
SELECT unnest(reading)
FROM readings_fresh
ANTI JOIN readings_kept USING (reading)
ORDER BY ALL
"""
# Of what the readings were made; DuckDB knows how many rows a table has without counting.
_STATE = """
SELECT (SELECT count(*) FROM captures) AS captures,
       (SELECT count(*) FROM mementos) AS mementos,
       (SELECT count(*) FROM extractions) AS extractions,
       (SELECT count(*) FROM texts) AS texts,
       (SELECT count(*) FROM diffs) AS diffs,
       (SELECT count(*) FROM readings) AS readings
"""
_MANY = 1_000  # of more, all are asked for
_OF_TEXTS = """
SELECT DISTINCT policy_id
FROM readings
WHERE old_text_id IN (SELECT unnest(from_json(?, '["VARCHAR"]')))
"""
_OF_BODIES = """
SELECT DISTINCT policy_id
FROM mementos
WHERE body_sha256 IN (SELECT unnest(from_json(?, '["VARCHAR"]')))
"""


def refresh(connection: Connection, policy_ids: Collection[str] | None = None) -> None:
    """Bring the readings of some policies, or of all, in line with the facts."""
    if policy_ids is None or policy_ids:
        which, values = among(policy_ids)
        connection.execute(_FRESH.format(which=which), values)
        connection.execute(_KEPT.format(which=which), values)
        connection.execute(_DELETE)
        connection.execute(_INSERT)
        connection.execute("DROP TABLE temp.readings_fresh")
        connection.execute("DROP TABLE temp.readings_kept")
    connection.execute("DELETE FROM readings_state")
    connection.execute(f"INSERT INTO readings_state {_STATE}")


def is_stale(connection: Connection) -> bool:
    """Say whether rows came or went since the readings were made."""
    found = connection.execute(
        f"SELECT count(*) FROM (FROM readings_state INTERSECT {_STATE})"  # noqa: S608 - ours
    ).fetchone()
    return found != (1,)


def settle(connection: Connection) -> None:
    """Make all readings anew if rows came or went behind our back."""
    if is_stale(connection):
        refresh(connection)


def among(policy_ids: Collection[str] | None) -> tuple[str, list[str]]:
    """Give a condition on policy_id, and its values.

    Each id stands for itself, because only constants are asked for ahead of joins and windows.
    """
    if policy_ids is None or len(policy_ids) > _MANY:
        return "true", []
    return f"policy_id IN ({', '.join('?' * len(policy_ids))})", sorted(policy_ids)


def policies_of(connection: Connection, bodies: Collection[str]) -> set[str]:
    """Give the policies that a memento with one of these bodies (SHA-256) was kept of."""
    if not bodies:
        return set()
    rows = connection.execute(_OF_BODIES, [json.dumps(sorted(bodies))]).fetchall()
    return {policy_id for (policy_id,) in rows}


def policies_after(connection: Connection, text_ids: Collection[str]) -> set[str]:
    """Give the policies in which a version follows one that has one of these texts."""
    if not text_ids:
        return set()
    rows = connection.execute(_OF_TEXTS, [json.dumps(sorted(text_ids))]).fetchall()
    return {policy_id for (policy_id,) in rows}
