"""A chosen part of an archive, as a database of its own for a while.

Whoever writes an export asks one connection and knows nothing of what was chosen: the part has
the same tables and views, its readings, versions and changes are derived anew from what is left.
It lies in a temporary file, so memory is bounded, and the archive is free while it is written out.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.errors import AskedWrongly
from pipelines.database import readings, schema
from pipelines.database.excerpts import Excerpt, excerpts, note_excerpts
from pipelines.database.file import Connection, beside, filling, reading
from pipelines.database.redacted import copy_redacted
from pipelines.database.rows import insert
from pipelines.export.choices import Choices
from pipelines.history.comparison import compare
from pipelines.history.differences import diff_row
from pipelines.history.policies import policy_ids

# A NULL without a type would be an integer.
_TYPES = {
    "policies": "VARCHAR[]",
    "languages": "VARCHAR[]",
    "since": "VARCHAR",
    "before": "VARCHAR",
    "as_of": "TIMESTAMP",
    "text_free": "BOOLEAN",
    "redact": "BOOLEAN",
}
# Neighbours of today may not have been neighbours then.
_LATER_DIFFS = """
DELETE FROM diffs
WHERE (old_text_id, new_text_id) NOT IN (
    SELECT (old_text_id, text_id)
    FROM readings
    WHERE old_text_id IS NOT NULL
)
"""
_MISSING = """
SELECT DISTINCT old_text_id,
                new_text_id
FROM changes
WHERE words_added IS NULL
ORDER BY ALL
"""
_TEXT = "SELECT text FROM policytrail.texts WHERE text_id = ?"


@contextmanager
def selected(data: Path, choices: Choices) -> Iterator[Connection]:
    """Open the archive, or what was chosen of it, to read.

    Raises NoDatabase, CannotOpen, CannotWrite, UnknownPolicy, and AskedWrongly where nobody can
    say what was known then.
    """
    with reading(data) as connection:
        if choices.is_all:
            yield connection
            return
        before = excerpts(connection)
        values = _values(connection, choices)
        with beside(connection):
            with filling():
                connection.execute("BEGIN")
                told = _fill(connection, values)
                chosen = Excerpt(chosen=_spelt(choices, values), redacted=told)
                note_excerpts(connection, [*before, chosen])
                connection.execute("COMMIT")
            connection.execute("DETACH policytrail")
            yield connection


def _fill(connection: Connection, values: Mapping[str, Any]) -> Mapping[str, int]:
    """Write the part, and derive what is derived; give what was redacted, and how often."""
    for name, value in values.items():
        connection.execute(f"SET VARIABLE chosen_{name} = ?::{_TYPES[name]}", [value])
    for statement in schema.read_sql("selecting.sql").split(";\n"):
        if statement.strip():
            connection.execute(statement)
    for name in values:
        connection.execute(f"RESET VARIABLE chosen_{name}")
    told = copy_redacted(connection, _redact) if values["redact"] else {}
    readings.refresh(connection)
    gone = connection.execute(_LATER_DIFFS).fetchall()[0][0] if values["as_of"] else 0
    if _compare_neighbours(connection) or gone:
        readings.refresh(connection)
    return told


def _redact(text: str) -> tuple[str, Mapping[str, int]]:
    from pipelines.export.redacting import redact

    found = redact(text)
    return found.text, found.counts


def _compare_neighbours(connection: Connection) -> int:
    """Compare texts that are neighbours only here, or were not compared yet; give how many."""
    found = []
    for old_id, new_id in connection.execute(_MISSING).fetchall():
        old, new = (connection.execute(_TEXT, [each]).fetchall()[0][0] for each in (old_id, new_id))
        found.append(diff_row(old_id, new_id, compare(old, new)))
    insert(connection, "diffs", found, "DO NOTHING")
    return len(found)


def _values(connection: Connection, choices: Choices) -> dict[str, Any]:
    """Write what was chosen as selecting.sql reads it."""
    as_of = choices.as_of
    moment = as_of.astimezone(UTC).replace(tzinfo=None) if as_of else None
    if moment:
        _check_adopted(connection, moment)
    _check_languages(connection, choices.languages)
    last = choices.until
    return {
        "policies": policy_ids(connection, choices.policies) if choices.policies else None,
        "languages": list(choices.languages) or None,
        "since": _digits(choices.since),
        "before": _digits(last + timedelta(days=1)) if last and last < date.max else None,
        "as_of": moment,
        "text_free": choices.text_free,
        "redact": choices.redact and not choices.text_free,
    }


def _digits(day: date | None) -> str | None:
    return day.isoformat().replace("-", "") if day else None


def _check_adopted(connection: Connection, moment: datetime) -> None:
    """Raise AskedWrongly where bodies were kept by then that nobody can say how they read."""
    kept, adopted = connection.execute(
        """
        SELECT (SELECT count(*) FROM mementos WHERE fetched_at <= $moment),
               (SELECT count(*) FROM extractors WHERE adopted_at <= $moment)
        """,
        {"moment": moment},
    ).fetchall()[0]
    if kept and not adopted:
        raise AskedWrongly(
            f"nobody can say how policies read on {moment:%Y-%m-%d %H:%M:%S}: the extractors of "
            "this archive were adopted later; name a later moment, `policytrail sql 'FROM "
            "extractors'` shows when"
        )


def _check_languages(connection: Connection, wanted: Collection[str]) -> None:
    """Raise AskedWrongly for a language that nothing was read in, which is rather a slip."""
    rows = connection.execute("SELECT DISTINCT language FROM readings ORDER BY ALL").fetchall()
    known = [language for (language,) in rows]
    for language in wanted:
        if language not in known:
            spoken = ", ".join(known) or "none"
            raise AskedWrongly(f"nothing was read in {language!r}, only in these: {spoken}")


def _spelt(choices: Choices, values: Mapping[str, Any]) -> dict[str, Any]:
    """Write what was chosen with what JSON has; nothing else."""
    spelt = {
        "policies": values["policies"],
        "since": choices.since and choices.since.isoformat(),
        "until": choices.until and choices.until.isoformat(),
        "languages": sorted(choices.languages),
        "as_of": values["as_of"] and f"{values['as_of']:%Y-%m-%dT%H:%M:%SZ}",
        "text_free": values["text_free"],
        "redact": values["redact"],
    }
    return {name: value for name, value in spelt.items() if value}
