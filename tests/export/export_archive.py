"""What the tests of the exports share: the archive of traps on disk, and questions about it."""

from pipelines.database.file import Connection

COLUMN_TYPES = {"VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP"}


def columns_of(connection: Connection, name: str) -> dict[str, tuple[str, bool]]:
    """Give type and whether it may be NULL of each column of a table or view."""
    rows = connection.execute(f"PRAGMA table_info('{name}')").fetchall()
    return {row[1]: (row[2], not row[3]) for row in rows}
