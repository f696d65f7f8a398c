"""Queries in a user's words: one clear error, and no way out of the file. Owns duckdb."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from crawler.errors import AskedWrongly

_CHUNK = 1000


class BadQuery(AskedWrongly):
    """A query or a pattern that the database refuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Rows on their way; `columns` names them. To be read once, while the database is open."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(connection: DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> Answer:
    """Run a query; values take the place of `?`. Raises BadQuery, also while rows are read."""
    try:
        connection.execute(query, list(values))
    except duckdb.Error as error:
        raise _bad(error) from error
    described = connection.description
    if not described:
        raise BadQuery("there is no query in that text")
    columns = tuple(column[0] for column in described)
    return Answer(columns=columns, rows=_rows(connection))


def set_variables(connection: DuckDBPyConnection, values: Mapping[str, str]) -> None:
    """Set what `getvariable` reads, for this connection. The names are ours, the values are not."""
    for name, value in values.items():
        connection.execute(f'SET VARIABLE "{name}" = ?', [value])


def confine(connection: DuckDBPyConnection) -> None:
    """Take away what reaches beyond the open file: other files, the network, settings."""
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def check_pattern(connection: DuckDBPyConnection, pattern: str) -> None:
    """Raise BadQuery unless `pattern` is a regular expression of RE2."""
    try:
        connection.execute("SELECT regexp_matches('', ?)", [pattern]).fetchall()
    except duckdb.Error as error:
        raise BadQuery(f"{pattern!r} is no regular expression: {_words(error)}") from error


def _rows(connection: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    try:
        while chunk := connection.fetchmany(_CHUNK):
            yield from chunk
    except duckdb.Error as error:
        raise _bad(error) from error


def _bad(error: duckdb.Error) -> BaseException:
    if isinstance(error, duckdb.InterruptException):
        return KeyboardInterrupt()
    return BadQuery(_words(error))


def _words(error: duckdb.Error) -> str:
    """Give what DuckDB says up to where it draws the query, on one line."""
    return " ".join(str(error).partition("\n\nLINE ")[0].split())
