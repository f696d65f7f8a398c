"""The differences between neighbouring versions, as rows of `diffs`. Asks and writes SQL.

A difference is a fact about two texts: once written it is never wrong, whatever arrives later.
A pair that is no longer next to each other stays, and costs nothing. What an earlier policytrail
compared, without its lines or those that moved, is compared anew.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from pipelines.database.file import Connection, reading
from pipelines.database.readings import among, policies_after, refresh
from pipelines.database.rows import insert
from pipelines.database.turn import Turn
from pipelines.history.comparison import Differences, compare

_BATCH = 1_000  # pairs to a turn
_FOUND = (
    "words_added",
    "words_removed",
    "similarity",
    "significance",
    "hunks",
    "lines_added",
    "lines_removed",
    "lines_edited",
    "lines_moved",
)
_ANEW = f"DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FOUND)}"

Row = dict[str, Any]


def comparing(data: Path, policy_ids: Collection[str] | None = None) -> Iterator[Turn]:
    """Compare neighbours not compared yet, of some policies or of all.

    Whoever asks writes the turns, in their order; the file is free meanwhile. Raises NoDatabase,
    CannotOpen.
    """
    with reading(data) as connection:
        missing = missing_pairs(connection, policy_ids)
    for pairs in _batches(missing):
        with reading(data) as connection:
            texts = _texts(connection, pairs)
        rows = [diff_row(old, new, compare(texts[old], texts[new])) for old, new in pairs]
        # Once for all, for it reads the whole archive; after a kill all are missing again.
        spoken_of = [old for old, _ in missing] if pairs[-1] == missing[-1] else []
        yield Turn(len(rows), partial(_keep, rows=rows, spoken_of=spoken_of))


def _keep(connection: Connection, rows: Sequence[Row], spoken_of: Sequence[str]) -> None:
    insert(connection, "diffs", rows, _ANEW)
    refresh(connection, policies_after(connection, spoken_of))


def missing_pairs(
    connection: Connection, policy_ids: Collection[str] | None = None
) -> list[tuple[str, str]]:
    """Give the ids of neighbouring texts, old and new, that no row of `diffs` compares by lines.

    Policy by policy, because the texts of a policy mostly lie together.
    """
    which, values = among(policy_ids)
    return connection.execute(
        f"""
        SELECT old_text_id,
               new_text_id
        FROM changes
        WHERE lines_moved IS NULL
          AND {which}
        GROUP BY old_text_id,
                 new_text_id
        ORDER BY min(policy_id),
                 old_text_id,
                 new_text_id
        """,  # noqa: S608 - the condition is ours
        values,
    ).fetchall()


def _texts(connection: Connection, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Read texts from the blocks they lie in: each by its index is a block unpacked for each."""
    ids = json.dumps(sorted({text_id for pair in pairs for text_id in pair}))
    return dict(
        connection.execute(
            """
            WITH wanted AS (
                SELECT unnest(from_json(?, '["VARCHAR"]')) AS text_id
            )
            SELECT texts.text_id,
                   texts.text
            FROM texts
            JOIN (
                SELECT DISTINCT block
                FROM readings
                SEMI JOIN wanted USING (text_id)
            ) AS places USING (block)
            SEMI JOIN wanted USING (text_id)
            """,
            [ids],
        ).fetchall()
    )


def diff_row(old_text_id: str, new_text_id: str, found: Differences) -> Row:
    """Write down what differs between two texts, as a row of `diffs`."""
    return {
        "old_text_id": old_text_id,
        "new_text_id": new_text_id,
        "words_added": found.words_added,
        "words_removed": found.words_removed,
        "similarity": found.similarity,
        "significance": found.significance.value,
        "hunks": found.hunks,
        "lines_added": found.lines.added,
        "lines_removed": found.lines.removed,
        "lines_edited": found.lines.edited,
        "lines_moved": found.lines.moved,
    }


def _batches(pairs: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(pairs), _BATCH):
        yield pairs[start : start + _BATCH]
