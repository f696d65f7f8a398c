"""The versions of one policy, and where a pattern is said. Asks over a given connection."""

from collections.abc import Sequence

from pipelines.database.asking import Answer, ask, check_pattern
from pipelines.database.file import Connection
from pipelines.history.policies import language_of

_VERSIONS = """
SELECT versions.policy_id,
       versions.language,
       versions.version,
       versions.first_seen,
       versions.last_seen,
       versions.not_before,
       changes.width_days,
       versions.observations,
       versions.words,
       changes.words_added,
       changes.words_removed,
       changes.similarity,
       changes.significance,
       versions.stated_date,
       versions.text_id,
       versions.uri_m,
       versions.flip
FROM versions
LEFT JOIN changes
  ON changes.policy_id = versions.policy_id
 AND changes.language = versions.language
 AND changes.version = versions.version
WHERE versions.policy_id = $1
  AND ($2::VARCHAR IS NULL OR versions.language = $2)
ORDER BY versions.language, versions.version
"""


def versions(connection: Connection, policy_id: str, language: str | None = None) -> Answer:
    """Give each version with its change from the one before.

    Raises NothingObserved, or AskedWrongly for a language that was not seen.
    """
    language_of(connection, policy_id, language)
    return ask(connection, _VERSIONS, [policy_id, language])


def mentions(
    connection: Connection, pattern: str, policy_ids: Sequence[str], *, undated: bool = False
) -> Answer:
    """Give each version of the policies whose text matches. Raises BadQuery.

    With `undated` the texts, too, that are of no policy because they say neither when nor where.
    """
    check_pattern(connection, pattern)
    return ask(
        connection,
        "SELECT * FROM mentions(?) WHERE policy_id IN (SELECT unnest(?::VARCHAR[])) "
        "OR (policy_id IS NULL AND ?) ORDER BY policy_id, language, version, document",
        [pattern, list(policy_ids), undated],
    )


def has_documents(connection: Connection) -> bool:
    """Say whether there are texts without a date."""
    return connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is not None


def first_mentions(connection: Connection, pattern: str, policy_ids: Sequence[str]) -> Answer:
    """Give the interval in which each of the policies first matched. Raises BadQuery."""
    check_pattern(connection, pattern)
    return ask(
        connection,
        "SELECT * FROM first_mention(?) WHERE policy_id IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY policy_id, language",
        [pattern, list(policy_ids)],
    )
