"""Every version with where it comes from, one at a time. Asks over a given connection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.database.asking import ask
from pipelines.database.file import Connection

_CHUNK = 512
# A vendor or an extractor that is not in its table takes nothing away but its name.
_VERSIONS = """
SELECT row_number() OVER (
           ORDER BY versions.policy_id,
                    versions.language,
                    versions.version
       ) AS number,
       coalesce(policies.vendor_id, split_part(versions.policy_id, '/', 1)) AS vendor_id,
       coalesce(vendors.name, '') AS vendor_name,
       coalesce(
           policies.kind,
           substr(versions.policy_id, strpos(versions.policy_id, '/') + 1)
       ) AS kind,
       versions.policy_id,
       versions.language,
       versions.version,
       versions.title,
       versions.first_seen,
       versions.last_seen,
       versions.not_before,
       versions.observations,
       versions.stated_date,
       versions.stated_kind,
       versions.stated_quote,
       versions.words,
       versions.uri_r,
       versions.uri_m,
       versions.memento_datetime,
       versions.digest,
       versions.body_sha256,
       versions.text_id,
       versions.normalized_id,
       versions.extractor_id,
       coalesce(extractors.name, '') AS extractor_name,
       coalesce(extractors.version, '') AS extractor_version,
       versions.crawl_id,
       versions.source,
       versions.flip
FROM versions
LEFT JOIN policies
  ON policies.policy_id = versions.policy_id
LEFT JOIN vendors
  ON vendors.vendor_id = policies.vendor_id
LEFT JOIN extractors
  ON extractors.extractor_id = versions.extractor_id
"""
# The rows are sorted without their texts, which would be sorted with them, whole, in memory.
_KEEP = f"""
CREATE OR REPLACE TEMP TABLE versions_told AS
WITH known AS ({_VERSIONS})
SELECT known.*,
       texts.block
FROM known
JOIN texts
  ON texts.text_id = known.text_id
ORDER BY known.number
"""  # noqa: S608 - the query is ours
_SOME = """
SELECT *
FROM versions_told
WHERE number BETWEEN ? AND ?
ORDER BY number
"""
# Texts of one policy mostly came together, so the blocks say where not to look.
_TEXTS = """
SELECT text_id,
       text
FROM texts
WHERE block BETWEEN ? AND ?
  AND text_id IN (SELECT unnest(?::VARCHAR[]))
"""
_IN_TIME = f"""
WITH known AS ({_VERSIONS})
SELECT *
FROM known
ORDER BY known.first_seen, known.number
"""  # noqa: S608 - the query is ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of one policy in one language. Times are naive UTC.

    `number` counts all versions of all policies, by policy, language and version; the rest is
    that of the view `versions` and of the tables that it names.
    """

    number: int
    vendor_id: str
    vendor_name: str
    kind: str
    policy_id: str
    language: str
    version: int
    title: str
    first_seen: datetime
    last_seen: datetime
    not_before: datetime | None
    observations: int
    stated_date: date | None
    stated_kind: str
    stated_quote: str
    words: int
    uri_r: str
    uri_m: str
    memento_datetime: datetime
    digest: str
    body_sha256: str
    text_id: str
    normalized_id: str
    extractor_id: str
    extractor_name: str
    extractor_version: str
    crawl_id: str
    source: str
    flip: bool | None

    @property
    def names(self) -> tuple[str, str, str]:
        """Give what to name files by: the two parts of the policy's id, and the language."""
        vendor, _, kind = self.policy_id.partition("/")
        return vendor, kind, self.language


def with_texts(connection: Connection) -> Iterator[tuple[Version, str]]:
    """Give each version with its text, by policy, language and version.

    The connection is not to be used for anything else before the last one was given.
    """
    connection.execute(_KEEP)
    for first in range(1, count(connection) + 1, _CHUNK):
        rows = connection.execute(_SOME, [first, first + _CHUNK - 1]).fetchall()
        known = [_version(values) for *values, _ in rows]
        texts = _texts_of(connection, known, [block for *_, block in rows])
        yield from ((version, texts[version.text_id]) for version in known)
    connection.execute("DROP TABLE versions_told")


def _texts_of(
    connection: Connection, known: Sequence[Version], blocks: Sequence[int]
) -> dict[str, str]:
    ids = [version.text_id for version in known]
    return dict(connection.execute(_TEXTS, [min(blocks), max(blocks), ids]).fetchall())


def in_time(connection: Connection) -> Iterator[Version]:
    """Give each version, in the order in which they were first seen, over all policies."""
    return (_version(values) for values in ask(connection, _IN_TIME).rows)


def count(connection: Connection) -> int:
    """Count the versions."""
    return int(connection.execute("SELECT count(*) FROM versions").fetchall()[0][0])


def _version(values: Any) -> Version:
    return Version(**dict(zip(Version.__slots__, values, strict=True)))
