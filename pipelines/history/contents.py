"""What an archive holds, in numbers: how much, from when till when, in which languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.database.file import Connection

# The newest thing that anybody wrote down: an export is as old as that, whenever it is made.
_NEWEST = """
SELECT max(moment)
FROM (
    SELECT max(greatest(started_at, finished_at)) AS moment FROM crawls
    UNION ALL
    SELECT max(listed_at) FROM listings
    UNION ALL
    SELECT max(noticed_at) FROM listing_changes
    UNION ALL
    SELECT max(greatest(listed_at, settled_at)) FROM captures
    UNION ALL
    SELECT max(fetched_at) FROM mementos
    UNION ALL
    SELECT max(adopted_at) FROM extractors
)
"""
_SPAN = """
SELECT min(first_seen),
       max(last_seen)
FROM runs_of(adopted_extractor())
"""
_LANGUAGES = """
SELECT language,
       count(*)
FROM runs_of(adopted_extractor())
GROUP BY language
ORDER BY count(*) DESC, language
"""
_STATES = """
SELECT state,
       count(*)
FROM captures
GROUP BY state
ORDER BY count(*) DESC, state
"""
_SIGNIFICANCES = """
SELECT coalesce(significance, 'not compared'),
       count(*)
FROM changes
GROUP BY ALL
ORDER BY count(*) DESC, 1
"""
_ARCHIVES = """
SELECT DISTINCT archive
FROM crawls
ORDER BY archive
"""
# Whose collection a part of it is; what was fetched from an archive, or is a body as it was served,
# is nobody's collection.
_COLLECTORS = """
SELECT source
FROM mementos
WHERE source NOT IN ('archive', 'warc')
UNION
SELECT source
FROM documents
ORDER BY source
"""
_EXTRACTOR = """
SELECT extractor_id,
       name,
       version
FROM extractors
WHERE extractor_id = adopted_extractor()
"""
_COVERED = """
SELECT coverage.policy_id,
       coalesce(vendors.name, ''),
       coverage.captures,
       coverage.observations,
       coverage.versions,
       coverage.first_seen,
       coverage.last_seen,
       coverage.longest_gap_days
FROM coverage
LEFT JOIN policies ON policies.policy_id = coverage.policy_id
LEFT JOIN vendors ON vendors.vendor_id = policies.vendor_id
ORDER BY coverage.versions DESC, coverage.policy_id
LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The extractor that all observations were read by."""

    extractor_id: str
    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """An archive in numbers. Moments are naive UTC, None where there is nothing."""

    newest: datetime | None
    first_seen: datetime | None
    last_seen: datetime | None
    languages: Mapping[str, int]
    states: Mapping[str, int]
    significances: Mapping[str, int]
    archives: tuple[str, ...]
    collectors: tuple[str, ...]
    reader: Reader | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How well one policy is covered."""

    policy_id: str
    vendor_name: str
    captures: int
    observations: int
    versions: int
    first_seen: datetime | None
    last_seen: datetime | None
    longest_gap_days: float | None


def contents(connection: Connection) -> Contents:
    """Count what there is."""
    (newest,) = connection.execute(_NEWEST).fetchall()[0]
    first_seen, last_seen = connection.execute(_SPAN).fetchall()[0]
    adopted = connection.execute(_EXTRACTOR).fetchall()
    return Contents(
        newest=newest,
        first_seen=first_seen,
        last_seen=last_seen,
        languages=_counts(connection, _LANGUAGES),
        states=_counts(connection, _STATES),
        significances=_counts(connection, _SIGNIFICANCES),
        archives=_names(connection, _ARCHIVES),
        collectors=_names(connection, _COLLECTORS),
        reader=_reader(*adopted[0]) if adopted else None,
    )


def best_covered(connection: Connection, limit: int) -> Iterator[Covered]:
    """Give the coverage of so many policies, those with most versions first."""
    for row in connection.execute(_COVERED, [limit]).fetchall():
        yield Covered(**dict(zip(Covered.__slots__, row, strict=True)))


def _names(connection: Connection, query: str) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute(query).fetchall())


def _counts(connection: Connection, query: str) -> dict[str, int]:
    return dict(connection.execute(query).fetchall())


def _reader(extractor_id: str, name: str, version: str) -> Reader:
    return Reader(extractor_id=extractor_id, name=name, version=version)
