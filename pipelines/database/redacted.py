"""The texts of a chosen part without the people in them; their ids stay. Owns duckdb.

Texts come from the archive block by block, so that few are in memory at a time.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from pipelines.database.file import Connection
from pipelines.database.rows import Row, as_json, insert

# What people could be named in beside the texts, column by column.
_QUOTED = ("title", "stated_quote")
_TEXTS = """
SELECT texts.*
FROM policytrail.texts AS texts
WHERE block = ?
  AND text_id IN (SELECT text_id FROM extractions)
ORDER BY text_id
"""
_UPDATE = """
UPDATE extractions
SET {column} = told.r.redacted
FROM (SELECT unnest(from_json(?, '[{{"original": "VARCHAR", "redacted": "VARCHAR"}}]')) AS r)
     AS told
WHERE {column} = told.r.original
"""

Redact = Callable[[str], tuple[str, Mapping[str, int]]]


def copy_redacted(connection: Connection, redact: Redact) -> Counter[str]:
    """Write the texts of the part's extractions, redacted, and redact titles and quotes.

    Gives how often what was redacted, each text, title and quote counted once.
    """
    counts: Counter[str] = Counter()
    blocks = connection.execute(
        "SELECT DISTINCT block FROM policytrail.texts ORDER BY block"
    ).fetchall()
    for (block,) in blocks:
        found = connection.execute(_TEXTS, [block])
        names = [column[0] for column in found.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        for row in rows:
            row["text"], told = redact(row["text"])
            counts.update(told)
        insert(connection, "texts", rows)
    for column in _QUOTED:
        counts.update(_redact_column(connection, column, redact))
    return counts


def _redact_column(connection: Connection, column: str, redact: Redact) -> Counter[str]:
    counts: Counter[str] = Counter()
    changed: list[Row] = []
    for (original,) in connection.execute(
        f"SELECT DISTINCT {column} FROM extractions ORDER BY ALL"  # noqa: S608 - ours
    ).fetchall():
        redacted, told = redact(original)
        counts.update(told)
        if redacted != original:
            changed.append({"original": original, "redacted": redacted})
    connection.execute(_UPDATE.format(column=column), [as_json(changed)])
    return counts
