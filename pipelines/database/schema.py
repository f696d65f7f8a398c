"""The tables, views and macros of the file, and their version. Owns duckdb."""

from importlib.resources import files
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection as Connection

from crawler.errors import PolicytrailError

VERSION = 1


class WrongVersion(PolicytrailError):  # noqa: N818
    """The file was written by another version of policytrail, or by something else."""

    def __init__(self, path: Path, found: int) -> None:
        if found > VERSION:
            remedy = (
                f"was written by a newer policytrail (schema {found}, this one reads {VERSION})"
            )
            super().__init__(f"{path} {remedy}: upgrade policytrail")
        else:
            super().__init__(f"{path} is no policytrail database: name another folder with --data")
        self.found = found


def migrate(connection: Connection, path: Path) -> None:
    """Make the tables in a new file; leave a current one as it is. Raises WrongVersion."""
    found = _version(connection)
    if found == VERSION:
        return
    if found != 0 or _has_tables(connection):
        raise WrongVersion(path, found)
    connection.execute("BEGIN")
    for name in ("tables.sql", "views.sql", "macros.sql"):
        connection.execute(read_sql(name))
    connection.execute("CREATE TABLE schema_versions (version INTEGER, applied_at TIMESTAMP)")
    connection.execute(
        "INSERT INTO schema_versions VALUES (?, current_timestamp::TIMESTAMP)", [VERSION]
    )
    connection.execute("COMMIT")


def expect(connection: Connection, path: Path) -> None:
    """Raise WrongVersion unless the file is one that this version reads."""
    found = _version(connection)
    if found != VERSION:
        raise WrongVersion(path, found)


def read_sql(name: str) -> str:
    """Read one of our .sql files."""
    return (files("pipelines.database") / "sql" / name).read_text(encoding="utf-8")


def _version(connection: Connection) -> int:
    try:
        row = connection.execute("SELECT max(version) FROM schema_versions").fetchone()
    except (duckdb.CatalogException, duckdb.BinderException):
        return 0
    return int(row[0]) if row and row[0] is not None else 0


def _has_tables(connection: Connection) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database()"
    ).fetchone()
    return bool(row and row[0])
