"""What a timeline shows: each version with every sighting of it. Asks over a given connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from pipelines.database.asking import ask
from pipelines.database.file import Connection
from pipelines.history.policies import language_of

_STAYS = """
SELECT versions.policy_id,
       versions.language,
       versions.version,
       versions.observations,
       changes.significance,
       coalesce(changes.flip, false) AS flip
FROM versions
LEFT JOIN changes
  ON changes.policy_id = versions.policy_id
 AND changes.language = versions.language
 AND changes.version = versions.version
WHERE versions.policy_id IN (SELECT unnest($1::VARCHAR[]))
  AND ($2::VARCHAR IS NULL OR versions.language = $2)
ORDER BY versions.policy_id, versions.language, versions.version
"""
_SIGHTINGS = """
SELECT observations.policy_id,
       language,
       observed_at
FROM observations
WHERE observations.policy_id IN (SELECT unnest(?::VARCHAR[]))
  AND version IS NOT NULL
ORDER BY observations.policy_id, language, timestamp, uri_r, digest
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A version, and when it was seen (naive UTC, in order; there is one sighting at least).

    `significance` and `flip` are those of the change that led to it; None for the first version,
    and where the texts were not compared yet.
    """

    version: int
    sightings: tuple[datetime, ...]
    significance: str | None
    flip: bool

    @property
    def first_seen(self) -> datetime:
        """Give the first sighting."""
        return self.sightings[0]

    @property
    def last_seen(self) -> datetime:
        """Give the last sighting."""
        return self.sightings[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One policy in one language: its versions, oldest first."""

    policy_id: str
    language: str
    stays: tuple[Stay, ...]

    @property
    def label(self) -> str:
        """Name the lane, and count what was seen."""
        seen = sum(len(stay.sightings) for stay in self.stays)
        counts = f"{_count(len(self.stays), 'version')}, {_count(seen, 'sighting')}"
        return f"{self.policy_id} ({self.language}): {counts}"


def lanes(connection: Connection, policy_ids: Sequence[str], language: str | None) -> list[Lane]:
    """Give a lane for each policy and language; a policy that was never observed has none.

    Raises NothingObserved, or AskedWrongly for a language, where there is no lane at all.
    """
    names = list(policy_ids)
    seen: dict[tuple[str, str], list[datetime]] = {}
    for policy_id, spoken, moment in ask(connection, _SIGHTINGS, [names]).rows:
        seen.setdefault((policy_id, spoken), []).append(moment)
    stays: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for policy_id, spoken, *rest in ask(connection, _STAYS, [names, language]).rows:
        stays.setdefault((policy_id, spoken), []).append(tuple(rest))
    if not stays:
        language_of(connection, names[0], language)
    return [
        Lane(policy_id=place[0], language=place[1], stays=_stays(rows, seen[place]))
        for place, rows in stays.items()
    ]


def _stays(rows: list[tuple[Any, ...]], moments: list[datetime]) -> tuple[Stay, ...]:
    """Deal the sightings, in their order, to the versions, which know how many each has."""
    left = iter(moments)
    return tuple(
        Stay(
            version=version,
            sightings=tuple(islice(left, observations)),
            significance=significance,
            flip=flip,
        )
        for version, observations, significance, flip in rows
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
