"""Many rows in one statement. Owns duckdb.

All rows of a batch travel as one JSON text in one `?`, cast to the table's own types: measured
forty times faster than a statement a row, and the same on every supported DuckDB.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from pipelines.database.file import Connection

Row = Mapping[str, Any]


def insert(connection: Connection, table: str, rows: Iterable[Row], on_conflict: str = "") -> None:
    """Insert rows whose keys are columns of `table`; what is left out stays NULL.

    `on_conflict` is SQL such as `DO NOTHING`, written by us and never by a user.
    """
    listed = list(rows)
    if not listed:
        return
    columns = list(dict.fromkeys(name for row in listed for name in row))
    names = ", ".join(columns)
    conflict = f"ON CONFLICT {on_conflict}" if on_conflict else ""
    connection.execute(
        f"INSERT INTO {table} ({names}) "  # noqa: S608 - names are ours
        f"SELECT {', '.join(f'r.{name}' for name in columns)} "
        f"FROM (SELECT unnest(from_json(?, ?)) AS r) {conflict}",
        [as_json(listed), shape(connection, table, columns)],
    )


def update(connection: Connection, table: str, keys: list[str], rows: Iterable[Row]) -> None:
    """Set the columns that are not `keys` in the rows of `table` that the keys name."""
    listed = list(rows)
    if not listed:
        return
    columns = list(listed[0])
    changes = ", ".join(f"{name} = given.r.{name}" for name in columns if name not in keys)
    match = " AND ".join(f"{table}.{name} = given.r.{name}" for name in keys)
    connection.execute(
        f"UPDATE {table} SET {changes} "  # noqa: S608 - names are ours
        f"FROM (SELECT unnest(from_json(?, ?)) AS r) AS given WHERE {match}",
        [as_json(listed), shape(connection, table, columns)],
    )


def shape(connection: Connection, table: str, columns: list[str]) -> str:
    """Describe some columns of a table as the shape of a list of JSON objects."""
    types = dict(
        connection.execute(
            # Not duckdb_columns(): that binds every view of the file, at eight times the cost.
            "SELECT name, type FROM pragma_table_info(?)",
            [table],
        ).fetchall()
    )
    return json.dumps([{name: types[name] for name in columns}])


def as_json(rows: list[Row]) -> str:
    """Write rows as JSON: moments as naive UTC, lone surrogates and NULs as question marks."""
    return json.dumps([{key: _plain(value) for key, value in row.items()} for row in rows])


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return value
