"""The same rows in SQLite, with the indexes that the same questions need. Standard library."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks._bulk import vendor_of
from pipelines.database.file import reading

_START = datetime(2012, 1, 1)  # noqa: DTZ001 - the tables hold naive UTC
_CHUNK = 10_000
_TABLES = {
    "observations": (
        "policy_id, language, timestamp, observed_at, uri_r, digest, text_id, normalized_id, "
        "words, uri_m"
    ),
    "texts": "text_id, text",
    "diffs": "old_text_id, new_text_id, words_added, words_removed, similarity",
}
_INDEXES = (
    "CREATE INDEX observed ON observations (policy_id, language, timestamp, uri_r, digest)",
    "CREATE UNIQUE INDEX text ON texts (text_id)",
    "CREATE UNIQUE INDEX pair ON diffs (old_text_id, new_text_id)",
)
_VERSIONS = """
WITH steps AS (
    SELECT *,
           row_number() OVER timeline AS place,
           lag(observed_at) OVER timeline AS seen_before,
           lag(normalized_id) OVER timeline AS normalized_before,
           count(*) OVER everything AS places,
           max(observed_at) OVER everything AS seen_last
    FROM observations
    WINDOW timeline AS (
               PARTITION BY policy_id, language ORDER BY timestamp, uri_r, digest
           ),
           everything AS (PARTITION BY policy_id, language)
),
versions AS (
    SELECT policy_id,
           language,
           row_number() OVER beginning AS version,
           text_id,
           words,
           observed_at AS first_seen,
           coalesce(lead(seen_before) OVER beginning, seen_last) AS last_seen,
           seen_before AS not_before,
           coalesce(lead(place) OVER beginning, places + 1) - place AS observations,
           lag(text_id) OVER beginning AS old_text_id
    FROM steps
    WHERE normalized_id IS NOT normalized_before
    WINDOW beginning AS (PARTITION BY policy_id, language ORDER BY place)
)
"""
ALL_VERSIONS = f"{_VERSIONS} SELECT count(*), sum(words), max(last_seen) FROM versions"
CHANGES = f"""{_VERSIONS}
SELECT substr(first_seen, 1, 4) AS year,
       count(*),
       sum(words_added),
       avg(julianday(first_seen) - julianday(not_before))
FROM versions
JOIN diffs
  ON diffs.old_text_id = versions.old_text_id
 AND diffs.new_text_id = versions.text_id
GROUP BY year
"""
AT = """
SELECT text
FROM observations
JOIN texts USING (text_id)
WHERE policy_id = ? AND language = 'en' AND timestamp <= ?
ORDER BY timestamp DESC
LIMIT 1
"""


def copy(data: Path, path: Path) -> None:
    """Write an archive's observations, texts and differences into a SQLite file."""
    with reading(data) as archive, sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        for table, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" * len(columns.split(",")))
            query = f"SELECT {columns} FROM {table}"
            connection.executemany(
                f"INSERT INTO {table} VALUES ({marks})", _plain(archive.execute(query))
            )
        for index in _INDEXES:
            connection.execute(index)


def _plain(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while chunk := cursor.fetchmany(_CHUNK):
        for row in chunk:
            yield tuple(str(value) if isinstance(value, datetime) else value for value in row)


def seconds_whole(path: Path, query: str) -> float:
    """Give how long one question over everything takes."""
    with sqlite3.connect(path) as connection:
        began = perf_counter()
        connection.execute(query).fetchall()
        return perf_counter() - began


def seconds_at(path: Path, policies: int, times: int) -> float:
    """Give the median time of a text as of a date, of policies drawn at random."""
    draw = random.Random(7)
    found = []
    with sqlite3.connect(path) as connection:
        for _ in range(times):
            policy = f"{vendor_of(draw.randrange(policies))}/privacy"
            moment = _START + timedelta(days=draw.randrange(2_000))
            began = perf_counter()
            connection.execute(AT, [policy, f"{moment:%Y%m%d%H%M%S}"]).fetchall()
            found.append(perf_counter() - began)
    return median(found)
