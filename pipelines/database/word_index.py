"""The index of words: which blocks of texts hold which words, for searches. Owns duckdb.

It only says where a search need not look (macro `blocks_to_search`), so a search without it, or
with one that is behind, finds the same and takes longer. A block is indexed when it is full. Its
texts are cut into words while the file is free for other readers; then the words are written in
one short turn, as a segment. A segment is merged with the one before it as soon as it is as
large, so there are few of them and a word is merged a few times only, however the texts came.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipelines.database.file import Connection, reading
from pipelines.database.rows import insert
from pipelines.database.turn import Turn, take

_TURN = 10  # blocks
# Case is folded as (?i) does for the letters of ASCII: the long s and the sign of Kelvin too.
_WORDS = r"""
SELECT word,
       list(block ORDER BY block) AS blocks
FROM (
    SELECT DISTINCT unnest(
               regexp_split_to_array(replace(lower(text), chr(383), 's'), '[^\p{L}\p{N}]+')
           ) AS word,
           block
    FROM texts
    WHERE block BETWEEN ? AND ?
)
WHERE word <> ''
GROUP BY word
ORDER BY word
"""
_NEXT = """
SELECT (SELECT coalesce(max(last_block), -1) + 1 FROM word_segments) AS first_block,
       (SELECT coalesce(max(block), 0) - 1 FROM texts) AS last_full
"""
# Without LIMIT, with which DuckDB 2.0.0 now and then misses rows of the same transaction.
_SEGMENTS = """
SELECT segment,
       last_block - first_block + 1 AS blocks
FROM word_segments
ORDER BY first_block DESC
"""
_MERGE = """
INSERT INTO words
SELECT ? AS segment,
       word,
       list_sort(list_distinct(flatten(list(blocks)))) AS blocks
FROM words
WHERE segment IN (?, ?)
GROUP BY word
ORDER BY word
"""
_MERGE_SEGMENTS = """
INSERT INTO word_segments
SELECT ? AS segment,
       min(first_block) AS first_block,
       max(last_block) AS last_block
FROM word_segments
WHERE segment IN (?, ?)
"""


def index_words(data: Path) -> int:
    """Index the full blocks that are not indexed yet; give how many. Killed, it goes on later.

    Raises NoDatabase, CannotOpen, CannotWrite.
    """
    return sum(take(data, turn) for turn in indexing(data))


def indexing(data: Path) -> Iterator[Turn]:
    """Index as `index_words` does; each turn must be written before the next is asked for."""
    while True:
        with reading(data) as connection:
            first, full = connection.execute(_NEXT).fetchall()[0]
            if full < first:
                return
            last = min(full, first + _TURN - 1)
            found = connection.execute(_WORDS, [first, last]).fetchall()
        yield Turn(last - first + 1, partial(_keep, blocks=(first, last), found=found))


def _keep(
    connection: Connection, blocks: tuple[int, int], found: list[tuple[str, list[int]]]
) -> None:
    segment = _new_segment(connection)
    row = {"segment": segment, "first_block": blocks[0], "last_block": blocks[1]}
    insert(connection, "word_segments", [row])
    words = [{"segment": segment, "word": word, "blocks": places} for word, places in found]
    insert(connection, "words", words)
    while _merge_last(connection):
        pass


def _merge_last(connection: Connection) -> bool:
    """Merge the last two segments where the later one is as large; say whether it was done."""
    last = connection.execute(_SEGMENTS).fetchmany(2)
    if len(last) < 2 or last[1][1] > last[0][1]:
        return False
    both = [last[1][0], last[0][0]]
    segment = _new_segment(connection)
    for table, merge in (("words", _MERGE), ("word_segments", _MERGE_SEGMENTS)):
        connection.execute(merge, [segment, *both])
        connection.execute(
            f"DELETE FROM {table} WHERE segment IN (?, ?)",  # noqa: S608 - ours
            both,
        )
    return True


def _new_segment(connection: Connection) -> int:
    row = connection.execute("SELECT coalesce(max(segment), 0) + 1 FROM word_segments").fetchall()
    return int(row[0][0])
