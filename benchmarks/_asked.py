"""One question asked of an archive by a process of its own: seconds, and its peak of memory.

    python -m benchmarks._asked DATA NAME TIMES POLICIES

prints one JSON object. `NAME` is one of LOOK_UPS or WHOLE; look-ups are asked about policies drawn
at random, the same in every run, the others as often as TIMES says.
"""

import json
import random
import resource
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks._bulk import LAW, RARE, vendor_of
from benchmarks._long import LONG
from pipelines.database.file import Connection, reading
from pipelines.history.comparison import compare

_UNIT = 1 if sys.platform == "darwin" else 1024
_START = datetime(2012, 1, 1)  # noqa: DTZ001 - the tables hold naive UTC


def _policy(draw: random.Random, policies: int) -> str:
    return f"{vendor_of(draw.randrange(policies))}/privacy"


def _text_by_id(connection: Connection, draw: random.Random, policies: int) -> Callable[[], Any]:
    ids = connection.execute(
        "SELECT text_id FROM readings WHERE policy_id = ?", [_policy(draw, policies)]
    ).fetchall()
    text_id = draw.choice(ids)[0]
    return lambda: connection.execute(
        "SELECT text FROM texts WHERE text_id = ?", [text_id]
    ).fetchall()


def _policy_at(connection: Connection, draw: random.Random, policies: int) -> Callable[[], Any]:
    moment = _START + timedelta(days=draw.randrange(2_000))
    values = [_policy(draw, policies), moment]
    return lambda: connection.execute("SELECT * FROM policy_at(?, ?)", values).fetchall()


def _history(connection: Connection, draw: random.Random, policies: int) -> Callable[[], Any]:
    values = [_policy(draw, policies)]
    return lambda: connection.execute(
        "SELECT * FROM versions WHERE policy_id = ? ORDER BY version", values
    ).fetchall()


def _long_history(connection: Connection, _draw: random.Random, _policies: int) -> Any:
    return lambda: connection.execute(
        "SELECT version, not_before, not_after, words_added, words_removed "
        "FROM changes WHERE policy_id = ? ORDER BY version",
        [LONG],
    ).fetchall()


def _one_diff(connection: Connection, draw: random.Random, policies: int) -> Callable[[], Any]:
    policy = _policy(draw, policies)

    def ask() -> object:
        pair = connection.execute(
            "SELECT text FROM versions JOIN texts USING (text_id) "
            "WHERE policy_id = ? AND version IN (3, 4) ORDER BY version",
            [policy],
        ).fetchall()
        return compare(pair[0][0], pair[1][0])

    return ask


LOOK_UPS: dict[str, Callable[[Connection, random.Random, int], Callable[[], Any]]] = {
    "a text by its id": _text_by_id,
    "policy_at": _policy_at,
    "versions of one policy": _history,
    "changes of the long policy": _long_history,
    "one diff": _one_diff,
}
WHOLE: dict[str, str] = {
    "all versions": "SELECT count(*), sum(words), max(last_seen) FROM versions",
    "changes a year": (
        "SELECT year(not_after), count(*), sum(words_added), median(width_days) "
        "FROM changes GROUP BY ALL ORDER BY ALL"
    ),
    "reading all texts": "SELECT sum(strlen(text)) FROM texts",
    "first mention of a law": f"SELECT * FROM first_mention('{LAW}')",
    "first mention of a rare word": f"SELECT * FROM first_mention('{RARE}')",
    "the same by scan": f"SELECT * FROM first_mention('(?:{RARE})')",
}


def measure(data: Path, name: str, times: int, policies: int) -> dict[str, float]:
    """Ask; give the median seconds, the rows of the last answer, and the peak of memory (MB)."""
    draw = random.Random(7)
    seconds, rows = [], 0
    with reading(data) as connection:
        for _ in range(times):
            if name in LOOK_UPS:
                ask = LOOK_UPS[name](connection, draw, policies)
            else:
                query = WHOLE[name]
                ask = lambda query=query: connection.execute(query).fetchall()  # noqa: E731
            began = perf_counter()
            found = ask()
            seconds.append(perf_counter() - began)
            rows = len(found) if isinstance(found, list) else 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 2**20
    return {"seconds": median(seconds), "rows": rows, "peak": peak}


if __name__ == "__main__":
    folder, question, count, size = sys.argv[1:5]
    print(json.dumps(measure(Path(folder), question, int(count), int(size))))
