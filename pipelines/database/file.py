"""One way to open the database file, to read or to write. Owns duckdb.

The file is held only while it is open, and others wait their turn: a writer that meets a
reader, or a reader that meets the writer, tries again until `patience` is over. Readers who
come while a writer waits let it go first, or a few of them in a loop would keep it out for ever.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TypeAlias

import duckdb

from crawler.errors import PolicytrailError
from pipelines.database import readings, schema
from pipelines.database.lock import at_the_front, let_waiting_go_first

Connection: TypeAlias = duckdb.DuckDBPyConnection

NAME = "policytrail.duckdb"
_WRITE = "ROW_GROUP_SIZE 2048, STORAGE_VERSION 'v1.2.0'"
_PATIENCE = 120.0
_MEGABYTES = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 10**6
MEMORY = min(3_000, _MEGABYTES * 4 // 5) * 10**6  # bytes that DuckDB may take
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # A table that is missing is missing, whatever Python calls by its name.
    "python_enable_replacements": "false",
    # What does not fit goes to the temporary folder.
    "memory_limit": f"{MEMORY // 10**6}MB",
    "temp_directory": str(Path(gettempdir()) / f"policytrail-{os.getuid()}"),
}
_DISK = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)
_TAKEN = ("Could not set lock on file", "Unique file handle conflict")  # by a process, a thread


class NoDatabase(PolicytrailError):  # noqa: N818
    """There is nothing to read yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no database at {path}: run `policytrail crawl` first, or name --data")


class CannotOpen(PolicytrailError):  # noqa: N818
    """The file is there and cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot open {path}: {reason}")


class CannotWrite(PolicytrailError):  # noqa: N818
    """The file took no more; what it took before is whole."""

    def __init__(self, data: Path, error: BaseException) -> None:
        super().__init__(
            f"cannot write in {data}: {_first_line(error)}: mend it and run again, "
            "nothing before is lost"
        )


@contextmanager
def reading(data: Path, patience: float = _PATIENCE) -> Iterator[Connection]:
    """Open the database of a data folder read-only; raises NoDatabase, CannotOpen.

    An older file is brought up to date first, by a turn of writing, and one whose rows were
    changed by hand.
    """
    path = data / NAME
    if not path.exists():
        raise NoDatabase(path)
    let_waiting_go_first(data)
    connection = _attach(path, "READ_ONLY", patience)
    try:
        if schema.is_older(connection) or schema.is_stale(connection):
            connection.close()
            with writing(data, patience):
                pass
            connection = _attach(path, "READ_ONLY", patience)
        schema.expect(connection, path)
        yield connection
    finally:
        _close(connection)


@contextmanager
def writing(data: Path, patience: float = _PATIENCE) -> Iterator[Connection]:
    """Open the database for one transaction: committed at the end, or nothing is.

    The first writer makes the file and its tables. Raises CannotOpen, CannotWrite.
    """
    path = data / NAME
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotOpen(path, error.strerror or str(error)) from error
    with at_the_front(data):
        if not path.exists():
            _make(path)
        connection = _attach(path, _WRITE, patience)
    try:
        schema.migrate(connection, path)
        connection.execute("BEGIN")
        readings.settle(connection)
        yield connection
        readings.settle(connection)
        connection.execute("COMMIT")
    except _DISK as error:
        raise CannotWrite(data, error) from error
    finally:
        _close(connection)


def settle(data: Path) -> None:
    """Bring all that was written into the one file, without a log beside it.

    Raises CannotOpen, CannotWrite.
    """
    connection = _attach(data / NAME, _WRITE, _PATIENCE)
    try:
        connection.execute("CHECKPOINT")
    except _DISK as error:
        raise CannotWrite(data, error) from error
    finally:
        connection.close()


@contextmanager
def scratch() -> Iterator[Connection]:
    """Open an empty database in a temporary file, with all tables and views; gone afterwards."""
    connection = duckdb.connect(config=_CONFIG)
    try:
        with beside(connection), filling():
            yield connection
    finally:
        _close(connection)


@contextmanager
def beside(connection: Connection) -> Iterator[None]:
    """Use an empty database in a temporary file, `part`, beside those that are open.

    It lasts until the connection is closed, which must be at once.
    """
    with TemporaryDirectory(prefix="policytrail-") as folder:
        path = Path(folder) / "part.duckdb"
        quoted = str(path).replace("'", "''")
        with filling():
            connection.execute(f"ATTACH '{quoted}' AS part ({_WRITE})")
            connection.execute("USE part")
            connection.execute("PRAGMA disable_checkpoint_on_shutdown")
            schema.migrate(connection, path)
        yield


@contextmanager
def filling() -> Iterator[None]:
    """Say in one line that the temporary folder takes no more. Raises CannotWrite."""
    try:
        yield
    except _DISK as error:
        raise CannotWrite(Path(gettempdir()), error) from error


def _make(path: Path) -> None:
    """Make an empty database beside its place and move it there: whole, or not at all."""
    part = path.with_name(f".{path.name}.part")
    beside = (part, part.with_name(f"{part.name}.wal"))
    for left_over in beside:
        left_over.unlink(missing_ok=True)
    connection = _attach(part, _WRITE, 0.0)
    try:
        schema.migrate(connection, path)
        connection.execute("CHECKPOINT")
        connection.close()
        part.replace(path)
    except _DISK as error:
        raise CannotWrite(path.parent, error) from error
    finally:
        connection.close()
        for left_over in beside:
            left_over.unlink(missing_ok=True)


def _close(connection: Connection) -> None:
    """Close at once: a query that Ctrl-C left in the middle would be waited for to its end."""
    with suppress(duckdb.ConnectionException):  # closed before
        connection.interrupt()
    connection.close()


def _attach(path: Path, options: str, patience: float) -> Connection:
    connection = duckdb.connect(config=_CONFIG)
    quoted = str(path).replace("'", "''")
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute(f"ATTACH '{quoted}' AS policytrail ({options})")
            connection.execute("USE policytrail")
        except duckdb.Error as error:
            if not _is_taken(error) or time.monotonic() > until:
                connection.close()
                raise CannotOpen(path, _first_line(error)) from error
            time.sleep(0.02)
        else:
            return connection


def _is_taken(error: duckdb.Error) -> bool:
    return any(words in str(error) for words in _TAKEN)


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
