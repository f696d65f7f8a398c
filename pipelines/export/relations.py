"""The files of a dataset as relations of SQL, with the types that the database has.

A moment is read by its number, since a cast would ask for the reader's time zone.
"""

from pipelines.database.copying import quoted
from pipelines.database.schema import VERSION
from pipelines.export.package import Package
from pipelines.export.tables import Column, Table

_INSTANT = "TIMESTAMP WITH TIME ZONE"


def relation(package: Package, table: Table) -> str:
    """Give a SELECT of the columns that the package has of a table."""
    values = ", ".join(
        f"make_timestamp(epoch_us({column.name})) AS {column.name}"
        if column.type == "TIMESTAMP"
        else column.name
        for column in columns(package, table)
    )
    return f"SELECT {values} FROM {source(package, table)}"  # noqa: S608 - ours


def source(package: Package, table: Table) -> str:
    """Give the file of a table as it is."""
    return f"read_parquet({quoted(package.file(table.name))})"


def columns(package: Package, table: Table) -> list[Column]:
    """Give the columns that the package must have of a table: all, unless it is older."""
    has = package.resources[table.name].fields
    older = package.schema_version < VERSION
    return [column for column in table.columns if not older or column.name in has]


def types_of(package: Package, table: Table) -> list[tuple[str, str]]:
    """Give the names and types that the file of a table must have."""
    return [
        (column.name, _INSTANT if column.type == "TIMESTAMP" else column.type)
        for column in columns(package, table)
    ]
