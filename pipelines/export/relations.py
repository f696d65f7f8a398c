"""The tables of a dataset's folder as relations of SQL, and what is wrong with their columns."""

import csv
from dataclasses import replace

from pipelines.database.file import Connection
from pipelines.database.proving import kinds_of, names_in_objects
from pipelines.database.schema import VERSION
from pipelines.export.package import Package
from pipelines.export.rows import read
from pipelines.export.tables import Column, Table

_INSTANT = "TIMESTAMP WITH TIME ZONE"  # how a moment in UTC is written to Parquet


def columns(package: Package, table: Table) -> tuple[Column, ...]:
    """Give the columns that a dataset must have of a table: all, unless it is older."""
    has = package.resources[table.name].fields
    older = package.schema_version < VERSION
    return tuple(column for column in table.columns if not older or column.name in has)


def relation(package: Package, table: Table) -> str:
    """Give the rows of a table, with the names and types of its columns."""
    return read(package.folder, replace(table, columns=columns(package, table)))


def misfit(connection: Connection, package: Package, table: Table) -> str:
    """Say what is wrong with the columns of a table; nothing where they are as they must be.

    Values are looked at later, when the relation is read.
    """
    if table.name not in package.resources:
        return "datapackage.json does not name it"
    needed = columns(package, table)
    path = package.file(table.name)
    if not path.is_file():
        return f"there is no {package.resources[table.name].path}"
    if list(package.resources[table.name].fields) != [column.name for column in needed]:
        return "datapackage.json names other columns"
    if package.layout == "parquet":
        return kinds_of(connection, path, [(column.name, _kind(column)) for column in needed])
    names = tuple(column.name for column in needed)
    if package.layout == "jsonl":
        return names_in_objects(connection, path, names)
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        header = tuple(next(csv.reader(file), ()))
    return "" if header == names else f"its header is {','.join(header)[:200]!r}"


def _kind(column: Column) -> str:
    return _INSTANT if column.type == "TIMESTAMP" else column.type
