"""What a policy said, at a moment or in a version, and where that comes from."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crawler.errors import AskedWrongly
from crawler.memento import moment_of
from pipelines.database.asking import ask
from pipelines.database.file import Connection
from pipelines.history.policies import NothingObserved, language_of, languages

_NUMBER = re.compile(r"\d{1,3}|[03-9]\d{3}")  # 1000 to 2999 are years
_CERTAINTIES = ("observed", "between", "unknown")
_VERSION = """
WITH spans AS (
    SELECT *,
           lead(first_seen) OVER (PARTITION BY policy_id, language ORDER BY version) AS not_after
    FROM versions
    WHERE policy_id = ?
      AND language = ?
)
SELECT spans.policy_id,
       spans.language,
       spans.version,
       spans.text_id,
       texts.text,
       'observed' AS certainty,
       spans.first_seen,
       spans.last_seen,
       spans.not_after,
       NULL AS next_version,
       spans.title,
       spans.words,
       spans.stated_date,
       spans.stated_quote,
       spans.uri_r,
       spans.uri_m,
       spans.memento_datetime,
       spans.digest,
       spans.body_sha256,
       spans.extractor_id,
       spans.crawl_id
FROM spans
JOIN texts
  ON texts.text_id = spans.text_id
WHERE spans.version = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A policy's text at a moment or of a version, and where it comes from.

    Times are naive UTC. `certainty` is `observed`, `between` or `unknown`; unknown has neither
    text nor version, only the sightings around it: `last_seen` before and `not_after` behind it.
    """

    policy_id: str
    language: str
    version: int | None
    text_id: str | None
    text: str | None
    certainty: str
    first_seen: datetime | None
    last_seen: datetime | None
    not_after: datetime | None
    next_version: int | None
    title: str | None
    words: int | None
    stated_date: date | None
    stated_quote: str | None
    uri_r: str | None
    uri_m: str | None
    memento_datetime: datetime | None
    digest: str | None
    body_sha256: str | None
    extractor_id: str | None
    crawl_id: str | None


def text_at(connection: Connection, policy_id: str, when: str, language: str | None) -> Reading:
    """Give the text at a date, in the language wanted or the one best known then.

    A day without a time is the first capture of that day, else its first second. Raises
    BadDate, AskedWrongly, NothingObserved.
    """
    moment = _moment(connection, policy_id, when)
    main = language_of(connection, policy_id, language)
    order = languages(connection, policy_id) if language is None else [main]
    found = _readings(connection, "SELECT * FROM policy_at(?, ?)", [policy_id, moment])
    return min(
        (reading for reading in found if reading.language in order),
        key=lambda reading: (
            _CERTAINTIES.index(reading.certainty),
            order.index(reading.language),
        ),
    )


def text_of_version(
    connection: Connection, policy_id: str, number: int | None, language: str | None
) -> Reading:
    """Give the text of a version, or of the newest. Raises AskedWrongly, NothingObserved."""
    spoken = language_of(connection, policy_id, language)
    count = last_version(connection, policy_id, spoken)
    number = count if number is None else number
    if not 1 <= number <= count:
        has = "version 1 only" if count == 1 else f"versions 1 to {count}"
        raise AskedWrongly(f"{policy_id} has {has} (language {spoken!r}): no version {number}")
    return _readings(connection, _VERSION, [policy_id, spoken, number])[0]


def text_called(connection: Connection, policy_id: str, name: str, language: str | None) -> Reading:
    """Give the text of a version number or at a date; unlike `text_at`, it must be known."""
    if _NUMBER.fullmatch(name):
        return text_of_version(connection, policy_id, int(name), language)
    reading = text_at(connection, policy_id, name, language)
    if reading.text is None:
        raise AskedWrongly(f"what {policy_id} said at {name} is unknown: {sightings(reading)}")
    return reading


def two_texts(
    connection: Connection, policy_id: str, old: str | None, new: str | None, language: str | None
) -> tuple[Reading, Reading] | None:
    """Give two texts of one language by version number or date: the last two if none is named.

    None where there is one version only and none was named. Raises as `text_called` does.
    """
    spoken = language_of(connection, policy_id, language)
    last = last_version(connection, policy_id, spoken)
    if old is None and last == 1:
        return None
    if old is None:
        before = text_of_version(connection, policy_id, last - 1, spoken)
    else:
        before = text_called(connection, policy_id, old, spoken)
    if new is None:
        return before, text_of_version(connection, policy_id, last, spoken)
    return before, text_called(connection, policy_id, new, spoken)


def last_version(connection: Connection, policy_id: str, language: str) -> int:
    """Give the number of the newest version. Raises NothingObserved."""
    row = connection.execute(
        "SELECT max(version) FROM versions WHERE policy_id = ? AND language = ?",
        [policy_id, language],
    ).fetchall()[0]
    if row[0] is None:
        raise NothingObserved(policy_id)
    return int(row[0])


def sightings(reading: Reading) -> str:
    """Say when the policy was seen around a moment at which it was not."""
    if reading.last_seen is None:
        return f"it was first seen at {_utc(reading.not_after)}"
    return f"it was last seen at {_utc(reading.last_seen)}"


def _utc(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "no time"


def _moment(connection: Connection, policy_id: str, when: str) -> datetime:
    start = moment_of(when).replace(tzinfo=None)
    end = moment_of(when, end=True).replace(tzinfo=None)
    if not timedelta(minutes=1) < end - start < timedelta(days=1):
        return start
    row = connection.execute(
        "SELECT min(observed_at) FROM observations "
        "WHERE policy_id = ? AND observed_at BETWEEN ? AND ?",
        [policy_id, start, end],
    ).fetchall()[0]
    return row[0] or start


def _readings(connection: Connection, query: str, values: list[Any]) -> list[Reading]:
    answer = ask(connection, query, values)
    return [Reading(**dict(zip(answer.columns, row, strict=True))) for row in answer.rows]
