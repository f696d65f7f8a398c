"""Rows of a query into a file, by DuckDB's own COPY. Owns duckdb."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import duckdb

from pipelines.database.file import MEMORY, Connection

Step = Callable[[int], None]

_DISK = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException)
_POLL = 0.2  # seconds
_MERGED = 122_880  # rows that a thread merges at a time
_SORT_SHARE = 0.6  # of the memory
_WORDS = re.compile(r'"exception_message":"((?:[^"\\]|\\.)*)"')


def copy_rows(
    connection: Connection,
    query: str,
    path: Path,
    options: Mapping[str, str],
    step: Step = lambda _: None,
    rows: int = 0,
    row_bytes: float = 0.0,
) -> None:
    """Write what a query gives; raises OSError where the disk takes no more.

    `options` are those of COPY, in SQL. Of `rows`, `step` hears how many were just done.
    `row_bytes` is about how long a row is, where that is so much that sorting takes care.
    """
    written = ", ".join(f"{name} {value}" for name, value in options.items())
    statement = f"COPY ({query}) TO {quoted(path)} ({written})"
    try:
        with _fitting(connection, row_bytes), _followed(connection, rows, step):
            connection.execute(statement)
    except _DISK as error:
        raise OSError(_reason(error)) from error
    except RuntimeError as error:  # what DuckDB makes of Ctrl-C
        if "interrupted" in str(error):
            raise KeyboardInterrupt from error
        raise


def count_rows(connection: Connection, names: tuple[str, ...]) -> dict[str, int]:
    """Count the rows of some tables or views; the names are ours."""
    counted = {}
    for name in names:
        row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        counted[name] = int(row[0]) if row else 0
    return counted


def quoted(text: object) -> str:
    """Write a text as a literal of SQL."""
    doubled = str(text).replace("'", "''")
    return f"'{doubled}'"


@contextmanager
def _fitting(connection: Connection, row_bytes: float) -> Iterator[None]:
    """Sort with so few threads that what each of them merges has room.

    Each holds that many whole rows in memory, but for a single one, which takes a few at a time.
    """
    (before,) = connection.execute("SELECT current_setting('threads')").fetchall()[0]
    room = MEMORY * _SORT_SHARE / (_MERGED * row_bytes) if row_bytes else before
    if room >= before:
        yield
        return
    connection.execute(f"SET threads = {max(1, int(room))}")
    yield
    # Not after an error: an interrupted query still runs, and this would wait for its end.
    connection.execute(f"SET threads = {before}")


@contextmanager
def _followed(connection: Connection, rows: int, step: Step) -> Iterator[None]:
    """Ask again and again how far the query is that runs meanwhile; at its end tell the rest."""
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    told, done = 0, Event()

    def ask() -> None:
        nonlocal told
        while not done.wait(_POLL):
            far = int(rows * max(0.0, min(1.0, connection.query_progress() / 100)))
            if far > told:
                step(far - told)
                told = far

    asking = Thread(target=ask, daemon=True)
    asking.start()
    try:
        yield
    finally:
        done.set()
        asking.join()
    step(rows - told)


def _reason(error: duckdb.Error) -> str:
    """Give what went wrong without DuckDB's advice and without what it wraps it in."""
    wrapped = _WORDS.search(str(error))
    words = wrapped[1].replace('\\"', '"') if wrapped else str(error).strip().splitlines()[0]
    return re.sub(r"^[A-Za-z ]+ Error: ", "", words)
