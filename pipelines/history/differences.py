"""The differences between neighbouring versions, as rows of `diffs`. Asks and writes SQL.

A difference is a fact about two texts: once written it is never wrong, whatever arrives later.
A pair that is no longer next to each other stays, and costs nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines.database.file import Connection, reading, writing
from pipelines.database.rows import insert
from pipelines.history.comparison import compare

_BATCH = 200

Row = dict[str, Any]


def derive(data: Path) -> int:
    """Compare all neighbours not compared yet; give how many. The file is free meanwhile.

    Raises NoDatabase, CannotOpen.
    """
    done = 0
    with reading(data) as connection:
        missing = missing_pairs(connection)
    for pairs in _batches(missing):
        with reading(data) as connection:
            texts = _texts(connection, pairs)
        rows = list(_rows(pairs, texts))
        with writing(data) as connection:
            insert(connection, "diffs", rows, "DO NOTHING")
        done += len(rows)
    return done


def fill_diffs(connection: Connection) -> int:
    """Compare all neighbours not compared yet, inside the caller's transaction; give how many."""
    done = 0
    for pairs in _batches(missing_pairs(connection)):
        rows = list(_rows(pairs, _texts(connection, pairs)))
        insert(connection, "diffs", rows, "DO NOTHING")
        done += len(rows)
    return done


def missing_pairs(connection: Connection) -> list[tuple[str, str]]:
    """Give the ids of neighbouring texts, old and new, that no row of `diffs` compares."""
    return connection.execute(
        """
        SELECT DISTINCT old_text_id, new_text_id
        FROM changes
        WHERE significance IS NULL
        ORDER BY old_text_id, new_text_id
        """
    ).fetchall()


def _texts(connection: Connection, pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    ids = sorted({text_id for pair in pairs for text_id in pair})
    return dict(
        connection.execute(
            "SELECT text_id, text FROM texts WHERE text_id IN (SELECT unnest(?::VARCHAR[]))",
            [ids],
        ).fetchall()
    )


def _rows(pairs: Iterable[tuple[str, str]], texts: dict[str, str]) -> Iterator[Row]:
    for old, new in pairs:
        found = compare(texts[old], texts[new])
        yield {
            "old_text_id": old,
            "new_text_id": new,
            "words_added": found.words_added,
            "words_removed": found.words_removed,
            "similarity": found.similarity,
            "significance": found.significance.value,
            "hunks": found.hunks,
        }


def _batches(pairs: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(pairs), _BATCH):
        yield pairs[start : start + _BATCH]
