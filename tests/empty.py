"""An empty database, made once in a run and copied from then on.

Making one takes half a second, most of it for definitions that are the same every time; the suite
makes some hundreds. A copy is the same file. Not for tests of a disk that is full meanwhile.
"""

import shutil
from itertools import count
from pathlib import Path

import duckdb

from pipelines.database import file

_MADE: list[Path] = []
_NUMBERS = count()


def make_template(folder: Path) -> None:
    """Make the database that all others are copies of, in a folder that is there."""
    _MADE[:] = [folder / file.NAME]
    file._make(_MADE[0])


def template() -> Path | None:
    """Give the database to copy; None where it was not made."""
    return _MADE[0] if _MADE else None


def copy_from(source: Path) -> None:
    """Let this process copy a database instead of making one."""

    def copied(path: Path) -> None:
        part = path.with_name(f".{path.name}.part")
        shutil.copyfile(source, part)
        part.replace(path)

    file._make = copied


def open_copy(source: Path) -> file.Connection:
    """Open a copy of a database in memory."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"ATTACH '{source}' AS made (READ_ONLY)")
    connection.execute("COPY FROM DATABASE made TO memory")
    connection.execute("DETACH made")
    return connection


def keep(connection: file.Connection) -> Path:
    """Keep what a database in memory holds, to be copied; beside the empty one."""
    path = _MADE[0].with_name(f"{next(_NUMBERS)}.duckdb")
    connection.execute(f"ATTACH '{path}' AS made (STORAGE_VERSION 'v1.2.0')")
    connection.execute("COPY FROM DATABASE memory TO made")
    connection.execute("DETACH made")
    return path
