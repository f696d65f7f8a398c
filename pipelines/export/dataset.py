"""The dataset in a folder, and its tables as Parquet: the same bytes for the same facts."""

from collections.abc import Callable
from pathlib import Path

from pipelines.database.copying import copy_rows, count_rows
from pipelines.database.file import Connection
from pipelines.export.choices import Choices
from pipelines.export.folder import new_folder
from pipelines.export.papers.writing import write_papers
from pipelines.export.rows import write_rows
from pipelines.export.tables import TABLES, Column, Table, text_bytes

Step = Callable[[int], None]

_ROWS = 122_880  # to a row group
_CHUNK = 2_048  # rows that DuckDB takes in hand at a time
_GROUP_BYTES = 64_000_000  # of texts, to a row group


def export_parquet(
    connection: Connection, folder: Path, choices: Choices, step: Step, contact: str = ""
) -> str:
    """Write the whole folder with Parquet files; say in one line what is in it."""
    with new_folder(folder) as part:
        rows = write_dataset(connection, part, step)
        write_papers(connection, part, choices, contact)
    return f"{rows:,} rows of {len(TABLES)} tables in {folder}"


def export_csv(
    connection: Connection, folder: Path, choices: Choices, step: Step, contact: str = ""
) -> str:
    """Write the whole folder with CSV files; say in one line what is in it."""
    with new_folder(folder) as part:
        rows = write_rows(connection, part, step, "csv")
        write_papers(connection, part, choices, contact)
    return f"{rows:,} rows of {len(TABLES)} tables in {folder}"


def export_jsonl(
    connection: Connection, folder: Path, choices: Choices, step: Step, contact: str = ""
) -> str:
    """Write the whole folder with a JSON object a line; say in one line what is in it."""
    with new_folder(folder) as part:
        rows = write_rows(connection, part, step, "jsonl")
        write_papers(connection, part, choices, contact)
    return f"{rows:,} rows of {len(TABLES)} tables in {folder}"


def write_dataset(connection: Connection, part: Path, step: Step) -> int:
    """Write `data/TABLE.parquet` for each table; give the number of rows.

    `step` hears how many rows were just written.
    """
    (part / "data").mkdir()
    counted = count_rows(connection, tuple(table.name for table in TABLES))
    for table in TABLES:
        copy_rows(
            connection,
            parquet_query(table),
            part / "data" / f"{table.name}.parquet",
            copy_options(connection, table),
            step,
            counted[table.name],
            text_bytes(connection, table),
        )
    return sum(counted.values())


def copy_options(connection: Connection, table: Table) -> dict[str, str]:
    """Give the options of COPY for a table."""
    rows = _ROWS
    if table.texts:
        chunks = int(_GROUP_BYTES / text_bytes(connection, table)) // _CHUNK
        rows = min(_ROWS, max(1, chunks) * _CHUNK)
    return {"FORMAT": "parquet", "COMPRESSION": "zstd", "ROW_GROUP_SIZE": str(rows)}


def parquet_query(table: Table) -> str:
    """Give the rows of a table in their order, moments as instants in UTC."""
    columns = ", ".join(_value(column) for column in table.columns)
    return f"SELECT {columns} FROM ({table.ordered_query})"  # noqa: S608 - ours


def _value(column: Column) -> str:
    """A moment in UTC as an instant: by its number, since a cast would ask for the time zone."""
    if column.type != "TIMESTAMP":
        return column.name
    return f"to_timestamp(epoch_us({column.name}) / 1e6) AS {column.name}"
