"""What the tests of the exports share: an archive on disk, and questions about it."""

from pathlib import Path

from pipelines.database.file import NAME, Connection, writing

ROOT = Path(__file__).parents[2]
COLUMN_TYPES = {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}


def keep(connection: Connection, data: Path) -> None:
    """Write all rows of a database in memory into the one of a data folder."""
    with writing(data):
        pass
    connection.execute(f"ATTACH '{data / NAME}' AS kept")
    for (name,) in connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'kept' "
        "AND table_name <> 'schema_versions'"
    ).fetchall():
        connection.execute(f"DELETE FROM kept.{name}")
        connection.execute(f"INSERT INTO kept.{name} SELECT * FROM memory.{name}")
    connection.execute("DETACH kept")


def columns_of(connection: Connection, name: str) -> dict[str, tuple[str, bool]]:
    """Give type and whether it may be NULL of each column of a table or view."""
    rows = connection.execute(f"PRAGMA table_info('{name}')").fetchall()
    return {row[1]: (row[2], not row[3]) for row in rows}


def every_file(folder: Path) -> dict[str, bytes]:
    """Give the bytes of each file below a folder, by its path in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
