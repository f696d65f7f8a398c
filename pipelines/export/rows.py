"""The dataset as CSV or JSON lines, and how files of the dataset are read again.

CSV (RFC 4180, UTF-8, a header, lines that end with LF): a missing value is `\\N`, an empty field an
empty text. A text that a spreadsheet would take for a formula, that begins with an apostrophe, or
that is `\\N` itself gets an apostrophe in front; so a reader drops one leading apostrophe from a
text, and has it exactly. Moments are ISO 8601 in UTC with a Z, in JSON as well.
"""

from collections.abc import Callable
from pathlib import Path

from pipelines.database.copying import copy_rows, count_rows, quoted
from pipelines.database.file import Connection
from pipelines.export.tables import TABLES, Column, Table, text_bytes

Step = Callable[[int], None]

NULL = "\\N"
MARK = "'"
# What begins a formula somewhere; spreadsheets for East Asia take the wide signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
_LONGEST = 2**26  # bytes of a row
_CSV = {
    "FORMAT": "csv",
    "HEADER": "true",
    "DELIMITER": "','",
    "QUOTE": "'\"'",
    "ESCAPE": "'\"'",
    "NULLSTR": quoted(NULL),
}
COPIES = {"csv": _CSV, "jsonl": {"FORMAT": "json"}}


def write_rows(connection: Connection, part: Path, step: Step, layout: str) -> int:
    """Write `data/TABLE.csv`, or `.jsonl`, for each table; give the number of rows."""
    (part / "data").mkdir()
    counted = count_rows(connection, tuple(table.name for table in TABLES))
    for table in TABLES:
        path = part / "data" / f"{table.name}.{layout}"
        query = row_query(table, layout)
        rows, long = counted[table.name], text_bytes(connection, table)
        copy_rows(connection, query, path, COPIES[layout], step, rows, long)
    return sum(counted.values())


def row_query(table: Table, layout: str) -> str:
    """Give the rows of a table in their order, as they are to be written."""
    columns = ", ".join(f"{_written(column, layout)} AS {column.name}" for column in table.columns)
    return f"SELECT {columns} FROM ({table.ordered_query})"  # noqa: S608 - ours


def read(folder: Path, table: Table) -> str:
    """Give, as a relation of SQL, the rows of a table in a dataset's folder, of any format.

    Its columns have the names and types of the table's. FileNotFoundError where it is not there.
    """
    for layout, source in (("parquet", _parquet), ("csv", _csv), ("jsonl", _jsonl)):
        path = folder / "data" / f"{table.name}.{layout}"
        if path.is_file():
            columns = ", ".join(
                f"{_found(column, layout)} AS {column.name}" for column in table.columns
            )
            return f"(SELECT {columns} FROM {source(path, table)})"  # noqa: S608 - ours
    raise FileNotFoundError(f"data/{table.name} is not there, in no format")


def _written(column: Column, layout: str) -> str:
    if column.type == "TIMESTAMP":
        return f"replace({column.name}::VARCHAR, ' ', 'T') || 'Z'"
    if column.type == "VARCHAR" and layout == "csv":
        begins = ", ".join(map(_literal, (MARK, *FORMULA)))
        odd = f"left({column.name}, 1) IN ({begins}) OR {column.name} = {quoted(NULL)}"
        return f"if({odd}, {quoted(MARK)} || {column.name}, {column.name})"
    return column.name


def _found(column: Column, layout: str) -> str:
    if column.type == "TIMESTAMP" and layout == "parquet":
        return f"make_timestamp(epoch_us({column.name}))"
    if column.type == "TIMESTAMP":
        return f"CAST({column.name} AS TIMESTAMP)"
    if column.type == "VARCHAR" and layout == "csv":
        without = f"{column.name}[2:]"
        return f"if(starts_with({column.name}, {quoted(MARK)}), {without}, {column.name})"
    return column.name


def _parquet(path: Path, table: Table) -> str:
    del table  # a Parquet file knows its columns
    return f"read_parquet({quoted(path)})"


def _csv(path: Path, table: Table) -> str:
    return (
        f"read_csv({quoted(path)}, auto_detect = false, header = true, columns = {_types(table)}, "
        f"delim = ',', quote = '\"', escape = '\"', nullstr = {quoted(NULL)}, "
        f"allow_quoted_nulls = false, new_line = '\\n', max_line_size = {_LONGEST}, "
        "parallel = false)"
    )


def _jsonl(path: Path, table: Table) -> str:
    return (
        f"read_json({quoted(path)}, format = 'newline_delimited', columns = {_types(table)}, "
        f"maximum_object_size = {_LONGEST})"
    )


def _types(table: Table) -> str:
    """Name the columns as the files have them: a moment is a text there."""
    kinds = (
        f"{quoted(column.name)}: {quoted('VARCHAR' if column.type == 'TIMESTAMP' else column.type)}"
        for column in table.columns
    )
    return f"{{{', '.join(kinds)}}}"


def _literal(character: str) -> str:
    return quoted(character) if character.isprintable() else f"chr({ord(character)})"
