"""The tables of a dataset into an empty database, and what follows from them. Owns duckdb.

A dataset holds no bodies: an imported memento lies nowhere here, and says so by having no file.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from crawler.errors import PolicytrailError
from pipelines.database import readings
from pipelines.database.excerpts import Excerpt, note_excerpts
from pipelines.database.file import NAME, Connection, settle, writing
from pipelines.database.model import Table
from pipelines.database.proving import first_line

_PART = ".import.part"
# Not the rows are at fault, but where they are to be written.
_DISK = (duckdb.OperationalError, duckdb.FatalException)
_NOWHERE = {"warc_file": "''", "warc_offset": "0"}


class CannotImport(PolicytrailError):  # noqa: N818
    """A dataset whose tables cannot be taken in; no database was made."""

    def __init__(self, table: str, error: duckdb.Error) -> None:
        super().__init__(
            f"the table {table} cannot be taken in: {first_line(error)}: nothing was imported"
        )


@contextmanager
def new_database(data: Path) -> Iterator[Path]:
    """Give a folder to make a database in; at the end it is that of `data`, or there is none."""
    part = data / _PART
    shutil.rmtree(part, ignore_errors=True)  # a killed run's
    try:
        yield part
        settle(part)
        (part / NAME).replace(data / NAME)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def adopt_facts(
    connection: Connection,
    tables: Mapping[str, tuple[Table, str]],
    found: list[Excerpt],
    step: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the rows of relations, by the tables that they are, into an empty database.

    `found` is what the dataset was narrowed by. `step` hears of each table. Raises CannotImport.
    """
    for name, (table, relation) in tables.items():
        try:
            connection.execute(_insert(connection, table, relation))
        except _DISK:
            raise
        except duckdb.Error as error:
            raise CannotImport(name, error) from error
        step(1)
    note_excerpts(connection, found)
    readings.refresh(connection)


def adopt(
    part: Path,
    tables: Mapping[str, tuple[Table, str]],
    found: list[Excerpt],
    step: Callable[[int], None],
) -> None:
    """Make the database in a folder. Raises CannotImport, CannotWrite."""
    with writing(part) as connection:
        adopt_facts(connection, tables, found, step)


def _insert(connection: Connection, table: Table, relation: str) -> str:
    """Write the INSERT of what both have; of what a dataset has no column for, say nowhere."""
    own = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM pragma_table_info(?)", [table.name]
        ).fetchall()
    }
    columns = {column.name: column.name for column in table.stored if column.name in own}
    columns |= {name: value for name, value in _NOWHERE.items() if name in own}
    return (
        f"INSERT INTO {table.name} ({', '.join(columns)}) "  # noqa: S608 - ours
        f"SELECT {', '.join(columns.values())} FROM ({relation})"
    )
