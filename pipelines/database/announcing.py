"""Which changes a command was told of. Asks and writes over a given connection.

Changes are a view: the same one may come back with a narrower interval, or, read by another
extractor, with other texts. What was told is a fact, and stands for the change with its very
interval; failing that, for the earliest one with its texts whose interval meets its own.
"""

from datetime import UTC, datetime

from pipelines.database.file import Connection

Key = tuple[str, str, int]

_STEPS = """
SELECT changes.policy_id,
       changes.language,
       changes.version,
       old.normalized_id AS old_normalized_id,
       new.normalized_id AS new_normalized_id,
       changes.not_before,
       changes.not_after
FROM changes
JOIN texts AS old
  ON old.text_id = changes.old_text_id
JOIN texts AS new
  ON new.text_id = changes.new_text_id
"""
_UNTOLD = f"""
WITH steps AS ({_STEPS}),
pairs AS (
    SELECT steps.*,
           told.rowid AS telling,
           (steps.not_before, steps.not_after) = (told.not_before, told.not_after) AS same_interval,
           (steps.old_normalized_id, steps.new_normalized_id)
               = (told.old_normalized_id, told.new_normalized_id) AS same_texts
    FROM announcements AS told
    JOIN steps
      ON steps.policy_id = told.policy_id
     AND steps.language = told.language
     AND steps.not_before <= told.not_after
     AND told.not_before <= steps.not_after
),
told AS (
    SELECT *
    FROM pairs
    WHERE same_interval OR same_texts
    QUALIFY (same_interval AND same_texts)
         OR row_number() OVER (
                PARTITION BY telling
                ORDER BY same_interval DESC, same_texts DESC, version
            ) = 1
)
SELECT steps.policy_id,
       steps.language,
       steps.version
FROM steps
ANTI JOIN told
  ON told.policy_id = steps.policy_id
 AND told.language = steps.language
 AND told.version = steps.version
WHERE steps.policy_id NOT IN (SELECT policy_id FROM captures WHERE state = 'pending')
"""  # noqa: S608 - the text is ours
_TELL = f"""
INSERT INTO announcements BY NAME
SELECT * EXCLUDE (version),
       ? AS outcome,
       ?::TIMESTAMP AS announced_at
FROM ({_STEPS})
"""  # noqa: S608
_WATCHED = "SELECT count(*) FROM crawls WHERE json_extract_string(options, 'on_change') = 'true'"


def take_baseline(connection: Connection) -> None:
    """Before the first crawl that tells of changes: those there are by now are known already."""
    if not connection.execute(_WATCHED).fetchall()[0][0]:
        connection.execute(_TELL, ["known", _now()])


def untold(connection: Connection) -> set[Key]:
    """Give policy, language and version of each change to be told.

    A policy with pending captures waits: they may still narrow the interval.
    """
    return set(connection.execute(_UNTOLD).fetchall())


def record(connection: Connection, key: Key) -> None:
    """Write down that a change was told."""
    connection.execute(
        f"{_TELL} WHERE policy_id = ? AND language = ? AND version = ?", ["told", _now(), *key]
    )


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat()
