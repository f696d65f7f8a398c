"""What adopting another extractor would change. Asks over a given connection, writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.database.asking import Answer, ask
from pipelines.database.file import Connection

_NOW, _THEN = "now", "then"
# Of each extractor in question what it observes, in tables that only this connection sees.
_TAKE = """
CREATE OR REPLACE TEMP TABLE {name}_{what} AS
SELECT *
FROM {what}_of('{extractor_id}')
"""
_KEY = ("policy_id", "urlkey", "timestamp", "uri_r", "digest")
_TOTALS = """
SELECT (SELECT count(*) FROM now_observations) AS observations,
       (SELECT count(*) FROM then_observations) AS observations_then,
       (SELECT count(*) FROM now_versions) AS versions,
       (SELECT count(*) FROM then_versions) AS versions_then
"""
_LANGUAGES = f"""
SELECT before.language AS old,
       after.language AS new,
       count(*) AS captures
FROM now_observations AS before
JOIN then_observations AS after USING ({", ".join(_KEY)})
WHERE before.language <> after.language
GROUP BY ALL
ORDER BY captures DESC, old, new
"""  # noqa: S608 - the text is ours
# Captures that one of the two observes and the other does not, by the other's reason.
_ONLY = """
SELECT coalesce(nullif(extractions.reason, ''), 'not read') AS reason,
       count(*) AS captures
FROM {one}_observations AS one
ANTI JOIN {other}_observations AS other USING ({key})
LEFT JOIN extractions
  ON extractions.body_sha256 = one.body_sha256
 AND extractions.extractor_id = ?
GROUP BY reason
ORDER BY captures DESC, reason
"""
_POLICIES = f"""
WITH captures AS (
    SELECT policy_id,
           count(*) FILTER (before.text_id IS NULL) AS accepted,
           count(*) FILTER (after.text_id IS NULL) AS refused,
           count(*) FILTER (
               before.normalized_id IS DISTINCT FROM after.normalized_id
               OR before.language IS DISTINCT FROM after.language
           ) AS different
    FROM now_observations AS before
    FULL JOIN then_observations AS after USING ({", ".join(_KEY)})
    GROUP BY policy_id
),
versions AS (
    SELECT policy_id,
           sum(before) AS versions_before,
           sum(after) AS versions_after
    FROM (
        SELECT policy_id, 1 AS before, 0 AS after FROM now_versions
        UNION ALL
        SELECT policy_id, 0 AS before, 1 AS after FROM then_versions
    )
    GROUP BY policy_id
),
steps AS (
    SELECT policy_id,
           sum(before) AS changes_before,
           sum(after) AS changes_after,
           sum(greatest(before - after, 0)) AS changes_gone,
           sum(greatest(after - before, 0)) AS changes_new
    FROM (
        SELECT policy_id, sum(before) AS before, sum(after) AS after
        FROM (
            SELECT policy_id, language, not_before, not_after, 1 AS before, 0 AS after
            FROM now_changes
            UNION ALL
            SELECT policy_id, language, not_before, not_after, 0 AS before, 1 AS after
            FROM then_changes
        )
        GROUP BY policy_id, language, not_before, not_after
    )
    GROUP BY policy_id
)
SELECT captures.policy_id,
       different::BIGINT AS different,
       refused::BIGINT AS refused,
       accepted::BIGINT AS accepted,
       versions_before::BIGINT AS versions_before,
       versions_after::BIGINT AS versions_after,
       coalesce(changes_before, 0)::BIGINT AS changes_before,
       coalesce(changes_after, 0)::BIGINT AS changes_after,
       coalesce(changes_gone, 0)::BIGINT AS changes_gone,
       coalesce(changes_new, 0)::BIGINT AS changes_new
FROM captures
JOIN versions ON versions.policy_id = captures.policy_id
LEFT JOIN steps ON steps.policy_id = captures.policy_id
WHERE different > 0
ORDER BY changes_gone + changes_new DESC,
         abs(versions_after - versions_before) DESC,
         different DESC,
         captures.policy_id
"""  # noqa: S608

Counts = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the candidate reads otherwise than the extractor in force.

    `refused` are captures that would be no policy any more, by the candidate's reason;
    `accepted` those that would be one, by the reason they are none now. A change is the same
    where its interval is. `columns` and `policies` are a row for each policy that reads otherwise.
    """

    observations: int
    observations_then: int
    versions: int
    versions_then: int
    refused: Counts
    accepted: Counts
    languages: Sequence[tuple[str, str, int]]
    columns: tuple[str, ...]
    policies: Sequence[tuple[object, ...]]

    def total(self, column: str) -> int:
        """Add up a column of the policies."""
        place = self.columns.index(column)
        return sum(int(str(row[place])) for row in self.policies)

    def answer(self) -> Answer:
        """Give the policies as rows."""
        return Answer(columns=self.columns, rows=iter(self.policies))


def preview(connection: Connection, adopted: str, candidate: str) -> Preview:
    """Compare what two extractors observe, by their ids."""
    for name, extractor_id in ((_NOW, adopted), (_THEN, candidate)):
        for what in ("observations", "versions", "changes"):
            quoted = extractor_id.replace("'", "''")
            connection.execute(_TAKE.format(name=name, what=what, extractor_id=quoted))
    ((observations, observations_then, versions, versions_then),) = connection.execute(
        _TOTALS
    ).fetchall()
    policies = ask(connection, _POLICIES)
    return Preview(
        columns=policies.columns,
        policies=list(policies.rows),
        languages=connection.execute(_LANGUAGES).fetchall(),
        refused=_only(connection, _NOW, _THEN, candidate),
        accepted=_only(connection, _THEN, _NOW, adopted),
        observations=observations,
        observations_then=observations_then,
        versions=versions,
        versions_then=versions_then,
    )


def _only(connection: Connection, one: str, other: str, other_id: str) -> Counts:
    query = _ONLY.format(one=one, other=other, key=", ".join(_KEY))
    return dict(connection.execute(query, [other_id]).fetchall())
